internal import Basics
internal import Diagnostics
internal import RuleCompiler
internal import ScriptSyntax

/// What texts may ask for: every definition that they name, and what those name in turn.
///
/// It goes by words alone, so that it finds too much rather than too little; only a name that a script puts together while
/// it runs is not found. Cost: a look at every word of what is found.
struct DefinitionReach {
    /// The names of the definitions.
    private(set) var names: Set<String> = []
    private var texts: Set<String> = []
    private let host: RuleHost
    private var scripts: [String: ScriptPieces] = [:]
    private let files: [String: Set<String>]
    private var waiting: [Waiting] = []
    private var hasTemplates = false
    /// The local functions of what was reached, by name, until a text names them.
    private var functions: [String: [Waiting]] = [:]
    /// Every word of what was looked at.
    private var seen: Set<String> = []

    /// A text that has not been looked at, and the plugin that it is of.
    private struct Waiting {
        let text: String
        var plugin: PluginCode?
    }

    /// Begins with texts, such as what a person typed.
    init(from texts: [String], _ host: RuleHost) {
        self.init(host)
        waiting = texts.map { Waiting(text: $0) }
        goOn()
    }

    /// Begins with a definition.
    init(of name: String, _ host: RuleHost) {
        self.init(host)
        reach(name)
        goOn()
    }

    private init(_ host: RuleHost) {
        self.host = host
        var files: [String: Set<String>] = [:]
        let places =
            host.segments.values.map { ($0.name, $0.location) }
            + host.traits.values.map { ($0.name, $0.location) }
            + host.models.values.map { ($0.name, $0.location) }
            + host.responses.values.map { ($0.name, $0.location) }
            + host.campaigns.map { ($0.name, $0.location) }
        for (name, location) in places { files[name, default: []].insert(location.file) }
        // Words, methods and filters of plugins are no definitions of scripts.
        for name in host.guests.flatMap({ $0.code.provides.values.joined() }) where files[name] == nil {
            files[name] = []
        }
        self.files = files
    }

    /// Tells apart what was reached: another text anywhere in it makes it another one.
    var hash: String {
        var hash = StableHash()
        for text in texts.sorted() { hash.combine(text) }
        return hash.hex
    }

    private mutating func goOn() {
        while let next = waiting.popLast() ?? nextFunction() {
            let text = next.text
            guard texts.insert(text).inserted else { continue }
            let words = Self.words(in: text)
            seen.formUnion(words)
            for name in files.keys
            where !names.contains(name) && (words.contains(name) || !isLuaName(name) && text.contains(name))
                && mayReach(name, words, next.plugin)
            {
                reach(name)
            }
            // Another script's functions come by any name; those of a plugin's files are waiting with its definitions.
            if words.contains("require"), next.plugin == nil {
                for path in host.scripts.keys { wait(for: pieces(of: path)) }
            }
        }
    }

    /// Whether a text with these words can ask for what is called so: a model only by the word, and a plugin only for its own
    /// models and segments.
    private func mayReach(_ name: String, _ words: Set<String>, _ plugin: PluginCode?) -> Bool {
        let isModel = host.models[name] != nil
        guard !isModel || words.contains("model") else { return false }
        guard let plugin, isModel || host.segments[name] != nil else { return true }
        return plugin.provides.values.contains { $0.contains(name) }
    }

    private mutating func wait(for text: String, of plugin: PluginCode? = nil) {
        waiting.append(Waiting(text: text, plugin: plugin))
    }

    /// What stands around the definitions of a script; its local functions only where something names them.
    private mutating func wait(for pieces: ScriptPieces, of plugin: PluginCode? = nil) {
        wait(for: pieces.rest, of: plugin)
        for (name, text) in pieces.functions {
            functions[name, default: []].append(Waiting(text: text, plugin: plugin))
        }
    }

    /// A local function that something names which was looked at.
    private mutating func nextFunction() -> Waiting? {
        for name in functions.keys where seen.contains(name) {
            guard let found = functions.removeValue(forKey: name) else { continue }
            waiting += found
            return waiting.popLast()
        }
        return nil
    }

    private mutating func reach(_ name: String) {
        names.insert(name)
        for guest in host.guests where guest.code.provides.values.contains(where: { $0.contains(name) }) {
            reach(name, of: guest)
        }
        for file in files[name] ?? [] where host.scripts[file] != nil || host.prompt?.inputs[file] != nil {
            let pieces = pieces(of: file)
            for text in pieces.definitions[name] ?? [pieces.whole] { wait(for: text) }
            wait(for: pieces)
        }
        if !hasTemplates, host.campaigns.contains(where: { $0.name == name }) {
            hasTemplates = true
            for template in host.templateFiles { wait(for: template.text) }
        }
    }

    /// What a plugin's definition asks for stands in it or around all definitions, and hangs on options and permissions.
    private mutating func reach(_ name: String, of guest: PluginGuest) {
        let code = guest.code
        for file in code.files {
            let pieces = pieces(of: file.path, guest.host)
            for text in pieces.definitions[name] ?? [] { wait(for: text, of: code) }
            wait(for: pieces, of: code)
        }
        wait(
            for: ([code.options.text()] + code.granted.sorted().map(\.text)).joined(separator: "\n"), of: code
        )
    }

    private mutating func pieces(of path: String, _ owner: RuleHost? = nil) -> ScriptPieces {
        if let known = scripts[path] { return known }
        let pieces = ScriptPieces((owner ?? host).analysis(of: path)?.chunk)
        scripts[path] = pieces
        return pieces
    }

    /// The names in a text, wherever they stand.
    private static func words(in text: String) -> Set<String> {
        var words: Set<String> = []
        var word: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                word.append(byte)
            default:
                if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
                word = []
            }
        }
        if !word.isEmpty { words.insert(String(decoding: word, as: UTF8.self)) }
        return words
    }
}

/// A script by its definitions.
private struct ScriptPieces {
    /// The texts of what stands at the top as `word "name" { … }` or `plugin.word "name" { … }`, by name.
    var definitions: [String: [String]] = [:]
    /// The texts of local functions at the top, with their names.
    var functions: [(name: String, text: String)] = []
    /// All else, but for tests.
    var rest = ""
    /// All of it.
    var whole = ""

    init(_ chunk: LuaChunk?) {
        guard let chunk else { return }
        whole = chunk.source.text
        for statement in chunk.block.statements {
            let text = chunk.source[statement.range]
            if case .localFunction(let variable, _) = statement.kind {
                functions.append((chunk.variables[variable].name.text, String(text)))
                continue
            }
            guard case .call(let call) = statement.kind, case .call(let callee, let arguments) = call.kind
            else {
                rest += text + "\n"
                continue
            }
            if case .call(let word, let names) = callee.kind, word.isWord, names.count == 1,
                case .string(let name) = names[0].kind
            {
                definitions[String(decoding: name, as: UTF8.self), default: []].append(text)
            } else if case .name(let word) = callee.kind, word.text == "test", arguments.count == 2 {
                continue
            } else {
                rest += text + "\n"
            }
        }
    }
}

extension LuaExpression {
    /// Whether it is a name, or a part of one: `trait`, `plugin.trait`.
    fileprivate var isWord: Bool {
        switch kind {
        case .name: true
        case .index(let object, _): if case .name = object.kind { true } else { false }
        default: false
        }
    }
}
