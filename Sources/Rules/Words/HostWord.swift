internal import Foundation
public import LuaRuntime

/// A word that the host adds to Lua: it says itself what it is. Help, completion, suggestions and the
/// reference are made from these entries, and this is the only way to add one.
public struct HostWord: Sendable {
    /// Where a script finds it.
    public enum Place: Sendable, Hashable {
        /// Among its globals.
        case script
        /// Behind a customer and a colon: `c:has_tag "VIP"`.
        case customer
        /// Behind a relation and a colon: `c.orders:count()`.
        case relation
        /// In a test, behind a value and a point: `expect(n).is(3)`.
        case expectation
        /// In a test, behind a story and a colon: `story:sent "win-back"`.
        case story
        /// Among the globals of the prompt.
        case prompt
        /// At the prompt, behind an object of this name and a colon: `customers:count()`.
        case object(String)
    }

    /// Where a script finds it.
    public let place: Place
    /// The name in scripts.
    public let name: String
    /// What it takes, in order.
    public private(set) var parameters: [LuaParameterInfo]
    /// The call, as help shows it: `days_ago(n)`.
    public let signature: String
    /// One sentence.
    public let doc: String
    /// A line or two of Lua that use it.
    public let example: String
    /// The keys of the table that it takes; empty where it takes none.
    public let settings: [String]
    /// The settings that were called otherwise before: the names of today by the former ones.
    public private(set) var renamedSettings: [String: String] = [:]
    /// What to write in its place; nil where nothing is wrong with it.
    public private(set) var deprecated: String?
    /// What a call gives, by the name of its objects: "query", "customer"; of a list of them "[customer]"; "self" where it
    /// gives what it was asked of; empty for plain values.
    public private(set) var gives = ""
    /// What a call gives, in the notation of LuaCATS: `boolean`, `Order?`; "row" stands for the row of the relation that is
    /// asked; empty where it gives nothing.
    public private(set) var result = ""
    /// What its arguments and settings name, where their own names do not say it.
    private var things: [String: NamedThing] = [:]
    /// Whether its example changes nothing, so that help may run it and show what it gives.
    public private(set) var isExampleShown = false
    /// Makes what stands behind the name, once for each host.
    package let value: @Sendable (RuleHost) -> LuaValue

    /// A word of any kind; `value` makes what scripts find.
    package init(
        _ name: String, _ signature: String, _ doc: String, example: String, place: Place = .script,
        parameters: [LuaParameterInfo] = [], settings: [String] = [],
        _ value: @escaping @Sendable (RuleHost) -> LuaValue
    ) {
        self.place = place
        self.name = name
        self.parameters = parameters
        self.signature = signature
        self.doc = doc
        self.example = example
        self.settings = settings
        self.value = value
    }

    /// The word as one that still works, but should be replaced by `replacement`.
    public func deprecated(use replacement: String) -> HostWord {
        var word = self
        word.deprecated = replacement
        return word
    }

    /// The word as one some of whose settings were called otherwise before.
    func renaming(_ settings: [String: String]) -> HostWord {
        var word = self
        word.renamedSettings = settings
        return word
    }

    /// The word as one that gives such objects.
    package func gives(_ object: String) -> HostWord {
        var word = self
        word.gives = object
        return word
    }

    /// The word as one whose calls give values of such a type, as ``result`` says it.
    package func giving(_ result: String) -> HostWord {
        var word = self
        word.result = result
        return word
    }

    /// The word as one whose argument of that name takes values of a type of LuaCATS, which is narrower than the kind of its
    /// parameter: a `Span` is a number.
    package func taking(_ parameter: String, _ type: String) -> HostWord {
        var word = self
        for place in parameters.indices where parameters[place].name == parameter {
            word.parameters[place].type = type
        }
        return word
    }

    /// The word as one whose argument or setting of that name names such a thing, for completion.
    package func naming(_ parameter: String, _ thing: NamedThing) -> HostWord {
        var word = self
        word.things[parameter] = thing
        return word
    }

    /// The word as one whose example only reads: help runs it, and shows what it gives in the workspace.
    package func showingExample() -> HostWord {
        var word = self
        word.isExampleShown = true
        return word
    }

    /// What an argument or a setting of that name names; nil where it names nothing of the workspace.
    package func thing(named parameter: String) -> NamedThing? {
        things[parameter] ?? NamedThing(parameter)
    }

    /// What the argument in a place, from 0, may name. A further text that need not be given names what the one before it
    /// does: `order_by(field, second)`.
    package func things(at place: Int) -> [NamedThing] {
        let names = parameters.isEmpty ? signatureNames : parameters.map { [$0.name] }
        guard let last = names.indices.last else { return [] }
        let things = names[min(place, last)].compactMap { thing(named: $0) }
        guard things.isEmpty, place > 0, parameters.indices.contains(place), parameters[place].kind == .text,
            parameters[place].isOptional
        else { return things }
        return self.things(at: place - 1)
    }

    /// The names of the parameters in the signature, of each all that it may be: `explain(segment | campaign, c)`.
    private var signatureNames: [[String]] {
        guard let list = signature.firstMatch(of: #/\((.*?)\)/#)?.1 else { return [] }
        var names: [[String]] = []
        for parameter in list.prefix(while: { $0 != "{" }).split(separator: ",") {
            let either = parameter.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            // `…` goes on like the one before.
            names.append(either == ["…"] ? names.last ?? [] : either)
        }
        return names
    }

    /// A word that reads its arguments itself, because it needs the call or takes what no parameter
    /// describes.
    init(
        raw name: String, _ signature: String, _ doc: String, example: String,
        parameters: [LuaParameterInfo] = [], settings: [String] = [],
        _ body: @escaping @Sendable (HostCall, RuleHost) throws -> Int32
    ) {
        self.init(name, signature, doc, example: example, parameters: parameters, settings: settings) {
            host in
            .function(host.makeFunction(name, body))
        }
    }

    /// A function among the globals.
    init<each Argument>(
        function name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        _ body: @escaping @Sendable (RuleHost, repeat each Argument) throws -> LuaValue
    ) {
        let infos = Self.infos(repeat each parameters)
        self.init(name, "\(name)\(Self.list(infos))", doc, example: example, parameters: infos) { host in
            .function(
                host.makeFunction(name) { call, host in
                    call.returns(try body(host, repeat each call.arguments(repeat each parameters)))
                })
        }
    }

    /// A method of a customer; `body` gets the customer's id.
    init<each Argument>(
        customer name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        _ body: @escaping @Sendable (RuleHost, Int64, repeat each Argument) throws -> LuaValue
    ) {
        let infos = Self.infos(repeat each parameters)
        let signature = "c:\(name)\(Self.list(infos))"
        self.init(name, signature, doc, example: example, place: .customer, parameters: infos) { host in
            .function(
                host.makeFunction("c:\(name)") { call, host in
                    guard let customer = call.customer(1) else {
                        throw LuaError("'\(name)' is called with a colon: \(signature)")
                    }
                    let call = call.withoutSubject
                    return call.returns(
                        try body(host, customer, repeat each call.arguments(repeat each parameters)))
                })
        }
    }

    /// A method of every relation; `body` gets the question so far. It runs where the bridge does not know
    /// the answer of `fast` itself.
    init<each Argument>(
        relation name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        fast: LuaRelationWord,
        _ body: @escaping @Sendable (RuleHost, RelationObject, repeat each Argument) throws -> LuaValue
    ) {
        let infos = Self.infos(repeat each parameters)
        self.init(
            name, ":\(name)\(Self.list(infos))", doc, example: example, place: .relation, parameters: infos
        ) { host in
            .function(
                host.makeFunction(name, fast) { call, host in
                    guard let object = try host.relation(of: call) else {
                        throw LuaError("'\(name)' is called with a colon, as in c.orders:\(name)()")
                    }
                    let call = call.withoutSubject
                    return call.returns(
                        try body(host, object, repeat each call.arguments(repeat each parameters)))
                })
        }
    }

    /// What parameters say of themselves.
    package static func infos<each Argument>(_ parameters: repeat LuaParameter<each Argument>)
        -> [LuaParameterInfo]
    {
        var infos: [LuaParameterInfo] = []
        repeat infos.append((each parameters).info)
        return infos
    }

    /// The brackets of a signature: `(n, seed)`.
    package static func list(_ infos: [LuaParameterInfo]) -> String {
        "(\(infos.map(\.name).joined(separator: ", ")))"
    }
}

/// The words among the globals by what they are for, in the order of the reference; the last are those of tests.
package let hostThemes: [(title: String, words: [HostWord])] = [
    ("Definitions", definitionWords), ("Time", timeWords), ("Content", contentWords),
    ("Steps of journeys", verbWords), ("Tests", testWords),
]

/// All words among the globals, in the order of the reference.
public let hostWords: [HostWord] = hostThemes.flatMap(\.words)

/// Those of them that mean something outside of tests, as at the prompt.
package let ruleWords: [HostWord] = hostThemes.dropLast().flatMap(\.words)
