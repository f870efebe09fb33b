import Catalog
import Store
import TestSupport
import Testing

@testable import Simulator

@Suite("The funnel of a run")
struct FunnelTests {
    @Test("in random worlds each stage is part of the one before it, and those who get nothing have reasons")
    func stages() throws {
        for seed in UInt64(700)..<760 {
            let world = TimelineWorld.random(seed)
            let run = try world.run()
            let comment = Comment(rawValue: "seed \(seed)\n\(world.script)")
            let folder = try TemporaryFolder()
            let file = try written(run, in: folder)
            #expect(try file.campaigns() == run.campaigns, comment)
            for campaign in run.campaigns {
                let before = campaign.funnel.compactMap(\.count)
                #expect(before.count == campaign.funnel.count, comment)
                #expect(before == before.sorted(by: >), comment)
                #expect(before.first.map { $0 <= world.base.people.count } ?? true, comment)
                if campaign.funnel.first?.kind == .event {
                    #expect(before.last.map { $0 >= campaign.audienceCount } ?? true, comment)
                }
                let reach = try file.reach().first { $0.campaign == campaign.name }
                let asked = campaign.audienceCount - campaign.silentCount
                let after = [reach?.asked, reach?.sent, reach?.opened, reach?.clicked, reach?.ordered]
                    .map { $0 ?? 0 }
                #expect(after == after.sorted(by: >) && after[0] == asked, comment)
                let lost = try file.losses().filter { $0.campaign == campaign.name }
                #expect(after[0] - after[1] == lost.map(\.count).reduce(0, +), comment)
                let stopped = try file.stops().filter { $0.campaign == campaign.name }.map(\.count)
                let unsent = run.decisions.count { $0.campaign == campaign.name && $0.outcome != .sent }
                #expect(stopped.reduce(0, +) == unsent, comment)
            }
        }
    }

    @Test("the audience of a random world is counted as the reference counts it, on any number of threads")
    func audiences() throws {
        for seed in UInt64(760)..<790 {
            let world = TimelineWorld.random(seed)
            var still = world
            still.campaigns = []
            let reference = Timeline(still)
            for threads in [0, 2] {
                let run = try world.run(threads: threads)
                for campaign in world.campaigns where !campaign.isFollowUp {
                    let funnel = run.campaigns.first { $0.name == campaign.name }?.funnel ?? []
                    guard let audience = funnel.last, let time = audience.time else { continue }
                    reference.now = time
                    let members = world.base.people.count { reference.holds(campaign.audience, $0.id) }
                    #expect(audience.count == members, "seed \(seed), '\(campaign.name)'\n\(world.script)")
                }
            }
        }
    }

    @Test("a campaign on events begins with the event, whoever it happens to")
    func events() throws {
        let run = try Bench(reachable(1...6)).run(
            """
            campaign 'start' {
              audience = function(c) return c.id < 6 end,
              journey = function(c) tag(c.id < 5 and 'warm' or 'cold') end,
            }
            campaign 'tagged' {
              on = { 'tag', 'warm' }, audience = function(c) return c.id > 1 end,
              journey = function(c) send { template = 'hello' } end,
            }
            follow_up 'note' {
              on = 'tag', where = function(c) return c.id > 2 end,
              unless = function(c) return c.id == 3 end, delay = hours(1),
              action = function(c) note 'seen' end,
            }
            """, days: 2)
        func lines(_ name: String) -> [String] {
            let campaign = run.campaigns.first { $0.name == name }
            return (campaign?.funnel ?? []).map { "\($0.kind) \($0.text) \($0.count ?? -1)" }
                + ["entered \(campaign?.audienceCount ?? -1)"]
        }
        #expect(
            lines("start") == ["condition c.id < 6 5", "audience a function 5", "entered 5"])
        #expect(lines("tagged") == ["event tag warm 4", "audience a function 3", "entered 3"])
        #expect(lines("note") == ["event tag 5", "meant tag 3", "entered 2"])
    }

    private func written(_ run: Recorder, in folder: TemporaryFolder) throws -> RunFile {
        let writer = try RunFileWriter(path: folder.path("a.run"))
        for decision in run.decisions { try writer.record(decision) }
        for event in run.events { try writer.record(event) }
        try writer.finish(try #require(run.header), run.campaigns, run.flow, run.samples, run.problems)
        return try RunFile(path: folder.path("a.run"))
    }
}
