internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules
public import Simulator
public import Store
internal import Synchronization

/// `moonletter dry-run [CAMPAIGN…]`: who would receive what, and why the others would not.
struct DryRunCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, jsonl, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "See who would receive a campaign, and why the others would not.",
        discussion: """
            Sends nothing. Every decision is kept in a run file under runs/, from which moonletter why tells the
            story of one customer.

              moonletter dry-run win-back                     one campaign, thirty days
              moonletter dry-run --from "2026-12-01 10:00"    all campaigns, from that time on
              moonletter dry-run win-back --days 0            what happens at once, and no later
              moonletter dry-run --assume open=0.3,click=0.05,buy=0.01
                                                              if people respond like that
              moonletter dry-run win-back --format csv        every decision as a table
            """)

    @Argument(help: "The campaigns; all where none is named.")
    var campaigns: [String] = []
    @Option(
        name: [.long, .customLong("now")],
        help: ArgumentHelp("When the run begins, in the workspace's time zone.", valueName: "time"))
    var from: String?
    @Option(help: ArgumentHelp("How many days it lasts; 0 for its first moment alone.", valueName: "n"))
    var days = 30
    @Option(
        help: ArgumentHelp(
            """
            How people respond: history, none, all, shares of messages such as open=0.25,click=0.04,buy=0.01 with \
            unsubscribe, complaint and bounce, or a response of the scripts.
            """,
            valueName: "model"))
    var assume = "history"
    @Option(help: ArgumentHelp("How many threads share the customers.", valueName: "n"))
    var threads: Int?
    @Option(help: ArgumentHelp("Decides every random choice.", valueName: "n"))
    var seed: UInt64?
    @Option(
        help: ArgumentHelp(
            "text: a preview; json: the summary as one object; jsonl, csv: every decision.",
            valueName: "format"))
    var format = Format.text
    @Flag(
        help: ArgumentHelp(
            "Keep every message in the run file, each different one once.",
            discussion: "It grows by all that the messages say; compare then shows how texts changed."))
    var bodies = false
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var pushdown: PushdownOptions
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard (0...3660).contains(days) else {
            throw ValidationError("--days takes a number from 0 to 3660.")
        }
        guard !assume.contains("=") || ResponseModel(assume) != nil else {
            throw ValidationError(
                "--assume takes shares from 0 to 1 of \(ResponseRates.names.joined(separator: ", ")), such as open=0.25,click=0.04."
            )
        }
        guard threads.map({ (1...64).contains($0) }) ?? true else {
            throw ValidationError("--threads takes a number from 1 to 64.")
        }
    }

    func run() throws {
        let workspace = try options.open()
        let clock = try workspace.settings.clock(from)
        Interrupt.listen()
        let seed = seed ?? workspace.settings.seed
        let source = try workspace.ruleSource(
            at: clock, templates: true, seed: seed, pushdown: !pushdown.isOff)
        let host = try source.makeHost()
        let store = try workspace.openStore()
        var dryRun = DryRun.Options(
            seed: seed, timeZone: workspace.settings.timeZone, channels: workspace.settings.channels)
        dryRun.duration = Int64(days) * 86_400
        dryRun.cap = workspace.settings.sending.cap
        dryRun.awake = workspace.settings.sending.awake
        dryRun.prices = workspace.settings.prices
        dryRun.keepsBodies = bodies
        let path = try store.read(
            asOf: clock.now,
            threads: try store.threadCount(asked: threads, at: clock.now, customersPerThread: 10_000),
            .visits
        ) {
            snapshot, team in
            host.attach(snapshot)
            let chosen = try campaigns.isEmpty ? host.campaigns : Set(campaigns).sorted().map(host.campaign)
            guard let first = chosen.first else { throw WorkspaceError.nothingToRun }
            let label = chosen.count == 1 ? first.name : "\(chosen.count)-campaigns"
            dryRun.responses = try responses(host, snapshot)
            let recorder = try RunFileWriter(
                path: workspace.newRunPath(date: clock.today, label: label),
                scripts: Dictionary(source.scripts.map { ($0.path, $0.text) }) { first, _ in first })
            let run = DryRun(
                campaigns: chosen.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot), dryRun, into: recorder)
            let progress = SharedProgress(try snapshot.customerCount())
            defer { progress.end() }
            do {
                if team.count > 0 {
                    try team.run { snapshot in
                        let host = try source.makeHost()
                        host.attach(snapshot)
                        try run.work(host, snapshot, progress: progress.show)
                    }
                } else {
                    try run.work(host, snapshot, progress: progress.show)
                }
                try run.finish(host, snapshot, from: clock.now, sources: source.hash)
            } catch  where Interrupt.isRequested {
                // A rule that was interrupted raised an error of its own.
                throw DryRunError.cancelled
            }
            return recorder.path
        }
        try print(try RunFile(path: path), shown: workspace.shown(path))
    }

    private func responses(_ host: RuleHost, _ snapshot: Snapshot) throws -> ResponseModel {
        if let model = ResponseModel(assume) { return model }
        if assume == "history" { return .history(try snapshot.responseHistory()) }
        guard host.responses[assume] != nil else {
            throw WorkspaceError.unknownResponse(assume, known: host.responses.keys.sorted())
        }
        return .script(assume)
    }

    private func print(_ file: RunFile, shown: String) throws {
        let masking = reveal ? Masking.revealed : .masked
        switch format {
        case .text:
            let summary = try RunSummary(file, run: shown, masking: masking)
            Console.write(TerminalPreview(summary, width: Console.width).text())
            if let sample = summary.samples.first {
                let place = options.workspace.map { " --workspace \(shellWord($0))" } ?? ""
                Console.line(
                    "moonletter why \(shellWord(sample.campaign)) --customer \(sample.customer)\(place)")
            }
        case .json:
            Console.line(try RunSummary(file, run: shown, masking: masking).json())
        case .jsonl:
            try DecisionExport(file, masking: masking).writeJSONLines(Console.write)
        case .csv:
            try DecisionExport(file, masking: masking).writeCSV(Console.write)
        }
    }
}

extension RunFileWriter: RunRecorder {}

/// The progress of several threads, in one line.
private final class SharedProgress: Sendable {
    private let customers: Int
    private let line: Mutex<ProgressLine>

    init(_ customers: Int) {
        self.customers = customers
        line = Mutex(ProgressLine("dry run", unit: "customers"))
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
