internal import Catalog
internal import Rules
internal import Simulator
internal import Store

extension DryRunRequest {
    /// The messages that these customers get in the run, by hash, as ``write(in:rules:at:)`` would keep them.
    ///
    /// A person is simulated without any other, so that a few of a large run cost no more than they
    /// themselves do.
    func bodies(
        of customers: some Collection<Int64>, in workspace: Workspace, rules: Workspace? = nil
    ) throws -> [String: RunBody] {
        guard !customers.isEmpty else { return [:] }
        var source = try (rules ?? workspace).ruleSource(
            at: clock, templates: true, seed: seed, pushdown: pushdown)
        let first = try source.makeHost()
        let store = try workspace.openStore()
        try source.findPopulations(for: names(first) + [assume], first, in: store)
        let keeper = BodyKeeper()
        var dryRun = options(in: workspace)
        dryRun.keepsBodies = true
        dryRun.keepsJourneys = false
        // They are used up by everybody; without them these customers get no less.
        dryRun.hasLimits = false
        try store.read(asOf: asOf ?? clock.now) { snapshot in
            try snapshot.confirm(state: source.populations.state)
            first.attach(snapshot)
            dryRun.responses = try responses(first, snapshot)
            moveToEnd(snapshot, dryRun)
            let people = try People(snapshot, first)
            for person in Set(customers.map(people.lowest)).sorted() {
                // A simulation moves the time of its host.
                let host = try source.makeHost()
                host.attach(snapshot)
                let run = DryRun(
                    campaigns: names(host), over: person...person, people: people, dryRun, into: keeper)
                try run.work(host, snapshot) { _ in !Interrupt.isRequested }
                try run.finish(host, snapshot, from: clock.now, sources: source.hash)
            }
        }
        return keeper.bodies
    }
}

/// Keeps the messages of a run, and nothing else.
private final class BodyKeeper: RunRecorder {
    var bodies: [String: RunBody] = [:]

    func record(_ decision: Decision) {}

    func record(_ event: RunEvent) {}

    func record(_ journeys: JourneyRecord) {}

    func record(_ body: RunBody) { bodies[body.hash] = body }

    func restart() {}

    func finish(
        _ header: RunHeader, _ campaigns: [RunCampaign], _ flow: [RunFlow], _ samples: [RunSample],
        _ problems: [RunProblem]
    ) {}
}
