internal import GRDB

/// Finds the product of a SKU, or makes it, and fills in what the store does not know of it yet.
final class ProductResolver {
    /// The product that a row names.
    struct Product {
        /// The id, and in the lowest three bits which of the details are missing.
        fileprivate let entry: Int64
        /// Which of the details the row gives, as bits.
        fileprivate let given: Int64
        fileprivate let isNew: Bool

        /// Its id, or that which it would get.
        var id: Int64 { entry >> 3 }
    }

    private let row: ImportRow
    private let tally: ImportTally
    private let skuCell: Int?
    /// The cells of name, category and brand.
    private let detailCells: [Int?]
    private let bySKU: RawStatement
    private let insert: RawStatement
    private let complete: RawStatement
    private var nextID: Int64
    /// By SKU; see ``Product/entry``.
    private var known = ByteKeyMap()

    init(_ db: Database, row: ImportRow, tally: ImportTally) throws {
        self.row = row
        self.tally = tally
        skuCell = row.index(of: "sku")
        // An event says its own category, which need not be the product's.
        let hasDetails = row.kind == .orderLines
        detailCells = ["product", "category", "brand"].map { hasDetails ? row.index(of: $0) : nil }
        bySKU = try RawStatement(
            db,
            """
            SELECT id * 8 + (name IS NULL) + (category IS NULL) * 2 + (brand IS NULL) * 4
            FROM products WHERE sku = ?1
            """)
        insert = try RawStatement(
            db, "INSERT INTO products (id, sku, name, category, brand) VALUES (?1, ?2, ?3, ?4, ?5)")
        complete = try RawStatement(
            db,
            """
            UPDATE products SET name = COALESCE(name, ?3), category = COALESCE(category, ?4),
                brand = COALESCE(brand, ?5) WHERE id = ?1
            """)
        nextID = try nextRowID(db, "products")
    }

    /// The product that the row names, if it names one; nothing is written before ``settle(_:)``.
    func find() throws -> Product? {
        guard let sku = skuCell.flatMap({ row.cells[$0].bytes }) else { return nil }
        var given: Int64 = 0
        for (bit, cell) in detailCells.enumerated() {
            if let cell, !row.cells[cell].isEmpty { given |= 1 << Int64(bit) }
        }
        if let entry = known.value(sku) { return Product(entry: entry, given: given, isNew: false) }
        bySKU.bind(1, sku)
        guard let entry = try bySKU.first({ $0.integer(0) }) else {
            return Product(entry: nextID << 3 | 7, given: given, isNew: true)
        }
        known.set(sku, entry)
        return Product(entry: entry, given: given, isNew: false)
    }

    /// Makes the product that was found for the current row, or fills in what the store does not know of it.
    func settle(_ product: Product) throws {
        guard product.isNew || product.entry & product.given != 0,
            let sku = skuCell.flatMap({ row.cells[$0].bytes })
        else { return }
        if product.isNew {
            insert.bind(1, product.id)
            insert.bind(2, sku)
            bindDetails(insert)
            try insert.run()
            nextID += 1
            tally.create("product")
        } else {
            complete.bind(1, product.id)
            bindDetails(complete)
            try complete.run()
            tally.hasSideEffects = true
        }
        known.set(sku, product.entry & ~product.given)
    }

    private func bindDetails(_ statement: RawStatement) {
        for (place, cell) in detailCells.enumerated() {
            statement.bind(place + 3, cell.map { row.cells[$0] } ?? .empty)
        }
    }
}
