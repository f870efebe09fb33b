public import Catalog
internal import LuaRuntime

/// What a simulation has done to a few customers, seen by all rules, contents and templates as if it were stored.
///
/// Its owner attaches it to a host together with the customers, ``RuleHost/attach(_:_:)``, and begins it anew for each
/// customer, or for a few who share an address. What is added shows at once in the relations with all their methods, in
/// facts, fields, tags and consent, and in `customer` of templates. Nothing is written to the store.
///
/// Values are as the store holds them: money in minor units, booleans as 1 or 0. A row has happened by the host's time when
/// it is added; unlike the store, a history does not hide it where time moves back. Rows that are added may be of any
/// earlier time, and stand in the order of time and number among those of the store. The numbers of simulated rows are
/// below zero, which those of the store are not, and belong to one row each.
///
/// Cost: nothing for customers of whom nothing is simulated. Each addition is a few look-ups and a copy of the customer's
/// simulated rows of that relation. SQL is asked for a stored fact that does not come with the row, once, and where a
/// simulated event is the first of its kind that a stored message has.
public final class SimulatedHistory {
    private var customers: [Int64: SimulatedCustomer] = [:]
    private weak var host: RuleHost?
    private var stored: (any CustomerData)?
    /// Whether nothing is simulated of anybody.
    public private(set) var isEmpty = true

    /// Is told of all that is added, with the customer: enough to add the same to another history.
    public var onChange: ((Int64, JourneyRecord.Change) -> Void)?

    /// A history without customers.
    public init() {}

    /// Forgets everything, and takes what is added next for these customers. Those who share an address with one of them
    /// are among them: what is said about it by one counts for all.
    public func begin(_ ids: [Int64]) {
        customers.removeAll(keepingCapacity: true)
        for id in ids { customers[id] = SimulatedCustomer() }
        guard !isEmpty else { return }
        isEmpty = true
        host?.streams.overlay.clear()
        host?.noteChange()
    }

    /// Shows itself to the rules of another host, over the customers that are stored.
    func attach(to host: RuleHost, over stored: any CustomerData) {
        self.host = host
        self.stored = stored
        host.streams.overlay.clear()
        for (id, customer) in customers { show(customer, of: id, to: host) }
    }

    // MARK: What happens

    /// Adds a row to a relation: an order, an event, a message, an answer, a task. An order has no lines.
    ///
    /// - Parameter values: the relation's fields by name; what is left out is missing. Time and number are given apart.
    /// - Throws: the store's errors, where a fact has to be read.
    public func add(
        _ relation: Relation, of customer: Int64, id: Int64, at time: Int64, _ values: [String: Value]
    ) throws {
        precondition(id < 0, "the numbers of simulated rows are below zero")
        checkTime(time)
        guard let known = SimulatedRelation.all[relation.name] else { return }
        if let onChange {
            let fields = values.sorted { $0.key < $1.key }.map { JourneyRecord.Change.Field($0, $1) }
            onChange(customer, .row(relation: relation.name, id: id, values: fields))
        }
        let row = SimulatedRow(known, id: id, time: time, values)
        change(customer) { $0.rows[relation.name, default: []].insertInOrder(row) }
        if let host { show(row, of: customer, in: known, host) }
        if known.factCondition?.holds({ row.value($0, of: known) }) ?? true {
            try count(in: known.facts, of: customer) { row.value($0, of: known) }
        }
    }

    /// Adds an event of a message, stored or simulated, to its customer; `type` is one of `message_events`, such as
    /// `open`.
    ///
    /// - Throws: the store's errors, where a fact has to be read.
    public func addMessageEvent(_ type: String, of message: Int64, customer: Int64, at time: Int64) throws {
        checkTime(time)
        onChange?(customer, .messageEvent(type, message: message))
        let event = SimulatedMessageEvent(type: type, message: message, time: time)
        change(customer) { $0.events.append(event) }
        if let host { show(event, of: customer, host) }
        try count(in: NumberedFact.ofMessageEvents, of: customer) { column in
            switch column {
            case "type": .text(type)
            case "message_id": .integer(message)
            case "occurred_at": .integer(time)
            default: .null
            }
        }
    }

    /// Gives points to a customer, or takes them where they are below zero.
    ///
    /// - Throws: the store's errors, where a fact has to be read.
    public func award(_ points: Int64, to customer: Int64) throws {
        onChange?(customer, .points(points))
        change(customer) { _ in }
        try count(in: NumberedFact.ofPoints, of: customer) { $0 == "points" ? .integer(points) : .null }
    }

    /// Sets a column of the customer or a custom attribute; facts come of rows, and the id stays.
    ///
    /// Where an address is set, ``CustomerData/consent(of:on:)`` still asks the store about the stored one.
    /// - Throws: the store's errors, where the full name has to be put together anew.
    public func set(_ field: Field, of customer: Int64, to value: Value) throws {
        precondition(
            field.name != "id" && NumberedFact.byName[field.name] == nil, "\(field.name) is not set by hand")
        onChange?(customer, .field(JourneyRecord.Change.Field(field.name, value)))
        try change(customer) { simulated in
            simulated.fields[field.name] = value
            guard ["name", "first_name", "last_name"].contains(field.name) else { return }
            if simulated.storedNames == nil {
                simulated.storedNames = try stored?.values(nameParts, of: customer)
            }
            simulated.composeName(setting: field.name, to: value)
        }
        guard let host else { return }
        for shown in ["name", field.name] {
            guard let value = customers[customer]?.fields[shown] else { continue }
            let type = shown == field.name ? field.type : .text
            host.streams.overlay.set(shown, of: customer, to: host.value(value, of: type))
        }
    }

    /// Gives the customer a tag.
    public func tag(_ tag: String, _ customer: Int64) {
        onChange?(customer, .tag(tag, isGiven: true))
        change(customer) { $0.tags[tag] = true }
    }

    /// Takes a tag from the customer.
    public func untag(_ tag: String, _ customer: Int64) {
        onChange?(customer, .tag(tag, isGiven: false))
        change(customer) { $0.tags[tag] = false }
    }

    private func checkTime(_ time: Int64) {
        precondition(time <= host?.clock.now ?? .max, "what is simulated has happened by the host's time")
    }

    private func change(_ customer: Int64, _ body: (inout SimulatedCustomer) throws -> Void) rethrows {
        precondition(stored != nil, "the history is attached to no host")
        precondition(customers[customer] != nil, "the history was not begun for this customer")
        isEmpty = false
        host?.noteChange()
        try body(&customers[customer, default: SimulatedCustomer()])
    }

    // MARK: Facts

    /// Counts a row in the facts that are made of its like.
    private func count(in facts: [NumberedFact], of customer: Int64, _ row: (String) -> Value) throws {
        for fact in facts {
            let aggregate = fact.fact.aggregate
            var change = customers[customer]?.facts.removeValue(forKey: fact.number) ?? FactChange(aggregate)
            defer { customers[customer]?.facts[fact.number] = change }
            guard try change.add(row, isStored: { try isStored($0, aggregate, of: customer) }) else {
                continue
            }
            if let stored = customers[customer]?.storedFacts[fact.number],
                let value = change.fact(from: stored)
            {
                show(value, as: fact.fact, of: customer)
            } else {
                host?.streams.overlay.leaveToHost(fact.fact.name, of: customer)
            }
        }
    }

    /// Whether a fact that counts different messages has counted this one in the store.
    private func isStored(_ value: Value, _ aggregate: FactAggregate, of customer: Int64) throws -> Bool {
        guard case .integer(let message) = value, message >= 0, let stored,
            let type = aggregate.filter?.values.first,
            let messages = relations.first(where: { $0.name == "messages" })
        else { return false }
        var query = RelationQuery(messages, of: customer)
        query.keep(id: message)
        query.keep(countedEvent: type)
        return try stored.answer(query, .any) == .value(.integer(1))
    }

    private func show(_ value: Value, as fact: Fact, of customer: Int64) {
        guard let host else { return }
        host.streams.overlay.set(fact.name, of: customer, to: host.value(value, of: fact.type))
    }

    /// Notes what a fact is in the store, which a row has told.
    func note(stored value: Value, of field: Field, _ customer: Int64) {
        guard self[customer] != nil, let fact = NumberedFact.byName[field.name] else { return }
        customers[customer]?.storedFacts[fact.number] = value
    }

    /// The store holds more of the customers now: facts are read from it again.
    func forgetStored() {
        for (id, simulated) in all {
            customers[id]?.storedFacts = [:]
            for number in simulated.facts.keys {
                host?.streams.overlay.leaveToHost(NumberedFact.all[number].fact.name, of: id)
            }
        }
    }

    // MARK: What there is

    /// Whether the simulation gave the customer the tag (true) or took it (false); nil where it did neither.
    public func isTagged(_ tag: String, _ customer: Int64) -> Bool? { self[customer]?.tags[tag] }

    /// What is simulated of a customer; nil where that is nothing.
    subscript(customer: Int64) -> SimulatedCustomer? { isEmpty ? nil : customers[customer] }

    /// The customers it was begun for, in no order.
    var all: [Int64: SimulatedCustomer] { isEmpty ? [:] : customers }

    /// The value of a field where it is simulated; nil where it is the stored one.
    func value(of field: Field, of customer: Int64) throws -> Value? {
        guard let simulated = self[customer] else { return nil }
        if let value = simulated.fields[field.name] { return value }
        guard let fact = NumberedFact.byName[field.name], let change = simulated.facts[fact.number] else {
            return nil
        }
        let base =
            try simulated.storedFacts[fact.number] ?? stored?.values([field], of: customer)?.first ?? .null
        customers[customer]?.storedFacts[fact.number] = base
        guard let value = change.fact(from: base) else {
            throw LuaError("the field '\(field.name)' of a simulated customer has become too large")
        }
        show(value, as: fact.fact, of: customer)
        return value
    }

    // MARK: Showing it to Lua

    private func show(_ simulated: SimulatedCustomer, of customer: Int64, to host: RuleHost) {
        let fields = Dictionary(
            (stored?.fields ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (name, value) in simulated.fields {
            host.streams.overlay.set(
                name, of: customer, to: host.value(value, of: fields[name]?.type ?? .text))
        }
        for number in simulated.facts.keys {
            host.streams.overlay.leaveToHost(NumberedFact.all[number].fact.name, of: customer)
        }
        customers[customer]?.storedFacts = [:]
        for (name, rows) in simulated.rows {
            guard let relation = SimulatedRelation.all[name] else { continue }
            for row in rows { show(row, of: customer, in: relation, host) }
        }
        for event in simulated.events { show(event, of: customer, host) }
    }

    private func show(
        _ row: SimulatedRow, of customer: Int64, in relation: SimulatedRelation, _ host: RuleHost
    ) {
        let values = relation.columns.indices.map { LuaValue(stored: row.value(ofColumn: $0, in: relation)) }
        host.streams.overlay.addRow(of: customer, to: relation.number, time: row.time, id: row.id, values)
    }

    private func show(_ event: SimulatedMessageEvent, of customer: Int64, _ host: RuleHost) {
        // Of the others, only facts know.
        guard let type = RelationStream.messageEventTypes.firstIndex(of: event.type) else { return }
        host.streams.overlay.addRow(
            of: customer, to: SimulatedRelation.eventStream, time: event.time, id: event.message,
            [.integer(Int64(type)), .integer(event.time)])
    }
}

/// What a full name is made of.
private let nameParts =
    [givenName] + customerColumns.filter { ["first_name", "last_name"].contains($0.name) }

extension LuaValue {
    /// A value as the store holds it.
    fileprivate init(stored value: Value) {
        switch value {
        case .null: self = .missing
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        }
    }
}
