internal import Catalog

/// What is simulated of one customer.
struct SimulatedCustomer {
    /// Columns and custom attributes that were set, as the store would hold them.
    var fields: [String: Value] = [:]
    /// Tags that were given (true) and taken (false).
    var tags: [String: Bool] = [:]
    /// Rows by the name of their relation, by time and number.
    var rows: [String: [SimulatedRow]] = [:]
    /// What happened to messages, in the order in which it was added.
    var events: [SimulatedMessageEvent] = []
    /// What the rows make of facts, by their numbers.
    var facts: [Int: FactChange] = [:]
    /// Facts as they are stored, by their numbers, as far as they were read.
    var storedFacts: [Int: Value] = [:]
    /// The given name and its two parts as they are stored; nil until one is set.
    var storedNames: [Value]?

    /// Keeps the name in step with what it is made of, one of which is set.
    mutating func composeName(setting part: String, to value: Value) {
        var parts = storedNames ?? []
        parts += Array(repeating: .null, count: max(0, 3 - parts.count))
        if let index = ["name", "first_name", "last_name"].firstIndex(of: part) { parts[index] = value }
        storedNames = parts
        fields["name"] = fullName(given: parts[0], first: parts[1], last: parts[2])
    }

    /// The rows of a relation that a question keeps, by time and number.
    func rows(_ query: RelationQuery) -> [SimulatedRow] {
        guard let rows = rows[query.relation.name], let relation = SimulatedRelation.all[query.relation.name]
        else { return [] }
        return rows.filter { isKept($0, query, relation) }
    }

    /// The question that asks the store for the rows that it holds, with what was simulated of them.
    func storeQuery(_ query: RelationQuery) -> RelationQuery {
        var query = query
        for (index, state) in query.states.enumerated() {
            let messages = events.filter { $0.message >= 0 && $0.isOf(state) }.map(\.message)
            if !messages.isEmpty { query.admit(messages, to: index) }
        }
        return query
    }

    private func isKept(_ row: SimulatedRow, _ query: RelationQuery, _ relation: SimulatedRelation) -> Bool {
        if let since = query.since, row.time < since { return false }
        if let before = query.before, row.time >= before { return false }
        for (field, value) in query.equal where !row.value(field.name, of: relation).isSame(as: value) {
            return false
        }
        return query.states.allSatisfy { state in
            switch state.state.condition {
            case .row(let condition): condition.holds { row.value($0, of: relation) }
            case .messageEvent: events.contains { $0.message == row.id && $0.isOf(state) }
            }
        }
    }
}

/// A row of a relation that is not stored.
struct SimulatedRow {
    let id: Int64
    let time: Int64
    /// The values of the relation's fields.
    let values: [Value]

    /// A row from the values that it is given by name, as the store would keep them.
    init(_ relation: SimulatedRelation, id: Int64, time: Int64, _ given: [String: Value]) {
        self.id = id
        self.time = time
        var values = [Value](repeating: .null, count: relation.types.count)
        for (name, value) in given {
            guard let place = relation.places[name], place != relation.timePlace, place != relation.idPlace
            else {
                preconditionFailure("'\(name)' is no field that a simulated row is given")
            }
            values[place] = value.kept(as: relation.types[place])
        }
        if let place = relation.timePlace { values[place] = .integer(time) }
        if let place = relation.idPlace { values[place] = .integer(id) }
        self.values = values
    }

    /// The value of a field by its name; missing where the relation has none, as with what an order's lines would match.
    func value(_ name: String, of relation: SimulatedRelation) -> Value {
        if name == "id" { return .integer(id) }
        return relation.places[name].map { values[$0] } ?? .null
    }

    /// The value of a stream's column, which is a field or says whether the row is in a state.
    func value(ofColumn column: Int, in relation: SimulatedRelation) -> Value {
        guard case .row(let condition)? = relation.columns[column].state?.condition else {
            return values[column]
        }
        return .integer(condition.holds { value($0, of: relation) } ? 1 : 0)
    }
}

extension [SimulatedRow] {
    /// Inserts a row at its place by time and number.
    mutating func insertInOrder(_ row: SimulatedRow) {
        let place = lastIndex { ($0.time, $0.id) < (row.time, row.id) }.map { $0 + 1 } ?? 0
        insert(row, at: place)
    }
}

/// Something that happened to a message and is not stored.
struct SimulatedMessageEvent {
    let type: String
    let message: Int64
    let time: Int64

    /// Whether it puts its message into the state.
    func isOf(_ state: RelationQuery.AppliedState) -> Bool {
        guard case .messageEvent(type) = state.state.condition else { return false }
        if let since = state.since, time < since { return false }
        if let before = state.before, time >= before { return false }
        return true
    }
}

extension Value {
    /// As a strict column of the type keeps it: whole numbers as numbers where it holds these, and the other way round;
    /// texts up to their first NUL, at which SQL's functions end.
    fileprivate func kept(as type: ValueType) -> Value {
        switch self {
        case .integer(let number) where type == .number: .number(Double(number))
        case .number(let number) where [.integer, .money, .instant, .boolean].contains(type):
            Int64(exactly: number).map(Value.integer) ?? self
        case .text(let text):
            text.utf8.contains(0) ? .text(String(text.prefix { $0 != "\0" })) : self
        default: self
        }
    }

    /// Whether SQL's `=` holds between two values: whole and broken numbers compare exactly, and nothing equals what is
    /// missing.
    fileprivate func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.null, _), (_, .null): false
        case (.integer(let whole), .number(let number)), (.number(let number), .integer(let whole)):
            Int64(exactly: number) == whole
        case (.number(let a), .number(let b)): a == b
        default: self == other
        }
    }
}
