internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Reports
internal import Store

/// `moonletter why [CAMPAIGN] --customer ID`: what a dry run did with one customer.
struct WhyCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "See what a dry run decided about one customer, and why.",
        discussion: """
            Tells their story from the newest run file under runs/: what happened to them, which messages they
            get, and at which gate and line of the script the others stopped. Times are the workspace's.

              moonletter why win-back --customer 42         one campaign, in its newest run
              moonletter why --customer 42                  all campaigns of the newest run
              moonletter why --customer 42 --run runs/2026-12-01-win-back.run
            """)

    @Argument(help: "The campaign; all of the run where none is named.")
    var campaign: String?
    @Option(help: ArgumentHelp("The customer's number.", valueName: "id"))
    var customer: Int64
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The run file or its name; without it, the newest.", valueName: "run"))
    var runFile: String?
    @Option(help: ArgumentHelp("text, or json: one object.", valueName: "format"))
    var format = Format.text
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let (path, file) = try runFile.map { try named($0, in: workspace) } ?? newest(in: workspace)
        let story = try CustomerStory(
            file, of: customer, in: campaign, run: workspace.shown(path),
            masking: reveal ? .revealed : .masked)
        if story.isEmpty { try checkCustomer(in: workspace) }
        Console.write(format == .json ? try story.json() + "\n" : story.text(width: Console.width))
    }

    /// The run file that the person names.
    private func named(_ name: String, in workspace: Workspace) throws -> (String, RunFile) {
        let (path, file) = try workspace.run(named: name)
        let known = try file.campaigns().map(\.name)
        if let campaign, !known.contains(campaign) {
            throw WhyError.otherCampaign(campaign, run: workspace.shown(path), known: known)
        }
        return (path, file)
    }

    /// The newest run, of the campaign where one is named.
    private func newest(in workspace: Workspace) throws -> (String, RunFile) {
        let paths = try workspace.runPaths()
        guard !paths.isEmpty else { throw WhyError.noRun }
        var known: Set<String> = []
        for path in paths {
            let file = try RunFile(path: path)
            let campaigns = try file.campaigns().map(\.name)
            guard let campaign, !campaigns.contains(campaign) else { return (path, file) }
            known.formUnion(campaigns)
        }
        throw WhyError.noRunOf(campaign ?? "", known: known.sorted())
    }

    private func checkCustomer(in workspace: Workspace) throws {
        let isKnown = try workspace.openStore().read(asOf: .max) { try $0.values([], of: customer) != nil }
        guard isKnown else { throw WorkspaceError.noCustomer(customer) }
    }
}

/// Why there is no story to tell.
enum WhyError: Error, Diagnosable {
    case noRun
    case noRunOf(String, known: [String])
    case otherCampaign(String, run: String, known: [String])

    var diagnostic: Diagnostic {
        switch self {
        case .noRun: Diagnostic("there is no run file in runs/", hint: "make one with: moonletter dry-run")
        case .noRunOf(let campaign, let known):
            Diagnostic(
                "no run in runs/ has a campaign '\(campaign)'",
                hint: nearestName(to: campaign, in: known).map { "did you mean '\($0)'?" }
                    ?? "make one with: moonletter dry-run \(shellWord(campaign))")
        case .otherCampaign(let campaign, let run, let known):
            Diagnostic(
                "\(run) has no campaign '\(campaign)'",
                hint: nearestName(to: campaign, in: known).map { "did you mean '\($0)'?" }
                    ?? "it has \(known.joined(separator: ", "))")
        }
    }
}
