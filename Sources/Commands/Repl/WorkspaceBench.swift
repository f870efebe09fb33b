internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import REPL
internal import Rules
internal import Simulator
internal import Store

/// A workspace as the prompt works in it.
final class WorkspaceBench: Workbench {
    private let workspace: Workspace
    /// The time that the person has named.
    private let now: String?
    private var written: (fingerprint: String, source: RuleSource)?

    init(_ workspace: Workspace, now: String? = nil) {
        (self.workspace, self.now) = (workspace, now)
    }

    var name: String { workspace.root.lastPathComponent }
    var folder: String { workspace.root.path }
    var channels: [Channel] { workspace.settings.channels }

    func clock() throws -> RuleClock {
        let clock = try workspace.settings.clock(now)
        // The end of the minute: what has just come lies before it, and what was found holds for a while.
        return now == nil && workspace.settings.now == nil
            ? RuleClock(now: clock.now + 60 - clock.now % 60, zone: clock.local.zone) : clock
    }

    func rules(at clock: RuleClock, templates: Bool) throws -> RuleSource {
        try workspace.ruleSource(at: clock, templates: templates)
    }

    var scripts: [String] { workspace.scriptPaths() }
    var templates: [String] { workspace.templatePaths() }

    func fingerprint() -> String {
        (scripts + templates).map { path in
            let values = try? FileManager.default.attributesOfItem(atPath: workspace.path(path))
            let time = (values?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(path) \(time) \(values?[.size] ?? 0)"
        }.joined(separator: "\n")
    }

    func source(of file: String) -> String? { workspace.source(file) }

    func write(_ text: String, to path: String) throws {
        let file = workspace.root.appending(path: path)
        try workspace.checkFolder(of: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file, options: .atomic)
        } catch {
            throw WorkspaceError.cannotCreate(path, reason: String(cString: strerror(errno)))
        }
    }

    func passes(_ script: ScriptFile) throws -> Bool {
        var source = try workspace.ruleSource(at: workspace.settings.clock(TestCommand.time), templates: true)
        source.scripts.removeAll { $0.path == script.path }
        source.scripts.append(script)
        let runner = try ScriptTestRunner(source, workspace)
        return try runner.tests.indices.filter { runner.tests[$0].location.file == script.path }
            .allSatisfy { try runner.run($0).failure == nil }
    }

    var actor: String { NSUserName() }

    func openStore() throws -> Store { try workspace.openStore() }

    func data(_ snapshot: Snapshot) -> any ContactData { snapshot }

    func population() throws -> any PopulationCounts {
        PopulationHistory(try workspace.ruleSource(at: clock(), templates: false), in: workspace)
    }

    func dryRun(_ request: RunRequest) throws -> String {
        let settings = workspace.settings
        var clock = try settings.clock(now)
        if let from = request.asOf ?? request.from { clock = RuleClock(now: from, zone: settings.timeZone) }
        let dryRun = DryRunRequest(
            campaigns: request.campaigns, clock: clock, asOf: request.asOf,
            days: request.days ?? DryRunOptions.standardDays,
            assume: request.assume ?? DryRunOptions.standardAssumption,
            seed: request.seed ?? settings.seed)
        let workspace = workspace
        // What it takes of the processor is not what the line may take.
        return try onAnotherThread { try dryRun.write(in: workspace) }
    }

    func trial<Result>(
        of customer: Int64, _ request: RunRequest, _ snapshot: Snapshot, _ body: (RunFile) throws -> Result
    ) throws -> Result {
        let dryRun = DryRunRequest(
            campaigns: request.campaigns, clock: try clock(), asOf: nil,
            days: request.days ?? DryRunOptions.standardDays, assume: request.assume ?? "none",
            seed: request.seed ?? workspace.settings.seed)
        return try dryRun.trial(
            of: customer, in: workspace, try messageRules(at: dryRun.clock), snapshot, body)
    }

    /// The scripts and templates, read again where one has changed: what was compiled of them is kept.
    private func messageRules(at clock: RuleClock) throws -> RuleSource {
        let fingerprint = fingerprint()
        if written?.fingerprint != fingerprint {
            written = (fingerprint, try rules(at: clock, templates: true))
        }
        var source = try written?.source ?? rules(at: clock, templates: true)
        source.clock = clock
        return source
    }

    func runs() throws -> [String] { try workspace.runPaths() }

    func shown(_ path: String) -> String { workspace.shown(path) }

    func interruptibly<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Interrupt.during(body)
    }

    var isInterrupted: Bool { Interrupt.isRequested }
}
