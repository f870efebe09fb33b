public import Catalog

/// A Lua value that is known before any customer is looked at.
public enum LuaConstant: Hashable, Sendable {
    /// nil
    case missing
    /// true or false
    case boolean(Bool)
    /// An integer.
    case integer(Int64)
    /// A float.
    case number(Double)
    /// A string, which need not be UTF-8.
    case text([UInt8])

    /// Swift takes -0.0 for 0.0; a quotient of Lua does not.
    public static func == (a: LuaConstant, b: LuaConstant) -> Bool {
        switch (a, b) {
        case (.missing, .missing): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a.bitPattern == b.bitPattern
        case (.text(let a), .text(let b)): a == b
        default: false
        }
    }

    /// What kind it is.
    var kinds: Kinds {
        switch self {
        case .missing: .missing
        case .boolean: .boolean
        case .integer: .integer
        case .number: .float
        case .text: .text
        }
    }

    /// As a number of Lua.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

/// The kinds of values that an expression may have.
struct Kinds: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let missing = Kinds(rawValue: 1)
    static let boolean = Kinds(rawValue: 2)
    static let integer = Kinds(rawValue: 4)
    static let float = Kinds(rawValue: 8)
    static let text = Kinds(rawValue: 16)
    /// Tables, functions, customers, rows.
    static let other = Kinds(rawValue: 32)

    static let numeric: Kinds = [.integer, .float]
    static let any: Kinds = [.missing, .boolean, .integer, .float, .text, .other]

    /// The kinds without a missing value.
    var present: Kinds { subtracting(.missing) }
    var mayBeMissing: Bool { contains(.missing) }
    /// Whether it is a number wherever it is there at all.
    var isNumeric: Bool { !present.isEmpty && present.isSubset(of: .numeric) }
    /// Whether it is a text wherever it is there at all.
    var isText: Bool { present == .text }
    /// Whether SQL's 1 and 0 could be true and false as well as numbers.
    var isAmbiguous: Bool { contains(.boolean) && !isDisjoint(with: .numeric) }

    /// "a text", "a number", for reasons.
    var described: String {
        switch present {
        case .text: "a text"
        case .boolean: "true or false"
        case let kinds where kinds.isSubset(of: .numeric) && !kinds.isEmpty: "a number"
        case .other: "a row, a table or a function"
        case []: "missing"
        default: "a value of several kinds"
        }
    }
}

extension ValueType {
    /// The kinds of values that rules see.
    internal var kinds: Kinds {
        switch self {
        case .text, .date: .text
        case .integer, .instant: .integer
        case .number: .numeric
        case .boolean: .boolean
        case .money: .float
        }
    }

    /// What the store holds for a value that a rule names; nil where the type does not fit.
    public func stored(_ constant: LuaConstant, minorUnits: Double) -> Value? {
        switch (constant, self) {
        case (.text(let bytes), .text), (.text(let bytes), .date):
            storedText(bytes)
        case (.boolean(let flag), .boolean): .integer(flag ? 1 : 0)
        case (.integer(let number), .money): .number(Double(number) * minorUnits)
        case (.number(let number), .money): .number((number * minorUnits).rounded())
        case (.integer(let number), .integer), (.integer(let number), .number),
            (.integer(let number), .instant):
            .integer(number)
        case (.number(let number), .integer), (.number(let number), .number), (.number(let number), .instant):
            .number(number)
        default: nil
        }
    }
}
