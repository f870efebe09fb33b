internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules
public import Simulator
public import Store
internal import Synchronization

/// A dry run as commands ask for it.
struct DryRunRequest {
    /// All where there is none.
    var campaigns: [String]
    /// When it begins.
    var clock: RuleClock
    /// The past is replayed from then on; nil for what is to come.
    var asOf: Int64?
    var days: Int
    /// How people respond, as ``ResponseModel`` reads it or run files say it, or a response of the scripts.
    var assume: String
    var seed: UInt64
    /// So many as pay where none are asked for.
    var threads: Int?
    var pushdown = true
    /// Whether the messages are kept.
    var bodies = false

    /// Runs it over the data of a workspace, and gives the path of its run file: one under runs/ unless another
    /// is named.
    ///
    /// - Parameter rules: whose scripts and templates decide; the workspace's own where none is given.
    func write(in workspace: Workspace, rules: Workspace? = nil, at path: String? = nil) throws -> String {
        do {
            return try run(in: workspace, rules: rules, at: path)
        } catch  where Interrupt.isRequested {
            // What was interrupted, a rule or a query, raised an error of its own.
            throw DryRunError.cancelled
        }
    }

    private func run(in workspace: Workspace, rules: Workspace?, at path: String?) throws -> String {
        var source = try (rules ?? workspace).ruleSource(
            at: clock, templates: true, seed: seed, pushdown: pushdown)
        let host = try source.makeHost()
        let store = try workspace.openStore()
        var dryRun = options(in: workspace)
        try source.findPopulations(for: names(host) + [assume], host, in: store)
        let found = source
        return try store.read(
            asOf: asOf ?? clock.now,
            threads: try store.threadCount(asked: threads, at: asOf ?? clock.now, customersPerThread: 10_000),
            .visits
        ) { snapshot, team in
            try snapshot.confirm(state: found.populations.state)
            host.attach(snapshot)
            let chosen = try campaigns.isEmpty ? host.campaigns : Set(campaigns).sorted().map(host.campaign)
            guard let first = chosen.first else { throw WorkspaceError.nothingToRun }
            let label = chosen.count == 1 ? first.name : "\(chosen.count)-campaigns"
            dryRun.responses = try responses(host, snapshot)
            moveToEnd(snapshot, dryRun)
            let recorder = try RunFileWriter(
                path: path ?? workspace.newRunPath(date: clock.today, label: label),
                scripts: found.scriptTexts)
            let run = DryRun(
                campaigns: chosen.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot, host), dryRun, into: recorder)
            let customers = try snapshot.customerCount()
            do {
                repeat {
                    let progress = SharedProgress(customers, pass: run.pass)
                    defer { progress.end() }
                    @Sendable func work(_ snapshot: Snapshot) throws {
                        let host = try found.makeHost()
                        host.attach(snapshot)
                        try run.work(host, snapshot, progress: progress.show)
                    }
                    if team.count > 0 { try team.run(work) } else { try work(snapshot) }
                } while try run.needsAnotherPass()
                let population = PopulationHistory(source, in: workspace)
                recorder.makeSections = { file in
                    host.population = population
                    return try pluginSections(of: file, host)
                }
                try run.finish(host, snapshot, from: clock.now, sources: found.hash)
            } catch {
                // Threads that have just ended may hold it until the program is over.
                recorder.discard()
                throw error
            }
            return recorder.path
        }
    }

    /// The names of the campaigns.
    func names(_ host: RuleHost) -> [String] {
        campaigns.isEmpty ? host.campaigns.map(\.name) : campaigns
    }

    /// What it depends on besides the data, the scripts and how people respond.
    func options(in workspace: Workspace) -> DryRun.Options {
        var dryRun = workspace.settings.dryRunOptions(seed: seed)
        dryRun.duration = Int64(days) * 86_400
        dryRun.keepsBodies = bodies
        dryRun.asOf = asOf
        return dryRun
    }

    /// Whoever registers in a replay is part of it: a snapshot of the past is moved to the end of the run.
    func moveToEnd(_ snapshot: Snapshot, _ dryRun: DryRun.Options) {
        if asOf != nil { snapshot.move(to: dryRun.end(from: clock.now) - 1) }
    }

    /// How people respond.
    func responses(_ host: RuleHost, _ data: any ContactData) throws -> ResponseModel {
        if let model = ResponseModel(assume) { return model }
        if assume == "history" {
            // What people buy in a replay is recorded.
            let history = try data.responseHistory()
            return .history(asOf == nil ? history : history.withoutPurchases)
        }
        let name = ResponseModel.scriptName(in: assume) ?? assume
        guard host.responses[name] != nil else {
            throw WorkspaceError.unknownResponse(name, known: host.responses.keys.sorted())
        }
        return .script(name)
    }
}

extension WorkspaceSettings {
    /// What a dry run takes from the workspace.
    func dryRunOptions(seed: UInt64) -> DryRun.Options {
        var options = DryRun.Options(seed: seed, timeZone: timeZone, channels: channels)
        options.cap = sending.cap
        options.channelCaps = sending.channelCaps
        options.awake = sending.awake
        options.prices = prices
        return options
    }
}

extension RunFileWriter: RunRecorder {}

/// The progress of several threads, in one line.
private final class SharedProgress: Sendable {
    private let customers: Int
    private let line: Mutex<ProgressLine>

    init(_ customers: Int, pass: Int) {
        self.customers = customers
        line = Mutex(ProgressLine(pass == 1 ? "dry run" : "dry run, pass \(pass)", unit: "customers"))
    }

    /// Shows the share that is done; false where the person asked to stop.
    @Sendable func show(_ share: Double) -> Bool {
        let done = Int(share * Double(customers))
        line.withLock { $0.show(Int64(done), of: Int64(customers), count: done) }
        return !Interrupt.isRequested
    }

    func end() {
        line.withLock { $0.end() }
    }
}
