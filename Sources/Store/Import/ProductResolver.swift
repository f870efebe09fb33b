internal import GRDB

/// Finds the product of a SKU, or makes it, and fills in what the store does not know of it yet.
final class ProductResolver {
    private let row: ImportRow
    private let tally: ImportTally
    private let skuCell: Int?
    /// The cells of name, category and brand.
    private let detailCells: [Int?]
    private let find: ImportStatement
    private let insert: ImportStatement
    private let complete: ImportStatement
    private var nextID: Int64
    /// By SKU: the id, and in the lowest three bits which of the details are missing.
    private var known = ByteKeyMap()

    init(_ db: Database, row: ImportRow, tally: ImportTally) throws {
        self.row = row
        self.tally = tally
        skuCell = row.index(of: "sku")
        // An event says its own category, which need not be the product's.
        let hasDetails = row.kind == .orderLines
        detailCells = ["product", "category", "brand"].map { hasDetails ? row.index(of: $0) : nil }
        find = try ImportStatement(
            db,
            """
            SELECT id * 8 + (name IS NULL) + (category IS NULL) * 2 + (brand IS NULL) * 4
            FROM products WHERE sku = ?1
            """)
        insert = try ImportStatement(
            db, "INSERT INTO products (id, sku, name, category, brand) VALUES (?1, ?2, ?3, ?4, ?5)")
        complete = try ImportStatement(
            db,
            """
            UPDATE products SET name = COALESCE(name, ?3), category = COALESCE(category, ?4),
                brand = COALESCE(brand, ?5) WHERE id = ?1
            """)
        nextID = try nextRowID(db, "products")
    }

    /// The product of the row; nil where the row names none.
    func resolve() throws -> Int64? {
        guard let sku = skuCell.flatMap({ row.cells[$0].bytes }) else { return nil }
        var given: Int64 = 0
        for (bit, cell) in detailCells.enumerated() {
            if let cell, !row.cells[cell].isEmpty { given |= 1 << Int64(bit) }
        }
        if let entry = known.value(sku) { return try filled(entry, given, sku) }
        find.bind(1, sku)
        if let entry = try find.first({ $0.integer(0) }) {
            known.set(sku, entry)
            return try filled(entry, given, sku)
        }
        let id = nextID
        nextID += 1
        insert.bind(1, id)
        insert.bind(2, sku)
        bindDetails(insert)
        try insert.run()
        tally.create("product")
        known.set(sku, id << 3 | (~given & 7))
        return id
    }

    private func filled(_ entry: Int64, _ given: Int64, _ sku: UnsafeBufferPointer<UInt8>) throws -> Int64 {
        if entry & given & 7 != 0 {
            complete.bind(1, entry >> 3)
            bindDetails(complete)
            try complete.run()
            known.set(sku, entry & ~(given & 7))
            tally.hasSideEffects = true
        }
        return entry >> 3
    }

    private func bindDetails(_ statement: ImportStatement) {
        for (place, cell) in detailCells.enumerated() {
            statement.bind(place + 3, cell.map { row.cells[$0] } ?? .empty)
        }
    }
}
