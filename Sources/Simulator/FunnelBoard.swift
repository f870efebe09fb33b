internal import Catalog
internal import Diagnostics
internal import Rules
internal import Synchronization

/// Counts how customers come into the audiences of a run, condition by condition, shared among threads by
/// ranges of ids.
///
/// Counting comes behind the simulation, on hosts that simulate no more: a rule that keeps something from
/// customer to customer must not notice it.
final class FunnelBoard: Sendable {
    private struct State {
        var next = 0
        /// By campaign, the conditions with the counts of all ranges so far.
        var stages: [String: [RunFunnelStage]] = [:]
    }

    private let ranges: [ClosedRange<Int64>]
    private let state = Mutex(State())

    init(_ ids: ClosedRange<Int64>) {
        // What comes to the customers of a range in a replay is kept until they are counted.
        let span = UInt64(bitPattern: ids.upperBound &- ids.lowerBound)
        ranges = AudienceScan.split(ids, into: max(16, Int(min(span / 8192, 1_000_000))))
    }

    /// The work of one thread: takes ranges until none is left, and calls `check` behind each.
    func work(_ stage: Stage, _ check: () throws -> Void) throws {
        var funnels: [Int: AudienceFunnel] = [:]
        while let ids = take() {
            try stage.begin(over: ids)
            for index in stage.campaigns.indices {
                let campaign = stage.campaigns[index]
                guard let audience = campaign.audience, let time = stage.firstQuestion(of: index) else {
                    continue
                }
                let funnel = try funnels[index] ?? stage.host.funnel(of: audience)
                funnels[index] = funnel
                stage.moveTime(to: time)
                try stage.renew(asksAll: true)
                var counts: [Int]?
                do {
                    counts = try funnel.counts(over: ids)
                } catch {
                    guard !RuleHost.isInterrupted else { throw error }
                    // Whom the simulation could ask, it has asked: the run is as it is, with one number less.
                    if stage.host.isStopped {
                        try stage.replaceHost()
                        funnels = [:]
                    }
                }
                add(funnel, counts, campaign, at: time)
            }
            try check()
        }
    }

    /// The stages of a campaign before the entry; those that events bring customers to are not counted yet.
    func stages(of campaign: Campaign) -> [RunFunnelStage] {
        let audience = campaign.audience.map {
            RunFunnelStage(kind: .audience, text: $0.text, count: 0)
        }
        guard let event = campaign.trigger.eventText else {
            guard var audience, let conditions = state.withLock({ $0.stages[campaign.name] }) else {
                return []
            }
            audience.time = conditions.last?.time
            audience.count = conditions.last?.count
            return conditions + [audience]
        }
        var stages = [RunFunnelStage(kind: .event, text: event, count: 0)]
        if campaign.hasFilter { stages.append(RunFunnelStage(kind: .meant, text: event, count: 0)) }
        return stages + (audience.map { [$0] } ?? [])
    }

    private func take() -> ClosedRange<Int64>? {
        state.withLock { state in
            guard state.next < ranges.count else { return nil }
            defer { state.next += 1 }
            return ranges[state.next]
        }
    }

    private func add(_ funnel: AudienceFunnel, _ counts: [Int]?, _ campaign: Campaign, at time: Int64) {
        state.withLock { state in
            var stages =
                state.stages[campaign.name]
                ?? funnel.conditions.map { condition in
                    RunFunnelStage(
                        kind: .condition, text: condition.text,
                        script: condition.location.map { "\($0.file):\($0.line)" }, time: time, count: 0)
                }
            for index in stages.indices {
                stages[index].count = counts.flatMap { counts in
                    stages[index].count.map { $0 + counts[index] }
                }
            }
            state.stages[campaign.name] = stages
        }
    }
}

extension Stage {
    /// When all customers are asked first whether they are in the audience of a campaign; the beginning of
    /// the run where the campaign asks behind its end, and nil where events bring customers.
    func firstQuestion(of campaign: Int) -> Int64? {
        guard campaigns[campaign].trigger.eventText == nil else { return nil }
        return question(of: campaign)?.instants.first ?? from
    }
}

extension PersonSimulation {
    /// Counts a customer at a stage before the entry into a campaign that events bring customers to.
    func note(_ arrival: RunFunnelStage.Kind, _ record: CustomerRecord, _ index: Int) {
        let campaign = stage.campaigns[index]
        guard campaign.trigger.isEvent else { return }
        let isNew = record.reached.insert(FunnelMark(campaign: index, stage: arrival)).inserted
        guard isNew else { return }
        outcome.arrived[campaign.name, default: [:]][arrival, default: 0] += 1
    }
}

extension RunCampaign {
    /// Gives the stages that events bring customers to their counts.
    mutating func count(_ arrived: [RunFunnelStage.Kind: Int]) {
        for index in funnel.indices {
            if let count = arrived[funnel[index].kind] { funnel[index].count = count }
        }
    }
}

extension Trigger {
    /// Whether something of each customer's own sets it off.
    fileprivate var isEvent: Bool {
        switch self {
        case .start, .at, .every, .festival: false
        case .event, .before, .enters, .leaves: true
        }
    }

    /// What sets it off, as scripts say it; nil where time alone does.
    fileprivate var eventText: String? {
        switch self {
        case .start, .at, .every, .festival: nil
        case .event(let kind): kind.subject.map { "\(kind.name) \($0)" } ?? kind.name
        case .before(let field, _): "before \(field.name)"
        case .enters(let segment): "enters \(segment.text)"
        case .leaves(let segment): "leaves \(segment.text)"
        }
    }
}
