internal import ArgumentParser
internal import Basics
internal import Diagnostics
internal import Linter
internal import Reports
internal import ScriptSyntax
internal import Scripts

/// `moonletter scripts list`: the scripts of the workspace.
struct ScriptsListCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the scripts of the workspace.",
        discussion: """
            moonletter scripts list                     name, title, tags and definitions
            moonletter scripts list --tag win-back      those with a tag
            moonletter scripts list --format markdown   a page for a file in docs/, as docs/gallery.md is
            """)

    @Option(help: ArgumentHelp("Only scripts with this tag.", valueName: "tag"))
    var tag: String?
    @Option(help: "text, json or markdown.")
    var format = Format.text
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let library = try WorkspaceLibrary(options.open()).library
        let scripts = library.scripts.filter { script in
            tag.map { script.header.tags.contains($0) } ?? true
        }
        if let tag, scripts.isEmpty {
            let known = Set(library.scripts.flatMap(\.header.tags)).sorted()
            throw Diagnostic("no script has the tag '\(tag)'", hint: suggestion(tag, known, what: "tag"))
        }
        switch format {
        case .text: Console.write(Self.text(scripts))
        case .json: Console.line(try prettyJSON(scripts.map(ListedScript.init)))
        case .markdown: Console.write(try Gallery(library, scripts).text)
        }
    }

    private static func text(_ scripts: [LibraryScript]) -> String {
        guard !scripts.isEmpty else {
            return "there are no scripts; moonletter scripts new segments/NAME begins one\n"
        }
        var table = TextTable([
            TextTable.Column("name"), TextTable.Column("title", limit: 76), TextTable.Column("tags"),
            TextTable.Column("defines", limit: .max),
        ])
        for script in scripts {
            table.add(
                [
                    script.name, script.header.title, script.header.tags.joined(separator: ", "),
                    ScriptCard.definitions(script.reading.definitions).joined(separator: ", "),
                ])
        }
        return table.lines(width: Console.width).map { "\($0)\n" }.joined()
    }
}

/// A script as programs read it.
private struct ListedScript: Encodable {
    struct Definition: Encodable {
        var word: String
        var name: String
        var line: Int
    }

    var name: String
    var path: String
    var title: String
    var author: String
    var description: String
    var tags: [String]
    var needs: [String]
    var license: String
    var defines: [Definition]
    var tests: Int

    init(_ script: LibraryScript) {
        let header = script.header
        (name, path) = (script.name, script.file.path)
        (title, author, description) = (header.title, header.author, header.description)
        (tags, needs, license) = (header.tags, header.needs.map(\.description), header.license)
        defines = script.reading.definitions.map { Definition(word: $0.word, name: $0.name, line: $0.line) }
        tests = script.reading.tests.count
    }
}
