internal import GRDB

/// Finds the customer that a row names by external id, e-mail address or phone number, or makes one.
final class CustomerResolver {
    enum Resolution {
        /// The customer is in the store.
        case customer(Int64)
        /// The row's external id is new, but exactly one customer without an id has its address.
        case adoptable(Int64)
        /// There is no such customer yet; it would get this id.
        case absent(Int64)
        /// The row names no customer, several would do, or it is none of those that are known.
        case rejected(Rejection)
    }

    private let row: ImportRow
    private let tally: ImportTally
    private let idCell: Int?
    private let emailCell: Int?
    private let phoneCell: Int?
    private let knownOnly: Bool
    private let byID: RawStatement
    private let byEmail: RawStatement
    private let byPhone: RawStatement
    private let orphansByEmail: RawStatement
    private let orphansByPhone: RawStatement
    private let adopt: RawStatement
    private let insert: RawStatement
    private let insertedCells: [Int]
    private var nextID: Int64
    private var ids = ByteKeyMap(limit: 500_000)
    /// Customers by e-mail in lower case and by phone; 0 for addresses that must be looked up again.
    private var addresses = ByteKeyMap()
    private var address: [UInt8] = []

    init(_ db: Database, row: ImportRow, tally: ImportTally, knownOnly: Bool) throws {
        self.row = row
        self.tally = tally
        // Rows of customers are there to make them.
        self.knownOnly = knownOnly && row.kind.hasOwner
        idCell = row.index(of: row.kind == .customers ? "external_id" : "customer_id")
        emailCell = row.index(of: "email")
        phoneCell = row.index(of: "phone")
        let email = "lower(email) = lower(?1) AND email IS NOT NULL"
        let count = "SELECT COUNT(*), MIN(id) FROM customers WHERE"
        byID = try RawStatement(db, "SELECT id FROM customers WHERE external_id = ?1")
        byEmail = try RawStatement(db, "\(count) \(email)")
        byPhone = try RawStatement(db, "\(count) phone = ?1")
        orphansByEmail = try RawStatement(db, "\(count) \(email) AND external_id IS NULL")
        orphansByPhone = try RawStatement(db, "\(count) phone = ?1 AND external_id IS NULL")
        adopt = try RawStatement(db, "UPDATE customers SET external_id = ?1 WHERE id = ?2")
        let columns = ["email", "phone", "name", "first_name", "last_name", "country", "city"]
            .compactMap { name in row.index(of: name).map { (name: name, cell: $0) } }
        insertedCells = columns.map(\.cell)
        insert = try RawStatement(
            db,
            """
            INSERT INTO customers (id, external_id\(columns.map { ", \($0.name)" }.joined())) \
            VALUES (?1, ?2\(columns.indices.map { ", ?\($0 + 3)" }.joined()))
            """)
        nextID = try nextRowID(db, "customers")
    }

    /// Adopts or makes the customer that was found for the current row.
    func settle(_ found: Resolution) throws {
        switch found {
        case .customer, .rejected: break
        case .adoptable(let id):
            guard let key = idCell.flatMap({ row.cells[$0].bytes }) else { break }
            adopt.bind(1, key)
            adopt.bind(2, id)
            try adopt.run()
            ids.set(key, id)
            tally.adopted += 1
        case .absent(let id): try create(id)
        }
    }

    /// The customer of the row; nothing is written before ``settle(_:)``.
    func find() throws -> Resolution {
        let email = emailCell.flatMap { row.cells[$0].bytes }
        let phone = phoneCell.flatMap { row.cells[$0].bytes }
        if let key = idCell.flatMap({ row.cells[$0].bytes }) {
            if let id = ids.value(key) { return .customer(id) }
            byID.bind(1, key)
            if let id = try byID.first({ $0.integer(0) }) {
                ids.set(key, id)
                return .customer(id)
            }
            if let email, let found = try orphan(orphansByEmail, email, "e-mail") { return found }
            if let phone, let found = try orphan(orphansByPhone, phone, "phone") { return found }
            return absent
        }
        if let email, let found = try lookUp(byEmail, email, "e-mail") { return found }
        if let phone, let found = try lookUp(byPhone, phone, "phone") { return found }
        return email == nil && phone == nil ? .rejected(.noCustomer) : absent
    }

    private var absent: Resolution {
        knownOnly ? .rejected(.unknownCustomer) : .absent(nextID)
    }

    private func lookUp(
        _ statement: RawStatement, _ bytes: UnsafeBufferPointer<UInt8>, _ what: String
    ) throws -> Resolution? {
        if let id = cached(bytes), id != 0 { return .customer(id) }
        statement.bind(1, bytes)
        let (count, id) = try statement.first { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
        if count > 1 { return .rejected(Rejection("\(what) matches \(count) customers")) }
        if count == 0 { return nil }
        remember(bytes, id)
        return .customer(id)
    }

    private func orphan(
        _ statement: RawStatement, _ bytes: UnsafeBufferPointer<UInt8>, _ what: String
    ) throws -> Resolution? {
        statement.bind(1, bytes)
        let (count, id) = try statement.first { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
        if count > 1 { return .rejected(Rejection("\(what) matches \(count) customers")) }
        return count == 0 ? nil : .adoptable(id)
    }

    private func create(_ id: Int64) throws {
        nextID = id + 1
        let key = idCell.map { row.cells[$0] } ?? .empty
        insert.bind(1, id)
        insert.bind(2, key)
        for (place, cell) in insertedCells.enumerated() { insert.bind(place + 3, row.cells[cell]) }
        try insert.run()
        tally.create("customer")
        if let key = key.bytes { ids.set(key, id) }
        // An address that another customer has as well must be looked up the next time.
        for bytes in [emailCell, phoneCell].compactMap({ $0 }).compactMap({ row.cells[$0].bytes }) {
            if cached(bytes) != nil { remember(bytes, 0) }
        }
    }

    private func cached(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        fold(bytes)
        return address.withUnsafeBufferPointer { addresses.value($0) }
    }

    private func remember(_ bytes: UnsafeBufferPointer<UInt8>, _ id: Int64) {
        fold(bytes)
        address.withUnsafeBufferPointer { addresses.set($0, id) }
    }

    private func fold(_ bytes: UnsafeBufferPointer<UInt8>) {
        address.removeAll(keepingCapacity: true)
        address.append(contentsOf: bytes.lazy.map(lowercased))
    }
}

/// The id after the highest of a table.
func nextRowID(_ db: Database, _ table: String) throws -> Int64 {
    (try Int64.fetchOne(db, sql: "SELECT MAX(id) FROM \(table)") ?? 0) + 1
}
