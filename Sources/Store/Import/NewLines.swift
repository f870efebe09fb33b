internal import GRDB

/// Lines of orders that are new to the store, on their way into `order_items`, sixteen to a statement.
///
/// A statement has its own price, whatever it inserts: one row at a time takes twice as long.
struct NewLines {
    private struct Row {
        let order: Int64
        let number: Int64
        let line: OpenOrder.Line
    }

    private static let rowsPerStatement = 16
    private static let head = "INSERT INTO order_items (order_id, line, product_id, quantity, amount) VALUES "

    private let insertMany: RawStatement
    private let insertOne: RawStatement
    private var waiting: [Row] = []

    init(_ db: Database) throws {
        let row = "(?, ?, ?, ?, ?)"
        let rows = Array(repeating: row, count: Self.rowsPerStatement).joined(separator: ", ")
        insertMany = try RawStatement(db, Self.head + rows)
        insertOne = try RawStatement(db, Self.head + row)
        waiting.reserveCapacity(Self.rowsPerStatement)
    }

    /// Takes a line that the order has not had before.
    mutating func add(_ line: OpenOrder.Line, number: Int64, of order: Int64) throws {
        waiting.append(Row(order: order, number: number, line: line))
        guard waiting.count == Self.rowsPerStatement else { return }
        for (place, row) in waiting.enumerated() { bind(row, to: insertMany, at: place * 5) }
        waiting.removeAll(keepingCapacity: true)
        try insertMany.run()
    }

    /// Inserts what is waiting, before anyone reads the table.
    mutating func flush() throws {
        for row in waiting {
            bind(row, to: insertOne, at: 0)
            try insertOne.run()
        }
        waiting.removeAll(keepingCapacity: true)
    }

    private func bind(_ row: Row, to statement: RawStatement, at place: Int) {
        statement.bind(place + 1, row.order)
        statement.bind(place + 2, row.number)
        statement.bind(place + 3, row.line.product)
        statement.bind(place + 4, row.line.quantity)
        statement.bind(place + 5, row.line.amount)
    }
}
