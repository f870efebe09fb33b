internal import Catalog
internal import LuaRuntime

/// What can be asked of a relation with a colon: `c.orders:count()`. States such as `opened` are entries of their
/// relation in the catalog.
public struct RelationMethod: Sendable {
    /// The name.
    public let name: String
    /// The call, as help shows it.
    public let signature: String
    /// What it gives, as a phrase.
    public let doc: String
    let body: @Sendable (HostCall, RelationQuery, RuleHost) throws -> Answer

    enum Answer {
        /// A question that can be narrowed further.
        case query(RelationQuery)
        /// What the store answered.
        case value(LuaValue)
    }
}

/// All methods that every relation has.
public let relationMethods: [RelationMethod] = [
    RelationMethod(
        name: "since", signature: ":since(time)",
        doc: "only rows at or after a time; behind `opened` and the like, only such events"
    ) { call, query, _ in
        var query = query
        // Compared with a missing time, no row is later.
        query.keep(since: try call.argument(1, "a time", call.instant) ?? .max)
        return .query(query)
    },
    RelationMethod(name: "before", signature: ":before(time)", doc: "only rows before a time, likewise") {
        call, query, _ in
        var query = query
        query.keep(before: try call.argument(1, "a time", call.instant) ?? .min)
        return .query(query)
    },
    RelationMethod(
        name: "where", signature: ":where { field = value }", doc: "only rows with exactly these values"
    ) { call, query, host in
        .query(
            try restricted(
                query, by: try call.argument(1, "a table such as { status = \"paid\" }", call.table), host))
    },
    RelationMethod(name: "count", signature: ":count()", doc: "how many rows there are") { _, query, host in
        .value(try host.answer(query, .count, type: .integer))
    },
    RelationMethod(name: "any", signature: ":any()", doc: "whether there is a row") { _, query, host in
        .value(try host.answer(query, .any, type: .boolean))
    },
    RelationMethod(
        name: "sum", signature: ":sum \"field\"", doc: "the sum of a numeric field; 0 where there is no row"
    ) { call, query, host in
        let field = try numericField(try call.argument(1, "a text", call.text), of: query.relation)
        return .value(try host.answer(query, .sum(field), type: field.type))
    },
    RelationMethod(name: "first", signature: ":first()", doc: "the first row by time, or nothing") {
        _, query, host in
        .value(try host.records(query, .first).first ?? .missing)
    },
    RelationMethod(name: "last", signature: ":last()", doc: "the last row by time, or nothing") {
        _, query, host in
        .value(try host.records(query, .last).first ?? .missing)
    },
    RelationMethod(name: "list", signature: ":list()", doc: "all rows by time, as a list") { _, query, host in
        .value(.table(LuaTable(array: try host.records(query, .list))))
    },
]

private func numericField(_ name: String, of relation: Relation) throws -> Field {
    let numeric = relation.fields.filter { [.integer, .number, .money].contains($0.type) }
    guard let field = numeric.first(where: { $0.name == name }) else {
        throw LuaError(
            "\(relation.name) cannot sum '\(name)'",
            hint: "it can sum: \(numeric.map(\.name).joined(separator: ", "))")
    }
    return field
}

private func restricted(
    _ query: RelationQuery, by table: LuaTable, _ host: RuleHost
) throws -> RelationQuery {
    var query = query
    let known = query.relation.fields + query.relation.matches
    if let first = table.array.first {
        throw LuaError(
            "where takes fields by name, got \(first.described)",
            hint: "write where { \(known.first?.name ?? "field") = … }")
    }
    for (name, value) in table.fields {
        guard let field = known.first(where: { $0.name == name }) else {
            throw LuaError(
                "unknown field '\(name)' of \(article(query.relation.singular))",
                hint: suggestion(name, known.map(\.name), what: "field"))
        }
        guard let stored = host.store(value, as: field.type) else {
            throw LuaError(
                "'\(name)' is compared with \(value.described), but it holds \(field.type.described)")
        }
        query.equal.append((field, stored))
    }
    return query
}
