internal import Diagnostics
package import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

/// What a person at the prompt has typed so far: the texts, the variables, and where their customers are.
package final class Prompt {
    /// The texts by the names that errors have for them: `input 3`.
    package internal(set) var inputs: [String: ScriptFile] = [:]
    /// The variables that functions assign which were typed: they may change while customers are asked.
    private var changing: Set<String> = []
    /// Whether a text ran of which it is not known what it assigns.
    private var mayChangeAny = false
    /// The globals of what is typed, over the words of scripts.
    let globals: LuaReference
    /// The variables that were set, by name.
    let variables: LuaReference
    let personKind: LuaObjectKind
    /// The prompt's own words by their functions.
    let wordNames: [UInt: String]
    /// Goes to the customer that is spoken of; made anew for each snapshot.
    private var walk: CustomerWalk?

    init(
        globals: LuaReference, variables: LuaReference, personKind: LuaObjectKind,
        _ wordNames: [UInt: String]
    ) {
        self.wordNames = wordNames
        self.globals = globals
        self.variables = variables
        self.personKind = personKind
    }

    /// The walk, standing at a customer; nil where there is none of that number.
    func walk(to customer: Int64, _ host: RuleHost) throws -> CustomerWalk? {
        let asked = host.walk
        let walk = try self.walk ?? CustomerWalk(host)
        self.walk = walk
        if walk.row.current != customer {
            try walk.restart(over: customer...Int64.max)
            guard try walk.go(to: customer) else { return nil }
        }
        // Whose turn it was in a rule, it still is.
        if let asked { asked.takeTurn() }
        return walk
    }

    /// A text runs now.
    func note(_ analysis: ScriptAnalysis?) {
        guard let analysis, analysis.chunk.errors.isEmpty, analysis.hasPlainGlobals else {
            mayChangeAny = true
            return
        }
        changing.formUnion(analysis.globalsOfFunctions)
    }

    /// Whether a function that was typed may change a variable.
    func mayChange(_ name: String) -> Bool { mayChangeAny || changing.contains(name) }

    /// The customers have changed, or are those of another time.
    package func forgetCustomers() {
        walk = nil
    }
}

/// What scripts and the prompt define.
struct Definitions {
    var segments: [String: Segment] = [:]
    var traits: [String: Trait] = [:]
    var models: [String: Model] = [:]
    var responses: [String: Response] = [:]
    var campaigns: [String: Campaign] = [:]

    /// Those that were typed.
    func typed(_ host: RuleHost) -> Definitions {
        Definitions(
            segments: segments.filter { host.isTyped($0.value.location) },
            traits: traits.filter { host.isTyped($0.value.location) },
            models: models.filter { host.isTyped($0.value.location) },
            responses: responses.filter { host.isTyped($0.value.location) },
            campaigns: campaigns.filter { host.isTyped($0.value.location) })
    }

    /// These, and in the place of those of the same name others.
    func replaced(by others: Definitions) -> Definitions {
        Definitions(
            segments: segments.merging(others.segments) { $1 }, traits: traits.merging(others.traits) { $1 },
            models: models.merging(others.models) { $1 },
            responses: responses.merging(others.responses) { $1 },
            campaigns: campaigns.merging(others.campaigns) { $1 })
    }
}

/// A customer by number, in the hands of a person: unlike the `c` of a rule it has no turn that ends.
package final class PersonObject: LuaCustomer {}

extension PersonObject {
    /// The metatable: what a rule's `c` has.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        let methods = Dictionary(
            uniqueKeysWithValues: host.methodsOfCustomers.map { ($0.name, $0.value(host)) })
        return host.state.makeKind(
            "customer",
            [
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let (customer, name) = try call.arguments(.customer("c"), .text("name"))
                            if let method = methods[name] { return call.returns(method) }
                            guard let walk = try host.prompt?.walk(to: customer, host) else {
                                throw LuaError("there is no customer \(customer) any more")
                            }
                            return try walk.lookUp(call)
                        }
                    }
                ),
                (
                    "__eq",
                    { call in
                        let (one, other) = try call.arguments(.customer("c"), .customer("c"))
                        return call.returns(.boolean(one == other))
                    }
                ),
            ])
    }
}
