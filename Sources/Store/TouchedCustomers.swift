internal import GRDB

/// Notes the customers of inserted rows, whose facts must follow, in place of the table's trigger.
///
/// With a trigger SQLite keeps a statement journal for every row, which costs more than the row itself.
/// Customers are held as one bit each and handed over in order at the end.
final class TouchedCustomers {
    private let db: Database
    private let insert: RawStatement
    private let triggers: [String]
    private var bits: [UInt64] = []

    /// Ids above this are handed over at once, so that a stray high id costs no memory.
    private static let highest: Int64 = 1 << 28

    /// Suspends the trigger of a table that has facts; after an error the rollback puts it back.
    init(_ db: Database, table: String) throws {
        self.db = db
        insert = try RawStatement(db, "INSERT OR IGNORE INTO temp.touched_\(table) VALUES (?1)")
        let name = "touched_\(table)_insert"
        triggers = try String.fetchAll(
            db, sql: "SELECT sql FROM temp.sqlite_schema WHERE name = ?", arguments: [name])
        try db.execute(sql: "DROP TRIGGER temp.\(name)")
    }

    /// Notes the customer of a row.
    func note(_ customer: Int64) throws {
        guard (0..<Self.highest).contains(customer) else { return try hand(over: customer) }
        let word = Int(customer >> 6)
        if word >= bits.count { bits.append(contentsOf: repeatElement(0, count: word + 1024 - bits.count)) }
        bits[word] |= 1 << UInt64(customer & 63)
    }

    /// Hands the customers over and puts the trigger back.
    func finish() throws {
        for (word, set) in bits.enumerated() {
            var rest = set
            while rest != 0 {
                try hand(over: Int64(word << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        bits = []
        // The schema has the statement without the word TEMP.
        for trigger in triggers { try db.execute(sql: "CREATE TEMP" + trigger.dropFirst("CREATE".count)) }
    }

    private func hand(over customer: Int64) throws {
        insert.bind(1, customer)
        try insert.run()
    }
}
