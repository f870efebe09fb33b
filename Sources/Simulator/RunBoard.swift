internal import Catalog
internal import Synchronization

/// Shares the customers among threads by ranges of ids, and hands what they found to the recorder in the order of ranges.
final class RunBoard: Sendable {
    /// Customers of about so many ids are one piece of work: few enough to be kept until their turn, many enough that asking
    /// for them costs nothing.
    private static let rangeLength: UInt64 = 2048

    private struct State {
        var nextTaken = 0
        var nextGiven = 0
        var waiting: [Int: RangeOutcome] = [:]
        /// The first range, by its place, that failed.
        var failure: (range: Int, error: any Error)?
        var total: RangeOutcome
        /// What was used of each limit in this pass.
        var meters: [Limit: LimitMeter] = [:]
        var closed: [Limit: RunPlace] = [:]
        var pass = 1
        let recorder: Handle

        /// The limit that was exceeded first, of those that are not closed, and where.
        var nextClosing: (limit: Limit, place: RunPlace)? {
            meters.compactMap { limit, meter in
                closed[limit] == nil ? meter.firstOver.map { (limit, $0) } : nil
            }.min { $0.1 < $1.1 }
        }
    }

    /// A recorder, which is called under the lock alone.
    private struct Handle: @unchecked Sendable {
        let recorder: any RunRecorder
    }

    private let ranges: [ClosedRange<Int64>]
    private let options: DryRun.Options
    private let state: Mutex<State>

    init(_ ids: ClosedRange<Int64>, _ recorder: any RunRecorder, _ options: DryRun.Options) {
        self.options = options
        // Ids far apart are no reason for more pieces than anybody waits for.
        let span = UInt64(bitPattern: ids.upperBound &- ids.lowerBound)
        ranges = AudienceScan.split(ids, into: Int(min(span / Self.rangeLength, 1_000_000)) + 1)
        state = Mutex(
            State(
                total: RangeOutcome(sampleCount: options.sampleCount, seed: options.seed),
                recorder: Handle(recorder: recorder)))
    }

    /// The share of the ranges that were given back.
    var share: Double { state.withLock { Double($0.nextGiven) / Double(ranges.count) } }

    /// Which pass it is, from 1.
    var pass: Int { state.withLock { $0.pass } }

    /// Tells of the limits; gives from which place on those that were used up in passes before are closed.
    func begin(_ limits: Limits) -> [Limit: RunPlace] {
        state.withLock { state in
            for (limit, allowed) in limits.allowed where state.meters[limit] == nil {
                state.meters[limit] = LimitMeter(allowed: allowed)
            }
            return state.closed
        }
    }

    /// Closes the limit that was exceeded first, if any was, and begins another pass; false where none was.
    ///
    /// What happened before that place does not depend on any limit, so the place is final; what happened
    /// behind it may change, and with it the places of the others.
    func beginNextPass() throws -> Bool {
        try state.withLock { state in
            guard state.failure == nil, let (limit, place) = state.nextClosing else { return false }
            state.closed[limit] = place
            state.meters.removeAll()
            state.nextTaken = 0
            state.nextGiven = 0
            state.total = RangeOutcome(sampleCount: options.sampleCount, seed: options.seed)
            state.pass += 1
            try state.recorder.recorder.restart()
            return true
        }
    }

    /// The next range; nil where none is left or needed.
    func take() -> (number: Int, ids: ClosedRange<Int64>)? {
        state.withLock { state in
            guard state.nextTaken < min(ranges.count, state.failure?.range ?? .max) else { return nil }
            defer { state.nextTaken += 1 }
            return (state.nextTaken, ranges[state.nextTaken])
        }
    }

    /// Takes what was found in a range, and writes all whose turn it is.
    func give(_ outcome: RangeOutcome, of range: Int) throws {
        try state.withLock { state in
            state.waiting[range] = outcome
            while let next = state.waiting.removeValue(forKey: state.nextGiven) {
                state.nextGiven += 1
                for decision in next.decisions { try state.recorder.recorder.record(decision) }
                for event in next.events { try state.recorder.recorder.record(event) }
                for body in next.bodies.values.sorted(by: { $0.hash < $1.hash }) {
                    try state.recorder.recorder.record(body)
                }
                for charge in next.charges {
                    state.meters[charge.limit]?.add(charge.amount, at: charge.place)
                }
                for journeys in next.journeys { try state.recorder.recorder.record(journeys) }
                state.total.add(next)
            }
        }
    }

    func fail(_ error: any Error, in range: Int) {
        state.withLock { state in
            if range < state.failure?.range ?? .max { state.failure = (range, error) }
        }
    }

    func finish(_ header: RunHeader, _ campaigns: [RunCampaign]) throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure.error }
            precondition(state.nextClosing == nil, "a limit was exceeded and no other pass followed")
            let total = state.total
            let counted = campaigns.map { campaign in
                var campaign = campaign
                campaign.audienceCount = total.entered[campaign.name] ?? 0
                campaign.silentCount = total.silent[campaign.name] ?? 0
                campaign.count(total.arrived[campaign.name] ?? [:])
                campaign.count(total.goals)
                return campaign
            }
            let flow = total.flow.map { flow, count in
                var flow = flow
                flow.count = count
                return flow
            }
            var header = header
            header.costs = total.costs.mapValues { $0.mapValues { Double($0) / 1e6 } }
            try state.recorder.recorder.finish(
                header, counted, flow.sorted(), total.ledger.samples, total.ledger.problems)
        }
    }
}

/// How a journey ended, in a word of ``Catalog/RunFlow/word``.
struct JourneyEnding {
    var customer: Int64
    var campaign: String
    var word: String
}

/// What the customers of a range came to.
struct RangeOutcome {
    var decisions: [Decision] = []
    var events: [RunEvent] = []
    /// The messages of the decisions by their hashes, where they are kept.
    var bodies: [String: RunBody] = [:]
    var journeys: [JourneyRecord] = []
    var flow: [RunFlow: Int] = [:]
    /// The journeys that are over, in the order in which they ended.
    var endings: [JourneyEnding] = []
    /// How many customers entered, and for how many of them the journeys asked for no message, by campaign.
    var entered: [String: Int] = [:]
    var silent: [String: Int] = [:]
    /// How many customers came to a stage before the entry, by campaign; only where events bring them.
    var arrived: [String: [RunFunnelStage.Kind: Int]] = [:]
    /// How many journeys met the goals of their campaigns or did not, of those that are measured.
    var goals: [GoalMark: Int] = [:]
    /// What used up limits, in no order that counts.
    var charges: [Charge] = []
    /// What messages cost by campaign on channels whose cost plugins count, in millionths of the currency.
    var costs: [String: [Channel: Int64]] = [:]
    var ledger: RunLedger

    init(sampleCount: Int, seed: UInt64) {
        ledger = RunLedger(sampleCount: sampleCount, seed: seed)
    }

    /// Adds the counts of a person or a range; what is kept one by one, decisions, events, endings, charges and bodies, is
    /// not added.
    mutating func add(_ other: RangeOutcome) {
        entered.merge(other.entered, uniquingKeysWith: +)
        silent.merge(other.silent, uniquingKeysWith: +)
        arrived.merge(other.arrived) { $0.merging($1, uniquingKeysWith: +) }
        flow.merge(other.flow, uniquingKeysWith: +)
        goals.merge(other.goals, uniquingKeysWith: +)
        costs.merge(other.costs) { $0.merging($1, uniquingKeysWith: +) }
        ledger.add(other.ledger)
    }
}
