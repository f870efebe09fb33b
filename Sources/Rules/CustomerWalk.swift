public import Catalog
internal import Diagnostics
internal import LuaRuntime

/// Goes through the customers by id and lets rules look at each in its turn.
///
/// Only fields that rules have read so far are fetched with the rows: the first rule that asks for another
/// one gets it by a query of its own, and from the next customer on it comes with the row.
///
/// SQL answers for audiences as of the time at which it was asked, and for what is stored. Where time has moved since, it
/// is asked anew before the walk goes on; where something is simulated, Lua answers instead. So a simulation that returns
/// to its time and begins its history anew before it goes on to the next customer, costs the walk nothing.
public final class CustomerWalk {
    let row: LuaRow
    private let host: RuleHost
    private let data: any CustomerData
    private var fetched: [Field] = []
    private var wanted: [Field] = []
    private let byName: [String: Field]
    let traits: TraitReader
    private var last = Int64.max
    private var leftOut: CustomerSet?
    /// The audiences that the walk is for, and what SQL and Lua each have to say about them.
    private let audiences: [Audience]
    private var compiled: CompiledAudiences
    /// The statements that were prepared last, with SQL's part of the audiences and without.
    private var statements: [Bool: PreparedStatement] = [:]
    /// Whether SQL has its part in the rows that come now, and the time of its arguments.
    private var isPushed = false
    private var askedAt: Int64 = 0
    /// What the walk was asked last.
    private(set) var asked: AudienceFilter?
    /// The customer whose turn it is, or was last.
    public private(set) var current: Int64 = 0

    /// A walk that starts before the first customer.
    ///
    /// For audiences, it goes only over customers who may be in one of them, and ``isIn(_:)`` costs little.
    ///
    /// - Throws: ``RuleError/nameTaken(trait:by:at:)`` where a trait has the name of a custom attribute.
    public convenience init(_ host: RuleHost, for audiences: [Audience] = []) throws {
        try self.init(host, for: audiences, try CompiledAudiences(audiences, host))
    }

    /// A walk that asks the store and Lua what was made ready already.
    init(_ host: RuleHost, for audiences: [Audience] = [], _ compiled: CompiledAudiences) throws {
        self.host = host
        data = try host.requireData()
        for field in data.fields {
            guard let trait = host.traits[field.name], trait.rule == nil else { continue }
            throw RuleError.nameTaken(trait: trait.name, by: "a custom attribute", at: trait.location)
        }
        self.audiences = audiences
        self.compiled = compiled
        traits = TraitReader(host)
        byName = Dictionary(data.fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let methods = host.methodsOfCustomers.map { ($0.name, $0.value(host)) }
        let own = WalkReference()
        row = LuaRow(host.state, methods: methods, relations: (relations.map(\.name), host.streams)) {
            [unowned host] call in
            // Of a walk that is over, the row has already raised in C.
            guard let walk = own.walk else { throw LuaError("there is no customer here") }
            return try host.remembering { try walk.lookUp(call) }
        }
        own.walk = self
        host.walk = self
        try restart(over: .min ... .max)
    }

    /// Goes before the first of the customers with these ids, the last of whom is the end; what rules read so
    /// far comes with the rows from the first on.
    ///
    /// - Parameter leavingOut: customers who are not asked, which costs them next to nothing; it may grow.
    public func restart(over ids: ClosedRange<Int64>, leavingOut: CustomerSet? = nil) throws {
        if wanted.count > fetched.count { fetched = wanted }
        current = ids.lowerBound == .min ? .min : ids.lowerBound - 1
        last = ids.upperBound
        leftOut = leavingOut
        try start(after: current, through: last)
    }

    /// Goes to the next customer; nil after the last.
    public func next() throws -> Int64? {
        try prepareToGoOn()
        do {
            guard let id = try row.next() else { return nil }
            current = id
            return id
        } catch {
            guard try goesOnInLua() else { throw error }
            return try next()
        }
    }

    /// Where SQL fails, as it does when a sum grows too large, Lua answers for all who are left, and says
    /// what is wrong as it says it without SQL.
    private func goesOnInLua() throws -> Bool {
        guard row.hasFailedExpression, isPushed else { return false }
        compiled = CompiledAudiences(inLua: audiences)
        try start(after: current, through: last)
        return true
    }

    /// Goes over the next customers and notes the ids of those in the audience, until `ids` is full.
    ///
    /// - Returns: how many were noted; 0 when there are no more.
    /// - Throws: ``RuleError`` where a predicate raises or answers neither true nor false.
    public func next(
        in audience: Audience, into ids: UnsafeMutableBufferPointer<Int64>
    ) throws -> Int {
        while true {
            try prepareToGoOn()
            let filter = filter(of: audience)
            asked = filter
            do {
                let (found, hasMore) = try host.afresh { try row.scan(filter.filter, into: ids) }
                // Behind a step that failed, no row has its turn.
                current = row.current ?? (found > 0 ? ids[found - 1] : current)
                if found > 0 || !hasMore { return found }
            } catch let failure as LuaFilterError {
                current = failure.customer
                throw filter.error(failure, host)
            } catch {
                guard try goesOnInLua() else { throw error }
            }
        }
    }

    /// For how many of the customers each part of a filter holds; a part that is not asked, holds for none. Its columns are
    /// of what is stored, so that nothing may be simulated.
    func count(_ filter: AudienceFilter) throws -> [UInt64] {
        precondition(!host.isSimulated, "parts are counted over what is stored")
        var counts: [UInt64] = []
        asked = filter
        while true {
            try prepareToGoOn()
            do {
                if try host.afresh({ try row.count(filter.filter, &counts) }) { return counts }
                current = row.current ?? current
            } catch let failure as LuaFilterError {
                throw filter.error(failure, host)
            }
        }
    }

    /// Reads fields with the row from now on, so that each can be given another value.
    func fetch(_ fields: [Field]) {
        for field in fields where !wanted.contains(field) { wanted.append(field) }
    }

    /// Whether the customer whose turn it is belongs to the audience.
    ///
    /// - Throws: ``RuleError`` where a predicate raises or answers neither true nor false.
    public func isIn(_ audience: Audience) throws -> Bool {
        let filter = filter(of: audience)
        asked = filter
        return try host.holds(filter, row)
    }

    /// The question about an audience: what SQL has left of it, where the walk is for it and the row says what SQL would
    /// say now.
    private func filter(of audience: Audience) -> AudienceFilter {
        guard isPushed, askedAt == host.clock.now, !host.isSimulated else { return audience.filter }
        return audiences.firstIndex { $0 === audience }.map { compiled.filters[$0] } ?? audience.filter
    }

    /// The value of a trait for the customer whose turn it is, and its type: that which it declares, or else text, number,
    /// integer or boolean.
    ///
    /// - Throws: ``RuleError`` where the trait raises or gives something else.
    public func value(of trait: Trait) throws -> (value: Value, type: ValueType) {
        if trait.rule != nil {
            guard let field = byName[trait.name] else {
                throw host.notComputed(trait.name, "c.\(trait.name)")
            }
            return (try data.values([field], of: current)?.first ?? .null, field.type)
        }
        let value = try host.explaining {
            try host.state.value(of: traits.value(of: trait, for: row))
        }
        let (stored, found): (Value, ValueType) =
            switch value {
            case .text(let text): (.text(text), .text)
            case .integer(let number): (.integer(number), .integer)
            case .number(let number): (.number(number), .number)
            case .boolean(let flag): (.integer(flag ? 1 : 0), .boolean)
            default: (.null, .text)
            }
        guard trait.type == .money else { return (stored, trait.type ?? found) }
        return (host.store(value, as: .money) ?? .null, .money)
    }

    /// Asks the store anew where rules want more columns, or where SQL would now choose other customers.
    private func prepareToGoOn() throws {
        let isOutdated =
            compiled.isPushed && (isPushed == host.isSimulated || isPushed && askedAt != host.clock.now)
        guard wanted.count > fetched.count || isOutdated else { return }
        fetched = wanted
        try start(after: current, through: last)
    }

    /// Goes to one customer, from where the walk goes on; false where the walk has none with that id. What rules read so
    /// far comes with the row.
    ///
    /// What journeys kept of the customer in an earlier `turn` is valid again.
    public func go(to id: Int64, resuming turn: UInt64? = nil) throws -> Bool {
        guard id > Int64.min else { return false }
        if wanted.count > fetched.count { fetched = wanted }
        try start(after: id - 1, through: last)
        current = try row.next() ?? 0
        if let turn, current == id { row.resume(turn) }
        return current == id
    }

    /// Another number for every turn of a customer.
    public var turn: UInt64 { row.turn }

    /// Goes to the same customer again, with all the fields that have been asked for.
    func again() throws -> Bool { try go(to: current) }

    /// Makes this the walk that rules are asked about, where a host has several.
    public func takeTurn() {
        host.walk = self
    }

    private func start(after id: Int64, through last: Int64) throws {
        isPushed = compiled.isPushed && !host.isSimulated
        askedAt = host.clock.now
        let statement: OpaquePointer
        do {
            statement = try preparedStatement(isOpenEnded: last == .max)
        } catch {
            // Where SQLite refuses a statement, as it does when it is too large, Lua answers.
            guard isPushed, !audiences.isEmpty else { throw error }
            compiled = CompiledAudiences(inLua: audiences)
            return try start(after: id, through: last)
        }
        row.start(
            statement, flags: isPushed ? compiled.flags.count : 0,
            fields: fetched.map { ($0.name, host.column(of: $0)) }, after: id, last: last)
    }

    /// A statement of the walk, and what tells it from others that it would need.
    private struct PreparedStatement {
        let fieldCount: Int
        let isOpenEnded: Bool
        let statement: OpaquePointer
        var computed: [Value] = []
        var leftOut: CustomerSet?
    }

    /// The statement over the customers; a store keeps each that it prepares to its end, so that going to and fro, and
    /// another time, make no more of them.
    private func preparedStatement(isOpenEnded: Bool) throws -> OpaquePointer {
        var request = CustomerRequest(fetched)
        request.isOpenEnded = isOpenEnded
        if isPushed {
            request.flags = compiled.flags
            request.condition = compiled.condition
            request.computed = try host.computedValues()
        }
        request.leavesOut = leftOut != nil
        var prepared: PreparedStatement
        if let known = statements[isPushed], known.fieldCount == fetched.count,
            known.isOpenEnded == isOpenEnded, (known.leftOut != nil) == request.leavesOut
        {
            if known.computed == request.computed, known.leftOut === leftOut { return known.statement }
            prepared = known
        } else {
            prepared = PreparedStatement(
                fieldCount: fetched.count, isOpenEnded: isOpenEnded,
                statement: try data.customerStatement(request))
        }
        (prepared.computed, prepared.leftOut) = (request.computed, leftOut)
        data.bind(request, leavingOut: leftOut, to: prepared.statement)
        statements[isPushed] = prepared
        return prepared.statement
    }

    /// Fields that do not come with the row yet, relations, traits, and names that nothing has.
    func lookUp(_ call: HostCall) throws -> Int32 {
        let (customer, name) = try call.arguments(.customer("c"), .text("name"))
        if let field = byName[name] {
            if host.populations.contains(name) { host.usedPopulations.insert(name) }
            // A name that is composed in another way than the field's is never found among the columns.
            if !wanted.contains(field) {
                wanted.append(field)
                row.wantColumns()
            }
            // What comes with the row spares a query where a simulation has moved it.
            if customer == row.current, let stored = row.storedNumber(name) {
                host.history?.note(stored: stored.stored, of: field, customer)
            }
            let value = try data.values([field], of: customer)?.first ?? .null
            return call.returns(host.value(value, of: field.type))
        }
        if let relation = relations.first(where: { $0.name == name }) {
            return call.returns(
                RelationObject(RelationQuery(relation, of: customer), kind: host.relationMethods.kind))
        }
        if let trait = host.traits[name] {
            guard trait.rule == nil else { throw host.notComputed(name, "c.\(name)") }
            return call.returns(try traits.value(of: trait, for: row))
        }
        let known =
            Array(byName.keys) + host.traits.keys + relations.map(\.name)
            + host.methodsOfCustomers.map(\.name)
        throw LuaError(
            "unknown field '\(name)' of a customer", hint: suggestion(name, known, what: "field"))
    }
}

/// Lets the row of a walk find it without keeping it alive.
private final class WalkReference {
    weak var walk: CustomerWalk?
}
