public import Catalog
internal import GRDB

/// Which values there are, for tables and for completion.
extension Snapshot {
    /// The most frequent values of a field.
    ///
    /// Cost: one pass; where almost all values differ, a sort of them, and memory for twice as many as are wanted. For
    /// completion, who asks keeps them: a million customers take longer than a person waits for Tab.
    public func frequencies(
        of field: Field, in population: Population = Population(), limit: Int = 10_000
    ) throws -> Frequencies {
        let isText = field.type == .text || field.type == .date
        return try frequencies(field.sql, isText: isText, limit: limit) {
            try ask($0, of: population, $1)
        }
    }

    /// The most frequent values of a column; `ask` makes the statement of columns and what follows its conditions.
    private func frequencies(
        _ column: String, isText: Bool, limit: Int,
        _ ask: (_ columns: [String], _ tail: String) throws -> RawStatement
    ) throws -> Frequencies {
        var ranking = FrequencyRanking(limit: limit)
        if let counts = try counts(ask([column], ""), isText: isText) {
            for (value, count) in counts { ranking.add(value, count) }
        } else {
            try ask(["\(column) AS value", "COUNT(*)"], "GROUP BY value").forEach {
                ranking.add($0.value(0), Int($0.integer(1)))
            }
        }
        return ranking.finish()
    }

    /// How many customers have each value of a field, ordered as ``aggregate(_:by:of:in:)`` does; nil where there are too
    /// many values to hold.
    func counts(of field: Field, in population: Population) throws -> [[Value]]? {
        let isText = field.type == .text || field.type == .date
        guard let counts = try counts(ask([field.sql], of: population), isText: isText) else { return nil }
        func isBefore(_ a: (value: Value, count: Int), _ b: (value: Value, count: Int)) -> Bool {
            if (a.value == .null) != (b.value == .null) { return b.value == .null }
            return a.count == b.count ? Self.precedes(a.value, b.value) : a.count > b.count
        }
        return counts.sorted(by: isBefore).map { [$0.value, .integer(Int64($0.count))] }
    }

    /// How often each value comes, by value, counted as the customers come, which takes an eighth of the time of a sort; nil
    /// where there are too many values to hold.
    private func counts(_ rows: RawStatement, isText: Bool) throws -> [(value: Value, count: Int)]? {
        let mostValues = 50_000
        var places = ByteKeyMap(limit: mostValues)
        var texts: [(value: Value, count: Int)] = []
        var length = 0
        var others: [Value: Int] = [:]
        while try rows.next() {
            guard isText, let bytes = rows.bytes(0) else {
                others[rows.value(0), default: 0] += 1
                if others.count > mostValues { return nil }
                continue
            }
            if let place = places.value(bytes) {
                texts[Int(place)].count += 1
                continue
            }
            // The map forgets what is more than that.
            length += bytes.count
            if texts.count == mostValues || length > 64 * mostValues { return nil }
            places.set(bytes, Int64(texts.count))
            texts.append((rows.value(0), 1))
        }
        return (others.map { ($0.key, $0.value) } + texts).sorted { Self.precedes($0.value, $1.value) }
    }

    /// As SQL orders them.
    private static func precedes(_ a: Value, _ b: Value) -> Bool {
        switch (a, b) {
        case (_, .null): false
        case (.null, _): true
        case (.integer(let a), .integer(let b)): a < b
        case (.number(let a), .number(let b)): a < b
        case (.integer(let a), .number(let b)): Double(a) < b
        case (.number(let a), .integer(let b)): a < Double(b)
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.text, _): false
        case (_, .text): true
        }
    }

    /// The tags of customers; each has any number of them. Nobody counts as missing.
    public func tags(of population: Population = Population(), limit: Int = 10_000) throws -> Frequencies {
        try entries("tags", "tag", "tagged_at", of: population, limit: limit)
    }

    /// The interests of customers; each has any number of them. Nobody counts as missing.
    public func interests(
        of population: Population = Population(), limit: Int = 10_000
    ) throws -> Frequencies {
        try entries("interests", "interest", "noted_at", of: population, limit: limit)
    }

    /// Customers whose e-mail address begins so, without regard to case, in the order of addresses. Cost: by index.
    public func customers(emailStartingWith prefix: String, limit: Int) throws -> [(id: Int64, email: String)]
    {
        // No address goes on behind the last character that there is.
        let statement = try RawStatement(
            db,
            """
            SELECT c.id, c.email FROM customers AS c
            WHERE c.email IS NOT NULL AND lower(c.email) >= lower(?1)
                AND lower(c.email) < lower(?1) || char(0x10FFFF) AND \(existing(by: "?2"))
            ORDER BY lower(c.email), c.id LIMIT ?3
            """)
        statement.bind(1, .text(prefix))
        if isHistorical { statement.bind(2, now) }
        statement.bind(3, Int64(limit))
        var found: [(id: Int64, email: String)] = []
        try statement.forEach { found.append(($0.integer(0), $0.text(1) ?? "")) }
        return found
    }

    private func entries(
        _ table: String, _ column: String, _ time: String, of population: Population, limit: Int
    ) throws -> Frequencies {
        let isThere = "(l.\(time) IS NULL OR l.\(time) <= ?2)"
        let isEverybody = population.condition == nil && population.members == nil && !isHistorical
        return try frequencies("l.\(column)", isText: true, limit: limit) { columns, tail in
            guard isEverybody else {
                let table = "JOIN \(table) AS l ON l.customer_id = c.id AND \(isThere)"
                return try ask(columns, of: population, joining: table, tail, [.integer(now)])
            }
            let statement = try RawStatement(
                db, "SELECT \(columns.joined(separator: ", ")) FROM \(table) AS l WHERE \(isThere) \(tail)")
            statement.bind(2, now)
            return statement
        }
    }
}

/// The most frequent of values that come in their order; of the rest, only how much it is.
private struct FrequencyRanking {
    private let limit: Int
    private var kept: [(entry: Frequencies.Entry, place: Int)] = []
    private var place = 0
    private var otherValues = 0
    private var otherCustomers = 0
    private var missing = 0

    init(limit: Int) {
        self.limit = max(0, limit)
    }

    mutating func add(_ value: Value, _ count: Int) {
        if value == .null {
            missing = count
            return
        }
        kept.append((Frequencies.Entry(value, count), place))
        place += 1
        if kept.count > 2 * limit + 1_000 { settle() }
    }

    private mutating func settle() {
        kept.sort { ($1.entry.count, $0.place) < ($0.entry.count, $1.place) }
        for (entry, _) in kept.dropFirst(limit) {
            otherValues += 1
            otherCustomers += entry.count
        }
        kept.removeLast(max(0, kept.count - limit))
    }

    /// What was ranked, when all have come.
    mutating func finish() -> Frequencies {
        settle()
        return Frequencies(
            entries: kept.map(\.entry), otherValues: otherValues, otherCustomers: otherCustomers,
            missing: missing)
    }
}
