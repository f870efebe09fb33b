/// The reserved words and the signs of Lua.
enum LuaWord: String, Sendable, CaseIterable {
    case and, `break`, `do`, `else`, `elseif`, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`
    case not, or, `repeat`, `return`, then, `true`, until, `while`

    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case doubleSlash = "//"
    case percent = "%"
    case caret = "^"
    case hash = "#"
    case ampersand = "&"
    case tilde = "~"
    case bar = "|"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case equal = "=="
    case notEqual = "~="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case assign = "="
    case openRound = "("
    case closeRound = ")"
    case openCurly = "{"
    case closeCurly = "}"
    case openSquare = "["
    case closeSquare = "]"
    case doubleColon = "::"
    case semicolon = ";"
    case colon = ":"
    case comma = ","
    case dot = "."
    case concatenate = ".."
    case dots = "..."

    /// Every word by its text.
    static let known = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

extension LuaWord {
    /// The operator that it is between two operands.
    var binaryOperator: LuaBinaryOperator? {
        switch self {
        case .or, .and, .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal, .bar, .tilde,
            .ampersand, .shiftLeft, .shiftRight, .concatenate, .plus, .minus, .star, .slash, .doubleSlash,
            .percent, .caret:
            LuaBinaryOperator(rawValue: rawValue)
        default: nil
        }
    }

    /// The operator that it is before an operand.
    var unaryOperator: LuaUnaryOperator? {
        switch self {
        case .not: .not
        case .minus: .negate
        case .hash: .length
        case .tilde: .bitwiseNot
        default: nil
        }
    }
}

extension LuaBinaryOperator {
    /// How tightly it binds its left and its right operand; the right is lower where it groups to the right.
    var priority: (left: Int, right: Int) {
        switch self {
        case .or: (1, 1)
        case .and: (2, 2)
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: (3, 3)
        case .bitwiseOr: (4, 4)
        case .bitwiseXor: (5, 5)
        case .bitwiseAnd: (6, 6)
        case .shiftLeft, .shiftRight: (7, 7)
        case .concatenate: (9, 8)
        case .add, .subtract: (10, 10)
        case .multiply, .divide, .floorDivide, .modulo: (11, 11)
        case .power: (14, 13)
        }
    }
}

extension LuaUnaryOperator {
    /// How tightly every operator before an operand binds it.
    static var priority: Int { 12 }
}

/// A word, sign or literal of the text with its place.
struct LuaLexeme: Sendable {
    /// What it is.
    let kind: Kind
    /// Where it stands.
    let range: SourceRange
    /// The line where it begins, from 1.
    let line: Int
    /// Whether nothing but blanks and comments stands before it on its line.
    let isFirstOfLine: Bool
    /// The blanks before the first lexeme of its line, in bytes.
    let indent: Int

    /// What a lexeme is.
    enum Kind: Sendable, Equatable {
        case name(String)
        case string([UInt8])
        case integer(Int64)
        case number(Double)
        case word(LuaWord)
        case end
    }
}
