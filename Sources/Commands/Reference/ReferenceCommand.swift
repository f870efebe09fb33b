internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Rules

/// `moonletter reference`: every word, field, filter, setting, import column and command, as Markdown.
///
/// `docs/reference/` is its output; a test compares the two.
struct ReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print what scripts, templates and imports can use, as Markdown.",
        discussion: """
              moonletter reference                          what pages there are
              moonletter reference relations                one of them
              moonletter reference wait_for                 one word
              moonletter reference --output docs/reference  all pages into a folder
            """)

    @Argument(help: "A page, or a word of scripts.")
    var name: String?
    @Option(help: ArgumentHelp("Write all pages into this folder.", valueName: "dir"))
    var output: String?

    func validate() throws {
        guard name == nil || output == nil else {
            throw ValidationError("--output writes all pages; name one without it.")
        }
    }

    func run() throws {
        if let output { return try write(to: output) }
        guard let name else { return Console.write(ReferencePage.contents) }
        if let page = ReferencePage.all.first(where: { $0.name == name }) {
            return Console.write(try page.text())
        }
        let words = hostWords.filter { $0.name == name }
        guard !words.isEmpty else {
            let known = ReferencePage.all.map(\.name) + hostWords.map(\.name)
            throw Diagnostic(
                "the reference has no page and no word '\(name)'",
                hint: suggestion(name, known, what: "name"))
        }
        Console.write(words.map(Markdown.section).joined(separator: "\n"))
    }

    private func write(to folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: folder), withIntermediateDirectories: true)
        } catch {
            throw WorkspaceError.cannotCreate(folder, reason: String(cString: strerror(errno)))
        }
        let files = try ReferencePage.files()
        for file in files { try PageFile("\(folder)/\(file.name)").write(file.text) }
        Console.line("wrote \(files.count) pages into \(folder)")
    }
}
