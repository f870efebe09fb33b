internal import Linter
public import ScriptSyntax
internal import Templates

/// Scripts that go together, the first of them the one that is meant, with the templates and texts that they
/// use.
public struct ScriptBundle: Sendable {
    /// The scripts.
    public let scripts: [LibraryScript]
    /// The templates, by path.
    public let templates: [LibraryTemplate]
    /// The texts in languages.
    public let texts: LocaleTexts

    /// The script that is meant without the others.
    public var alone: ScriptBundle {
        ScriptBundle(scripts: Array(scripts.prefix(1)), templates: templates, texts: texts)
    }

    /// The files: scripts, then templates.
    public var files: [LibraryFile] { scripts.map(\.file) + templates.map(\.file) }

    /// What a workspace must have, each once: what the headers say.
    public var needs: [ScriptHeader.Need] {
        var needs: [ScriptHeader.Need] = []
        for need in scripts.flatMap(\.header.needs) where !needs.contains(need) { needs.append(need) }
        return needs.sorted { $0.description < $1.description }
    }

    /// Fields of customers that rules and templates read or set, sorted; not those that the scripts define
    /// themselves.
    public var fields: [String] {
        let read = Set(scripts.flatMap(\.reading.fields)).union(templates.flatMap(\.fields))
            .union(scripts.flatMap { $0.reading.verbs["set"] ?? [] })
        return read.subtracting(scripts.flatMap { $0.names("trait") }).sorted()
    }

    /// Relations that rules ask, sorted.
    public var relations: [String] { Set(scripts.flatMap(\.reading.relations)).sorted() }

    /// Methods of customers that rules call, sorted.
    public var questions: [String] { Set(scripts.flatMap(\.reading.questions)).sorted() }

    /// Segments that rules name and none of the scripts defines.
    public var segments: Set<String> {
        Set(scripts.flatMap(\.reading.segments)).subtracting(scripts.flatMap { $0.names("segment") })
    }

    /// Globals that rules read.
    public var globals: Set<String> { Set(scripts.flatMap(\.reading.globals)) }

    /// The messages that are sent, sorted, each with the channels that it is written for.
    public var messages: [(template: String, channels: [String])] {
        Set(scripts.flatMap(\.reading.templates)).sorted().map { name in
            let written = templates.filter { $0.name.kind == .message && $0.name.name == name }
            return (name, Set(written.compactMap(\.channel)).sorted())
        }
    }

    /// What journeys do besides sending and waiting, sorted: verbs, each with the texts that its calls begin
    /// with, sorted.
    public var deeds: [(verb: String, texts: [String])] {
        let still: Set = ["send", "wait", "wait_until", "wait_for", "exit"]
        var deeds: [String: Set<String>] = [:]
        for (verb, texts) in scripts.flatMap(\.reading.verbs) where !still.contains(verb) {
            deeds[verb, default: []].formUnion(texts)
        }
        return deeds.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    /// Where only a run shows what is used: "scripts/x.lua:7 names a template by a value".
    public var doubts: [String] {
        scripts.flatMap { script in
            script.reading.hidden.map { "\(script.file.path):\($0.line) names \($0.what) by a value" }
        } + templates.filter(\.isHidden).map { "\($0.file.path) names a partial by a value" }
    }
}
