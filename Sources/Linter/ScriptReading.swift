internal import Catalog
public import ScriptSyntax

/// What a script defines, reads and does, as far as its text shows it.
public struct ScriptReading: Sendable {
    /// A definition or a test, in the order of the text.
    public struct Named: Sendable, Hashable {
        /// The word: `segment`, `campaign`, `test`, ….
        public let word: String
        /// The name.
        public let name: String
        /// The line of its name, from 1.
        public let line: Int
    }

    /// A line that names something by a value, so that only a run shows what.
    public struct Hidden: Sendable, Hashable {
        /// The line, from 1.
        public let line: Int
        /// What it names: "a template", "a script", "a segment".
        public let what: String
    }

    /// What it defines.
    public let definitions: [Named]
    /// Its tests.
    public let tests: [Named]
    /// Fields of customers that it reads, traits and attributes too.
    public private(set) var fields: Set<String> = []
    /// Relations that it asks.
    public private(set) var relations: Set<String> = []
    /// Methods of customers that it calls, such as `has_tag`.
    public private(set) var questions: Set<String> = []
    /// Globals that it reads.
    public private(set) var globals: Set<String> = []
    /// Segments that it names.
    public private(set) var segments: Set<String> = []
    /// Scripts that it requires, by path in the workspace.
    public private(set) var modules: Set<String> = []
    /// Templates that it sends.
    public private(set) var templates: Set<String> = []
    /// Templates that its tests speak of.
    public private(set) var answered: Set<String> = []
    /// Campaigns that its tests simulate.
    public private(set) var simulated: Set<String> = []
    /// The verbs of journeys that it calls, each with the texts that its calls begin with: `tag` with the
    /// tags.
    public private(set) var verbs: [String: Set<String>] = [:]
    /// What only a run shows.
    public private(set) var hidden: [Hidden] = []

    /// Reads scripts that are loaded together.
    ///
    /// Cost: some walks over each tree.
    public static func all(of chunks: [LuaChunk], _ world: LintWorld, verbs: Set<String>) -> [ScriptReading] {
        let (scripts, world) = Linter.read(chunks, world)
        return scripts.scripts.map { ScriptReading($0, world, verbs) }
    }

    private init(_ script: LintScript, _ world: LintWorld, _ verbNames: Set<String>) {
        func named(_ word: String, _ name: String, _ range: SourceRange) -> Named {
            Named(word: word, name: name, line: script.chunk.source.line(of: range.start))
        }
        definitions = script.definitions.map { named($0.word, $0.name, $0.nameRange) }
        tests = script.index.expressions.compactMap { expression in
            guard let (word, arguments) = expression.globalCall, word == "test", let first = arguments.first,
                let name = first.text
            else { return nil }
            return named(word, name, first.range)
        }
        for expression in script.index.expressions {
            switch expression.kind {
            case .index(let object, let key): read(key, of: object, script, world)
            case .name(let name) where name.variable == nil: globals.insert(name.text)
            case .methodCall(let object, let method, _) where script.meanings.of(object) == .customer:
                questions.insert(method.text)
            default: break
            }
            if let (word, arguments) = expression.globalCall {
                note(word, arguments, expression.range, script, verbNames)
            }
        }
    }

    private mutating func read(
        _ key: LuaExpression, of object: LuaExpression, _ script: LintScript, _ world: LintWorld
    ) {
        switch script.meanings.of(object) {
        case .customer:
            guard let name = key.text else { return }
            if world.relation(name) != nil { relations.insert(name) } else { fields.insert(name) }
        case .segmentWord:
            if let name = key.text { segments.insert(name) } else { hide("a segment", key.range, script) }
        default: break
        }
    }

    private mutating func note(
        _ word: String, _ arguments: [LuaExpression], _ range: SourceRange, _ script: LintScript,
        _ verbNames: Set<String>
    ) {
        let settings = arguments.first?.settings ?? []
        func setting(_ key: String) -> LuaExpression? { settings.last { $0.key == key }?.value }
        if verbNames.contains(word) {
            verbs[word, default: []].formUnion([arguments.first?.text].compactMap(\.self))
        }
        switch word {
        case "send":
            guard let template = setting("template")?.text else { return hide("a template", range, script) }
            templates.insert(template)
        case "require":
            guard let module = arguments.first?.text else { return hide("a script", range, script) }
            modules.insert("scripts/\(module.replacing(".", with: "/")).lua")
        case "simulate":
            if let campaign = setting("campaign")?.text { simulated.insert(campaign) }
            answered.formUnion(setting("respond")?.settings.map(\.key) ?? [])
        default: break
        }
    }

    private mutating func hide(_ what: String, _ range: SourceRange, _ script: LintScript) {
        hidden.append(Hidden(line: script.chunk.source.line(of: range.start), what: what))
    }
}

extension LuaExpression {
    /// A call of a global: its name and the arguments.
    fileprivate var globalCall: (word: String, arguments: [LuaExpression])? {
        guard case .call(let callee, let arguments) = kind, case .name(let name) = callee.kind,
            name.variable == nil
        else { return nil }
        return (name.text, arguments)
    }

    /// The fields of a table whose keys can be seen; none of anything else.
    fileprivate var settings: [Definition.Setting] {
        guard case .table(let items) = unwrapped.kind else { return [] }
        return Definition.settings(of: items)
    }
}
