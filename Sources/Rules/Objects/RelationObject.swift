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
            uniqueKeysWithValues: (relationMethods + Self.stateMethods).map { ($0.name, $0.value(host)) })
        kind = host.state.makeKind(
            "relation",
            [
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let (object, name) = try call.arguments(
                                LuaParameter<RelationObject>.object("relation", "a relation"), .text("name"))
                            let relation = object.query.relation
                            let known = relationMethods.map(\.name) + relation.states.map(\.name)
                            guard known.contains(name), let function = functions[name] else {
                                throw LuaError(
                                    "c.\(relation.name) has no method '\(name)'",
                                    hint: suggestion(name, known, what: "method"))
                            }
                            return call.returns(function)
                        }
                    }
                )
            ])
    }

    /// The states of all relations; which one has which, its entry in the catalog says.
    private static var stateMethods: [HostWord] {
        Set(relations.flatMap { $0.states.map(\.name) }).sorted().map { name in
            HostWord(relation: name, doc: "", example: "") { host, relation in
                try host.relation(relation) { query in
                    for own in query.relation.states where own.name == name { query.keep(own) }
                }
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
