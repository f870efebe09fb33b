import Catalog
import Testing

@testable import Simulator

@Suite("The policy against a slow reference")
struct ReferenceTests {
    @Test("every decision in a random world is the one that the reference predicts", arguments: 0..<20)
    func agreement(_ block: UInt64) throws {
        for seed in block * 20..<(block + 1) * 20 {
            let world = ReferenceWorld(seed: seed, now: Bench.now)
            let run = try Bench(world.sql).run(
                world.script, templates: world.templates, seed: seed, channels: world.workspaceChannels)
            let found = run.decisions.map { decision in
                ReferenceWorld.Answer(
                    customer: decision.customer, campaign: decision.campaign, step: decision.step,
                    channel: decision.channel,
                    outcome: decision.outcome, reason: decision.reason)
            }
            // Who is in the share is random by design; the tests of the policy look at the hash itself.
            let expected = world.decisions { campaign, person in
                Policy.isHeldOut(share: campaign.holdout, campaign: campaign.name, seed: seed, person: person)
            }
            #expect(found == expected, "seed \(seed)\n\(world.script)\n\(world.sql)")
        }
    }

    @Test("the random worlds reach every reason")
    func coverage() {
        var reasons: Set<Reason?> = []
        for seed in UInt64(0)..<400 {
            let world = ReferenceWorld(seed: seed, now: Bench.now)
            let answers = world.decisions { campaign, person in
                Policy.isHeldOut(share: campaign.holdout, campaign: campaign.name, seed: seed, person: person)
            }
            reasons.formUnion(answers.map(\.reason))
        }
        // What only time does, is in the other worlds.
        let later: Set<Reason?> = [
            .paused, .quietHours, .sendWindow, .bestHour, .frequencyCap, .budget, .expired,
        ]
        #expect(reasons == Set(Reason.allCases.map(Optional.some) + [nil]).subtracting(later))
    }
}
