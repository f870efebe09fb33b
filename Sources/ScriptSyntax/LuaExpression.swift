/// An expression of Lua with its place in the text.
///
/// Trees are immutable and safe to share; their depth is bounded by the parser as Lua bounds it, so that a walk may
/// recurse.
public struct LuaExpression: Sendable {
    /// Where it stands, without surrounding blanks.
    public let range: SourceRange
    /// What it is.
    public let kind: Kind

    /// An expression from its parts.
    public init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    /// What an expression is.
    public indirect enum Kind: Sendable {
        /// `nil`
        case `nil`
        /// `true` or `false`
        case boolean(Bool)
        /// An integer literal; hexadecimal ones wrap as in Lua.
        case integer(Int64)
        /// A float literal, or a decimal integer that 64 bits cannot hold.
        case number(Double)
        /// A string literal with its escapes resolved: bytes, which need not be UTF-8.
        case string([UInt8])
        /// `...`
        case varargs
        /// `function … end`
        case function(LuaFunctionBody)
        /// A variable.
        case name(LuaName)
        /// `object[key]`, or `object.key`, whose key is then a string with the range of the name.
        case index(LuaExpression, key: LuaExpression)
        /// `function(…)`, also `function "text"` and `function { … }`.
        case call(LuaExpression, [LuaExpression])
        /// `object:method(…)`
        case methodCall(LuaExpression, method: LuaToken, [LuaExpression])
        /// An operator before its operand.
        case unary(LuaUnaryOperator, LuaExpression)
        /// An operator between its operands; `operator` is where it stands.
        case binary(LuaBinaryOperator, LuaExpression, LuaExpression, operator: SourceRange)
        /// `{ … }`
        case table([LuaTableItem])
        /// `( … )`, which cuts several values down to one.
        case parenthesized(LuaExpression)
    }
}

/// A word of the text.
public struct LuaToken: Hashable, Sendable {
    /// As it is written.
    public let text: String
    /// Where.
    public let range: SourceRange

    /// A word and its place.
    public init(_ text: String, _ range: SourceRange) {
        self.text = text
        self.range = range
    }
}

/// A variable where it is read or written.
public struct LuaName: Hashable, Sendable {
    /// As it is written.
    public let text: String
    /// Where.
    public let range: SourceRange
    /// The local variable it stands for, as an index of ``LuaChunk/variables``; nil for a global.
    public let variable: Int?

    /// A use of a variable.
    public init(_ text: String, _ range: SourceRange, variable: Int?) {
        self.text = text
        self.range = range
        self.variable = variable
    }
}

/// A field of a table constructor.
public enum LuaTableItem: Sendable {
    /// `value`
    case position(LuaExpression)
    /// `name = value`, whose key is a string with the range of the name, or `[key] = value`.
    case field(key: LuaExpression, value: LuaExpression)
}

/// An operator before its operand.
public enum LuaUnaryOperator: String, Sendable, CaseIterable {
    case negate = "-"
    case not = "not"
    case length = "#"
    case bitwiseNot = "~"
}

/// An operator between its operands.
public enum LuaBinaryOperator: String, Sendable, CaseIterable {
    case or
    case and
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case notEqual = "~="
    case equal = "=="
    case bitwiseOr = "|"
    case bitwiseXor = "~"
    case bitwiseAnd = "&"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case concatenate = ".."
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "^"

    /// Whether it compares its sides.
    public var isComparison: Bool {
        switch self {
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .equal, .notEqual: true
        default: false
        }
    }
}

/// A function: its parameters and what it does.
public struct LuaFunctionBody: Sendable {
    /// From the word `function` to its `end`.
    public let range: SourceRange
    /// The line, from 1, of the word `function`, as `lua_getinfo` has it in `linedefined`.
    public let line: Int
    /// The line, from 1, of its `end`, as in `lastlinedefined`.
    public let lastLine: Int
    /// The parameters, as indexes of ``LuaChunk/variables``; a method's begin with `self`.
    public let parameters: [Int]
    /// Whether `...` follows them.
    public let isVariadic: Bool
    /// What it does.
    public let body: LuaBlock

    /// A function from its parts.
    public init(
        range: SourceRange, line: Int, lastLine: Int, parameters: [Int], isVariadic: Bool, body: LuaBlock
    ) {
        self.range = range
        self.line = line
        self.lastLine = lastLine
        self.parameters = parameters
        self.isVariadic = isVariadic
        self.body = body
    }
}
