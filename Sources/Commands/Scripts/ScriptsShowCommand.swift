internal import ArgumentParser
internal import Diagnostics
internal import Linter
internal import Scripts

/// `moonletter scripts show NAME`: what one script is and does.
struct ScriptsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Tell what a script defines, reads, sends and needs.",
        discussion: """
            It is told of the script with all that it uses: scripts whose definitions it names, and the templates that these
            send. Nothing is run.
            """)

    @Argument(help: "The script.")
    var name: String
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let here = try WorkspaceLibrary(options.open())
        let script = try here.library.script(name)
        let bundle = try here.library.bundle(of: script)
        let card = ScriptCard(bundle, script, obstacle: here.obstacle)
        for line in card.heading + [""] + card.rows(files: bundle.files.map(\.path)) { Console.line(line) }
        guard !script.reading.tests.isEmpty else { return }
        Console.line("\n  \(script.file.path)")
        for test in script.reading.tests { Console.line("  \(test.line): \(withoutControls(test.name))") }
    }
}
