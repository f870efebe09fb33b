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
    private let functions: [String: LuaValue]
    /// The names of those that every relation has.
    private let common: [String]

    init(_ host: RuleHost) {
        let own = host.guest?.methods(.relationMethod) ?? []
        let functions = Dictionary(
            uniqueKeysWithValues: (host.methodsOfRelations + Self.stateMethods)
                .map { ($0.name, $0.value(host)) } + own)
        let common = host.methodsOfRelations.map(\.name) + own.map(\.0)
        (self.functions, self.common) = (functions, common)
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
                            guard Self.names(of: relation, common).contains(name),
                                let function = functions[name]
                            else { throw Self.unknown(name, of: relation, common) }
                            return call.returns(function)
                        }
                    }
                )
            ])
    }

    /// The methods that a relation has.
    func functions(of relation: Relation) -> [(String, LuaValue)] {
        Self.names(of: relation, common).compactMap { name in functions[name].map { (name, $0) } }
    }

    /// The error for a name that a relation does not have.
    func unknown(_ name: String, of relation: Relation) -> LuaError {
        Self.unknown(name, of: relation, common)
    }

    private static func unknown(_ name: String, of relation: Relation, _ common: [String]) -> LuaError {
        LuaError(
            "c.\(relation.name) has no method '\(name)'",
            hint: suggestion(name, names(of: relation, common), what: "method"))
    }

    private static func names(of relation: Relation, _ common: [String]) -> [String] {
        common + relation.states.map(\.name)
    }

    /// The names of the states of all relations, sorted.
    static let stateNames = Set(relations.flatMap { $0.states.map(\.name) }).sorted()

    /// The states of all relations; which one has which, its entry in the catalog says.
    private static var stateMethods: [HostWord] {
        stateNames.enumerated().map { number, name in
            HostWord(relation: name, doc: "", example: "", fast: .state(number)) { host, relation in
                try host.relation(relation) { query in
                    for own in query.relation.states where own.name == name { query.keep(own) }
                }
            }
        }
    }
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
