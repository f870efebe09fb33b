internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// What can be asked of every relation with a colon: `c.orders:count()`. States such as `opened` are entries
/// of their relation in the catalog.
public let relationMethods: [HostWord] = [
    HostWord(
        relation: "since", .time("time"),
        doc: "only rows at or after a time; behind `opened` and the like, only such events",
        example: "c.orders:since(days_ago(30))", fast: .since
    ) { host, relation, time in
        try host.relation(relation) {
            // Compared with a missing time, no row is later.
            $0.keep(since: time ?? .max)
        }
    }.gives("self").giving("self"),
    HostWord(
        relation: "before", .time("time"), doc: "only rows before a time, likewise",
        example: "c.orders:before(date \"2026-01-01\")", fast: .before
    ) { host, relation, time in try host.relation(relation) { $0.keep(before: time ?? .min) } }
    .gives("self").giving("self"),
    HostWord(
        relation: "where", .table("fields", "a table such as { status = \"paid\" }"),
        doc: "only rows with exactly these values", example: "c.orders:where { status = \"paid\" }",
        fast: .equal
    ) { host, relation, fields in
        let query = try restricted(relation.query, by: fields, host)
        return try host.relation(relation) { $0 = query }
    }.gives("self").naming("fields", .fields).giving("self"),
    HostWord(relation: "count", doc: "how many rows there are", example: "c.orders:count()", fast: .count) {
        host, relation in
        try host.answer(relation.query, .count, type: .integer)
    }.giving("integer"),
    HostWord(relation: "any", doc: "whether there is a row", example: "c.orders:any()", fast: .any) {
        host, relation in
        try host.answer(relation.query, .any, type: .boolean)
    }.giving("boolean"),
    HostWord(
        relation: "sum", .text("field"), doc: "the sum of a numeric field; 0 where there is no row",
        example: "c.orders:sum \"amount\"", fast: .sum
    ) { host, relation, name in
        let field = try numericField(name, of: relation.query.relation)
        return try host.answer(relation.query, .sum(field), type: field.type)
    }.naming("field", .quantity).giving("number"),
    HostWord(
        relation: "first", doc: "the first row by time, or nothing", example: "c.orders:first().placed_at",
        fast: .first
    ) {
        host, relation in
        try host.records(relation.query, .first).first ?? .missing
    }.gives("row").giving("row?"),
    HostWord(
        relation: "last", doc: "the last row by time, or nothing", example: "c.orders:last().amount",
        fast: .last
    ) {
        host, relation in
        try host.records(relation.query, .last).first ?? .missing
    }.gives("row").giving("row?"),
    HostWord(relation: "list", doc: "all rows by time, as a list", example: "c.orders:list()[1]", fast: .list)
    {
        host, relation in
        .table(LuaTable(array: try host.records(relation.query, .list)))
    }.gives("[row]").giving("row[]"),
].map { $0.showingExample() }

extension RuleHost {
    /// So many conditions a question may have: each is a copy of those before it, and Lua does not count
    /// them.
    private static var conditionLimit: Int { 50 }

    /// The relation with its question changed.
    func relation(_ relation: RelationObject, _ change: (inout RelationQuery) -> Void) throws -> LuaValue {
        var query = relation.query
        change(&query)
        guard query.states.count + query.equal.count <= Self.conditionLimit else {
            throw LuaError(
                "c.\(query.relation.name) is asked with more than \(Self.conditionLimit) conditions")
        }
        return .object(RelationObject(query, kind: relationMethods.kind))
    }
}

private func numericField(_ name: String, of relation: Relation) throws -> Field {
    let numeric = relation.fields.filter(\.type.isSummable)
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
            "where takes fields by name, got \(host.state.described(first))",
            hint: "write where { \(known.first?.name ?? "field") = … }")
    }
    for (name, value) in table.fields {
        guard let field = known.first(where: { $0.name == name }) else {
            throw LuaError(
                "unknown field '\(name)' of \(article(query.relation.singular))",
                hint: suggestion(name, known.map(\.name), what: "field"))
        }
        if case .text(let text) = value, text.utf8.count > 1000 {
            throw LuaError("'\(name)' is compared with a text of more than 1,000 bytes")
        }
        guard let stored = host.store(value, as: field.type) else {
            throw LuaError(
                "'\(name)' is compared with \(host.state.described(value)), but it holds \(field.type.described)"
            )
        }
        query.equal.append((field, stored))
    }
    return query
}
