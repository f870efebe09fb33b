/// The rows of a relation in the order of customers, for merging them with a walk through customers.
///
/// A statement has customer, time and id of each row, then the chosen columns, of customers above its argument ?1 and up
/// to ?2.
public struct RelationStream: Sendable {
    /// A column: a field of the relation, or what tells a state.
    public struct Column: Sendable {
        /// The field; nil for a state.
        public let field: Field?
        /// The state; nil for a field.
        public let state: RelationState?
        /// Its SQL over the source.
        public let sql: String

        init(_ field: Field) {
            (self.field, state, sql) = (field, nil, field.sql)
        }

        init(_ state: RelationState, _ sql: String) {
            (field, self.state, self.sql) = (nil, state, sql)
        }

        init(sql: String) {
            (field, state, self.sql) = (nil, nil, sql)
        }
    }

    /// The relation; nil for what happened to messages.
    public let relation: Relation?
    /// What can be chosen.
    public let columns: [Column]
    private let source: String
    private let time: String
    private let conditions: [String]

    init(_ relation: Relation) {
        self.relation = relation
        columns =
            relation.fields.map { Column($0) }
            + relation.states.compactMap { state in
                guard case .row(let condition) = state.condition else { return nil }
                return Column(state, condition.sql(alias: "r"))
            }
        source = relation.source
        time = relation.time
        conditions = []
    }

    /// The events of messages, in the order of their messages: time and id are those of the message, the columns are
    /// the place of the type in ``messageEventTypes`` and the time of the event.
    private init(eventsOf messages: Relation) {
        let cases = Self.messageEventTypes.enumerated().map { "WHEN '\($1)' THEN \($0)" }
        let types = Self.messageEventTypes.map { "'\($0)'" }.joined(separator: ", ")
        relation = nil
        columns = [
            Column(sql: "CASE e.type \(cases.joined(separator: " ")) END"), Column(sql: "e.occurred_at"),
        ]
        // CROSS JOIN keeps the order of the tables, and with it the order of the rows.
        source = "\(messages.source) CROSS JOIN message_events AS e ON e.message_id = r.id"
        time = messages.time
        conditions = ["e.type IN (\(types))", "e.occurred_at <= ?3"]
    }

    /// The statement's text with the columns of these numbers; only what had happened by the instant ?3.
    ///
    /// Its rows come in the order of an index on customer and time, without sorting.
    public func sql(_ numbers: [Int]) -> String {
        let values = ["r.customer_id", time, "r.id"] + numbers.map { columns[$0].sql }
        let all = ["r.customer_id > ?1", "r.customer_id <= ?2", "\(time) <= ?3"] + conditions
        return """
            SELECT \(values.joined(separator: ", ")) FROM \(source) WHERE \(all.joined(separator: " AND ")) \
            ORDER BY r.customer_id, \(time), r.id
            """
    }

    /// One for each of ``relations``, in their order, then the events of messages.
    public static let all: [RelationStream] =
        relations.map { RelationStream($0) }
        + relations.filter { $0.name == "messages" }.map { RelationStream(eventsOf: $0) }

    /// The types of message events that states ask for.
    public static let messageEventTypes: [String] = relations.flatMap { relation in
        relation.states.compactMap { state in
            guard case .messageEvent(let type) = state.condition else { return nil }
            return type
        }
    }
}
