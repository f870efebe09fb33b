import Catalog
import Testing

@testable import Simulator

@Suite("Goals at the end of a run")
struct GoalTests {
    private func goals(_ run: Recorder) throws -> [RunGoal] { try #require(run.campaigns.first).goals }

    @Test("in a replay of the past recorded orders count for who was held out as for who got a message")
    func past() throws {
        let start = PastWorld.start
        // One second behind the run is too late, and what came before the entry does not count.
        let bench = try Bench(
            reachable(1...40)
                + (1...40).map { id in
                    let time =
                        id.isMultiple(of: 4)
                        ? start + Int64(id) * 3600
                        : id.isMultiple(of: 2) ? start + PastWorld.days * 86_400 : start - 3600
                    return """
                        INSERT INTO orders (id, customer_id, placed_at, amount, currency)
                            VALUES (\(id), \(id), \(time), 500, 'CNY');
                        """
                }.joined(), now: start)
        let run = try bench.run(
            ReplayTests.source(
                """
                campaign "it" {
                  audience = function(c) return true end,
                  holdout = 0.4,
                  goal = function(c, entered_at) return c.orders:since(entered_at):any() end,
                  journey = function(c) send { template = "hello" } end,
                }
                """), ReplayTests.options(start))
        let heldOut = Set(run.decisions.filter { $0.outcome == .heldOut }.map(\.customer))
        let reached = Set(run.decisions.filter { $0.outcome == .sent }.map(\.customer))
        #expect(heldOut.count + reached.count == 40)
        func met(_ customers: Set<Int64>) -> Int { customers.count { $0.isMultiple(of: 4) } }
        #expect(met(heldOut) > 0 && met(reached) > 0)
        #expect(
            try goals(run) == [
                RunGoal(isHeldOut: false, journeys: reached.count, met: met(reached)),
                RunGoal(isHeldOut: true, journeys: heldOut.count, met: met(heldOut)),
            ])
    }

    @Test("a goal that ended the journey is met, though it no longer holds when the run is over")
    func passing() throws {
        let run = try Bench(reachable(1...3)).run(
            greeting(
                """
                goal = function(c, entered_at)
                  return c.id < 3 and now() >= entered_at + days(1) and now() < entered_at + days(2)
                end,
                """, journey: "send { template = \"hello\" } if c.id ~= 2 then wait(days(1)) end"), days: 5)
        #expect(try goals(run) == [RunGoal(isHeldOut: false, journeys: 3, met: 1)])
    }

    @Test("journeys without a message, and runs of one moment, have nothing to measure")
    func unmeasured() throws {
        let script = greeting(
            "goal = function(c) return c.id > 9 end,",
            journey: "if c.id == 1 then send { template = \"hello\" } end")
        let bench = try Bench(reachable(1...3))
        #expect(try goals(try bench.run(script, days: 1)) == [RunGoal(isHeldOut: false, journeys: 1, met: 0)])
        #expect(try goals(try bench.run(script, days: 0)) == [])
        #expect(try goals(try bench.run(greeting(), days: 1)) == [])
    }

    @Test("variants are counted each by itself")
    func variants() throws {
        let run = try Bench(reachable(1...30)).run(
            greeting(
                """
                variants = { long = 1, short = 1 },
                goal = function(c, entered_at) return c.id % 3 == 0 and now() > entered_at end,
                """), days: 1)
        let expected = ["long", "short"].map { name in
            let own = run.decisions.filter { $0.variant == name }
            return RunGoal(
                variant: name, isHeldOut: false, journeys: own.count,
                met: own.count { $0.customer.isMultiple(of: 3) })
        }
        #expect(try goals(run) == expected)
        #expect(expected.allSatisfy { $0.met > 0 })
    }

    @Test("a goal that raises at the end is a problem with its count, and its journeys are in no number")
    func problems() throws {
        let run = try Bench(reachable(1...4)).run(
            greeting(
                "goal = function(c, entered_at) return now() > entered_at and c.id % 2 == 0 and error('lost') end,"
            ), days: 1)
        #expect(try goals(run) == [RunGoal(isHeldOut: false, journeys: 2, met: 0)])
        #expect(run.lines.allSatisfy { $0.hasSuffix("sent") } && run.lines.count == 4)
        #expect(
            run.problems.map { "\($0.campaign) \($0.location) \($0.message) \($0.count) \($0.customer)" } == [
                "greeting scripts/x.lua:4 lost 2 2"
            ])
    }

    @Test("a goal that is ended by force is a problem, and the others are measured")
    func force() throws {
        let run = try Bench(reachable(1...3)).run(
            greeting(
                """
                goal = function(c, entered_at)
                  while now() > entered_at and c.id == 2 do end
                  return now() > entered_at
                end,
                """), days: 1)
        #expect(try goals(run) == [RunGoal(isHeldOut: false, journeys: 2, met: 2)])
        #expect(run.problems.map(\.count) == [1] && run.problems.map(\.customer) == [2])
        #expect(run.lines == ["1 hello email sent", "2 hello email sent", "3 hello email sent"])
    }
}
