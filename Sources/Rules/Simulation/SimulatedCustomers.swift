internal import Catalog
internal import LuaRuntime

/// Customers as a store holds them and a simulation has changed them.
///
/// Statements and streams are the store's, for what is simulated is laid over them where scripts read them; what else is
/// asked about a customer, is asked of both.
final class SimulatedCustomers: CustomerData {
    let stored: any CustomerData
    let history: SimulatedHistory

    init(_ stored: any CustomerData, _ history: SimulatedHistory) {
        self.stored = stored
        self.history = history
    }

    var currency: String { stored.currency }
    var fields: [Field] { stored.fields }
    var populationFields: [Field] {
        get { stored.populationFields }
        set { stored.populationFields = newValue }
    }

    func forEachValue(
        of field: Field, in population: Population, _ body: (Int64, Value) throws -> Void
    ) throws {
        try stored.forEachValue(of: field, in: population, body)
    }

    func customerStatement(_ request: CustomerRequest) throws -> OpaquePointer {
        try stored.customerStatement(request)
    }

    func bind(_ request: CustomerRequest, leavingOut: CustomerSet?, to statement: OpaquePointer) {
        stored.bind(request, leavingOut: leavingOut, to: statement)
    }

    func queryPlan(_ request: CustomerRequest) throws -> [String] { try stored.queryPlan(request) }

    func streamStatement(_ stream: RelationStream, columns: [Int]) throws -> OpaquePointer {
        try stored.streamStatement(stream, columns: columns)
    }

    func values(_ fields: [Field], of customer: Int64) throws -> [Value]? {
        guard history[customer] != nil else { return try stored.values(fields, of: customer) }
        let simulated = try fields.map { try history.value(of: $0, of: customer) }
        let whole = simulated.compactMap { $0 }
        if whole.count == fields.count { return whole }
        guard let values = try stored.values(fields, of: customer) else { return nil }
        return zip(simulated, values).map { $0 ?? $1 }
    }

    // MARK: Relations

    func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> RelationAnswer {
        guard let simulated = history[query.customer] else { return try stored.answer(query, terminal) }
        let rows = simulated.rows(query)
        let query = simulated.storeQuery(query)
        guard !rows.isEmpty else { return try stored.answer(query, terminal) }
        switch terminal {
        case .any: return .value(.integer(1))
        case .count:
            guard case .value(.integer(let count)) = try stored.answer(query, .count) else {
                return .value(.null)
            }
            return .value(.integer(count + Int64(rows.count)))
        case .sum(let field): return .value(try sum(of: field, query, rows))
        case .first, .last, .list:
            guard case .rows(let found) = try stored.answer(query, terminal) else { return .rows([]) }
            let all = merged(found, rows, query.relation)
            switch terminal {
            case .first: return .rows(Array(all.prefix(1)))
            case .last: return .rows(Array(all.suffix(1)))
            default: return .rows(all)
            }
        }
    }

    /// Stored and simulated rows in the order of time and number; at the same time those below zero come first.
    private func merged(_ stored: [[Value]], _ simulated: [SimulatedRow], _ relation: Relation) -> [[Value]] {
        guard let time = relation.fields.firstIndex(where: { $0.sql == relation.time }) else { return stored }
        var all: [[Value]] = []
        var next = simulated[...]
        for row in stored {
            if case .integer(let at) = row[time] {
                while let first = next.first, first.time <= at {
                    all.append(first.values)
                    next.removeFirst()
                }
            }
            all.append(row)
        }
        return all + next.map(\.values)
    }

    /// The sum as the store adds: of whole numbers whole where 64 bits hold it, and else a float, added row by row.
    private func sum(of field: Field, _ query: RelationQuery, _ rows: [SimulatedRow]) throws -> Value {
        let relation = query.relation
        guard let column = relation.fields.firstIndex(of: field) else { return .null }
        if case .value(.integer(let sum)) = try stored.answer(query, .sum(field)),
            let total = sumOfWhole(rows.map { $0.values[column] }, from: sum)
        {
            return .integer(total)
        }
        guard case .rows(let found) = try stored.answer(query, .list) else { return .null }
        var (whole, float, isFloat) = (Int64(0), 0.0, false)
        for row in merged(found, rows, relation) {
            switch row[column] {
            case .integer(let number):
                let (sum, isOver) = whole.addingReportingOverflow(number)
                whole = sum
                if isOver { isFloat = true }
                float += Double(number)
            case .number(let number):
                isFloat = true
                float += number
            case .null, .text: continue
            }
        }
        return isFloat ? .number(float) : .integer(whole)
    }

    /// The sum of whole numbers; nil where another number is among them, or 64 bits do not hold it.
    private func sumOfWhole(_ values: [Value], from start: Int64) -> Int64? {
        var sum = start
        for value in values where value != .null {
            guard case .integer(let number) = value else { return nil }
            let (next, isOver) = sum.addingReportingOverflow(number)
            if isOver { return nil }
            sum = next
        }
        return sum
    }

    func items(ofOrder order: Int64) throws -> [[Value]] {
        order < 0 ? [] : try stored.items(ofOrder: order)
    }

    // MARK: Lists

    func hasTag(_ tag: String, customer: Int64) throws -> Bool {
        try history[customer]?.tags[tag] ?? stored.hasTag(tag, customer: customer)
    }

    func likes(_ interest: String, customer: Int64) throws -> Bool {
        try stored.likes(interest, customer: customer)
    }

    func interests(of customer: Int64) throws -> [String] { try stored.interests(of: customer) }

    func recommendations(for customer: Int64, count: Int, at time: Int64) throws -> [Recommendation] {
        try stored.recommendations(for: customer, count: count, at: time)
    }

    func product(_ id: Int64) throws -> [Value] { try stored.product(id) }

    func favourite(_ property: ProductProperty, of customer: Int64) throws -> String? {
        try stored.favourite(property, of: customer)
    }

    // MARK: Consent

    /// Whoever unsubscribes in the simulation does so after what is stored, for all who share the address.
    func consent(of customer: Int64, on channel: Channel) throws -> ConsentState {
        let state = try stored.consent(of: customer, on: channel)
        guard state == .granted else { return state }
        for (id, simulated) in history.all {
            for event in simulated.events where event.type == "unsubscribe" {
                if try self.channel(ofMessage: event.message, of: id) == channel,
                    try id == customer || haveSameAddress(id, customer, on: channel)
                {
                    return .unsubscribed
                }
            }
        }
        return state
    }

    private func channel(ofMessage message: Int64, of customer: Int64) throws -> Channel? {
        guard let relation = relations.first(where: { $0.name == "messages" }),
            let column = relation.fields.firstIndex(where: { $0.name == "channel" })
        else { return nil }
        var query = RelationQuery(relation, of: customer)
        query.keep(id: message)
        guard case .rows(let rows) = try answer(query, .first), case .text(let name)? = rows.first?[column]
        else { return nil }
        return Channel(rawValue: name)
    }

    /// Addresses are compared as the store does: e-mail without regard to the case of Latin letters.
    private func haveSameAddress(_ a: Int64, _ b: Int64, on channel: Channel) throws -> Bool {
        guard let field = customerColumns.first(where: { $0.name == channel.addressField }) else {
            return false
        }
        func address(_ customer: Int64) throws -> [UInt8]? {
            guard case .text(let text)? = try stored.values([field], of: customer)?.first else { return nil }
            return text.utf8.map { channel == .email && (65...90).contains($0) ? $0 + 32 : $0 }
        }
        guard let first = try address(a) else { return false }
        return try address(b) == first
    }
}
