/// What is asked of the customers, one after the other: a statement whose first columns are the id and the flags, and
/// then the fields.
///
/// Conditions and flags are SQL over a customer `c` and their facts `f`.
public struct CustomerRequest: Sendable {
    /// Conditions that are asked of each customer: 1 or 0.
    public var flags: [SQLFragment] = []
    /// The fields, for their values.
    public var fields: [Field]
    /// Only customers for whom this is 1; all where nil.
    public var condition: SQLFragment?
    /// Whether the statement's second argument, the highest id, is left out of it.
    public var isOpenEnded = true
    /// Whether a set of customers comes with the values, of whom no condition is asked.
    public var leavesOut = false
    /// The values of the arguments that are computed, by their places.
    public var computed: [Value] = []

    /// All customers, with these fields.
    public init(_ fields: [Field]) {
        self.fields = fields
    }
}

/// Customers by id, whom a statement leaves out or keeps to; it may grow while the statement runs.
public final class CustomerSet {
    /// The ids, in no order.
    public private(set) var ids: Set<Int64>

    /// These customers; nobody unless told.
    public init(_ ids: Set<Int64> = []) {
        self.ids = ids
    }

    /// Adds a customer.
    public func insert(_ id: Int64) { ids.insert(id) }

    /// Whether the customer is one of them.
    public func contains(_ id: Int64) -> Bool { ids.contains(id) }
}
