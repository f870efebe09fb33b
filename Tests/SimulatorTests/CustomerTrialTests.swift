import Catalog
import Store
import Testing

@testable import Rules
@testable import Simulator

@Suite("The simulation of one customer, for the tests of scripts")
struct CustomerTrialTests {
    @Test("a customer alone has the story that a run over everybody tells of them", arguments: 0..<6)
    func agreement(_ block: UInt64) throws {
        for seed in block * 10..<(block + 1) * 10 {
            var world = TimelineWorld.random(seed)
            world.responses = .none
            for index in world.campaigns.indices {
                world.campaigns[index].holdout = 0
                (world.campaigns[index].limit, world.campaigns[index].budget) = (nil, nil)
            }
            world.write()
            let run = try world.run()
            var host = try world.source().makeHost()
            try Bench(world.sql).store.read(asOf: world.from) { snapshot in
                let trial = CustomerTrial(snapshot, try world.options())
                for customer in world.base.people.map(\.id) {
                    let request = SimulationRequest(
                        customer: customer, campaigns: [], from: world.from,
                        duration: Int64(world.days) * 86_400, answers: [:], isHeldOut: false)
                    let story = try trial.story(request, &host)
                    let comment = Comment(rawValue: "seed \(seed), customer \(customer)\n\(world.script)")
                    #expect(story.decisions == run.decisions.filter { $0.customer == customer }, comment)
                    #expect(story.events == run.events.filter { $0.customer == customer }, comment)
                    let entries = story.events.count { $0.word == "enter" }
                    #expect(story.endings.count == entries, comment)
                }
            }
        }
    }

    @Test(
        "what a customer does brings with it what it takes",
        arguments: [
            ([:], []), (["open": nil], [("open", 7200)]),
            (["click": nil], [("open", 7200), ("click", 7320)]),
            (["buy": nil], [("open", 7200), ("click", 7320), ("order", 93_720)]),
            (["click": 60], [("open", 60), ("click", 60)]),
            (["open": 100, "buy": 150], [("open", 100), ("click", 150), ("order", 150)]),
            (["unsubscribe": nil], [("unsubscribe", 7200)]),
            (["open": 10, "complaint": nil], [("open", 10), ("complaint", 130)]),
            (["bounce": nil, "open": 5], [("bounce", 60)]),
        ] as [([String: Int64?], [(String, Int64)])])
    func answers(_ spans: [String: Int64?], _ expected: [(String, Int64)]) {
        #expect(
            ResponseModel.answers(spans)
                == expected.map { ResponseModel.Response(event: $0.0, delay: $0.1) })
    }
}
