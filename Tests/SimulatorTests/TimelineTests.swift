import Catalog
import Testing

@testable import Simulator

@Suite("Runs over days against a slow reference")
struct TimelineTests {
    @Test("everything that happens in a random world is what the reference predicts", arguments: 0..<15)
    func agreement(_ block: UInt64) throws {
        for seed in block * 20..<(block + 1) * 20 {
            let world = TimelineWorld.random(seed)
            let expected = Timeline(world)
            let found = try world.run()
            let decisions = found.decisions.map(Self.bare).byCustomer(\.customer)
            let events = found.events.byCustomer(\.customer)
            let comment = Comment(rawValue: "seed \(seed)\n\(world.script)")
            Self.expectSame(
                decisions, expected.decisions.byCustomer(\.customer), "decision", comment)
            Self.expectSame(events, expected.events.byCustomer(\.customer), "event", comment)
            #expect(found.flow == expected.flows.sorted(), comment)
            for campaign in found.campaigns {
                let entered = expected.entered.filter { $0.campaign == campaign.name }
                #expect(campaign.audienceCount == entered.count, comment)
                #expect(campaign.silentCount == entered.subtracting(expected.addressed).count, comment)
                let goals = expected.goals[campaign.name, default: [:]].map { group, met in
                    RunGoal(
                        variant: group.variant, isHeldOut: group.isHeldOut, journeys: met.count,
                        met: met.count(where: \.self))
                }
                #expect(campaign.goals == goals.sorted(), comment)
            }
        }
    }

    @Test(
        "the random worlds reach every reason, whatever can hold a message, and every way on and out of a journey"
    )
    func coverage() {
        var reasons: Set<Reason?> = []
        var holders: Set<Reason?> = []
        var outcomes: Set<Outcome> = []
        var words: Set<String> = []
        var ends: Set<String> = []
        var goals: Set<[Bool]> = []
        for seed in UInt64(0)..<300 {
            let timeline = Timeline(TimelineWorld.random(seed))
            for (group, met) in timeline.goals.values.joined() {
                goals.formUnion(met.map { [group.isHeldOut, $0] })
            }
            reasons.formUnion(timeline.decisions.map(\.reason))
            holders.formUnion(timeline.decisions.map(\.heldBy))
            outcomes.formUnion(timeline.decisions.map(\.outcome))
            words.formUnion(timeline.events.map(\.word))
            ends.formUnion(timeline.flows.filter { $0.target == nil }.map(\.word))
        }
        #expect(Set(Reason.allCases).subtracting(reasons.compactMap(\.self)) == [])
        #expect(holders == [nil, .quietHours, .sendWindow, .bestHour, .frequencyCap])
        #expect(outcomes == Set(Outcome.allCases))
        // Held out or not, met or not; those held out do hardly anything.
        #expect(goals.isSuperset(of: [[false, false], [false, true], [true, false]]))
        #expect(
            words == [
                "enter", "open", "click", "order", "bounce", "complaint", "unsubscribe", "tag", "untag",
                "set",
                "pause", "note", "goal", "exit", "limit",
            ])
        #expect(ends == ["end", "exit", "goal", "erased", "holdout", "error", "under way"])
    }

    @Test(
        "what goes into a journey comes out: entries are journeys, and each send that is reached one decision"
    )
    func conservation() throws {
        for seed in UInt64(400)..<440 {
            let world = TimelineWorld.random(seed)
            let run = try world.run()
            let comment = Comment(rawValue: "seed \(seed)\n\(world.script)")
            for campaign in world.campaigns.map(\.name) {
                let flow = run.flow.filter { $0.campaign == campaign }
                func sum(_ isMeant: (RunFlow) -> Bool) -> Int {
                    flow.filter(isMeant).map(\.count).reduce(0, +)
                }
                let entries = run.events.count { $0.campaign == campaign && $0.word == "enter" }
                #expect(entries == sum { $0.source == nil }, comment)
                #expect(entries == sum { $0.target == nil }, comment)
                for line in Set(flow.compactMap(\.target)) {
                    let reached = sum { $0.target == line }
                    #expect(reached == sum { $0.source == line }, comment)
                    guard flow.contains(where: { $0.target == line && $0.word == "send" }) else { continue }
                    #expect(
                        run.decisions.count { $0.campaign == campaign && $0.script == line } == reached,
                        comment)
                    let sent = run.decisions.count { $0.script == line && $0.outcome == .sent }
                    #expect(sent == sum { $0.source == line && $0.answer == "sent" }, comment)
                }
            }
        }
    }

    @Test("any number of threads gives the same run", arguments: 0..<10)
    func threads(_ block: UInt64) throws {
        for seed in 440 + block * 4..<444 + block * 4 {
            let world = TimelineWorld.random(seed)
            let alone = try world.run()
            for threads in 1...3 {
                let shared = try world.run(threads: threads)
                let isSame =
                    shared.decisions == alone.decisions && shared.events == alone.events
                    && shared.flow == alone.flow && shared.campaigns == alone.campaigns
                    && shared.samples == alone.samples && shared.problems == alone.problems
                    && shared.header == alone.header
                #expect(isSame, "seed \(seed), \(threads) threads\n\(world.script)")
            }
        }
    }

    /// Shows the first difference alone: what follows from it would fill pages.
    private static func expectSame<T: Equatable>(
        _ found: [T], _ expected: [T], _ what: String, _ comment: Comment
    ) {
        let count = max(found.count, expected.count)
        let place = (0..<count).first { found.dropFirst($0).first != expected.dropFirst($0).first }
        guard let place else { return }
        #expect(
            found.dropFirst(place).first == expected.dropFirst(place).first, "\(what) \(place), \(comment)")
    }

    /// Without what is in the message, of which the reference knows nothing.
    private static func bare(_ decision: Decision) -> Decision {
        var decision = decision
        decision.subject = nil
        decision.bodyHash = nil
        decision.detail = nil
        decision.parts = nil
        return decision
    }
}

extension Array {
    /// By customer, for each in the order of happening.
    fileprivate func byCustomer(_ customer: (Element) -> Int64) -> [Element] {
        enumerated().sorted { (customer($0.element), $0.offset) < (customer($1.element), $1.offset) }.map(
            \.element)
    }
}
