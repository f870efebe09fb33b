internal import Basics
internal import Diagnostics
internal import Linter
internal import Reports
internal import ScriptSyntax
internal import Scripts

/// What a script is, defines, reads, does and needs, as lines for a person.
struct ScriptCard {
    private let script: LibraryScript
    private let bundle: ScriptBundle
    private let obstacle: (ScriptHeader.Need) -> String?

    /// The card of the first script of a bundle; `obstacle` says why a need is not met, or nil where it is.
    init(_ bundle: ScriptBundle, _ script: LibraryScript, obstacle: @escaping (ScriptHeader.Need) -> String?)
    {
        (self.script, self.bundle, self.obstacle) = (script, bundle, obstacle)
    }

    /// The name and the title.
    static func title(_ script: LibraryScript) -> [String] {
        let title = script.header.title
        return [script.name] + (title.isEmpty ? [] : lines("", title))
    }

    /// The lines that say what it is.
    var heading: [String] {
        let header = script.header
        let facts = [
            header.author.isEmpty ? "" : "by \(header.author)", header.license,
            header.tags.isEmpty ? "" : "tags: \(header.tags.joined(separator: ", "))",
        ].filter { !$0.isEmpty }
        let more = [header.description, facts.joined(separator: " · ")].filter { !$0.isEmpty }
        return Self.title(script) + more.flatMap { Self.lines("", $0) }
    }

    /// A row of the card, in as many lines as the terminal takes for it.
    private static func lines(_ word: String, _ text: String) -> [String] {
        let indent = word.isEmpty ? 2 : 11
        let blanks = String(repeating: " ", count: indent)
        let text = withoutControls(text)
        let lines = Console.width.map { wrapped(text, to: max(20, $0 - indent)) } ?? [text]
        return lines.enumerated().map { place, line in
            (place == 0 && !word.isEmpty ? "  " + padded(word, to: 9) : blanks) + line
        }
    }

    /// Rows of a word and what stands behind it; `files` are told as the row that says what it brings.
    func rows(files: [String]) -> [String] {
        let needs = bundle.needs.map { need in
            "\(need) (\(obstacle(need).map { "not here: \($0)" } ?? "is here"))"
        }
        let rows: [(String, [String])] = [
            ("defines", Self.definitions(bundle.scripts.flatMap(\.reading.definitions))),
            ("reads", reads), ("sends", sends), ("does", does), ("needs", needs),
        ]
        var lines: [String] = []
        for (word, values) in rows where !values.isEmpty {
            lines += Self.lines(word, values.joined(separator: ", "))
        }
        lines += files.enumerated().map { "  " + padded($0 == 0 ? "files" : "", to: 9) + $1 }
        let tests = bundle.scripts.flatMap(\.reading.tests).count
        lines += Self.lines("tests", tests == 0 ? "none" : grouped(tests))
        return lines + bundle.doubts.flatMap { Self.lines("unsure", $0) }
    }

    /// Definitions as `segment vip`, in their order.
    static func definitions(_ all: [ScriptReading.Named]) -> [String] {
        all.map { "\($0.word) \(luaShown($0.name))" }
    }

    private static func luaShown(_ name: String) -> String {
        name.contains(where: { $0 == " " || $0 == "," }) ? "\"\(name)\"" : name
    }

    private var reads: [String] {
        bundle.fields.map { "c.\($0)" } + bundle.relations.map { "c.\($0)" }
            + bundle.questions.map { "c:\($0)" }
    }

    private var sends: [String] { Self.messages(bundle) }

    /// Messages as `win-back by email or sms`.
    static func messages(_ bundle: ScriptBundle) -> [String] {
        bundle.messages.map { message in
            message.channels.isEmpty
                ? message.template : "\(message.template) by \(message.channels.joined(separator: " or "))"
        }
    }

    private var does: [String] { Self.deeds(bundle) }

    /// What journeys do, as `tag "interested"` or `task`.
    static func deeds(_ bundle: ScriptBundle) -> [String] {
        bundle.deeds.flatMap { deed in
            deed.texts.isEmpty ? [deed.verb] : deed.texts.map { "\(deed.verb) \"\($0)\"" }
        }
    }
}
