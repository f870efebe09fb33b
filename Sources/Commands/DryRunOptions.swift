internal import ArgumentParser
internal import Catalog
internal import Rules
internal import Simulator

/// What a dry run depends on: options of the commands that make one.
struct DryRunOptions: ParsableArguments {
    @Option(
        name: [.long, .customLong("now")],
        help: ArgumentHelp("When the run begins, in the workspace's time zone.", valueName: "time"))
    var from: String?
    @Option(
        help: ArgumentHelp(
            "Replays the past from that time on: what is recorded later comes as it did.",
            valueName: "time"))
    var asOf: String?
    @Option(help: ArgumentHelp("How many days it lasts; 0 for its first moment alone.", valueName: "n"))
    var days = Self.standardDays
    @Option(
        help: ArgumentHelp(
            """
            How people respond: history, none, all, shares of messages such as open=0.25,click=0.04,buy=0.01 with \
            unsubscribe, complaint and bounce, or a response of the scripts.
            """,
            valueName: "model"))
    var assume = Self.standardAssumption
    @OptionGroup var threads: ThreadOptions
    @Option(help: ArgumentHelp("Decides every random choice.", valueName: "n"))
    var seed: UInt64?
    @OptionGroup var pushdown: PushdownOptions

    /// How many days, and how people respond, where nothing is said.
    static let standardDays = 30
    static let standardAssumption = "history"

    func validate() throws {
        guard (0...3660).contains(days) else {
            throw ValidationError("--days takes a number from 0 to 3660.")
        }
        guard !assume.contains("=") || ResponseModel(assume) != nil else {
            throw ValidationError(
                "--assume takes shares from 0 to 1 of \(ResponseRates.names.joined(separator: ", ")), such as open=0.25,click=0.04."
            )
        }
    }

    /// Whether none of them was given, or all as they are without it.
    var isStandard: Bool {
        from == nil && asOf == nil && days == Self.standardDays && assume == Self.standardAssumption
            && threads.count == nil && seed == nil
            && !pushdown.isOff
    }

    /// The dry run that is asked for.
    func request(_ campaigns: [String], in workspace: Workspace, bodies: Bool) throws -> DryRunRequest {
        let clock = try workspace.settings.clock(from ?? asOf)
        let past = try asOf.map { try workspace.settings.clock($0).now }
        if let past, past > clock.now {
            throw WorkspaceError.beginsBeforePast(from: from ?? "", asOf: asOf ?? "")
        }
        return DryRunRequest(
            campaigns: campaigns, clock: clock, asOf: past, days: days, assume: assume,
            seed: seed ?? workspace.settings.seed, threads: threads.count, pushdown: !pushdown.isOff,
            bodies: bodies)
    }
}
