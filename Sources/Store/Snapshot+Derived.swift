public import Catalog
internal import GRDB

/// Values that rules give customers, kept where SQL can ask for them.
extension Snapshot {
    /// Keeps a value for each customer whom `fill` hands over, and gives the field that reads them. They are there until
    /// the connection ends, or others of the same number take their place.
    ///
    /// Cost: a row of a temporary table each; who has no value costs none.
    public func keep(
        _ name: String, _ doc: String, number: Int,
        from fill: ((Int64, Value) throws -> Void) throws -> ValueType
    ) throws -> Field {
        let table = "temp.derived_\(number)"
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS \(table) (customer_id INTEGER PRIMARY KEY, value)")
        // A table cannot be dropped while a statement of the connection is under way.
        try db.execute(sql: "DELETE FROM \(table)")
        let insert = try RawStatement(db, "INSERT INTO \(table) VALUES (?1, ?2)")
        let type = try fill { customer, value in
            guard value != .null else { return }
            insert.bind(1, customer)
            insert.bind(2, value)
            try insert.run()
        }
        return Field(
            name, type, doc, sql: "(SELECT d.value FROM \(table) AS d WHERE d.customer_id = c.id)")
    }
}
