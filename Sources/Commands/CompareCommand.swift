internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Store

/// `moonletter compare RUN RUN` and `moonletter compare --with DIR`: what differs between two dry runs.
struct CompareCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, jsonl, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "See what differs between two dry runs.",
        discussion: """
            Who is gained and lost, at another time or on another channel, with another text, or not sent for
            another reason, by campaign. A run is a file or its name in runs/.

              moonletter compare 2026-12-01-win-back 2026-12-01-win-back-2
              moonletter compare --with ../old                what the scripts and templates of another folder
                                                              would change in all campaigns
              moonletter compare --with ../old win-back --days 7
              moonletter compare --with ../old --format csv   every decision that differs as a table

            With --with both runs are made on the spot, with the data and settings of this workspace, and not
            kept.
            """)

    @Argument(
        help: ArgumentHelp(
            "The two runs; with --with the campaigns, all where none is named.", valueName: "run"))
    var names: [String] = []
    @Option(
        help: ArgumentHelp(
            "A folder with scripts/ and templates/, such as an older copy or a worktree.", valueName: "dir"))
    var with: String?
    @OptionGroup var simulation: DryRunOptions
    @Option(
        help: ArgumentHelp(
            "text; json: the comparison as one object; jsonl, csv: every decision that differs.",
            valueName: "format"))
    var format = Format.text
    @Flag(help: "Exit with status 1 where anything differs.")
    var exitCode = false
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard with == nil else { return }
        guard names.count == 2 else {
            throw ValidationError("compare takes two runs, or --with and a folder.")
        }
        guard simulation.isStandard else {
            throw ValidationError("Options of a dry run go with --with; runs that were made keep theirs.")
        }
    }

    func run() throws {
        let workspace = try options.open()
        Interrupt.listen()
        let differing = try with.map { try compare(with: $0, workspace) } ?? compareFiles(workspace)
        if exitCode, differing > 0 { throw ExitCode(1) }
    }

    private func compareFiles(_ workspace: Workspace) throws -> Int {
        let (first, second) = (try workspace.run(named: names[0]), try workspace.run(named: names[1]))
        return try show(
            first.file, second.file,
            names: (workspace.shown(first.path), workspace.shown(second.path))
        ) { comparison in
            let examples = comparison.textExamples
            comparison.tellTexts(
                before: try first.file.bodies(examples.map(\.before)),
                after: try second.file.bodies(examples.map(\.after)))
        }
    }

    private func compare(with folder: String, _ workspace: Workspace) throws -> Int {
        let other = try Workspace(rulesIn: folder, settingsOf: workspace)
        let request = try simulation.request(names, in: workspace, bodies: false)
        return try ScratchFolder.with { runs in
            let first = try RunFile(path: request.write(in: workspace, at: runs.path("own.run")))
            let second = try other.blamed(as: folder) {
                try RunFile(path: request.write(in: workspace, rules: other, at: runs.path("other.run")))
            }
            return try show(first, second, names: ("this workspace", folder)) { comparison in
                let customers = comparison.textExamples.map(\.customer)
                comparison.tellTexts(
                    before: try request.bodies(of: customers, in: workspace),
                    after: try other.blamed(as: folder) {
                        try request.bodies(of: customers, in: workspace, rules: other)
                    })
            }
        }
    }

    /// Prints the comparison, and gives how many decisions differ.
    private func show(
        _ first: RunFile, _ second: RunFile, names: (before: String, after: String),
        tellTexts: (inout RunComparison) throws -> Void
    ) throws -> Int {
        switch format {
        case .jsonl: return try DifferenceExport(first, second).writeJSONLines(Console.write)
        case .csv: return try DifferenceExport(first, second).writeCSV(Console.write)
        case .text, .json:
            var comparison = try RunComparison(
                first, second, names: names, masking: reveal ? .revealed : .masked)
            try tellTexts(&comparison)
            Console.write(
                format == .json
                    ? try comparison.json() + "\n"
                    : TerminalComparison(comparison, width: Console.width).text())
            return comparison.differing
        }
    }
}

extension Workspace {
    /// The scripts and templates of another folder under the settings of a workspace.
    fileprivate init(rulesIn folder: String, settingsOf workspace: Workspace) throws {
        let url = URL(fileURLWithPath: folder).standardizedFileURL
        guard FileManager.default.fileExists(atPath: url.appending(path: "scripts").path) else {
            throw Diagnostic(
                "\(folder) has no scripts/",
                hint: "name a folder with scripts/ and templates/, such as another workspace")
        }
        root = url
        settings = workspace.settings
    }

    /// Errors of its scripts and templates show its lines, and say whose they are.
    fileprivate func blamed<Result>(as folder: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as any Diagnosable where !Interrupt.isRequested {
            Moonletter.remember(self)
            var diagnostic = error.diagnostic
            diagnostic.notes.append("with the scripts and templates of \(folder)")
            throw diagnostic
        }
    }
}
