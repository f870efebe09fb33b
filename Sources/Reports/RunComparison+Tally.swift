internal import Basics
internal import Catalog
internal import Foundation
internal import Store

/// What differs in one campaign, counted while the decisions go by. Grows with the steps and reasons, not
/// with them.
struct CampaignTally {
    /// Messages asked for and messages sent, in either run.
    private(set) var asked = (before: 0, after: 0)
    private(set) var sent = (before: 0, after: 0)
    private(set) var pairs = 0
    private(set) var differing = 0
    private(set) var counts: [DecisionChange: Int] = [:]
    private(set) var ways: [DecisionChange: [Way: Int]] = [:]
    private(set) var examples: [DecisionChange: [Candidate]] = [:]

    /// So many examples of each kind are kept.
    private static let exampleCount = 3

    struct Way: Hashable {
        var step: String
        var before: String?
        var after: String?
    }

    struct Candidate {
        var rank: UInt64
        var pair: RunFile.DecisionPair
    }

    mutating func add(_ pair: RunFile.DecisionPair, _ either: ComparedDecision) {
        pairs += 1
        if let before = pair.before {
            asked.before += 1
            sent.before += before.outcome == .sent ? 1 : 0
        }
        if let after = pair.after {
            asked.after += 1
            sent.after += after.outcome == .sent ? 1 : 0
        }
        let changes = DecisionChange.changes(pair)
        guard !changes.isEmpty else { return }
        differing += 1
        // The same customers in whichever order the runs are named.
        var hash = StableHash("compare", either.campaign, either.step)
        hash.combine(either.customer)
        hash.combine(Int64(pair.number))
        let candidate = Candidate(rank: hash.value, pair: pair)
        for change in changes {
            counts[change, default: 0] += 1
            let ends = change.ends(pair)
            let way = Way(step: either.step, before: ends.before, after: ends.after)
            ways[change, default: [:]][way, default: 0] += 1
            keep(candidate, change)
        }
    }

    private mutating func keep(_ candidate: Candidate, _ change: DecisionChange) {
        var own = examples[change, default: []]
        if own.count == Self.exampleCount {
            guard let last = own.last, candidate.rank < last.rank else { return }
            own.removeLast()
        }
        own.insert(candidate, at: own.firstIndex { candidate.rank < $0.rank } ?? own.count)
        examples[change] = own
    }
}

extension RunComparison.Campaign {
    init(_ name: String, _ tally: CampaignTally, _ first: RunFile, _ second: RunFile, _ masking: Masking)
        throws
    {
        self.name = name
        decisions = tally.pairs
        differing = tally.differing
        sentBefore = tally.sent.before
        sentAfter = tally.sent.after
        var clocks = (
            before: ZoneClock(TimeZone(identifier: try first.header().timeZone) ?? .gmt),
            after: ZoneClock(TimeZone(identifier: try second.header().timeZone) ?? .gmt)
        )
        changes = try DecisionChange.allCases.compactMap { kind in
            guard let count = tally.counts[kind] else { return nil }
            let ways = (tally.ways[kind] ?? [:]).map { way, count in
                RunComparison.Way(step: way.step, before: way.before, after: way.after, count: count)
            }
            let examples = try (tally.examples[kind] ?? []).map { candidate in
                let pair = candidate.pair
                let decisions = (
                    before: try pair.before.flatMap { try first.decision($0.id) },
                    after: try pair.after.flatMap { try second.decision($0.id) }
                )
                let either = pair.before ?? pair.after
                return RunComparison.Example(
                    customer: either?.customer ?? 0, step: either?.step ?? "", number: pair.number,
                    before: decisions.before.map {
                        RunComparison.State($0, DecisionChange.fate(pair.before), &clocks.before, masking)
                    },
                    after: decisions.after.map {
                        RunComparison.State($0, DecisionChange.fate(pair.after), &clocks.after, masking)
                    },
                    text: nil, decisions: decisions, details: kind == .unsent ? kind.ends(pair).after : nil)
            }
            return RunComparison.Change(
                kind: kind, count: count,
                ways: ways.sorted {
                    ($1.count, $0.step, $0.before ?? "", $0.after ?? "")
                        < ($0.count, $1.step, $1.before ?? "", $1.after ?? "")
                },
                examples: examples)
        }
    }
}

extension RunComparison.State {
    fileprivate init(_ decision: Decision, _ fate: String, _ clock: inout ZoneClock, _ masking: Masking) {
        self.fate = fate
        time = clock.isoText(at: decision.time)
        channel = decision.channel?.rawValue
        address = decision.address.map { masking.show($0, on: decision.channel) }
        variant = decision.variant
        subject = decision.subject.map {
            masking.show(text: $0, to: decision.address, on: decision.channel)
        }
    }
}
