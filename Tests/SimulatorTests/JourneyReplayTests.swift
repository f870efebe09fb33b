import Basics
import Catalog
import Diagnostics
import Foundation
import Rules
import Store
import TestSupport
import Testing

@testable import Simulator

@Suite("Replays of journeys")
struct JourneyReplayTests {
    /// Replays what a run has kept of each person.
    private func replay(_ run: Recorder, _ bench: Bench, _ source: RuleSource) throws -> [JourneyReplay.Point]
    {
        let header = try #require(run.header)
        return try bench.store.read(asOf: header.asOf ?? header.now) { snapshot in
            let host = try source.makeHost()
            let replay = try JourneyReplay(host, snapshot, run.campaigns.map(\.name), of: header)
            return try run.journeys.flatMap { try replay.replay($0, subjects: subjects(run, $0)) }
        }
    }

    private func subjects(_ run: Recorder, _ record: JourneyRecord) -> [Int64: [String?]] {
        let sent = run.decisions.filter { $0.outcome == .sent && record.customers.contains($0.customer) }
        return Dictionary(grouping: sent, by: \.customer).mapValues { $0.map(\.subject) }
    }

    /// As the flow of the run tells how journeys went on and ended.
    private func ends(_ points: [JourneyReplay.Point]) -> [String: Int] {
        Dictionary(
            points.map { ("\($0.campaign) \($0.step?.location ?? "") \($0.end)", 1) }, uniquingKeysWith: +)
    }

    private func ends(_ flow: [RunFlow]) -> [String: Int] {
        Dictionary(
            flow.filter { $0.target == nil }.map {
                ("\($0.campaign) \($0.source ?? "") \($0.word)", $0.count)
            },
            uniquingKeysWith: +)
    }

    @Test(
        "each journey of a random world comes to the same point again, from what the run keeps of it",
        arguments: 0..<6)
    func worlds(_ block: UInt64) throws {
        var count = 0
        for seed in 700 + block * 8..<708 + block * 8 {
            let world = TimelineWorld.random(seed)
            let (bench, source) = (try Bench(world.sql), try world.source())
            let run = try bench.run(source, try world.options())
            let points = try replay(run, bench, source)
            #expect(ends(points) == ends(run.flow), "seed \(seed)\n\(world.script)")
            count += points.count
        }
        #expect(count > 20)
    }

    @Test(
        "so does each journey of a replay of the past, in which rules see what is simulated and what is recorded"
    )
    func past() throws {
        let script = """
            \(PastWorld.seen)
            campaign "watch" {
              audience = function(c) return c.order_count >= 0 end, kind = "transactional", reentry = days(2),
              every = "day at 8:00", variants = { a = 1, b = 2 },
              journey = function(c, entry)
                send { template = "hello" }
                for i = 1, 12 do
                  note(c.seen .. entry.variant .. math.random(1000))
                  if i % 3 == 0 then award(i) set("level", "L" .. i) end
                  if i == 5 then task { title = "Call " .. c.name, due = hours(3) } end
                  local event = wait_for(i % 2 == 0 and "open" or "order", hours(8))
                  if event then tag(event.name) note(event.at .. (event.amount or event.step)) end
                end
              end,
            }
            follow_up "thanks" {
              on = "order", delay = hours(1), kind = "transactional",
              action = function(c, event)
                send { template = "more" }
                note(c.level or "none") note(c.seen .. event.number) wait(days(30))
              end,
            }
            """
        for seed in UInt64(50)..<53 {
            let bench = try Bench(PastWorld(seed: seed).sql)
            let source = try ReplayTests.source(script)
            let run = try bench.run(
                source, ReplayTests.options(PastWorld.start, .rates(.init(open: 0.7, click: 0.4, buy: 0))))
            #expect(run.problems == [])
            let points = try replay(run, bench, source)
            #expect(points.count > 20)
            #expect(ends(points) == ends(run.flow))
        }
    }

    @Test("a script that asks for something else is an error that names the line and what the run asked for")
    func differing() throws {
        let bench = try Bench(reachable(1...1))
        let script = greeting(
            "kind = 'transactional'",
            journey: "send { template = 'hello' } wait(days(2)) tag('old') wait_for('click', days(3))")
        var options = ReplayTests.options(nil)
        options.duration = 3 * 86_400
        let run = try bench.run(ReplayTests.source(script, now: Bench.now), options)
        for (from, to, message) in [
            (
                "tag('old')", "tag('new')",
                "asks for tag \"new\" at scripts/x.lua:3, where in the run it asks for tag \"old\" at scripts/x.lua:3"
            ),
            (
                "days(3)", "days(4)",
                "asks for wait_for \"click\", nil, 345600 at scripts/x.lua:3, "
                    + "where in the run it asks for wait_for \"click\", nil, 259200 at scripts/x.lua:3"
            ),
            (
                "tag('old') wait_for('click', days(3))", "",
                "ends, where in the run it asks for tag \"old\" at scripts/x.lua:3"
            ),
            (
                "campaign", "\ncampaign",
                "asks for send \"hello\", nil at scripts/x.lua:4, "
                    + "where in the run it asks for send \"hello\", nil at scripts/x.lua:3"
            ),
        ] {
            let other = try ReplayTests.source(script.replacing(from, with: to), now: Bench.now)
            let error = #expect(throws: JourneyReplayError.self) { try replay(run, bench, other) }
            #expect(error?.diagnostic.message == "the journey of 'greeting' for customer 1 \(message)")
        }
        #expect(
            try replay(run, bench, ReplayTests.source(script, now: Bench.now)).map(\.end) == ["under way"])
    }

    @Test("a run file gives back every record as it was, with the subjects of the messages")
    func file() throws {
        let folder = try TemporaryFolder()
        for seed in UInt64(60)..<63 {
            let bench = try Bench(PastWorld(seed: seed).sql)
            let source = try ReplayTests.source(ReplayTests.script)
            let run = try bench.run(
                source, ReplayTests.options(PastWorld.start, .rates(.init(open: 0.7, click: 0.4, buy: 0.2))))
            let writer = try RunFileWriter(path: folder.path("\(seed).run"))
            for decision in run.decisions { try writer.record(decision) }
            for journeys in run.journeys { try writer.record(journeys) }
            try writer.finish(try #require(run.header), run.campaigns, run.flow, run.samples, run.problems)
            var found: [JourneyRecord] = []
            try RunFile(path: writer.path).forEachJourneyRecord { record, subjects in
                found.append(record)
                #expect(subjects.filter { !$0.value.isEmpty } == self.subjects(run, record))
            }
            #expect(!found.isEmpty)
            #expect(found == run.journeys.sorted { $0.customers[0] < $1.customers[0] })
        }
    }
}
