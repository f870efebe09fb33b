/// A question about the rows of one customer: `c.orders:since(t):where { status = "paid" }:sum "amount"`.
///
/// A value that grows by chaining; nothing is read until the store answers it.
public struct RelationQuery: Sendable {
    /// What is asked of the rows that are left.
    public enum Terminal: Sendable, Hashable {
        /// How many.
        case count
        /// Whether there is one.
        case any
        /// The sum of a field; 0 where there is no row.
        case sum(Field)
        /// The first by time.
        case first
        /// The last by time.
        case last
        /// All, by time.
        case list
    }

    /// The rows that are asked about.
    public let relation: Relation
    /// Whose rows.
    public let customer: Int64
    /// Only rows at or after this instant.
    public private(set) var since: Int64?
    /// Only rows before this instant.
    public private(set) var before: Int64?
    /// Only rows whose field has exactly this value.
    public var equal: [(field: Field, value: Value)] = []
    /// Only rows in these states, in the order in which they were asked for.
    public private(set) var states: [AppliedState] = []

    /// A state and the time that its event must lie in.
    public struct AppliedState: Sendable {
        /// The state.
        public let state: RelationState
        /// Only events at or after this instant.
        public var since: Int64?
        /// Only events before this instant.
        public var before: Int64?
        /// Rows with these numbers are in the state without such an event.
        public var others: [Int64] = []
    }

    /// All rows of the relation.
    public init(_ relation: Relation, of customer: Int64) {
        self.relation = relation
        self.customer = customer
    }

    /// Keeps only rows in a state.
    public mutating func keep(_ state: RelationState) {
        states.append(AppliedState(state: state))
    }

    /// Keeps only rows at or after an instant; behind a state with an event, only such events.
    public mutating func keep(since time: Int64) {
        if let last = eventState {
            states[last].since = max(states[last].since ?? .min, time)
        } else {
            since = max(since ?? .min, time)
        }
    }

    /// Keeps only rows before an instant; behind a state with an event, only such events.
    public mutating func keep(before time: Int64) {
        if let last = eventState {
            states[last].before = min(states[last].before ?? .max, time)
        } else {
            before = min(before ?? .max, time)
        }
    }

    /// Keeps only the row with this number, which other rows of its table do not have.
    public mutating func keep(id: Int64) {
        equal.append((Field("id", .integer, "Number of the row.", sql: "r.id"), .integer(id)))
    }

    /// Keeps only messages that have had an event of this type which was recorded for their customer, as facts count it.
    public mutating func keep(countedEvent type: String) {
        let condition = """
            EXISTS (SELECT 1 FROM message_events AS e WHERE e.message_id = r.id AND e.customer_id = r.customer_id \
            AND e.type = :value)
            """
        equal.append((Field("event", .text, "Type of the event.", sql: condition), .text(type)))
    }

    /// Lets rows with these numbers be in a state, by its place in ``states``, for what the store does not know of.
    public mutating func admit(_ rows: [Int64], to state: Int) {
        states[state].others += rows
    }

    private var eventState: Int? {
        guard case .messageEvent? = states.last?.state.condition else { return nil }
        return states.count - 1
    }
}

/// What a question about a customer's rows gave.
public enum RelationAnswer: Sendable, Equatable {
    /// `count`, `any` (1 or 0) and `sum`.
    case value(Value)
    /// `first`, `last` and `list`: the values of the relation's fields, row by row.
    case rows([[Value]])
}
