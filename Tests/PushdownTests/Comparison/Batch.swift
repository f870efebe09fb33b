import Catalog
import Rules
import Store

/// The questions of one seed about one world, each asked with pushdown and without.
struct Batch {
    /// Questions a batch has.
    static let size = 40
    /// Batches that share a world.
    private static let batchesPerWorld: UInt64 = 4

    let seed: UInt64
    let style: PredicateGenerator.Style?

    /// The world of the batches with these seeds.
    static func world(of seed: UInt64) throws -> RandomWorld {
        try RandomWorld(seed: worldNumber(of: seed) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// Batches with the same number share their world.
    static func worldNumber(of seed: UInt64) -> UInt64 { seed / batchesPerWorld }

    var scripts: RandomScripts { RandomScripts(seed: seed, count: Self.size, style: style) }

    /// Asks all questions.
    func run(_ world: RandomWorld) throws -> Tally {
        try world.store.read(asOf: world.clock.now) { snapshot in
            var round = Round(batch: self, world: world, snapshot: snapshot, scripts: scripts)
            try round.run()
            return round.tally
        }
    }
}

private struct Round {
    let batch: Batch
    let world: RandomWorld
    let snapshot: Snapshot
    let scripts: RandomScripts
    var tally = Tally()
    private var loaded: [ScriptFile] = []
    private var askers: (with: Asker, without: Asker)?

    init(batch: Batch, world: RandomWorld, snapshot: Snapshot, scripts: RandomScripts) {
        (self.batch, self.world, self.snapshot, self.scripts) = (batch, world, snapshot, scripts)
    }

    mutating func run() throws {
        let count = try snapshot.customerCount()
        for (number, question) in try questionsThatLoad().enumerated() {
            guard let askers else { return }
            let audience = question.audience.text
            let way = number % 8 == 7 ? Asker.Way.walk : .scan(ranges: 1 + number % 3)
            let with = askers.with.members(audience, by: way)
            let without = askers.without.members(audience, by: .scan(ranges: 1))
            if askers.with.host.isStopped || askers.without.host.isStopped {
                tally.count("ended by force")
                try makeAskers()
                continue
            }
            tally.add(without, of: count, question.style)
            tally.add(pushed: askers.with.pushed(audience), question.style)
            if with != without { try report(question, with, without, by: way) }
        }
    }

    /// Makes the hosts of all questions that load; those that do not must be refused alike.
    private mutating func questionsThatLoad() throws -> [RandomScripts.Question] {
        let shared = scripts.shared.map(\.script)
        loaded = shared + scripts.questions.map(\.file.script)
        if (try? makeAskers()) != nil { return scripts.questions }
        var questions: [RandomScripts.Question] = []
        for question in scripts.questions {
            let program = program(question)
            let refusals = [true, false].map { pushdown -> String? in
                do {
                    _ = try Asker(program.scripts, world, snapshot, pushdown: pushdown)
                    return nil
                } catch {
                    return Asker.text(of: error, program.scripts)
                }
            }
            if refusals == [nil, nil] {
                questions.append(question)
                continue
            }
            tally.count("refused at load")
            if refusals[0] != refusals[1] {
                try report(
                    question, .failure(refusals[0] ?? "loads"), .failure(refusals[1] ?? "loads"), by: .walk)
            }
        }
        loaded = shared + questions.map(\.file.script)
        if !questions.isEmpty { try makeAskers() }
        return questions
    }

    private mutating func makeAskers() throws {
        askers = (
            try Asker(loaded, world, snapshot, pushdown: true),
            try Asker(loaded, world, snapshot, pushdown: false)
        )
    }

    private func program(_ question: RandomScripts.Question) -> Program {
        Program(files: scripts.shared + [question.file], audience: question.audience)
    }

    private mutating func report(
        _ question: RandomScripts.Question, _ with: Outcome, _ without: Outcome,
        by way: Asker.Way
    ) throws {
        // The first few say enough, and each takes its time to shrink.
        guard tally.mismatches.count < 3 else { return tally.count("further mismatches") }
        let whole = program(question)
        func differs(_ program: Program) -> Bool {
            program.outcomes(world, snapshot, by: way).map { $0.with != $0.without } ?? false
        }
        let isReproduced = differs(whole)
        let smallest = isReproduced ? whole.shrunk(differs) : whole
        let outcomes = isReproduced ? smallest.outcomes(world, snapshot, by: way) : nil
        tally.note(
            mismatch: """
                seed \(batch.seed), world \(world.seed)\(world.isHistorical ? " with a future" : ""), \
                now \(world.clock.now), \(world.store.currency), by \(way)
                question: \(smallest.audience.text)
                \(smallest.scripts.map { "-- \($0.path)\n\($0.text)" }.joined(separator: "\n"))
                with pushdown: \(outcomes?.with ?? with)
                without: \(outcomes?.without ?? without)
                \(isReproduced ? try customer(outcomes, smallest) : "only beside the other scripts of its batch")
                """)
    }

    /// What the program reads of the first customer about whom the two differ.
    private func customer(_ outcomes: (with: Outcome, without: Outcome)?, _ program: Program) throws -> String
    {
        guard case (.members(let with), .members(let without))? = outcomes,
            let id = Set(with).symmetricDifference(without).min()
        else { return "" }
        let text = program.scripts.map(\.text).joined() + program.audience.text
        let fields = snapshot.fields.filter { text.contains($0.name) }
        let values = try snapshot.values(fields, of: id) ?? []
        return "customer \(id): " + zip(fields, values).map { "\($0.name) = \($1)" }.joined(separator: ", ")
    }
}
