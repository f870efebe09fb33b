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

/// The methods of relations as Lua functions, made once for a state.
struct RelationMethods {
    let kind: LuaObjectKind

    init(_ host: RuleHost) {
        let functions = Dictionary(
            uniqueKeysWithValues: (relationMethods + Self.stateMethods).map { method in
                (method.name, Self.makeFunction(method, host))
            })
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
                            let known = relationMethods.map(\.name) + relation.states.map(\.name)
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

    private static func makeFunction(_ method: RelationMethod, _ host: RuleHost) -> LuaFunction {
        host.makeFunction(method.name) { call, host in
            guard case .object(let object) = try call.value(1), let relation = object as? RelationObject
            else {
                throw LuaError("'\(method.name)' is called with a colon, as in c.orders:\(method.name)()")
            }
            switch try method.body(call, relation.query, host) {
            case .value(let value): return call.returns(value)
            case .query(let query):
                return call.returns(RelationObject(query, kind: host.relationMethods.kind))
            }
        }
    }

    /// The states of all relations; which one has which, its entry in the catalog says.
    private static var stateMethods: [RelationMethod] {
        Set(relations.flatMap { $0.states.map(\.name) }).sorted().map { name in
            RelationMethod(name: name, signature: ":\(name)()", doc: "") { _, query, _ in
                var query = query
                for own in query.relation.states where own.name == name { query.keep(own) }
                return .query(query)
            }
        }
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
