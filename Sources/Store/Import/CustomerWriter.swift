internal import Basics
internal import GRDB

/// Stores rows of customers with their custom attributes.
final class CustomerWriter: RowWriter {
    private let customers: CustomerResolver
    private let tally: ImportTally
    private let cells: [Int]
    private let insert: RawStatement
    private let update: RawStatement
    private let seen: RawStatement
    private let see: RawStatement
    private let setAttribute: RawStatement
    private let erasure: RawStatement
    /// The cells of the custom attributes with the ids of their definitions.
    private let attributes: [(cell: Int, definition: Int64)]
    private let position: () -> (file: String, line: Int)
    private var nextID: Int64

    init(
        _ db: Database, row: ImportRow, tally: ImportTally, customers: CustomerResolver,
        attributes: [(cell: Int, definition: Int64)], position: @escaping () -> (file: String, line: Int)
    ) throws {
        self.customers = customers
        self.tally = tally
        self.attributes = attributes
        self.position = position
        let columns = row.kind.fields.map(\.name)
        cells = columns.compactMap { row.index(of: $0) }
        let parameters = columns.indices.map { "?\($0 + 2)" }
        insert = try RawStatement(
            db,
            """
            INSERT INTO customers (id, \(columns.joined(separator: ", "))) \
            VALUES (?1, \(parameters.joined(separator: ", ")))
            """)
        let new = zip(columns, parameters).map { (name: $0, value: "COALESCE(\($1), \($0))") }
        update = try RawStatement(
            db,
            """
            UPDATE customers SET \(new.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")) \
            WHERE id = ?1 AND (\(new.map { "\($0.name) IS NOT \($0.value)" }.joined(separator: " OR ")))
            """)
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS import_customers
                    (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, file TEXT NOT NULL, hash BLOB NOT NULL);
                DELETE FROM temp.import_customers;
                """)
        see = try RawStatement(
            db, "INSERT INTO temp.import_customers VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
        seen = try RawStatement(
            db, "SELECT hash = ?2, line, CAST(file AS BLOB) FROM temp.import_customers WHERE id = ?1")
        setAttribute = try RawStatement(
            db,
            """
            INSERT INTO attribute_values (customer_id, attribute_id, value) VALUES (?1, ?2, ?3)
            ON CONFLICT (customer_id, attribute_id) DO UPDATE SET value = excluded.value
            WHERE value IS NOT excluded.value
            """)
        erasure = try RawStatement(db, "SELECT 1 FROM customers WHERE id = ?1 AND erased_at IS NOT NULL")
        nextID = try nextRowID(db, "customers")
    }

    func write(_ row: ImportRow) throws -> Rejection? {
        if let missing = row.missingRequirement() { return missing }
        let found = try customers.find()
        let known: Int64?
        switch found {
        case .rejected(let rejection): return rejection
        case .customer(let id), .adoptable(let id): known = id
        case .absent: known = nil
        }
        if let known, try wasErased(known) { return .erased }
        let id = known ?? nextID
        let hash = row.hash.bytes
        if let earlier = try remember(id, hash) {
            guard earlier.isSame else {
                return Rejection(
                    "same customer as an earlier line", detail: "same customer as \(earlier.place)")
            }
            tally.unchanged += 1
            return nil
        }
        let statement = known == nil ? insert : update
        statement.bind(1, id)
        for (place, cell) in cells.enumerated() { statement.bind(place + 2, row.cells[cell]) }
        var changes = try statement.run()
        for attribute in attributes where !row.cells[attribute.cell].isEmpty {
            setAttribute.bind(1, id)
            setAttribute.bind(2, attribute.definition)
            setAttribute.bind(3, row.cells[attribute.cell])
            changes += try setAttribute.run()
        }
        if case .adoptable = found { tally.adopted += 1 }
        if known == nil {
            nextID += 1
            tally.new += 1
        } else if changes > 0 {
            tally.updated += 1
        } else {
            tally.unchanged += 1
        }
        return nil
    }

    private func wasErased(_ id: Int64) throws -> Bool {
        erasure.bind(1, id)
        return try erasure.first { _ in true } ?? false
    }

    /// Notes that the current line is about the customer; the line before that was, if there is one.
    private func remember(_ id: Int64, _ hash: [UInt8]) throws -> (isSame: Bool, place: String)? {
        let (file, line) = position()
        see.bind(1, id)
        see.bind(2, Int64(line))
        see.bind(3, copying: file)
        see.bind(4, blob: hash)
        if try see.run() > 0 { return nil }
        seen.bind(1, id)
        seen.bind(2, blob: hash)
        return try seen.first { statement in
            let earlier = String(decoding: statement.blob(2), as: UTF8.self)
            let place = "line \(statement.integer(1))" + (earlier == file ? "" : " of \(earlier)")
            return (statement.integer(0) == 1, place)
        }
    }
}
