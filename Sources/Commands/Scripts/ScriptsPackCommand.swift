internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Linter
internal import Rules
internal import ScriptSyntax
internal import Scripts

/// `moonletter scripts pack NAME`: a script in one file, with all that it uses.
struct ScriptsPackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Put a script into one file, with all that it uses.",
        discussion: """
            moonletter scripts pack win-back                 writes win-back.moonscript here
            moonletter scripts pack win-back -o /tmp/w.json  writes another file

            The file is JSON. It has the script, the scripts that it requires or whose segments, traits and campaigns it
            names, their templates with layouts, partials and translations, what it needs, and hashes of all that. The same
            script gives the same file, byte for byte. Data of customers are not in it.
            """)

    @Argument(help: "The script.")
    var name: String
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The file to write; '-' for standard output.", valueName: "file"))
    var output: String?
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let here = try WorkspaceLibrary(options.open())
        let script = try here.library.script(name)
        let bundle = try here.library.bundle(of: script)
        let undeclared = here.undeclared(bundle)
        guard undeclared.isEmpty else {
            throw Diagnostic(
                "'\(script.name)' uses what no header names: \(undeclared.map(\.description).joined(separator: ", "))",
                hint: "write '--- @needs \(undeclared[0])' at its top")
        }
        try refuseMistakes(bundle, here)
        let text = try SharedScript(files: bundle.files, texts: bundle.texts).packed()
        guard text.utf8.count <= SharedScript.sizeLimit else {
            throw ScriptLibraryError.tooLarge(
                script.name, bytes: text.utf8.count, limit: SharedScript.sizeLimit)
        }
        for doubt in bundle.doubts {
            Moonletter.report(
                Diagnostic(
                    "\(doubt), so that what it means may be missing", severity: .warning,
                    hint: "write the name itself, or tell who gets the script"))
        }
        if output == "-" { return Console.write(text) }
        let file = output ?? "\(script.shortName).moonscript"
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw WorkspaceError.cannotCreate(file, reason: String(cString: strerror(errno)))
        }
        Console.line("wrote \(file) with")
        for path in bundle.files.map(\.path) { Console.line("  \(path)") }
    }

    /// A script that nobody can load is not worth sharing.
    private func refuseMistakes(_ bundle: ScriptBundle, _ here: WorkspaceLibrary) throws {
        let files = bundle.files.map { ScriptFile(path: $0.path, text: $0.text) }
        let report = try CheckSubject(here.workspace, with: files).report()
        guard let error = report.findings.first(where: { $0.diagnostic.severity == .error }) else { return }
        var diagnostic = error.diagnostic
        diagnostic.notes.append("'\(name)' is packed when moonletter scripts check finds no error in it")
        throw diagnostic
    }
}
