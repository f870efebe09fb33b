internal import ArgumentParser
internal import Basics
internal import Diagnostics
internal import Linter
internal import Rules
internal import Scripts

/// `moonletter scripts add FILE|DIR`: takes over a script from somebody else.
struct ScriptsAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Take over a packed script, or a folder of scripts.",
        discussion: """
            moonletter scripts add win-back.moonscript
            moonletter scripts add ../our-scripts            a folder with scripts/ and templates/

            It shows what the script reads, sends, does and needs before it asks. Nothing is kept unless all of it is: the
            hashes are right, plugins and fields are here, no file has other content here, moonletter check finds no error,
            and its tests pass in this workspace. The hashes show what was changed on the way; they do not say who packed it.
            """)

    @Argument(help: ArgumentHelp("A packed script, or a folder.", valueName: "file|dir"))
    var source: String
    @Flag(help: "Replace files that have other content here.")
    var replace = false
    @OptionGroup var consent: ConsentOptions
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let incoming = try IncomingScript(source)
        let script = incoming.script
        let here = try WorkspaceLibrary(options.open())
        let workspace = here.workspace
        let hasTexts = workspace.templatePaths().contains { LibraryFile(path: $0, text: "").isLocale }
        let plan = try Installation(of: script, hasTexts: hasTexts) { path in
            workspace.exists(path) ? workspace.source(path) ?? "" : nil
        }
        let bundle = try here.library(of: script.files).whole(first: script.files[0].path)
        show(plan, bundle, bundle.scripts.prefix(incoming.isFolder ? .max : 1), here)
        try refuse(plan, bundle, here)
        let changed = plan.changes.filter { $0.kind != .same }.map(\.file)
        guard !changed.isEmpty else { return Console.line("all of it is here already; nothing was written") }
        guard try Console.confirm("Add it?", saysYes: consent.yes) else {
            return Console.line("nothing was added")
        }
        try test(plan, bundle, workspace)
        try FileSet(changed, in: workspace).write()
        for change in plan.changes where change.kind != .same {
            Console.line("wrote \(change.file.path)")
        }
    }

    private func show(
        _ plan: Installation, _ bundle: ScriptBundle, _ meant: ArraySlice<LibraryScript>,
        _ here: WorkspaceLibrary
    ) {
        let card = ScriptCard(bundle, bundle.scripts[0], obstacle: here.obstacle)
        let heading = meant.count == 1 ? card.heading : meant.flatMap(ScriptCard.title)
        for line in heading + [""] { Console.line(line) }
        let width = plan.changes.map { displayWidth(of: $0.file.path) }.max() ?? 0
        let files = plan.changes.map { "\(padded($0.file.path, to: width))  \($0.kind.rawValue)" }
        for line in card.rows(files: files) + [""] { Console.line(line) }
        Console.flush()
    }

    /// What would not work here, without running anything.
    private func refuse(_ plan: Installation, _ bundle: ScriptBundle, _ here: WorkspaceLibrary) throws {
        let missing = bundle.needs.compactMap(here.obstacle)
        guard missing.isEmpty else {
            throw Diagnostic(
                "this workspace does not have what the script needs: \(missing.joined(separator: ", "))",
                hint: "install the plugin, or import the field; nothing was added")
        }
        guard plan.conflicts.isEmpty || replace else {
            throw ScriptLibraryError.otherContent(plan.conflicts)
        }
        let files = plan.changes.map { ScriptFile(path: $0.file.path, text: $0.file.text) }
        let report = try CheckSubject(here.workspace, with: files).report()
        let errors = report.findings.map(\.diagnostic).filter { $0.severity == .error }
        guard errors.isEmpty else {
            let renderer = DiagnosticRenderer { path in files.first { $0.path == path }?.text }
            for error in errors { Console.note(renderer.render(error) + "\n") }
            throw Diagnostic(
                "moonletter check finds \(counted(errors.count, "error")) in it",
                hint: "it was written for other scripts, templates or fields; nothing was added")
        }
    }

    /// Runs the tests of the scripts as they would be in the workspace.
    private func test(_ plan: Installation, _ bundle: ScriptBundle, _ workspace: Workspace) throws {
        var source = try workspace.ruleSource(
            at: try workspace.settings.clock(TestCommand.time), templates: true)
        for change in plan.changes {
            let file = ScriptFile(path: change.file.path, text: change.file.text)
            source.scripts.removeAll { $0.path == file.path }
            source.templates.removeAll { $0.path == file.path }
            if change.file.isScript { source.scripts.append(file) } else { source.templates.append(file) }
        }
        source.scripts.sort { $0.path < $1.path }
        Interrupt.listen()
        let runner = try ScriptTestRunner(source, workspace)
        let paths = Set(bundle.scripts.map(\.file.path))
        var report = TestReport(source, workspace.settings)
        for (place, test) in runner.tests.enumerated() where paths.contains(test.location.file) {
            let outcome = try runner.run(place)
            guard !Interrupt.isRequested else { throw WorkspaceError.testsStopped }
            report.add(test, outcome)
            Console.write(report.text(width: Console.width))
        }
        Console.line(report.summary)
        guard report.failedCount == 0 else {
            throw Diagnostic(
                "its tests do not pass in this workspace",
                hint: "its settings or its other scripts differ; nothing was added")
        }
    }
}
