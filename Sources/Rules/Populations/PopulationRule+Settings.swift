internal import LuaRuntime

extension PopulationRule {
    /// The settings of a trait that make it one over the whole population: one of them.
    static let settings = ["rank", "quantiles", "share", "count"]

    private static let orders = ["asc", "desc"]

    /// Reads the rule of a trait; nil where it has none.
    ///
    /// - Throws: ``RuleError`` where it has several, or one that says something else than it may.
    static func read(_ settings: Settings) throws -> PopulationRule? {
        let given = Self.settings.filter { if case .missing = settings[$0] { false } else { true } }
        guard let key = given.first else { return nil }
        if given.count > 1 {
            throw settings.wrong(
                given[1], "no value beside '\(key)': a trait is one of \(given.joined(separator: ", "))",
                "both")
        }
        switch key {
        case "rank": return try rank(settings)
        case "quantiles": return try .quantiles(quantiles(settings))
        default:
            guard try settings.flag(key) == true else { throw settings.wrong(key, "true", "false") }
            return key == "count" ? .count : .share
        }
    }

    private static func rank(_ settings: Settings) throws -> PopulationRule {
        if case .boolean(true) = settings["rank"] { return .rank(isDescending: false, .first) }
        guard case .table(let table) = settings["rank"] else {
            throw settings.wrong(
                "rank", "true, or a table such as { order = \"desc\" }", got(settings["rank"]))
        }
        let part = Part(settings, "rank", table)
        try part.allow(["order", "ties"])
        let ties = try part.word("ties", Ties.allCases.map(\.rawValue)) ?? Ties.first.rawValue
        return .rank(isDescending: try part.word("order", orders) == "desc", Ties(rawValue: ties) ?? .first)
    }

    private static func quantiles(_ settings: Settings) throws -> Quantiles {
        let expected = "a number of parts from 2 to 1000, or a table such as { parts = 5, order = \"desc\" }"
        func parts(_ value: LuaValue) throws -> Int {
            guard case .integer(let count) = value, (2...1000).contains(count) else {
                throw settings.wrong("quantiles", expected, got(value))
            }
            return Int(count)
        }
        guard case .table(let table) = settings["quantiles"] else {
            return Quantiles(parts: try parts(settings["quantiles"]))
        }
        let part = Part(settings, "quantiles", table)
        try part.allow(["parts", "by", "closed", "offset", "order", "ties"])
        var quantiles = Quantiles(parts: try parts(table["parts"]))
        let basis = try part.word("by", Quantiles.Basis.allCases.map(\.rawValue))
        quantiles.basis = basis.flatMap(Quantiles.Basis.init) ?? .value
        let side = try part.word("closed", Quantiles.Side.allCases.map(\.rawValue))
        quantiles.closed = side.flatMap(Quantiles.Side.init) ?? .right
        quantiles.isDescending = try part.word("order", orders) == "desc"
        switch table["offset"] {
        case .missing: break
        case .integer(let number): quantiles.offset = Double(number)
        case .number(let number) where number.isFinite: quantiles.offset = number
        case let other: throw part.wrong("offset", "a number", other)
        }
        switch table["ties"] {
        case .missing, .text("first"): break
        case .text(let field) where quantiles.basis == .rank: quantiles.ties = field
        case let other:
            throw part.wrong("ties", "with by = \"rank\", \"first\" or the name of a field", other)
        }
        return quantiles
    }

    private static func got(_ value: LuaValue) -> String { value.described }

    /// A table within the settings.
    private struct Part {
        let settings: Settings
        let key: String
        let table: LuaTable

        init(_ settings: Settings, _ key: String, _ table: LuaTable) {
            (self.settings, self.key, self.table) = (settings, key, table)
        }

        func wrong(_ name: String, _ expected: String, _ value: LuaValue) -> RuleError {
            settings.wrong(key, "\(name) = \(expected)", value.described)
        }

        func allow(_ known: [String]) throws {
            if let first = table.array.first {
                throw settings.wrong(key, "settings by name", first.described)
            }
            for field in table.fields where !known.contains(field.name) {
                throw RuleError.unknownKey(
                    owner: "'\(key)' of \(settings.owner)", key: field.name, at: settings.place(of: key),
                    known: known)
            }
        }

        /// One of these words; nil where nothing is said.
        func word(_ name: String, _ known: [String]) throws -> String? {
            switch table[name] {
            case .missing: return nil
            case .text(let text) where known.contains(text): return text
            case let other:
                throw wrong(name, known.map { "\"\($0)\"" }.joined(separator: " or "), other)
            }
        }
    }
}
