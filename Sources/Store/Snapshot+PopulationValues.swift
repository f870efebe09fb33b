public import Catalog
internal import GRDB

/// Which values there are, for tables and for completion.
extension Snapshot {
    /// The most frequent values of a field.
    ///
    /// Cost: one pass and a sort by value; memory for twice as many values as are wanted. For completion, who asks keeps
    /// them: a million customers take longer than a person waits for Tab.
    public func frequencies(
        of field: Field, in population: Population = Population(), limit: Int = 10_000
    ) throws -> Frequencies {
        try frequencies(
            ask(["\(field.sql) AS value", "COUNT(*)"], of: population, "GROUP BY value"), limit: limit)
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
        let statement = try ask(
            ["l.\(column) AS value", "COUNT(*)"], of: population,
            joining: """
                JOIN \(table) AS l ON l.customer_id = c.id AND (l.\(time) IS NULL OR l.\(time) <= ?2)
                """, "GROUP BY value", [.integer(now)])
        return try frequencies(statement, limit: limit)
    }

    /// The most frequent of the groups, which come by value.
    private func frequencies(_ groups: RawStatement, limit: Int) throws -> Frequencies {
        var kept: [(entry: Frequencies.Entry, place: Int)] = []
        var place = 0
        var missing = 0
        var others = (values: 0, customers: 0)
        func settle() {
            kept.sort { ($1.entry.count, $0.place) < ($0.entry.count, $1.place) }
            for (entry, _) in kept.dropFirst(limit) {
                others.values += 1
                others.customers += entry.count
            }
            kept.removeLast(max(0, kept.count - limit))
        }
        try groups.forEach { row in
            let value = row.value(0)
            let count = Int(row.integer(1))
            guard value != .null else { return missing = count }
            kept.append((Frequencies.Entry(value, count), place))
            place += 1
            if kept.count > 2 * limit + 1_000 { settle() }
        }
        settle()
        return Frequencies(
            entries: kept.map(\.entry), otherValues: others.values, otherCustomers: others.customers,
            missing: missing)
    }
}
