internal import ArgumentParser
internal import Reports
internal import Rules
internal import Store

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
              moonletter dry-run --as-of 2026-11-01           what it would have done, on the past as recorded
              moonletter dry-run win-back --format csv        every decision as a table
              moonletter dry-run win-back --html run.html     a page to look at and to pass on

            A campaign that goes over its limit or budget takes another pass over the customers.
            """)

    @Argument(help: "The campaigns; all where none is named.")
    var campaigns: [String] = []
    @OptionGroup var simulation: DryRunOptions
    @Option(
        help: ArgumentHelp(
            "text: a preview; json: the summary as one object; jsonl, csv: every decision.",
            valueName: "format"))
    var format = Format.text
    @Flag(
        help: ArgumentHelp(
            "Keep every message in the run file, each different one once.",
            discussion:
                "The file becomes about six times as large; moonletter compare then shows how texts changed.")
    )
    var bodies = false
    @Option(
        help: ArgumentHelp(
            "Write the run as one HTML page too; a file that is there is replaced.", valueName: "file"))
    var html: String?
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard html != "" else { throw ValidationError("--html takes the name of a file.") }
    }

    func run() throws {
        let workspace = try options.open()
        let page = try html.map(PageFile.init)
        Interrupt.listen()
        let path = try simulation.request(campaigns, in: workspace, bodies: bodies).write(in: workspace)
        let file = try RunFile(path: path)
        if let page {
            let masking = reveal ? Masking.revealed : .masked
            let summary = try RunSummary(file, run: workspace.shown(path), masking: masking)
            try page.write(RunPage(file, summary, masking: masking).html())
        }
        try print(file, shown: workspace.shown(path))
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
