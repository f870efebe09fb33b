public import Calendars
public import Catalog
public import Diagnostics
public import Foundation
public import Rules

/// A simulation of campaigns over a stretch of virtual time: who enters, what the journeys ask for, what the policy
/// decides, how people respond. It sends nothing and writes only through its recorder.
///
/// People are simulated one at a time, each through the whole stretch and all campaigns, so that memory does not grow with
/// their number. The same data, scripts, time, options and seed give the same decisions, byte for byte, on any number of
/// threads.
public struct DryRun: Sendable {
    /// What a run depends on besides the data and the scripts.
    public struct Options: Sendable {
        /// Of every random choice.
        public var seed: UInt64
        /// The workspace's zone, for customers without one of their own.
        public var timeZone: TimeZone
        /// The channels of the workspace, in the order of preference.
        public var channels: [Channel]
        /// How many messages of each campaign are kept whole, as examples.
        public var sampleCount: Int
        /// Seconds of virtual time; with 0 only what happens at the first moment.
        public var duration: Int64 = 0
        /// How people respond.
        public var responses = ResponseModel.none
        /// How many marketing messages a customer may get over all channels; nil for any number.
        public var cap: FrequencyCap?
        /// How many of them by a channel.
        public var channelCaps: [Channel: FrequencyCap] = [:]
        /// The part of the day that quiet hours leave open; nil where there are none.
        public var awake: TimeWindow?
        /// Whether limits and budgets of campaigns hold.
        public var hasLimits = true
        /// Who is kept without messages to compare with.
        public var holdout = Holdout.byShare
        /// Whether all that replays of journeys need is recorded.
        public var keepsJourneys = true
        /// The past is replayed: the store was read as of this instant, not after the run's beginning, and what is
        /// recorded later comes as it did. Messages that the campaigns of the run sent later are left out.
        public var asOf: Int64?
        /// What a message costs on a channel, or each part of a text message, in major units.
        public var prices: [Channel: Double] = [:]

        /// Whether the recorder is given the message of each decision. Cost: all of them are written out once more.
        public var keepsBodies = false

        /// Options for one moment without caps and quiet hours; three samples unless said otherwise.
        public init(seed: UInt64, timeZone: TimeZone, channels: [Channel], sampleCount: Int = 3) {
            self.seed = seed
            self.timeZone = timeZone
            self.channels = channels
            self.sampleCount = sampleCount
        }

        /// The first instant behind a run from an instant on; what happens at its very beginning is in any run.
        public func end(from start: Int64) -> Int64 { start + max(duration, 1) }
    }

    /// Who of a campaign with a holdout is kept without messages.
    public enum Holdout: Sendable {
        /// The campaign's share of people, drawn.
        case byShare
        /// All, or nobody: for tests, which are not left to chance.
        case all, nobody
    }

    let names: [String]
    let options: Options
    let people: People
    private let board: RunBoard
    private let funnels: FunnelBoard

    /// A run of the campaigns of these names over the customers between two ids; `people` says who shares addresses.
    public init(
        campaigns names: [String], over ids: ClosedRange<Int64>, people: People, _ options: Options,
        into recorder: any RunRecorder
    ) {
        self.names = Set(names).sorted()
        self.options = options
        self.people = people
        board = RunBoard(ids, recorder, options)
        funnels = FunnelBoard(ids)
    }

    /// The work of one thread: takes ranges of customers until none is left. Call it once on each, with a host of its own
    /// whose customers are attached.
    ///
    /// - Parameter progress: called now and then with the share of the work that is done, from 0 to 1; false cancels.
    /// - Throws: ``DryRunError/cancelled``; a ``RuleError`` where an audience raises or answers neither true nor
    ///   false, for then nobody can say who is in it. Errors of content, templates and journeys are decisions.
    public func work(_ host: RuleHost, _ data: any ContactData, progress: (Double) -> Bool = { _ in true })
        throws
    {
        let stage = try Stage(host, data, names, options)
        stage.close(board.begin(stage.limits))
        while let range = board.take() {
            do {
                try board.give(
                    RangeSimulation(stage, people, options).outcome(of: range.ids), of: range.number)
            } catch {
                board.fail(error, in: range.number)
            }
            guard progress(board.share) else { throw DryRunError.cancelled }
        }
        try funnels.work(stage) { guard progress(board.share) else { throw DryRunError.cancelled } }
    }

    /// Which pass over the customers it is, from 1.
    public var pass: Int { board.pass }

    /// Whether a campaign has exceeded its `limit` or `budget`, so that everybody is to be simulated once
    /// more: call it when all threads have ended, and then ``work(_:_:progress:)`` again on each.
    ///
    /// Cost of a run: a pass over the customers, and another for each limit that is exceeded
    /// (`docs/decisions/021-limits.md`).
    public func needsAnotherPass() throws -> Bool { try board.beginNextPass() }

    /// Writes what is known at the end; call it when all threads have ended and no other pass is needed.
    ///
    /// - Throws: the error of the first customers that failed.
    public func finish(_ host: RuleHost, _ data: any ContactData, from: Int64, sources: String) throws {
        let campaigns = try names.map(host.campaign)
        // Whoever registers in a replay is one of its customers.
        if options.asOf != nil { data.move(to: options.end(from: from) - 1) }
        try board.finish(
            RunHeader(
                now: from, timeZone: options.timeZone.identifier, seed: options.seed,
                currency: data.currency, sources: sources, customers: try data.customerCount(),
                until: from + options.duration,
                responses: options.responses.description, prices: options.prices, asOf: options.asOf),
            campaigns.map {
                RunCampaign(
                    name: $0.name, description: $0.description, audience: $0.audience?.text ?? "everybody",
                    hasAudience: $0.audience != nil, audienceCount: 0, silentCount: 0,
                    funnel: funnels.stages(of: $0))
            })
    }
}

/// Why a run ended early.
public enum DryRunError: Error {
    /// The person asked to stop.
    case cancelled
    /// A customer was gone while the run read the store.
    case vanished(Int64)
    /// A customer came into a campaign again and again at one instant, by what the campaign itself does.
    case endless(campaign: String, at: SourceLocation)
    /// A campaign has a budget, and nothing has a price.
    case noPrices(campaign: String, at: SourceLocation)
}

extension DryRunError: Diagnosable {
    /// The error in words.
    public var diagnostic: Diagnostic {
        switch self {
        case .cancelled: Diagnostic("the dry run was stopped; no run file was written")
        case .vanished(let customer):
            Diagnostic("customer \(customer) is no longer there; no run file was written")
        case .noPrices(let campaign, let location):
            Diagnostic(
                "'\(campaign)' has a budget, but the workspace has no prices", at: location, token: campaign,
                hint: "say in workspace.lua what messages cost: prices = { email = 0.001, sms = 0.05 }")
        case .endless(let campaign, let location):
            Diagnostic(
                "'\(campaign)' begins again without end: what its journey does lets the customer enter again at once",
                at: location, token: campaign,
                hint:
                    "ask whether it was done already, as in not c:has_tag \"VIP\", or give it a reentry or a delay"
            )
        }
    }
}
