package import Catalog
internal import Diagnostics
internal import LuaRuntime

extension RuleHost {
    /// The relations as Lua sees them, with their streams.
    func makeStreams() -> LuaRelations {
        let streams = RelationStream.all
        let events = streams.firstIndex { $0.relation == nil }
        return LuaRelations(state, streams.map { description(of: $0, events: events) }) {
            [unowned self] number, columns in
            try remembering {
                let stream = streams[number]
                return try requireData().streamStatement(
                    stream, columns: stream.columns.indices.filter { columns >> UInt64($0) & 1 == 1 })
            }
        }
    }

    private func description(of stream: RelationStream, events: Int?) -> LuaRelation {
        var description = LuaRelation(columns: stream.columns.map(column(of:)))
        guard let relation = stream.relation else { return description }
        description.states = RelationMethods.stateNames.map { name in
            guard let state = relation.states.first(where: { $0.name == name }) else { return .none }
            switch state.condition {
            case .row:
                return stream.columns.firstIndex { $0.state?.name == name }.map { .column($0) } ?? .none
            case .messageEvent(let type):
                return RelationStream.messageEventTypes.firstIndex(of: type).map { .event($0) } ?? .none
            }
        }
        description.events = events
        description.methods = relationMethods.functions(of: relation)
        description.unknownMethod = { [unowned self] call in
            try remembering {
                let (_, name) = try call.arguments(.any("relation"), .text("name"))
                throw relationMethods.unknown(name, of: relation)
            }
        }
        description.unknownField = { [unowned self] call in
            try remembering { try lookUp(call, relation) }
        }
        description.written = { [unowned self] _ in
            try remembering { throw RecordObject.isReadOnly(relation.singular) }
        }
        return description
    }

    private func column(of column: RelationStream.Column) -> LuaRelation.Column {
        guard let field = column.field else {
            return LuaRelation.Column(nil, .plain, .nothing, isSummable: false)
        }
        let comparison: LuaRelation.Comparison =
            switch field.type {
            case .text, .date: .text
            case .integer, .number, .instant: .number
            case .money: .money
            case .boolean: .nothing
            }
        return LuaRelation.Column(
            field.name, self.column(of: field), comparison, isSummable: field.type.isSummable)
    }

    /// A name of a row that is no field of the stream, or whose value only SQL can give.
    private func lookUp(_ call: HostCall, _ relation: Relation) throws -> Int32 {
        let (_, name) = try call.arguments(.any("row"), .text("name"))
        guard let record = call.record(1) else { throw LuaError("there is no row here") }
        if let field = relation.fields.firstIndex(where: { $0.name == name }) {
            return call.returns(try row(of: record, relation).values[field])
        }
        guard relation.hasItems, name == "items" else {
            throw RecordObject.unknown(name, relation.singular, relation.fields)
        }
        return call.returns(.table(LuaTable(array: try items(ofOrder: record.id))))
    }

    /// The relation in the first argument of a method; nil where it is none.
    func relation(of call: HostCall) throws -> RelationObject? {
        if let relation = relation(at: 1, of: call) { return relation }
        guard case .object(let object as RelationObject) = try call.value(1) else { return nil }
        return object
    }

    /// The relation that the bridge keeps in an argument; nil where it is none.
    func relation(at place: Int, of call: HostCall) -> RelationObject? {
        call.question(place).map { RelationObject(query($0), kind: relationMethods.kind) }
    }

    /// The row that the bridge keeps in an argument, with all its values; nil where it is none.
    func record(at place: Int, of call: HostCall) throws -> RecordObject? {
        guard let record = call.record(place) else { return nil }
        return try row(of: record, relations[record.relation])
    }

    /// A row with all its values, asked of SQL.
    private func row(of record: LuaRecord, _ relation: Relation) throws -> RecordObject {
        var query = RelationQuery(relation, of: record.customer)
        query.keep(id: record.id)
        guard case .object(let row as RecordObject)? = try records(query, .first).first else {
            throw LuaError("the row is no longer there")
        }
        return row
    }

    /// The question as SQL is asked it.
    func query(_ question: LuaQuestion) -> RelationQuery {
        let relation = relations[question.relation]
        var query = RelationQuery(relation, of: question.customer)
        if let since = question.since { query.keep(since: since) }
        if let before = question.before { query.keep(before: before) }
        for condition in question.conditions {
            switch condition {
            case .state(let number, let since, let before):
                for state in relation.states where state.name == RelationMethods.stateNames[number] {
                    query.keep(state)
                }
                if let since { query.keep(since: since) }
                if let before { query.keep(before: before) }
            case .equal(let column, let value): query.equal.append((relation.fields[column], value.stored))
            }
        }
        return query
    }
}

extension LuaValue {
    /// A plain value as the store holds it.
    var stored: Value {
        switch self {
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        default: .null
        }
    }
}

extension Relation {
    /// Whether a row has lines.
    package var hasItems: Bool { singular == "order" }
}

extension ValueType {
    /// Whether `sum` takes such a field.
    package var isSummable: Bool { [.integer, .number, .money].contains(self) }
}
