/// A page of the reference, made from the entries that describe what it is about. Adding one is an entry in ``all``.
struct ReferencePage {
    /// The file in `docs/reference/`, without its suffix; so it is called on the command line too.
    let name: String
    /// The heading.
    let title: String
    /// One sentence for the contents.
    let summary: String
    /// What stands below the heading: blocks of Markdown, each with a line break at its end.
    let blocks: @Sendable () throws -> [String]

    init(
        _ name: String, _ title: String, _ summary: String,
        _ blocks: @escaping @Sendable () throws -> [String]
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.blocks = blocks
    }

    /// All pages, in the order of the contents.
    static let all =
        [
            words, customers, relations, journeys, tests, templates, prompt, settings, checks, imports,
            commands, plugins,
        ] + pluginKinds

    /// Whoever opens the file in an editor shall know that it is made.
    private static let notice = "<!-- Made by `moonletter reference`; do not edit. -->\n"

    /// The whole file.
    ///
    /// - Throws: where the page asks the program for something that fails.
    func text() throws -> String {
        (["# \(title)\n", Self.notice, summary + "\n"] + (try blocks())).joined(separator: "\n")
    }

    /// `README.md` of the folder.
    static var contents: String {
        let introduction = """
            What scripts, templates and imports can use, and every command; `moonletter reference NAME` prints one of
            these pages, or what is said of one word. [editors.md](../editors.md) says how an editor completes all of it.

            """
        return [
            "# Reference\n", notice, introduction,
            Markdown.table(
                ["page", "what is in it"], all.map { ["[\($0.title)](\($0.name).md)", $0.summary] }),
        ].joined(separator: "\n")
    }

    /// Every file of `docs/reference/` by name.
    static func files() throws -> [(name: String, text: String)] {
        [("README.md", contents)] + (try all.map { ("\($0.name).md", try $0.text()) })
    }
}
