internal import Basics
internal import Catalog
internal import GRDB

/// Facts are one row per customer in `customer_facts`, derived from ``factGroups`` and from nothing else.
///
/// The writing connection has a temporary table of touched customers for each group, filled by temporary
/// triggers, so that no statement can move a fact without its being refreshed.
extension Store {
    /// The columns of the facts table, in the order of the definitions.
    static let factColumns = factGroups.flatMap(\.facts)

    /// Makes the facts table anew where the definitions have changed since it was filled.
    static func refreshFactDefinitions(_ queue: DatabaseQueue) throws {
        let current = factDefinitionHash
        let stored = try queue.read { db in
            try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'fact_definitions'")
        }
        guard stored != current else { return }
        try queue.write(makeFacts)
    }

    /// Makes the facts table, with the facts of all customers, in place of what was there.
    private static func makeFacts(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP TRIGGER IF EXISTS main.customers_facts;
                DROP TABLE IF EXISTS main.customer_facts;
                \(createTableSQL("main.customer_facts", foreignKey: true));
                CREATE TRIGGER main.customers_facts AFTER INSERT ON customers
                BEGIN INSERT INTO customer_facts (customer_id) VALUES (new.id); END;
                INSERT INTO main.customer_facts (customer_id) SELECT id FROM main.customers;
                """)
        for group in factGroups { try db.execute(sql: updateSQL(group, in: "main.customer_facts")) }
        try rebuildLatestRowTime(db)
        try db.execute(
            sql: "INSERT OR REPLACE INTO settings (name, value) VALUES ('fact_definitions', ?)",
            arguments: [factDefinitionHash])
        try noteChange(db)
    }

    private static var factDefinitionHash: String {
        var hash = StableHash()
        for group in factGroups { hash.combine(updateSQL(group, in: "main.customer_facts")) }
        return hash.hex
    }

    static func createTableSQL(_ table: String, foreignKey: Bool) -> String {
        let columns = factColumns.map { fact in
            let type = fact.type == .number ? "REAL" : "INTEGER"
            return "\(fact.name) \(type)" + (fact.isZeroWithoutRows ? " NOT NULL DEFAULT 0" : "")
        }
        let reference = foreignKey ? " REFERENCES customers (id) ON DELETE CASCADE" : ""
        let temporary = table.hasPrefix("temp.") ? "TEMP " : ""
        let name = table.split(separator: ".").last.map(String.init) ?? table
        return """
            CREATE \(temporary)TABLE \(name) (
                customer_id INTEGER PRIMARY KEY\(reference),
                \(columns.joined(separator: ",\n    "))
            ) STRICT
            """
    }

    /// Sets the group's facts in `table` from the rows that had happened by `asOf` (all where nil), for the
    /// customers in `touched` (all where nil). Cost: one index look-up per customer and its rows.
    static func updateSQL(
        _ group: FactGroup, in table: String, touched: String? = nil, asOf: Int64? = nil
    ) -> String {
        let name = table.split(separator: ".").last.map(String.init) ?? table
        let restriction = touched.map { " WHERE customer_id IN (SELECT customer_id FROM temp.\($0))" } ?? ""
        let values = factsSQL(
            group, from: "main.\(group.table)", of: "\(name).customer_id", asOf: asOf.map(String.init))
        return "UPDATE \(table) SET \(factTarget(group)) = (\(values))\(restriction)"
    }

    /// The columns of the group's facts, as an UPDATE sets them; a row value needs at least two columns.
    static func factTarget(_ group: FactGroup) -> String {
        let columns = group.facts.map(\.name)
        return columns.count == 1 ? columns[0] : "(\(columns.joined(separator: ", ")))"
    }

    /// The query of the group's facts of a customer from the rows of `source` that had happened by `asOf` (all where
    /// nil); both are SQL.
    static func factsSQL(_ group: FactGroup, from source: String, of customer: String, asOf: String?)
        -> String
    {
        var conditions = ["customer_id = \(customer)"]
        if let condition = group.condition { conditions.append(condition.sql()) }
        if let asOf { conditions.append("\(group.time) <= \(asOf)") }
        let values = group.facts.map { $0.isZeroWithoutRows ? "COALESCE(\($0.sql), 0)" : $0.sql }
        return """
            SELECT \(values.joined(separator: ", ")) FROM \(source) WHERE \(conditions.joined(separator: " AND "))
            """
    }

    static func installFactTriggers(_ db: Database) throws {
        for group in factGroups {
            let touched = "touched_\(group.table)"
            try db.execute(sql: "CREATE TEMP TABLE \(touched) (customer_id INTEGER PRIMARY KEY)")
            for (event, rows) in [("INSERT", ["new"]), ("DELETE", ["old"]), ("UPDATE", ["old", "new"])] {
                let inserts = rows.map { "INSERT OR IGNORE INTO \(touched) VALUES (\($0).customer_id);" }
                try db.execute(
                    sql: """
                        CREATE TEMP TRIGGER \(touched)_\(event.lowercased()) AFTER \(event) ON main.\(group.table)
                        BEGIN \(inserts.joined(separator: " ")) END
                        """)
            }
        }
        try db.execute(
            sql: """
                CREATE TEMP TABLE touched_latest (at INTEGER NOT NULL);
                INSERT INTO touched_latest VALUES (\(Int64.min));
                """)
        for event in ["INSERT", "UPDATE OF registered_at"] {
            try db.execute(
                sql: """
                    CREATE TEMP TRIGGER "registered_\(event.lowercased())" AFTER \(event) ON main.customers
                    WHEN new.registered_at IS NOT NULL
                    BEGIN UPDATE touched_latest SET at = MAX(at, new.registered_at); END
                    """)
        }
    }

    static func refreshTouchedFacts(_ db: Database) throws {
        for group in factGroups {
            let touched = "touched_\(group.table)"
            let isTouched =
                try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM temp.\(touched))") ?? false
            guard isTouched else { continue }
            try db.execute(sql: updateSQL(group, in: "main.customer_facts", touched: touched))
            try db.execute(
                sql: """
                    UPDATE temp.touched_latest SET at = MAX(at, COALESCE(
                        (SELECT MAX(\(group.time)) FROM main.\(group.table)
                         WHERE customer_id IN (SELECT customer_id FROM temp.\(touched))), at));
                    DELETE FROM temp.\(touched);
                    """)
        }
        // The latest time of any row tells a snapshot whether it looks at the past.
        try db.execute(
            sql: """
                INSERT INTO main.settings (name, value)
                SELECT 'latest_row_at', CAST(at AS TEXT) FROM temp.touched_latest WHERE at > \(Int64.min)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER);
                UPDATE temp.touched_latest SET at = \(Int64.min);
                """)
    }

    /// The time and the customer of every row that a snapshot of the past leaves out of the facts.
    private static let rowTimes: String = {
        let sources = factGroups.map { "SELECT customer_id, \($0.time) AS at FROM main.\($0.table)" }
        let all = sources + ["SELECT id, registered_at FROM main.customers"]
        return "(\(all.joined(separator: " UNION ALL ")))"
    }()

    private static func rebuildLatestRowTime(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM main.settings WHERE name = 'latest_row_at';
                INSERT INTO main.settings (name, value)
                SELECT 'latest_row_at', CAST(MAX(at) AS TEXT) FROM \(rowTimes) HAVING MAX(at) IS NOT NULL;
                """)
    }

    /// Customers with a row later than `latest_row_at`: a snapshot of a time between takes today's facts for
    /// those of then. A time that is too high, after a deletion, only costs time.
    private static func latestRowMismatch(_ db: Database) throws -> FactMismatch? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(DISTINCT customer_id), MIN(customer_id) FROM \(rowTimes)
                WHERE at > COALESCE(
                    (SELECT CAST(value AS INTEGER) FROM main.settings WHERE name = 'latest_row_at'), \(Int64.min))
                """)
        guard let row, let count: Int = row[0], count > 0, let example: Int64 = row[1] else { return nil }
        return FactMismatch(fact: "latest_row_at", customers: count, example: example)
    }

    /// A fact of a customer that is not what its rows say.
    public struct FactMismatch: Sendable, Equatable {
        /// The fact's name; `latest_row_at` for the time of the latest row of all, which must not be too low.
        public let fact: String
        /// How many customers have it wrong.
        public let customers: Int
        /// The first of them.
        public let example: Int64
    }

    /// Compares every fact of every customer with its rebuild. Cost: a rebuild into a temporary table.
    public func verifyFacts() throws -> [FactMismatch] {
        try StoreError.wrapping(path) {
            try queue.write { db in
                try Self.buildFacts(db, table: "temp.rebuilt_facts", asOf: nil)
                defer { try? db.execute(sql: "DROP TABLE temp.rebuilt_facts") }
                let facts: [FactMismatch] = try Self.factColumns.compactMap { fact in
                    let row = try Row.fetchOne(
                        db,
                        sql: """
                            SELECT COUNT(*), MIN(b.customer_id)
                            FROM temp.rebuilt_facts AS b LEFT JOIN main.customer_facts AS f USING (customer_id)
                            WHERE f.\(fact.name) IS NOT b.\(fact.name)
                            """)
                    guard let row, let count: Int = row[0], count > 0, let example: Int64 = row[1] else {
                        return nil
                    }
                    return FactMismatch(fact: fact.name, customers: count, example: example)
                }
                return try facts + [Self.latestRowMismatch(db)].compactMap { $0 }
            }
        }
    }

    /// Computes every fact of every customer anew.
    public func rebuildFacts() throws {
        try StoreError.wrapping(path) {
            try queue.write(Self.makeFacts)
        }
    }

    /// Fills a new temporary table with the facts of all customers, as of an instant.
    static func buildFacts(_ db: Database, table: String, asOf: Int64?) throws {
        try db.execute(sql: createTableSQL(table, foreignKey: false))
        try db.execute(sql: "INSERT INTO \(table) (customer_id) SELECT id FROM main.customers")
        for group in factGroups { try db.execute(sql: updateSQL(group, in: table, asOf: asOf)) }
    }
}
