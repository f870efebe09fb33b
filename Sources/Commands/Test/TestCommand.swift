internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Rules
internal import Store

/// `moonletter test [FILE…]`: the tests that scripts carry.
struct TestCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests that scripts carry.",
        discussion: """
            A test makes customers of its own, asks segments about them and runs campaigns for them. It needs no data, and
            reads and writes none: test("…", function() … end) in a script, docs/reference/tests.md says what stands inside.

              moonletter test                          those of all scripts
              moonletter test scripts/win-back.lua     those of one
              moonletter test --filter dormant         those with this in their names

            The status is 0 where all pass, 1 where one fails.
            """)

    @Argument(help: "Scripts of the workspace; all where none is named.")
    var files: [String] = []
    @Option(help: ArgumentHelp("Run only tests with this text in their names.", valueName: "text"))
    var filter: String?
    @Option(
        help: ArgumentHelp(
            "The time that tests take for now; without it \(Self.time), whatever the settings say.",
            valueName: "time"))
    var now: String?
    @Option(help: ArgumentHelp("text, or json: one object.", valueName: "format"))
    var format = Format.text
    @OptionGroup var options: WorkspaceOptions

    /// A Tuesday on which nothing is special.
    static let time = "2026-12-01 10:00"

    func run() throws {
        let workspace = try options.open()
        let source = try workspace.ruleSource(
            at: try workspace.settings.clock(now ?? Self.time), templates: true)
        Interrupt.listen()
        let runner = try ScriptTestRunner(source, workspace)
        let tests = try chosen(from: runner.tests, workspace)
        var report = TestReport(source, workspace.settings)
        for (place, test) in tests {
            let outcome = try runner.run(place)
            guard !Interrupt.isRequested else { throw WorkspaceError.testsStopped }
            report.add(test, outcome)
            if format == .text { Console.write(report.text(width: Console.width)) }
        }
        Console.write(format == .json ? try report.json() + "\n" : report.summary + "\n")
        if report.failedCount > 0 { throw ExitCode.failure }
    }

    /// The tests to run, with their places among all.
    private func chosen(
        from tests: [ScriptTest], _ workspace: Workspace
    ) throws -> [(place: Int, test: ScriptTest)] {
        let paths = workspace.scriptPaths()
        let asked = try files.map { file in
            let real = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
            let found = paths.first { path in
                path == file
                    || URL(fileURLWithPath: workspace.path(path)).resolvingSymlinksInPath().path == real
            }
            guard let found else { throw WorkspaceError.noScript(file, known: paths) }
            return found
        }
        let chosen = tests.enumerated().filter { _, test in
            (asked.isEmpty || asked.contains(test.location.file))
                && (filter.map { test.name.contains($0) } ?? true)
        }
        if let filter, chosen.isEmpty { throw WorkspaceError.noTest(filter) }
        return chosen.map { ($0.offset, $0.element) }
    }
}
