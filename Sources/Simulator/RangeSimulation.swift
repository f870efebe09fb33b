internal import Catalog
internal import Rules

/// The customers of a range of ids, simulated one person after the other.
struct RangeSimulation {
    private let stage: Stage
    private let people: People
    private let options: DryRun.Options

    init(_ stage: Stage, _ people: People, _ options: DryRun.Options) {
        self.stage = stage
        self.people = people
        self.options = options
    }

    /// A customer who is in the audience of a campaign at an instant, by what is stored.
    private struct Membership: Comparable {
        var customer: Int64
        var time: Int64
        var campaign: Int

        static func < (a: Membership, b: Membership) -> Bool {
            (a.customer, a.time, a.campaign) < (b.customer, b.time, b.campaign)
        }
    }

    /// Simulates everybody whose lowest id is in the range.
    ///
    /// All are asked by SQL first, at each instant at which a campaign asks: who is never in an audience, and is nobody that
    /// anything happens to, needs no simulation.
    func outcome(of ids: ClosedRange<Int64>) throws -> RangeOutcome {
        var outcome = RangeOutcome(sampleCount: options.sampleCount, seed: options.seed)
        let arrivals = try stage.begin(over: ids)
        var simulated: [(customer: Int64, decisions: [Decision])] = []
        let members = try memberships(in: ids)
        let occasions = try stage.occasions(in: ids)
        let recorded = Dictionary(grouping: arrivals, by: \.customer)
        var starters = Set(arrivals.filter(stage.mayEnter).map(\.customer)).sorted()[...]
        var start = 0
        var next = 0
        while start < members.count || next < occasions.count || !starters.isEmpty {
            let customer = min(
                start < members.count ? members[start].customer : .max,
                next < occasions.count ? occasions[next].customer : .max, starters.first ?? .max)
            var person = PersonSimulation.Person(customers: [customer], known: [])
            person.arrivals = recorded[customer] ?? []
            if starters.first == customer { starters.removeFirst() }
            while start < members.count, members[start].customer == customer {
                person.known?.append(
                    PersonSimulation.Membership(time: members[start].time, campaign: members[start].campaign))
                start += 1
            }
            while next < occasions.count, occasions[next].customer == customer {
                person.occasions.append(occasions[next])
                next += 1
            }
            if people.isAlone(customer) { simulated += try simulate(person, &outcome) }
        }
        for lowest in people.people(in: ids) {
            // Of customers who share addresses, others than those of the range are asked one by one.
            let customers = people.customers(of: lowest)
            var person = PersonSimulation.Person(customers: customers, known: nil)
            for customer in customers { person.occasions += try stage.occasions(in: customer...customer) }
            person.arrivals = try stage.arrivals(of: customers)
            simulated += try simulate(person, &outcome)
        }
        simulated.sort { $0.customer < $1.customer }
        outcome.decisions = simulated.flatMap(\.decisions)
        return outcome
    }

    private func memberships(in ids: ClosedRange<Int64>) throws -> [Membership] {
        var found: [Membership] = []
        for question in stage.questions {
            // Who enters once and not again in the run, need not be asked again.
            let entered = question.isAskedOnce ? CustomerSet() : nil
            for time in question.instants {
                stage.moveTime(to: time)
                try stage.renew(asksAll: true)
                question.walk.takeTurn()
                try question.walk.restart(over: ids, leavingOut: entered)
                try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1024) { buffer in
                    while true {
                        let count = try question.walk.next(in: question.audience, into: buffer)
                        if count == 0 { break }
                        for customer in buffer.prefix(count) {
                            entered?.insert(customer)
                            found.append(
                                Membership(customer: customer, time: time, campaign: question.campaign))
                        }
                    }
                }
            }
        }
        found.sort()
        return found
    }

    /// A person whose script is ended by force is simulated again up to there, and the error told: all is the same but for
    /// what was ended, for nothing depends on anything else.
    private func simulate(
        _ person: PersonSimulation.Person, _ outcome: inout RangeOutcome
    ) throws -> [(customer: Int64, decisions: [Decision])] {
        var errors: [Int: any Error] = [:]
        while true {
            let simulation = PersonSimulation(stage, options, person, errors)
            do {
                try simulation.run()
                outcome.add(simulation.outcome)
                outcome.events += simulation.outcome.events
                outcome.endings += simulation.outcome.endings
                outcome.bodies.merge(simulation.outcome.bodies) { first, _ in first }
                outcome.charges += simulation.outcome.charges
                if simulation.journeyCount > 0, options.keepsJourneys {
                    outcome.journeys.append(simulation.kept)
                }
                return simulation.records.map { ($0.id, $0.decisions) }
            } catch let stop as PersonSimulation.Stop {
                errors[stop.call] = stop.error
                try stage.replaceHost()
            }
        }
    }
}
