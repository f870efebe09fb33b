internal import Catalog
internal import Rules
internal import Store

extension RuleSource {
    /// Finds what texts may ask for of traits over the whole population and of models, as of the time of `host`, which is one
    /// of this source's: it knows them afterwards, and so does each host that is made from the source.
    ///
    /// Valid while no question to the store is under way. Cost: nothing where none is asked for; a pass over the customers for
    /// each that was not computed from the same data before.
    mutating func findPopulations(for texts: [String], _ host: RuleHost, in store: Store) throws {
        let names = host.populationsNeeded(by: texts)
        guard !names.isEmpty else { return }
        let (computed, state) = try store.read(asOf: host.clock.now) { snapshot in
            host.attach(snapshot)
            return (try host.findPopulations(names, kept: snapshot.keptPopulation), try snapshot.dataState())
        }
        host.populations = store.keep(computed, asOf: host.clock.now, state: state, host.populations)
        host.populations.state = state
        populations = host.populations
    }

    /// The same over a snapshot of the source's time; what had to be computed is kept no longer than the hosts.
    mutating func findPopulations(for texts: [String], _ host: RuleHost, in snapshot: Snapshot) throws {
        host.attach(snapshot)
        _ = try host.findPopulations(
            host.populationsNeeded(by: texts), kept: snapshot.keptPopulation)
        populations = host.populations
    }
}
