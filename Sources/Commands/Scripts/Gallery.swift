internal import Linter
internal import ScriptSyntax
internal import Scripts

/// The scripts of a library on one page, as Markdown, from what they say of themselves.
///
/// `docs/gallery.md` is that of the scripts that come with the program; a test compares the two.
struct Gallery {
    private let library: ScriptLibrary
    private let scripts: [LibraryScript]

    init(_ library: ScriptLibrary, _ scripts: [LibraryScript]) {
        (self.library, self.scripts) = (library, scripts)
    }

    /// The page.
    ///
    /// - Throws: what is wrong with texts in a language.
    var text: String {
        get throws {
            var parts = [
                """
                # Scripts

                Made by `moonletter scripts list --format markdown`; do not edit.

                A script is a file of `scripts/` with a header, definitions and tests of its own. `moonletter scripts pack NAME`
                puts one into a file with all that it uses, and `moonletter scripts add FILE` takes it over.

                """
            ]
            var room: Substring?
            for script in scripts {
                let own = script.name.split(separator: "/").dropLast().first
                if let own, own != room { parts.append("## \(Self.title(own))\n") }
                room = own
                parts.append(try section(script))
            }
            return parts.joined(separator: "\n")
        }
    }

    private static func title(_ room: Substring) -> String {
        room.prefix(1).uppercased() + room.dropFirst()
    }

    private func section(_ script: LibraryScript) throws -> String {
        let header = script.header
        let bundle = try library.bundle(of: script)
        let own = bundle.alone
        let definitions = script.reading.definitions.map { "\($0.word) `\($0.name)`" }
        let others = bundle.scripts.dropFirst().map { "`\($0.name)`" }
        let rows: [(String, [String])] = [
            ("tags", header.tags), ("defines", definitions), ("sends", ScriptCard.messages(own)),
            ("does", ScriptCard.deeds(own)), ("uses", others), ("needs", bundle.needs.map(\.description)),
            ("license", [header.license].filter { !$0.isEmpty }),
        ]
        let list = rows.filter { !$0.1.isEmpty }.map { "- \($0.0): \($0.1.joined(separator: ", "))" }
        let title = header.title.isEmpty ? "" : "**\(header.title)**"
        let text = [title, header.description].filter { !$0.isEmpty }.joined(separator: " ")
        return """
            ### [\(script.shortName)](../\(script.file.path))

            \(text.isEmpty ? "" : text + "\n\n")\(list.joined(separator: "\n"))

            """
    }
}
