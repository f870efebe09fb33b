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
        try empty(number)
        let insert = try RawStatement(db, "INSERT INTO \(Self.table(number)) VALUES (?1, ?2)")
        let type = try fill { customer, value in
            guard value != .null else { return }
            insert.bind(1, customer)
            insert.bind(2, value)
            try insert.run()
        }
        return Self.field(name, type, doc, number)
    }

    /// The same for a value that SQL gives, over `c` and `f`, with the values of its arguments that are computed.
    public func keep(
        _ name: String, _ type: ValueType, _ doc: String, number: Int, of value: SQLFragment,
        computed: [Value]
    ) throws -> Field {
        try empty(number)
        var request = CustomerRequest([])
        request.flags = [value]
        request.computed = computed
        let (sql, arguments) = statement(request)
        let insert = try RawStatement(db, "INSERT INTO \(Self.table(number)) \(sql)")
        insert.bind(1, Int64.min)
        for (place, argument) in arguments.enumerated() {
            insert.bind(place + 3, self.value(argument, request))
        }
        try insert.run()
        return Self.field(name, type, doc, number)
    }

    private func empty(_ number: Int) throws {
        let table = Self.table(number)
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS \(table) (customer_id INTEGER PRIMARY KEY, value)")
        // A table cannot be dropped while a statement of the connection is under way.
        try db.execute(sql: "DELETE FROM \(table)")
    }

    private static func table(_ number: Int) -> String { "temp.derived_\(number)" }

    private static func field(_ name: String, _ type: ValueType, _ doc: String, _ number: Int) -> Field {
        let sql = "(SELECT d.value FROM \(table(number)) AS d WHERE d.customer_id = c.id)"
        return Field(name, type, doc, sql: sql)
    }
}
