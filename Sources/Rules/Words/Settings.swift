internal import Diagnostics
internal import LuaRuntime

/// The table of a definition, read key by key with errors that name the definition and the key.
struct Settings {
    let owner: String
    let location: SourceLocation
    let table: LuaTable
    private unowned let host: RuleHost

    subscript(key: String) -> LuaValue { table[key] }

    init(_ owner: String, _ call: HostCall, _ host: RuleHost, at location: SourceLocation) throws {
        self.init(owner, try call.arguments(.table("settings")), host, at: location)
    }

    init(_ owner: String, _ table: LuaTable, _ host: RuleHost, at location: SourceLocation) {
        self.owner = owner
        self.table = table
        self.host = host
        self.location = location
    }

    /// Refuses keys that are not in `known`; `formerly` has the names of today of those that were called otherwise.
    func allow(_ known: [String], formerly: [String: String] = [:]) throws {
        for field in table.fields where !known.contains(field.name) {
            if let today = formerly[field.name] {
                throw RuleError.renamedKey(
                    owner: owner, key: field.name, today: today, at: place(of: field.name))
            }
            throw RuleError.unknownKey(owner: owner, key: field.name, at: place(of: field.name), known: known)
        }
        if let first = table.array.first {
            throw LuaError("\(owner) takes settings by name only, got \(first.described)")
        }
    }

    func missing(_ key: String, example: String) -> RuleError {
        .missingKey(owner: owner, key: key, at: location, example: example)
    }

    func wrong(_ key: String, _ expected: String, _ got: String) -> RuleError {
        .wrongValue(owner: owner, key: key, expected: expected, got: got, at: place(of: key))
    }

    /// The line that sets the key.
    func place(of key: String) -> SourceLocation {
        host.place(of: key, in: location)
    }

    func text(_ key: String) throws -> String? {
        switch table[key] {
        case .missing: nil
        case .text(let text): text
        case let other: throw wrong(key, "a text", other.described)
        }
    }

    /// A list of texts.
    func texts(_ key: String) throws -> [String]? {
        switch table[key] {
        case .missing: return nil
        case .table(let list) where !list.array.isEmpty && list.fields.isEmpty:
            return try list.array.map { value in
                guard case .text(let text) = value else {
                    throw wrong(key, "a list of texts", "\(value.described) in it")
                }
                return text
            }
        case let other: throw wrong(key, "a list of texts", other.described)
        }
    }

    func number(_ key: String) throws -> Double? {
        switch table[key] {
        case .missing: nil
        case .integer(let value): Double(value)
        case .number(let value): value
        case let other: throw wrong(key, "a number", other.described)
        }
    }

    func flag(_ key: String) throws -> Bool? {
        switch table[key] {
        case .missing: nil
        case .boolean(let value): value
        case let other: throw wrong(key, "true or false", other.described)
        }
    }

    /// A function, which traces call `name`, or else by its key and owner.
    func function(_ key: String, named name: String? = nil) throws -> LuaFunction? {
        switch table[key] {
        case .missing: return nil
        case .function(let function):
            host.name(function, name ?? "'\(key)' of \(owner)")
            return function
        case let other: throw wrong(key, "a function", other.described)
        }
    }

    /// A predicate or a combination of segments.
    func audience(_ key: String, owner: String) throws -> SegmentExpression? {
        switch table[key] {
        case .missing: return nil
        case .function(let function):
            host.name(function, owner)
            return .predicate(RulePredicate(function: function, owner: owner, location: place(of: key)))
        case .object(let object as SegmentObject): return object.expression
        case let other: throw wrong(key, "a segment or a function", other.described)
        }
    }

    func choice<Choice>(_ key: String, _ type: Choice.Type) throws -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw wrong(key, choices(type), "'\(text)'") }
        return choice
    }

    func list<Choice>(_ key: String, _ type: Choice.Type) throws -> [Choice]?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        switch table[key] {
        case .missing: return nil
        case .table(let list) where !list.array.isEmpty && list.fields.isEmpty:
            return try list.array.map { value in
                guard case .text(let text) = value, let choice = Choice(rawValue: text) else {
                    throw wrong(key, "a list of \(choices(type))", value.described)
                }
                return choice
            }
        case .table(let list) where list.array.isEmpty && list.fields.isEmpty:
            throw wrong(key, "a list of \(choices(type))", "an empty one; leave it out for all")
        case let other: throw wrong(key, "a list of \(choices(type))", other.described)
        }
    }

    private func choices<Choice>(_ type: Choice.Type) -> String
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        type.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
