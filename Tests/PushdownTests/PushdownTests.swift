import Foundation
import Rules
import Store
import Testing

/// Whatever a rule says, pushing it down into SQL gives what plain Lua gives.
///
/// `MOONLETTER_FUZZ` is how many predicates are tried, `MOONLETTER_FUZZ_SEED` the seed of the first batch: a
/// mismatch says its own, and with that seed and `MOONLETTER_FUZZ=40` it comes again.
@Suite("Pushdown is invisible")
struct PushdownTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["MOONLETTER_FUZZ"].flatMap(Int.init) ?? 4000
    private static let firstSeed = environment["MOONLETTER_FUZZ_SEED"].flatMap(UInt64.init) ?? 1

    @Test(
        "random predicates give the same members, or the same error, as plain Lua", .timeLimit(.minutes(600)))
    func differential() async {
        let batches = UInt64(max(1, Self.count / Batch.size))
        let workers = UInt64(max(1, min(4, ProcessInfo.processInfo.activeProcessorCount)))
        let start = ContinuousClock.now
        let tally = await withTaskGroup(of: Tally.self) { group in
            for worker in 0..<workers {
                group.addTask { Self.run(worker, of: workers, batches) }
            }
            return await group.reduce(Tally(), +)
        }
        print("\(tally.text)\nin \(ContinuousClock.now - start), from seed \(Self.firstSeed)")
        for mismatch in tally.mismatches { Issue.record("\(mismatch)") }
        // A generator that hardly finds anybody, or hardly anything but errors, tests little.
        if tally["asked"] >= 1000 {
            #expect(tally.share("error", of: .marketer) < 0.35)
            #expect((0.25...0.7).contains(tally.share("error", of: .wild)))
            #expect(tally.share("some", of: .marketer) > 0.3)
        }
    }

    /// Every `workers`th world.
    private static func run(_ worker: UInt64, of workers: UInt64, _ batches: UInt64) -> Tally {
        var tally = Tally()
        var world: (number: UInt64, RandomWorld)?
        for seed in firstSeed..<firstSeed + batches {
            let number = Batch.worldNumber(of: seed)
            guard number % workers == worker else { continue }
            do {
                if world?.number != number { world = (number, try Batch.world(of: seed)) }
                guard let (_, world) = world else { continue }
                tally = tally + (try Batch(seed: seed, style: nil).run(world))
            } catch {
                tally.note(mismatch: "seed \(seed): \(error)")
            }
            // Enough to go on with.
            if tally.mismatches.count >= 10 { break }
        }
        return tally
    }

    @Test("what marketers write gives the same too", arguments: 1_000_001...1_000_012 as ClosedRange<UInt64>)
    func marketers(_ seed: UInt64) throws {
        let tally = try Batch(seed: seed, style: .marketer).run(try Batch.world(of: seed))
        for mismatch in tally.mismatches { Issue.record("\(mismatch)") }
    }

    @Test(
        "a seed gives the same scripts, the same world and the same answers", arguments: [3, 77] as [UInt64])
    func determinism(_ seed: UInt64) throws {
        let scripts = Batch(seed: seed, style: nil).scripts
        let again = Batch(seed: seed, style: nil).scripts
        #expect(scripts.questions.map(\.file.piece.text) == again.questions.map(\.file.piece.text))
        let answers = try [Asker.Way.scan(ranges: 3), .walk].map { way in
            let world = try Batch.world(of: seed)
            return try world.store.read(asOf: world.clock.now) { snapshot in
                scripts.questions.map { question in
                    let program = Program(
                        files: scripts.shared + [question.file], audience: question.audience)
                    let outcomes = program.outcomes(world, snapshot, by: way)
                    #expect(outcomes.map { $0.with == $0.without } ?? true)
                    return "\(String(describing: outcomes?.without))"
                }
            }
        }
        for (question, (one, three)) in zip(scripts.questions, zip(answers[0], answers[1])) {
            #expect(one == three, "\(question.file.piece.text)")
        }
    }
}
