internal import Basics

/// What adding a script would change in a workspace.
public struct Installation: Sendable {
    /// A file of the script, or with texts of it.
    public struct Change: Sendable, Hashable {
        /// The file as it will be.
        public let file: LibraryFile
        /// How it differs from the workspace.
        public let kind: Kind
    }

    /// How a file differs from the workspace.
    public enum Kind: String, Sendable {
        /// It is not there.
        case new
        /// It is there with the same content.
        case same = "as it is here"
        /// Texts go into a file that is there.
        case extended = "more texts"
        /// It is there with other content.
        case replaced
    }

    /// The files, in the order of the script, then those with texts.
    public let changes: [Change]
    /// What is there with other content: paths, and keys of texts.
    public let conflicts: [String]

    /// Compares a script with the files of a workspace; `present` gives a file's text, or nil where there is
    /// none, and `hasTexts` says whether there are texts in any language.
    ///
    /// - Throws: ``ScriptLibraryError`` where the workspace has texts in a language that are no strict JSON.
    public init(of script: SharedScript, hasTexts: Bool, present: (String) -> String?) throws {
        var changes: [Change] = []
        var conflicts: [String] = []
        for file in script.files {
            switch present(file.path) {
            case nil: changes.append(Change(file: file, kind: .new))
            case file.text?: changes.append(Change(file: file, kind: .same))
            default:
                changes.append(Change(file: file, kind: .replaced))
                conflicts.append(file.path)
            }
        }
        for (name, texts) in script.texts.files.sorted(by: { $0.key < $1.key }) {
            // A language has one file, and one language is the default: what the workspace has decides both.
            let place = Self.place(of: name, present)
            let path = place.text == nil && !hasTexts ? LocaleTexts.path(ofName: name) : place.path
            let old = place.text ?? "{}"
            let known = try LocaleTexts([LibraryFile(path: path, text: old)]).files.values.first ?? [:]
            let other = texts.keys.filter { known[$0] != nil && known[$0] != texts[$0] }.sorted()
            conflicts += other.map { "\(path) ('\($0)')" }
            guard let value = try? JSON(parsing: old) else { continue }
            let missing = texts.filter { known[$0.key] != $0.value }.sorted { $0.key < $1.key }
            let merged = missing.reduce(value) { $0.setting(Substring($1.key), to: $1.value) }
            let text = missing.isEmpty ? old : merged.text(indented: true) + "\n"
            let kind: Kind =
                if place.text == nil {
                    .new
                } else if missing.isEmpty { .same } else { other.isEmpty ? .extended : .replaced }
            changes.append(Change(file: LibraryFile(path: path, text: text), kind: kind))
        }
        self.changes = changes
        self.conflicts = conflicts
    }

    /// The file of a language in the workspace, with its text where there is one.
    private static func place(
        of name: String, _ present: (String) -> String?
    ) -> (path: String, text: String?) {
        let language = LocaleTexts.language(ofName: name)
        let paths = [language, "\(language).default"].map(LocaleTexts.path)
        let found = paths.first { present($0) != nil }
        return (found ?? paths[0], found.flatMap(present))
    }
}
