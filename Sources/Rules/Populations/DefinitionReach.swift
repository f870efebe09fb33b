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
    private var waiting: [String] = []
    private var hasTemplates = false

    /// Begins with texts, such as what a person typed.
    init(from texts: [String], _ host: RuleHost) {
        self.init(host)
        waiting = texts
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
        for name in host.foreignTexts.keys where files[name] == nil { files[name] = [] }
        self.files = files
    }

    /// Tells apart what was reached: another text anywhere in it makes it another one.
    var hash: String {
        var hash = StableHash()
        for text in texts.sorted() { hash.combine(text) }
        return hash.hex
    }

    private mutating func goOn() {
        while let text = waiting.popLast() {
            guard texts.insert(text).inserted else { continue }
            let words = Self.words(in: text)
            for name in files.keys
            where !names.contains(name) && (words.contains(name) || !isLuaName(name) && text.contains(name)) {
                reach(name)
            }
            // Another script's functions come by any name.
            if words.contains("require") {
                for path in host.scripts.keys { waiting.append(pieces(of: path).rest) }
            }
        }
    }

    private mutating func reach(_ name: String) {
        names.insert(name)
        if let text = host.foreignTexts[name] { waiting.append(text) }
        for file in files[name] ?? [] {
            let pieces = pieces(of: file)
            waiting += pieces.definitions[name] ?? [pieces.whole]
            waiting.append(pieces.rest)
        }
        if !hasTemplates, host.campaigns.contains(where: { $0.name == name }) {
            hasTemplates = true
            waiting += host.templateFiles.map(\.text)
        }
    }

    private mutating func pieces(of path: String) -> ScriptPieces {
        if let known = scripts[path] { return known }
        let pieces = ScriptPieces(host.analysis(of: path)?.chunk)
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
    /// The texts of what stands at the top as `word "name" { … }`, by name.
    var definitions: [String: [String]] = [:]
    /// All else, but for tests.
    var rest = ""
    /// All of it.
    var whole = ""

    init(_ chunk: LuaChunk?) {
        guard let chunk else { return }
        whole = chunk.source.text
        for statement in chunk.block.statements {
            let text = chunk.source[statement.range]
            guard case .call(let call) = statement.kind, case .call(let callee, let arguments) = call.kind
            else {
                rest += text + "\n"
                continue
            }
            if case .call(let word, let names) = callee.kind, case .name = word.kind, names.count == 1,
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
