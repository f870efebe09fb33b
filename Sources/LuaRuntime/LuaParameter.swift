/// What a host function takes in one place: a name for help, what errors call it, and how it is read.
public struct LuaParameter<Value>: Sendable {
    /// Name and kind, without the way to read it.
    public let info: LuaParameterInfo
    fileprivate let read: @Sendable (HostCall, _ position: Int) throws -> Value

    /// A parameter that takes what `match` gives something for; `expected` is what errors say it takes: "a text".
    public init(_ name: String, _ expected: String, match: @escaping @Sendable (LuaValue) -> Value?) {
        self.init(name, expected, .other, match: match)
    }

    fileprivate init(
        _ name: String, _ expected: String, _ kind: LuaParameterInfo.Kind, type: String? = nil,
        isOptional: Bool = false, match: @escaping @Sendable (LuaValue) -> Value?
    ) {
        self.init(name, expected, kind, type: type, isOptional: isOptional) { call, position in
            let value = try call.value(position)
            guard let matched = match(value) else { throw call.mismatch(position, expected, value) }
            return matched
        }
    }

    /// A parameter that reads its argument itself.
    package init(
        _ name: String, _ expected: String, _ kind: LuaParameterInfo.Kind = .other, type: String? = nil,
        isOptional: Bool = false, read: @escaping @Sendable (HostCall, _ position: Int) throws -> Value
    ) {
        info = LuaParameterInfo(
            name: name, expected: expected,
            type: (type ?? kind.type) + (isOptional && kind != .other ? "?" : ""),
            kind: kind, isOptional: isOptional)
        self.read = read
    }
}

/// What help says of a parameter.
public struct LuaParameterInfo: Hashable, Sendable {
    /// As in a signature: `n`.
    public let name: String
    /// What it takes: "a number".
    public let expected: String
    /// The same in the notation of LuaCATS, for editors and the reference: `number`, `Time?`.
    public var type: String
    /// The kind of values it takes.
    public let kind: Kind
    /// Whether a missing value will do.
    public let isOptional: Bool
    /// Whether help says that nothing will do: of what takes any value it means little.
    public var isSaidOptional: Bool { isOptional && kind != .other }

    /// A kind of values.
    public enum Kind: String, Sendable {
        case number, text, table, function
        /// Anything, or what no literal is.
        case other

        /// What LuaCATS calls such values.
        var type: String {
            switch self {
            case .number, .table, .function: rawValue
            case .text: "string"
            case .other: "any"
            }
        }
    }
}

extension LuaParameter where Value == Double {
    /// A number; `expected` may say what it means: "a span such as days(3)".
    public static func number(_ name: String, _ expected: String = "a number") -> Self {
        Self(name, expected, .number) { value in
            switch value {
            case .integer(let value): Double(value)
            case .number(let value): value
            default: nil
            }
        }
    }
}

extension LuaParameter where Value == Int64? {
    /// A time in Unix seconds, fractions cut; missing stays missing.
    public static func time(_ name: String) -> Self {
        Self(name, "a time", .number, type: "Time", isOptional: true) { (value: LuaValue) -> Int64?? in
            switch value {
            case .missing: .some(nil)
            case .integer(let value): value
            case .number(let value) where abs(value) < 9e15: Int64(value.rounded(.down))
            default: nil
            }
        }
    }
}

extension LuaParameter where Value == String {
    /// A text; `expected` may give an example: "a day such as …".
    public static func text(_ name: String, _ expected: String = "a text") -> Self {
        Self(name, expected, .text) { if case .text(let text) = $0 { text } else { nil } }
    }
}

extension LuaParameter where Value == String? {
    /// A text, or a missing value.
    public static func optionalText(_ name: String) -> Self {
        Self(name, "a text", .text, isOptional: true) { (value: LuaValue) -> String?? in
            switch value {
            case .missing: .some(nil)
            case .text(let text): text
            default: nil
            }
        }
    }
}

extension LuaParameter where Value == Double? {
    /// A number, or a missing value.
    public static func optionalNumber(_ name: String) -> Self {
        Self(name, "a number", .number, isOptional: true) { (value: LuaValue) -> Double?? in
            switch value {
            case .missing: .some(nil)
            case .integer(let value): Double(value)
            case .number(let value): value
            default: nil
            }
        }
    }
}

extension LuaParameter where Value == LuaTable {
    /// A table; `expected` may give an example: "a table such as { status = \"paid\" }".
    public static func table(_ name: String, _ expected: String = "a table") -> Self {
        Self(name, expected, .table) { if case .table(let table) = $0 { table } else { nil } }
    }
}

extension LuaParameter where Value == LuaFunction {
    /// A function.
    public static func function(_ name: String) -> Self {
        Self(name, "a function", .function) { if case .function(let function) = $0 { function } else { nil } }
    }
}

extension LuaParameter where Value == LuaValue {
    /// Anything, also nothing.
    public static func any(_ name: String) -> Self {
        Self(name, "a value", .other, isOptional: true) { $0 }
    }
}

extension LuaParameter where Value: LuaObject {
    /// A host object of a class; `expected` is what errors call it: "a segment".
    public static func object(_ name: String, _ expected: String) -> Self {
        Self(name, expected) { if case .object(let object) = $0 { object as? Value } else { nil } }
    }
}

extension LuaParameter where Value == Int64 {
    /// The customer whose turn it is, as the id.
    public static func customer(_ name: String) -> Self {
        Self(name, "a customer", type: "Customer") { call, position in
            guard let id = call.customer(position) else {
                throw call.mismatch(position, "a customer", try call.value(position))
            }
            return id
        }
    }
}

extension HostCall {
    /// Reads the arguments that the parameters say.
    ///
    /// - Throws: ``LuaError`` that names the first argument of another kind, or how many came where there are too many.
    public func arguments<each Value>(
        _ parameters: repeat LuaParameter<each Value>
    ) throws -> (repeat each Value) {
        var position = 0
        func next<Next>(_ parameter: LuaParameter<Next>) throws -> Next {
            position += 1
            return try parameter.read(self, position)
        }
        let values = (repeat try next(each parameters))
        guard count <= position else {
            throw LuaError(
                "\(word) takes \(position == 0 ? "no" : String(position)) argument\(position == 1 ? "" : "s"), got \(count)"
            )
        }
        return values
    }
}
