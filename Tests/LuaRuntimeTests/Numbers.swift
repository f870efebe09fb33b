// A row needs a statement of SQLite.
#if canImport(GRDBSQLite)
    import GRDBSQLite

    /// A statement that gives whole numbers, one a row, as ids of customers.
    final class Numbers {
        private var connection: OpaquePointer?
        private(set) var statement: OpaquePointer?

        init(_ range: ClosedRange<Int64>) {
            sqlite3_open(":memory:", &connection)
            let sql = """
                WITH RECURSIVE n(id) AS (SELECT \(range.lowerBound) UNION ALL SELECT id + 1 FROM n
                    WHERE id < \(range.upperBound))
                SELECT id FROM n WHERE id > ?1 AND id <= ?2
                """
            sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        }

        deinit {
            sqlite3_finalize(statement)
            sqlite3_close(connection)
        }
    }
#endif
