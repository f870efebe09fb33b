public import Catalog
internal import GRDB

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
        private let sql: String
        private let columnCount: Int
        /// Nil once the bulk write is over.
        private var statement: RawStatement?
        private var touched: (column: Int, customers: TouchedCustomers)?

        fileprivate init(_ db: Database, sql: String, columnCount: Int) throws {
            self.sql = sql
            self.columnCount = columnCount
            statement = try RawStatement(db, sql)
        }

        /// Inserts one row; `values` in the order of the columns.
        ///
        /// Cost: a B-tree insertion in the table and in each of its indexes; cheapest in the order of the
        /// primary key.
        public func insert(_ values: [Value]) throws {
            guard let statement else { preconditionFailure("the bulk write is over: \(sql)") }
            precondition(values.count == columnCount, "as many values as columns: \(sql)")
            for (index, value) in values.enumerated() { statement.bind(index + 1, value) }
            try statement.run()
            if let touched, case .integer(let customer) = values[touched.column] {
                try touched.customers.note(customer)
            }
        }

        fileprivate func noteCustomers(inColumn column: Int, in customers: TouchedCustomers) {
            touched = (column, customers)
        }

        fileprivate func close() {
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
