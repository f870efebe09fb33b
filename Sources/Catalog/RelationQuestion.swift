/// A question about the rows of a relation as SQL: what ``RelationQuery`` asks about one customer, also for the
/// customer of an enclosing statement.
///
/// Bounds and values are fragments: arguments, or expressions over the enclosing statement.
public struct RelationQuestion: Sendable {
    /// The rows that are asked about.
    public let relation: Relation
    /// Only rows at or after each of these.
    public private(set) var since: [SQLFragment] = []
    /// Only rows before each of these.
    public private(set) var before: [SQLFragment] = []
    /// Only rows whose field has exactly this value.
    public var equal: [(field: Field, value: SQLFragment)] = []
    /// Only rows in these states, with the bounds of their events.
    public private(set) var states: [AppliedState] = []

    /// A state with the bounds of its events, and the rows that are in it without one.
    public typealias AppliedState = (
        state: RelationState, since: [SQLFragment], before: [SQLFragment], others: [SQLFragment]
    )

    /// All rows of the relation.
    public init(_ relation: Relation) {
        self.relation = relation
    }

    /// The question that a query asks.
    public init(_ query: RelationQuery) {
        self.init(query.relation)
        since = query.since.map { [Self.argument($0)] } ?? []
        before = query.before.map { [Self.argument($0)] } ?? []
        equal = query.equal.map { ($0.field, SQLFragment(.value($0.value))) }
        states = query.states.map {
            (
                $0.state, $0.since.map { [Self.argument($0)] } ?? [],
                $0.before.map { [Self.argument($0)] } ?? [], $0.others.map(Self.argument)
            )
        }
    }

    private static func argument(_ time: Int64) -> SQLFragment { SQLFragment(.value(.integer(time))) }

    /// Keeps only rows in a state.
    public mutating func keep(_ state: RelationState) {
        states.append((state, [], [], []))
    }

    /// Keeps only rows at or after an instant; behind a state with an event, only such events.
    public mutating func keep(since time: SQLFragment) {
        if let last = states.indices.last, states[last].state.hasEvent {
            states[last].since.append(time)
        } else {
            since.append(time)
        }
    }

    /// Keeps only rows before an instant; behind a state with an event, only such events.
    public mutating func keep(before time: SQLFragment) {
        if let last = states.indices.last, states[last].state.hasEvent {
            states[last].before.append(time)
        } else {
            before.append(time)
        }
    }

    /// How many conditions it has.
    public var conditionCount: Int { states.count + equal.count }

    // MARK: SQL

    /// `FROM … WHERE …` over the rows of a customer, whose id the fragment gives.
    public func body(customer: SQLFragment) -> SQLFragment {
        let time = relation.time
        var conditions: [SQLFragment] = [
            "r.customer_id = \(customer)", "\(raw: time) <= \(argument: .now)",
        ]
        conditions += since.map { "\(raw: time) >= \($0)" }
        conditions += before.map { "\(raw: time) < \($0)" }
        conditions += equal.map { field, value in
            field.sql.contains(":value")
                ? SQLFragment(field.sql).replacing(":value", with: value) : "\(raw: field.sql) = \(value)"
        }
        conditions += states.map { applied in
            switch applied.state.condition {
            case .row(let condition): return SQLFragment(condition.sql(alias: "r"))
            case .messageEvent(let type):
                var parts: [SQLFragment] = [
                    "e.message_id = r.id", "e.type = '\(raw: type)'", "e.occurred_at <= \(argument: .now)",
                ]
                parts += applied.since.map { "e.occurred_at >= \($0)" }
                parts += applied.before.map { "e.occurred_at < \($0)" }
                let hadEvent: SQLFragment =
                    "EXISTS (SELECT 1 FROM message_events AS e WHERE \(parts.joined(separator: " AND ")))"
                guard !applied.others.isEmpty else { return hadEvent }
                return "(\(hadEvent) OR r.id IN (\(applied.others.joined(separator: ", "))))"
            }
        }
        return "FROM \(raw: relation.source) WHERE \(conditions.joined(separator: " AND "))"
    }

    /// How many rows there are.
    public func count(customer: SQLFragment) -> SQLFragment {
        "SELECT COUNT(*) \(body(customer: customer))"
    }

    /// Whether there is a row: 1 or 0.
    public func any(customer: SQLFragment) -> SQLFragment {
        "EXISTS (SELECT 1 \(body(customer: customer)))"
    }

    /// The sum of a field as it is stored; 0 where there is no row.
    public func sum(_ field: Field, customer: SQLFragment) -> SQLFragment {
        "SELECT COALESCE(lua_sum(\(raw: field.sql)), 0) \(body(customer: customer))"
    }

    /// Fields of the rows, by time; only of the first or the last where `limit` says so.
    public func rows(_ fields: [Field], _ limit: Limit, customer: SQLFragment) -> SQLFragment {
        let order =
            switch limit {
            case .none: "ORDER BY \(relation.time), r.id"
            case .first: "ORDER BY \(relation.time), r.id LIMIT 1"
            case .last: "ORDER BY \(relation.time) DESC, r.id DESC LIMIT 1"
            }
        return
            "SELECT \(raw: fields.map(\.sql).joined(separator: ", ")) \(body(customer: customer)) \(raw: order)"
    }

    /// Which rows are wanted.
    public enum Limit: Sendable, Hashable {
        /// All.
        case none
        /// The first by time.
        case first
        /// The last by time.
        case last
    }
}

extension RelationState {
    /// Whether `since` and `before` behind it speak of an event.
    public var hasEvent: Bool {
        if case .messageEvent = condition { true } else { false }
    }
}
