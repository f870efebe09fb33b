public import Catalog
internal import GRDB
internal import GRDBSQLite

/// Inserts rows in great number within one transaction: the fast way in for programs that make rows
/// themselves.
///
/// ```swift
/// try store.bulkWrite { writer in
///     let tags = try writer.table("tags", columns: ["customer_id", "tag"])
///     for customer in customers { try tags.insert([.integer(customer), .text("VIP")]) }
/// }
/// ```
/// Rows of one customer in a row cost least. Valid only inside ``Store/bulkWrite(_:)``, on its thread.
public final class BulkWriter {
    private let db: Database
    private var tables: [Table] = []
    private var touched: [TouchedCustomers] = []

    fileprivate init(_ db: Database) {
        self.db = db
    }

    /// Hands the customers over whose facts must follow.
    fileprivate func finish() throws {
        for customers in touched { try customers.finish() }
    }

    /// Prepares the insertion of rows with these columns into a table; the other columns get their defaults.
    /// Ask once for each table.
    public func table(_ name: String, columns: [String]) throws -> Table {
        let names = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let table = try Table(
            db, sql: "INSERT INTO \(name.quotedDatabaseIdentifier) (\(names)) VALUES (\(marks))",
            columnCount: columns.count)
        tables.append(table)
        if factGroups.contains(where: { $0.table == name }),
            let column = columns.firstIndex(of: "customer_id")
        {
            let customers = try TouchedCustomers(db, table: name)
            touched.append(customers)
            table.noteCustomers(inColumn: column, in: customers)
        }
        return table
    }

    fileprivate func close() {
        for table in tables { table.close() }
    }

    /// A prepared `INSERT`, bound anew for every row.
    public final class Table {
        private let db: Database
        private let sql: String
        private let columnCount: Int
        private var statement: OpaquePointer?
        private var touched: (column: Int, customers: TouchedCustomers)?

        fileprivate init(_ db: Database, sql: String, columnCount: Int) throws {
            self.db = db
            self.sql = sql
            self.columnCount = columnCount
            let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
            try check(sqlite3_prepare_v3(db.sqliteConnection, sql, -1, flags, &statement, nil), is: SQLITE_OK)
        }

        /// Inserts one row; `values` in the order of the columns.
        ///
        /// Cost: a B-tree insertion in the table and in each of its indexes; cheapest in the order of the
        /// primary key.
        public func insert(_ values: [Value]) throws {
            precondition(values.count == columnCount, "as many values as columns: \(sql)")
            for (index, value) in values.enumerated() {
                try check(bind(value, at: Int32(index + 1)), is: SQLITE_OK)
            }
            let code = sqlite3_step(statement)
            // Before the reset, which may replace the error message.
            try check(code, is: SQLITE_DONE)
            sqlite3_reset(statement)
            if let touched, case .integer(let customer) = values[touched.column] {
                try touched.customers.note(customer)
            }
        }

        fileprivate func noteCustomers(inColumn column: Int, in customers: TouchedCustomers) {
            touched = (column, customers)
        }

        private func bind(_ value: Value, at index: Int32) -> Int32 {
            switch value {
            case .null: return sqlite3_bind_null(statement, index)
            case .integer(let number): return sqlite3_bind_int64(statement, index, number)
            case .number(let number): return sqlite3_bind_double(statement, index, number)
            case .text(var text):
                // SQLITE_TRANSIENT: the bytes are only there during the closure, so SQLite copies them.
                let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
                return text.withUTF8 { bytes in
                    // An empty text may have no bytes to point at, and a null pointer would bind NULL.
                    guard let start = bytes.baseAddress else {
                        return sqlite3_bind_text(statement, index, "", 0, transient)
                    }
                    return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                        sqlite3_bind_text(statement, index, $0, Int32(bytes.count), transient)
                    }
                }
            }
        }

        private func check(_ code: Int32, is expected: Int32) throws {
            guard code == expected else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
            }
        }

        fileprivate func close() {
            sqlite3_finalize(statement)
            statement = nil
        }
    }
}

extension Store {
    /// Inserts many rows in one transaction; the facts of the customers they belong to follow before it ends.
    ///
    /// - Throws: what `body` throws, after everything was rolled back; ``StoreError`` for the store's own.
    public func bulkWrite<Result>(_ body: (BulkWriter) throws -> Result) throws -> Result {
        try write { db in
            let writer = BulkWriter(db)
            defer { writer.close() }
            let result = try body(writer)
            try writer.finish()
            return result
        }
    }
}
