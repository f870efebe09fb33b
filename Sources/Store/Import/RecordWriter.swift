internal import Basics
internal import Catalog
internal import GRDB

/// Stores rows that are one row of one table each: everything but customers and lines of orders.
final class RecordWriter: RowWriter {
    private let shape: RecordShape
    private let row: ImportRow
    private let tally: ImportTally
    private let customers: CustomerResolver?
    private let products: ProductResolver?
    private let message: RawStatement?
    private let insert: RawStatement
    private let update: RawStatement?
    private let difference: RawStatement?
    private let contents: ContentKeys?
    private let stated: StatedRows?
    private let touched: TouchedCustomers?
    private var nextID: Int64
    /// The values of the shape's columns.
    private var values: [ImportCell]
    private let fieldCells: [Int?]
    private let customerPlace: Int
    private let productPlace: Int?
    private let channelCell: Int?
    private let messageCell: Int?
    private var address = UnsafeMutablePointer<UInt8>.allocate(capacity: 1024)

    init(
        _ db: Database, shape: RecordShape, row: ImportRow, tally: ImportTally, customers: CustomerResolver?
    ) throws {
        self.shape = shape
        self.row = row
        self.tally = tally
        self.customers = customers
        productPlace = shape.columns.firstIndex { if case .product = $0.source { true } else { false } }
        products = productPlace == nil ? nil : try ProductResolver(db, row: row, tally: tally)
        messageCell = row.kind == .messageEvents ? row.index(of: "message_id") : nil
        message =
            messageCell == nil
            ? nil : try RawStatement(db, "SELECT id, customer_id FROM messages WHERE external_id = ?1")
        insert = try RawStatement(db, shape.insertSQL)
        update = try shape.updateSQL.map { try RawStatement(db, $0) }
        difference = try shape.differenceSQL.map { try RawStatement(db, $0) }
        nextID = shape.hasID ? try nextRowID(db, shape.table) : 1
        contents = shape.hasContentKey ? try ContentKeys(db, table: shape.table, firstNewID: nextID) : nil
        stated = difference == nil ? nil : try StatedRows(db, shape: shape, firstNewID: nextID)
        let hasFacts = factGroups.contains { $0.table == shape.table }
        touched = hasFacts ? try TouchedCustomers(db, table: shape.table) : nil
        customerPlace = shape.columns.firstIndex { $0.name == "customer_id" } ?? 0
        values = Array(repeating: .empty, count: shape.columns.count)
        channelCell = row.index(of: "channel")
        fieldCells = shape.columns.map { column in
            switch column.source {
            case .field(let name): row.index(of: name)
            case .address: row.index(of: "address")
            default: nil
            }
        }
    }

    deinit {
        address.deallocate()
    }

    func write(_ row: ImportRow) throws -> Rejection? {
        if let missing = row.missingRequirement() { return missing }
        if let rejection = try collect() { return rejection }
        let owner = try customers?.find()
        switch owner {
        case .rejected(let rejection): return rejection
        case .customer(let id), .adoptable(let id), .absent(let id): values[customerPlace] = .integer(id)
        case nil: break
        }
        let product = try products?.find()
        if let productPlace { values[productPlace] = product.map { .integer($0.id) } ?? .empty }
        if let rejection = try store() { return rejection }
        // Made only now, for a row that is rejected must make neither.
        if let owner { try customers?.settle(owner) }
        if let product { try products?.settle(product) }
        return nil
    }

    /// Stores the values, or finds them stored.
    private func store() throws -> Rejection? {
        for (place, value) in values.enumerated() { insert.bind(place + RecordShape.firstParameter, value) }
        if let contents, values[0].isEmpty {
            try store(by: contents)
        } else if try insertNext(contentKey: nil) {
            tally.new += 1
            try stated?.noteNew(values)
        } else {
            return try restate()
        }
        return nil
    }

    /// Brings the row that has the same key in line with the values.
    private func restate() throws -> Rejection? {
        guard let update, let difference, let stated else {
            tally.unchanged += 1
            return nil
        }
        let wasStated = try stated.wasStated(values)
        let statement = wasStated ? difference : update
        for (place, value) in values.enumerated() {
            statement.bind(place + RecordShape.firstParameter, value)
        }
        if wasStated {
            if try difference.first({ _ in true }) != nil { return .statedBefore }
            tally.unchanged += 1
        } else if try update.run() > 0 {
            tally.updated += 1
        } else {
            tally.unchanged += 1
        }
        return nil
    }

    func finish() throws {
        try touched?.finish()
    }

    /// Inserts the bound values under the next id; false where the store has the key already.
    private func insertNext(contentKey: [UInt8]?) throws -> Bool {
        if shape.hasID { insert.bind(1, nextID) }
        if shape.hasContentKey {
            if let contentKey { insert.bind(2, blob: contentKey) } else { insert.bind(2, .empty) }
        }
        guard try insert.run() > 0 else { return false }
        nextID += 1
        if let touched, let customer = values[customerPlace].integer { try touched.note(customer) }
        return true
    }

    private func store(by contents: ContentKeys) throws {
        var meaning = StableHash()
        for value in values { value.add(to: &meaning) }
        // Nearly every row is the first of its meaning; only a collision asks how many stood before it.
        if try insertNext(contentKey: ContentKeys.key(meaning, ordinal: 1)) {
            tally.new += 1
            return
        }
        let ordinal = try contents.ordinal(afterCollisionOf: meaning)
        if ordinal > 1, try insertNext(contentKey: ContentKeys.key(meaning, ordinal: ordinal)) {
            tally.new += 1
        } else {
            tally.unchanged += 1
        }
    }

    /// Gathers the values of the columns, those of the customer and the product aside.
    private func collect() throws -> Rejection? {
        var recipient: Int64 = 0
        for (place, column) in shape.columns.enumerated() {
            let cell = fieldCells[place].map { row.cells[$0] } ?? .empty
            switch column.source {
            case .field: values[place] = cell
            case .constant: values[place] = .empty
            case .customer, .product: break
            case .messageCustomer: values[place] = .integer(recipient)
            case .message:
                guard let message, let key = messageCell.flatMap({ row.cells[$0].bytes }) else {
                    return .unknownMessage
                }
                message.bind(1, key)
                guard let found = try message.first({ ($0.integer(0), $0.integer(1)) }) else {
                    return .unknownMessage
                }
                values[place] = .integer(found.0)
                recipient = found.1
            case .address:
                guard let bytes = cell.bytes else {
                    values[place] = .empty
                    continue
                }
                guard let address = normalized(bytes) else { return Rejection("no address of its channel") }
                values[place] = .text(address)
            }
        }
        return nil
    }

    /// The address in the form that the row's channel compares; nil for what is no address of the channel.
    private func normalized(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard bytes.count <= 1024, let channel = channelCell.flatMap({ row.cells[$0].bytes }) else {
            return nil
        }
        if channel.elementsEqual("sms".utf8) { return normalizedPhone(bytes, into: address) }
        guard channel.elementsEqual("email".utf8) else { return bytes }
        guard isUsableEmail(bytes) else { return nil }
        for (place, byte) in bytes.enumerated() { address[place] = lowercased(byte) }
        return UnsafeBufferPointer(start: address, count: bytes.count)
    }
}
