/// Stores the rows of one kind.
protocol RowWriter: AnyObject {
    /// Stores the row; the rejection where it cannot be taken. The outcome goes to the tally, at once or later.
    func write(_ row: ImportRow) throws -> Rejection?
    /// Stores what is still held back.
    func finish() throws
}

extension RowWriter {
    func finish() throws {}
}

/// Outcomes so far.
final class ImportTally {
    var new = 0
    var updated = 0
    var unchanged = 0
    /// Whether something changed that is not a row of the file, such as the id of an adopted customer.
    var hasSideEffects = false
    /// Customers found by e-mail or phone who got the external id of their row.
    var adopted = 0
    /// Lines that orders of earlier imports had and this import does not state, and the orders they were of.
    var removedLines = (lines: 0, orders: 0)
    private(set) var created: [String: Int] = [:]

    /// Counts a row made besides those of the file.
    func create(_ what: String) {
        created[what, default: 0] += 1
    }

    /// Whether anything in the store is different now.
    var hasChanges: Bool { new + updated + adopted > 0 || hasSideEffects || !created.isEmpty }
}

extension Rejection {
    /// The row names no customer.
    static let noCustomer = Rejection("no customer")
    /// The row names a customer that is not in the store, and only known ones were wanted.
    static let unknownCustomer = Rejection("unknown customer")
    /// The line takes an order back.
    static let cancellation = Rejection("cancellation")
    /// The line costs nothing or less.
    static let noPrice = Rejection("price not above zero")
    /// The line belongs to an order of someone else.
    static let otherCustomer = Rejection("another customer than the lines before it of the same order")
    /// The line's amount, or the order's, does not fit in 64 bits.
    static let tooLarge = Rejection("amount too large")
    /// An earlier line of the import says something else about the same row.
    static let statedBefore = Rejection("an earlier line has the same key and says something else")
    /// The row is about a customer whose data was erased.
    static let erased = Rejection("the customer was erased")
    /// The row names a message that is not in the store.
    static let unknownMessage = Rejection("unknown message")
}
