internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Rules
internal import Store

/// `moonletter drift RUN`: how far reality has moved away from an approved dry run.
struct DriftCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "See how far reality has moved away from an approved dry run.",
        discussion: """
            Makes the same run again, with its campaigns, times, seed and responses, but with the data, scripts,
            templates and settings of today, and compares the two. Exits with status 1 where more decisions
            differ than the threshold lets.

              moonletter drift 2026-12-01-win-back
              moonletter drift 2026-12-01-win-back --threshold 2.5
            """)

    @Argument(help: ArgumentHelp("The approved run: a file, or its name in runs/.", valueName: "run"))
    var name: String
    @Option(
        help: ArgumentHelp(
            "How many percent of the decisions may differ; without it, drift_threshold of workspace.lua, or 5.",
            valueName: "percent"))
    var threshold: Double?
    @OptionGroup var threads: ThreadOptions
    @Option(help: ArgumentHelp("text, or json: one object.", valueName: "format"))
    var format = Format.text
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard threshold.map({ (0...100).contains($0) }) ?? true else {
            throw ValidationError("--threshold takes a number of percent from 0 to 100.")
        }
    }

    func run() throws {
        let workspace = try options.open()
        let (path, file) = try workspace.run(named: name)
        let approval = try approval(of: file, at: path, in: workspace)
        Interrupt.listen()
        let header = try file.header()
        let request = DryRunRequest(
            campaigns: approval.campaigns,
            clock: RuleClock(now: header.now, zone: workspace.settings.timeZone), asOf: header.asOf,
            days: approval.days,
            assume: header.responses, seed: header.seed, threads: threads.count)
        let comparison = try ScratchFolder.with { runs in
            let today = try RunFile(path: request.write(in: workspace, at: runs.path("today.run")))
            var comparison = try RunComparison(
                file, today, names: (workspace.shown(path), "today"), masking: reveal ? .revealed : .masked)
            let examples = comparison.textExamples
            comparison.tellTexts(
                before: try file.bodies(examples.map(\.before)),
                after: try request.bodies(of: examples.map(\.customer), in: workspace))
            return comparison
        }
        let report = DriftReport(
            approval, comparison, threshold: (threshold ?? workspace.settings.driftThreshold) / 100)
        Console.write(format == .json ? try report.json() + "\n" : report.text(width: Console.width))
        if report.isAboveThreshold { throw ExitCode(1) }
    }

    /// The latest approval of the decisions in the file.
    private func approval(of file: RunFile, at path: String, in workspace: Workspace) throws -> Approval {
        let shown = workspace.shown(path)
        let hash = try file.unchangedHash(shownAs: shown)
        let approvals = try workspace.openStore().approvals()
        if let approval = approvals.first(where: { $0.hash == hash }) { return approval }
        if let other = approvals.first(where: { $0.run == workspace.relative(path) }) {
            throw ApprovalError.otherApproved(shown, by: other.by)
        }
        throw ApprovalError.notApproved(shown)
    }
}
