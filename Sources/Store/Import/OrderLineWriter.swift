internal import GRDB
internal import Tabular

/// Stores lines of orders; the orders follow from their lines, the products from their SKUs.
///
/// Lines of one order are held back while they stand together, so that the order is written once. Lines that
/// come back to an order later add to it.
final class OrderLineWriter: RowWriter {
    private let customers: CustomerResolver
    private let products: ProductResolver
    private let orders: OrderTable
    private let moneyDigits: Int
    private let cells: Cells
    private var order = OpenOrder()

    /// The places of the fields in a row.
    private struct Cells {
        let customer, email, phone, number, placedAt, quantity, unitPrice, amount, status, source, coupon: Int

        init?(_ row: ImportRow) {
            let names = [
                "customer_id", "email", "phone", "order_number", "placed_at", "quantity", "unit_price",
                "amount",
                "status", "source", "coupon",
            ]
            let found = names.compactMap(row.index(of:))
            guard found.count == names.count else { return nil }
            (customer, email, phone, number, placedAt) = (found[0], found[1], found[2], found[3], found[4])
            (quantity, unitPrice, amount) = (found[5], found[6], found[7])
            (status, source, coupon) = (found[8], found[9], found[10])
        }
    }

    init?(_ db: Database, row: ImportRow, tally: ImportTally, customers: CustomerResolver) throws {
        guard let cells = Cells(row) else { return nil }
        self.cells = cells
        self.customers = customers
        moneyDigits = row.moneyDigits
        products = try ProductResolver(db, row: row, tally: tally)
        orders = try OrderTable(db, currency: row.currency, tally: tally)
    }

    func write(_ row: ImportRow) throws -> Rejection? {
        let cell = row.cells
        if cell[cells.customer].isEmpty, cell[cells.email].isEmpty, cell[cells.phone].isEmpty {
            return .noCustomer
        }
        let quantity = cell[cells.quantity].number ?? Decimal64(mantissa: 1)
        if quantity.mantissa < 0 { return .cancellation }
        let price = cell[cells.unitPrice].number
        if let price, price.mantissa <= 0 { return .noPrice }
        if price == nil, let amount = cell[cells.amount].integer, amount <= 0 { return .noPrice }
        if let missing = row.missingRequirement() { return missing }
        guard let number = cell[cells.number].bytes, let placedAt = cell[cells.placedAt].integer,
            let amount = cell[cells.amount].integer ?? price?.product(quantity, places: moneyDigits),
            amount.magnitude <= ImportRow.largestAmount
        else { return .tooLarge }

        if !order.has(number) {
            try orders.close(&order)
            try orders.open(number, &order)
        }
        // The row makes a customer or a product only when nothing can reject it any more.
        let owner = try customers.find()
        let customer: Int64
        switch owner {
        case .rejected(let rejection): return rejection
        case .customer(let id), .adoptable(let id), .absent(let id): customer = id
        }
        if let known = order.customer, known != customer { return .otherCustomer }
        let product = try products.find()
        let line = OpenOrder.Line(product: product?.id, quantity: quantity.double, amount: amount)
        guard order.add(line, at: placedAt) else { return .tooLarge }
        order.customer = customer
        try customers.settle(owner)
        if let product { try products.settle(product) }
        if order.lines == 1 {
            order.status = text(cell[cells.status])
            order.source = text(cell[cells.source])
            order.coupon = text(cell[cells.coupon])
        }
        // An order of any length takes a bounded piece of memory.
        if order.pending.count == 4096 { try orders.flush(&order) }
        return nil
    }

    func finish() throws {
        try orders.close(&order)
        try orders.finish()
    }

    private func text(_ cell: ImportCell) -> String? {
        cell.bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
