import Basics
import Calendars
import Catalog
import Diagnostics
import Rules
import Testing

@testable import Simulator

@Suite("Limits and budgets")
struct LimitTests {
    @Test("a meter finds the first charge that does not fit, in whatever order they come", arguments: 0..<50)
    func meter(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let allowed = Int64.random(in: 0...40, using: &random)
        let charges = (0..<Int.random(in: 0...30, using: &random)).map { number in
            let place = RunPlace(
                time: Int64.random(in: 0..<4, using: &random), lot: UInt64.random(in: 0..<3, using: &random),
                person: Int64.random(in: 0..<3, using: &random), number: number)
            return (amount: Int64.random(in: 1...5, using: &random), place: place)
        }
        var sum: Int64 = 0
        let expected = charges.sorted { $0.place < $1.place }.first { charge in
            sum += charge.amount
            return sum > allowed
        }
        for _ in 0..<3 {
            var meter = LimitMeter(allowed: allowed)
            for charge in charges.shuffled(using: &random) { meter.add(charge.amount, at: charge.place) }
            #expect(meter.firstOver == expected?.place)
        }
    }

    @Test("a limit is used up from the first thing on for which it has no room")
    func isUsedUp() {
        func place(_ time: Int64, _ number: Int = 0) -> RunPlace {
            RunPlace(time: time, lot: 5, person: 1, number: number)
        }
        #expect(!Policy.isUsedUp(closedFrom: nil, at: place(9)))
        #expect(!Policy.isUsedUp(closedFrom: place(5, 1), at: place(5)))
        #expect(Policy.isUsedUp(closedFrom: place(5, 1), at: place(5, 1)))
        #expect(Policy.isUsedUp(closedFrom: place(5, 1), at: place(6)))
    }

    private func options(_ bench: Bench, days: Int64 = 3) -> DryRun.Options {
        var options = DryRun.Options(seed: 1, timeZone: bench.clock.local.zone, channels: Channel.allCases)
        options.duration = days * 86_400
        options.prices = [.email: 0.1, .sms: 0.25]
        return options
    }

    @Test(
        "no more customers enter than the limit allows; the others are told once, and who is in may come again"
    )
    func limit() throws {
        let bench = try Bench(reachable(1...20))
        let run = try bench.run(
            bench.source(
                greeting("limit = 5, every = 'day at 10:00', reentry = days(1),", journey: "note 'in'")),
            options(bench))
        func customers(_ word: String) -> [Int64] {
            run.events.filter { $0.word == word }.map(\.customer)
        }
        #expect(Set(customers("enter")).count == 5)
        // Three days, each of the five on each of them.
        #expect(customers("enter").count == 15)
        #expect(customers("limit").count == 15 && Set(customers("limit")).count == 15)
        #expect(Set(customers("limit")).isDisjoint(with: customers("enter")))
        #expect(run.events.first { $0.word == "limit" }?.subject == "5")
        #expect(run.campaigns.map(\.audienceCount) == [5] && run.restarts == 1)
        // Who is in is drawn, not taken by number.
        #expect(Set(customers("enter")) != Set(1...5))
    }

    @Test("messages for which the budget has no room are not sent; those that cost nothing still are")
    func budget() throws {
        let bench = try Bench(reachable(1...10))
        let run = try bench.run(
            bench.source(
                greeting(
                    "budget = 0.55,",
                    journey:
                        "send { template = 'hello' } send { template = 'hello', channel = 'wecom' }")),
            options(bench))
        func count(_ channel: Channel, _ outcome: Outcome, _ reason: Reason? = nil) -> Int {
            run.decisions.count { $0.channel == channel && $0.outcome == outcome && $0.reason == reason }
        }
        #expect(count(.email, .sent) == 5 && count(.email, .skipped, .budget) == 5)
        #expect(count(.wecom, .sent) == 10)
        // Ten are one more than nine, however they are written as binary fractions.
        let ten = try bench.run(bench.source(greeting("budget = 1,")), options(bench))
        #expect(ten.decisions.allSatisfy { $0.outcome == .sent } && ten.restarts == 0)
    }

    @Test("limits that are not reached cost no other pass, and each that is exceeded costs one")
    func passes() throws {
        let bench = try Bench(reachable(1...10))
        func restarts(_ script: String) throws -> Int {
            try bench.run(bench.source(script), options(bench)).restarts
        }
        func campaign(_ name: String, _ settings: String) -> String {
            "campaign '\(name)' { audience = function(c) return true end, journey = function(c) send { template = 'hello' } end, \(settings) }\n"
        }
        #expect(try restarts(campaign("a", "")) == 0)
        #expect(try restarts(campaign("a", "limit = 10, budget = 1")) == 0)
        #expect(try restarts(campaign("a", "limit = 9, budget = 1")) == 1)
        #expect(try restarts(campaign("a", "limit = 3") + campaign("b", "limit = 4, budget = 0.2")) == 3)
    }

    @Test("the place that one campaign's limit leaves free under the cap goes to another")
    func together() throws {
        let bench = try Bench(reachable(1...10))
        var options = options(bench)
        options.cap = try FrequencyCap(1, per: .day)
        let run = try bench.run(
            bench.source(
                """
                \(greeting("limit = 4, priority = 1,"))
                campaign "news" { audience = function(c) return true end, budget = 0.5,
                  journey = function(c) send { template = "hello" } end }
                """), options)
        func sent(_ campaign: String) -> Int {
            run.decisions.count { $0.campaign == campaign && $0.outcome == .sent }
        }
        #expect(sent("greeting") == 4 && sent("news") == 5)
        #expect(run.decisions.count { $0.reason == .frequencyCap } == 4)
        #expect(run.decisions.count { $0.reason == .budget } == 1)
    }

    @Test("a budget in a workspace without prices is an error that says what to write")
    func noPrices() throws {
        let bench = try Bench(reachable(1...1))
        var options = options(bench)
        options.prices = [:]
        let error = #expect(throws: DryRunError.self) {
            try bench.run(bench.source(greeting("budget = 5,")), options)
        }
        #expect(error?.diagnostic.message == "'greeting' has a budget, but the workspace has no prices")
        #expect(error?.diagnostic.location?.line == 1)
    }
}
