internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// `c.orders` and what is chained to it; reads nothing until it is asked.
final class RelationObject: LuaObject {
    let query: RelationQuery

    init(_ query: RelationQuery, kind: LuaObjectKind) {
        self.query = query
        super.init(kind: kind)
    }
}

/// The methods of relations, made once for a state.
struct RelationMethods {
    let kind: LuaObjectKind
    private static let common = ["since", "before", "where", "count", "sum", "any", "first", "last", "list"]

    init(_ host: RuleHost) {
        let functions = Self.makeFunctions(host)
        kind = host.state.makeKind(
            "relation",
            [
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let relation = try call.object(1, RelationObject.self, "a relation").query
                                .relation
                            let name = try call.text(2)
                            let known = Self.common + relation.states.map(\.name)
                            guard known.contains(name), let function = functions[name] else {
                                throw LuaError(
                                    "c.\(relation.name) has no method '\(name)'",
                                    hint: suggestion(name, known, what: "method"))
                            }
                            return call.returns(.function(function))
                        }
                    }
                )
            ])
    }

    private static func makeFunctions(_ host: RuleHost) -> [String: LuaFunction] {
        var functions: [String: LuaFunction] = [:]
        func method(_ name: String, _ body: @escaping (HostCall, RelationQuery, RuleHost) throws -> LuaValue)
        {
            functions[name] = host.makeFunction(name) { call, host in
                guard case .object(let object) = try call.value(1), let relation = object as? RelationObject
                else {
                    throw LuaError("'\(name)' is called with a colon, as in c.orders:\(name)()")
                }
                return call.returns(try body(call, relation.query, host))
            }
        }
        method("since") { call, query, host in
            var query = query
            // Compared with a missing time, no row is later.
            query.since = max(query.since ?? .min, try call.argument(1, "a time", call.instant) ?? .max)
            return .object(RelationObject(query, kind: host.relationMethods.kind))
        }
        method("before") { call, query, host in
            var query = query
            query.before = min(query.before ?? .max, try call.argument(1, "a time", call.instant) ?? .min)
            return .object(RelationObject(query, kind: host.relationMethods.kind))
        }
        method("where") { call, query, host in
            .object(
                RelationObject(
                    try restricted(
                        query, by: try call.argument(1, "a table such as { status = \"paid\" }", call.table),
                        host), kind: host.relationMethods.kind))
        }
        for state in Set(relations.flatMap { $0.states.map(\.name) }).sorted() {
            method(state) { _, query, host in
                var query = query
                query.states += query.relation.states.filter { $0.name == state }
                return .object(RelationObject(query, kind: host.relationMethods.kind))
            }
        }
        method("count") { _, query, host in try host.answer(query, .count, type: .integer) }
        method("any") { _, query, host in try host.answer(query, .any, type: .boolean) }
        method("sum") { call, query, host in
            let field = try numericField(try call.argument(1, "a text", call.text), of: query.relation)
            return try host.answer(query, .sum(field), type: field.type)
        }
        method("first") { _, query, host in try host.records(query, .first).first ?? .missing }
        method("last") { _, query, host in try host.records(query, .last).first ?? .missing }
        method("list") { _, query, host in .table(LuaTable(array: try host.records(query, .list))) }
        return functions
    }

    private static func numericField(_ name: String, of relation: Relation) throws -> Field {
        let numeric = relation.fields.filter { [.integer, .number, .money].contains($0.type) }
        guard let field = numeric.first(where: { $0.name == name }) else {
            throw LuaError(
                "\(relation.name) cannot sum '\(name)'",
                hint: "it can sum: \(numeric.map(\.name).joined(separator: ", "))")
        }
        return field
    }

    private static func restricted(
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
}

func article(_ noun: String) -> String {
    ("aeiou".contains(noun.first ?? "x") ? "an " : "a ") + noun
}

extension ValueType {
    /// What it is called in errors.
    var described: String {
        switch self {
        case .text: "texts"
        case .integer: "whole numbers"
        case .number: "numbers"
        case .boolean: "true or false"
        case .money: "amounts"
        case .instant: "times"
        case .date: "dates (YYYY-MM-DD)"
        }
    }
}
