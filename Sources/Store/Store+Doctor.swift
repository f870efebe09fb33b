internal import GRDB

extension Store {
    /// Version of the SQLite library, such as `3.40.1`.
    public func sqliteVersion() throws -> String {
        try StoreError.wrapping(path) {
            try queue.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? "unknown"
        }
    }

    /// What `PRAGMA integrity_check` reports; empty where all is well. Cost: reads the whole file.
    public func integrityProblems() throws -> [String] {
        try StoreError.wrapping(path) {
            try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
        }
    }

    /// Tables, indexes and triggers that are not as a new store has them; empty where all is well.
    public func schemaProblems() throws -> [String] {
        try StoreError.wrapping(path) {
            let fresh = try DatabaseQueue()
            try Self.makeMigrator(newCurrency: currency).migrate(fresh)
            try Self.refreshFactDefinitions(fresh)
            let wanted = try fresh.read(Self.schema)
            let found = try queue.read(Self.schema)
            return wanted.keys.sorted().compactMap { name in
                found[name] == nil
                    ? "\(name) is missing" : found[name] == wanted[name] ? nil : "\(name) was changed"
            } + found.keys.filter { wanted[$0] == nil }.sorted().map { "\($0) is not Moonletter's" }
        }
    }

    private static func schema(_ db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT type || ' ' || name, sql FROM main.sqlite_schema
                WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*'
                """)
        return Dictionary(rows.map { ($0[0] as String, $0[1] as String) }) { first, _ in first }
    }

    /// Rows that refer to rows which do not exist, as `table: count`; empty where all is well.
    public func foreignKeyProblems() throws -> [String] {
        try StoreError.wrapping(path) {
            try queue.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT \"table\", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2"
                ).map { row in
                    let (table, parent, count): (String, String, Int) = (row[0], row[1], row[2])
                    return "\(count) rows of \(table) refer to missing \(parent)"
                }
            }
        }
    }

    /// Orders in another currency than the store's, which its sums must not mix.
    public func foreignCurrencyOrders() throws -> Int {
        try StoreError.wrapping(path) {
            try queue.read {
                try Int.fetchOne(
                    $0, sql: "SELECT COUNT(*) FROM orders WHERE currency <> ?", arguments: [currency])
            } ?? 0
        }
    }

    /// How many rows each table has, by name.
    public func rowCounts() throws -> [(table: String, rows: Int)] {
        try StoreError.wrapping(path) {
            try queue.read { db in
                let tables = try String.fetchAll(
                    db,
                    sql: """
                        SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                        AND name NOT IN ('grdb_migrations', 'settings', 'customer_facts') ORDER BY name
                        """)
                return try tables.map { table in
                    (table, try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM main.\"\(table)\"") ?? 0)
                }
            }
        }
    }
}
