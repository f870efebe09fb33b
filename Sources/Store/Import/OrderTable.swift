internal import GRDB

/// Opens, stores and reopens orders for ``OrderLineWriter``.
final class OrderTable {
    private let tally: ImportTally
    private let find: RawStatement
    private let load: RawStatement
    private let loadStated: RawStatement
    private let insertOrder: RawStatement
    private let updateOrder: RawStatement
    private let state: RawStatement
    private let insertLine: RawStatement
    private let updateLine: RawStatement
    private let db: Database
    private let firstNewID: Int64
    private var nextID: Int64
    /// The numbers of this import; while the table was empty before, nothing else needs a look-up.
    private var numbers = SeenFilter()
    private let touched: TouchedCustomers
    private let indexes: DeferredIndexes
    private var newLines: NewLines

    init(_ db: Database, currency: String, tally: ImportTally) throws {
        self.db = db
        self.tally = tally
        indexes = try DeferredIndexes(db, tables: ["orders", "order_items"])
        // Orders of earlier imports are stated anew; their sums gather here, so that nothing is written to
        // an order that stays as it is.
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS import_orders
                    (id INTEGER PRIMARY KEY, customer_id INTEGER, placed_at INTEGER, amount INTEGER,
                     item_count REAL, lines INTEGER, status TEXT, source TEXT, coupon TEXT);
                DELETE FROM temp.import_orders;
                """)
        find = try RawStatement(db, "SELECT id FROM orders WHERE order_number = ?1")
        load = try RawStatement(
            db,
            """
            SELECT customer_id, placed_at, amount, item_count,
                (SELECT MAX(line) FROM order_items WHERE order_id = ?1)
            FROM orders WHERE id = ?1
            """)
        loadStated = try RawStatement(
            db,
            "SELECT customer_id, placed_at, amount, item_count, lines FROM temp.import_orders WHERE id = ?1")
        insertOrder = try RawStatement(
            db,
            """
            INSERT INTO orders (id, customer_id, placed_at, amount, item_count, order_number, status, currency,
                source, coupon)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, COALESCE(?7, 'paid'), '\(currency)', ?8, ?9)
            """)
        updateOrder = try RawStatement(
            db,
            "UPDATE orders SET customer_id = ?2, placed_at = ?3, amount = ?4, item_count = ?5 WHERE id = ?1")
        state = try RawStatement(
            db,
            """
            INSERT INTO temp.import_orders (id, customer_id, placed_at, amount, item_count, lines, status, source,
                coupon)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET placed_at = excluded.placed_at, amount = excluded.amount,
                item_count = excluded.item_count, lines = excluded.lines
            """)
        insertLine = try RawStatement(
            db,
            """
            INSERT INTO order_items (order_id, line, product_id, quantity, amount) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO NOTHING
            """)
        updateLine = try RawStatement(
            db,
            """
            UPDATE order_items SET product_id = ?3, quantity = ?4, amount = ?5 WHERE order_id = ?1 AND line = ?2
            AND (product_id IS NOT ?3 OR quantity IS NOT ?4 OR amount IS NOT ?5)
            """)
        newLines = try NewLines(db)
        touched = try TouchedCustomers(db, table: "orders")
        firstNewID = try nextRowID(db, "orders")
        nextID = firstNewID
    }

    /// Makes `order` the order of that number, with what this import has of it so far.
    func open(_ number: UnsafeBufferPointer<UInt8>, _ order: inout OpenOrder) throws {
        guard let id = try id(of: number) else {
            order.start(number, id: nextID, state: .unsaved)
            return
        }
        order.start(number, id: id, state: id >= firstNewID ? .ours : .earlier)
        try newLines.flush()
        let source = order.state == .ours ? load : loadStated
        source.bind(1, id)
        let loaded = try source.first { row in
            (row.integer(0), row.integer(1), row.integer(2), row.double(3), row.integer(4))
        }
        guard let loaded else { return }
        (order.customer, order.placedAt, order.amount, order.itemCount, order.lines) = loaded
    }

    private func id(of number: UnsafeBufferPointer<UInt8>) throws -> Int64? {
        if !numbers.add(number), firstNewID == 1 { return nil }
        find.bind(1, number)
        return try find.first { $0.integer(0) }
    }

    /// Stores what is pending and leaves no order open.
    func close(_ order: inout OpenOrder) throws {
        try flush(&order)
        order.state = .none
    }

    /// Stores the order as it is so far, and its pending lines.
    func flush(_ order: inout OpenOrder) throws {
        guard order.state != .none, !order.pending.isEmpty, let customer = order.customer else { return }
        let statement =
            switch order.state {
            case .none, .unsaved: insertOrder
            case .ours: updateOrder
            case .earlier: state
            }
        statement.bind(1, order.id)
        statement.bind(2, customer)
        statement.bind(3, order.placedAt)
        statement.bind(4, order.amount)
        statement.bind(5, order.itemCount)
        if order.state == .earlier { statement.bind(6, order.lines) }
        if order.state != .ours {
            statement.bind(7, copying: order.status)
            statement.bind(8, copying: order.source)
            statement.bind(9, copying: order.coupon)
        }
        try order.number.withUnsafeBufferPointer { number in
            if order.state == .unsaved { statement.bind(6, number) }
            try statement.run()
        }
        if order.state == .unsaved {
            try touched.note(customer)
            nextID += 1
            tally.create("order")
            order.state = .ours
        }
        try storeLines(of: order)
        order.pending.removeAll(keepingCapacity: true)
    }

    private func storeLines(of order: OpenOrder) throws {
        var number = order.lines - Int64(order.pending.count)
        for line in order.pending {
            number += 1
            if order.state == .ours {
                try newLines.add(line, number: number, of: order.id)
                tally.new += 1
                continue
            }
            bind(insertLine, order.id, number, line)
            if try insertLine.run() > 0 {
                tally.new += 1
                continue
            }
            bind(updateLine, order.id, number, line)
            if try updateLine.run() > 0 { tally.updated += 1 } else { tally.unchanged += 1 }
        }
    }

    private func bind(_ statement: RawStatement, _ order: Int64, _ number: Int64, _ line: OpenOrder.Line) {
        statement.bind(1, order)
        statement.bind(2, number)
        statement.bind(3, line.product)
        statement.bind(4, line.quantity)
        statement.bind(5, line.amount)
    }

    /// Brings the orders of earlier imports in line with what this import says of them.
    func finish() throws {
        try newLines.flush()
        try touched.finish()
        let before = db.totalChangesCount
        try removeLines()
        try db.execute(
            sql: """
                UPDATE orders SET customer_id = s.customer_id, placed_at = s.placed_at, amount = s.amount,
                    item_count = s.item_count, status = COALESCE(s.status, orders.status),
                    source = COALESCE(s.source, orders.source), coupon = COALESCE(s.coupon, orders.coupon)
                FROM temp.import_orders AS s
                WHERE orders.id = s.id AND (orders.customer_id IS NOT s.customer_id
                    OR orders.placed_at IS NOT s.placed_at OR orders.amount IS NOT s.amount
                    OR orders.item_count IS NOT s.item_count OR orders.status IS NOT COALESCE(s.status, orders.status)
                    OR orders.source IS NOT COALESCE(s.source, orders.source)
                    OR orders.coupon IS NOT COALESCE(s.coupon, orders.coupon));
                """)
        if db.totalChangesCount != before { tally.hasSideEffects = true }
        try indexes.build()
    }

    /// Removes the lines that orders of earlier imports do not have any more.
    private func removeLines() throws {
        let rest = """
            order_items WHERE order_id IN (SELECT id FROM temp.import_orders)
                AND line > (SELECT lines FROM temp.import_orders WHERE id = order_id)
            """
        let shrunk = try Int.fetchOne(db, sql: "SELECT COUNT(DISTINCT order_id) FROM \(rest)") ?? 0
        guard shrunk > 0 else { return }
        try db.execute(sql: "DELETE FROM \(rest)")
        tally.removedLines = (db.changesCount, shrunk)
    }
}
