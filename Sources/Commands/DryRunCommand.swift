internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules
public import Simulator
public import Store

/// `moonletter dry-run [CAMPAIGN…]`: who would receive what, and why the others would not.
struct DryRunCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, jsonl, csv
    }

    static let configuration = CommandConfiguration(
        commandName: "dry-run", abstract: "See who would receive a campaign, and why the others would not.",
        discussion: """
            Sends nothing. Every decision is kept in a run file under runs/.

              moonletter dry-run win-back                     one campaign
              moonletter dry-run --now "2026-12-01 10:00"     all campaigns, at that time
              moonletter dry-run win-back --format csv        every decision as a table
            """)

    @Argument(help: "The campaigns; all where none is named.")
    var campaigns: [String] = []
    @Option(help: ArgumentHelp("The time of the run, in the workspace's time zone.", valueName: "time"))
    var now: String?
    @Option(help: ArgumentHelp("Decides every random choice.", valueName: "n"))
    var seed: UInt64?
    @Option(
        help: ArgumentHelp(
            "text: a preview; json: the summary as one object; jsonl, csv: every decision.",
            valueName: "format"))
    var format = Format.text
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var pushdown: PushdownOptions
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let clock = try workspace.settings.clock(now)
        Interrupt.listen()
        let seed = seed ?? workspace.settings.seed
        let source = try workspace.ruleSource(
            at: clock, templates: true, seed: seed, pushdown: !pushdown.isOff)
        let host = try source.makeHost()
        let store = try workspace.openStore()
        let path = try store.read(asOf: clock.now) { snapshot in
            host.attach(snapshot)
            let chosen = try campaigns.isEmpty ? host.campaigns : Set(campaigns).sorted().map(host.campaign)
            guard let first = chosen.first else { throw WorkspaceError.nothingToRun }
            let label = chosen.count == 1 ? first.name : "\(chosen.count)-campaigns"
            let recorder = try RunFileWriter(path: workspace.newRunPath(date: clock.today, label: label))
            let run = DryRun(
                campaigns: chosen.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot),
                DryRun.Options(
                    seed: seed, timeZone: workspace.settings.timeZone, channels: workspace.settings.channels),
                into: recorder)
            let progress = ProgressLine("dry run", unit: "customers")
            defer { progress.end() }
            let customers = try snapshot.customerCount()
            do {
                try run.work(host, snapshot) { share in
                    let done = Int(share * Double(customers))
                    progress.show(Int64(done), of: Int64(customers), count: done)
                    return !Interrupt.isRequested
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

    private func print(_ file: RunFile, shown: String) throws {
        let masking = reveal ? Masking.revealed : .masked
        switch format {
        case .text:
            Console.write(TerminalPreview(try RunSummary(file, run: shown, masking: masking)).text())
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
