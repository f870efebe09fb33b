internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Rules
internal import Simulator
internal import Store

/// Runs the tests of a workspace's scripts, each with hosts and customers of its own.
///
/// The store is in memory and made once: what a test writes is taken back at its end. Cost of a test: that of
/// loading the scripts, once more where it simulates.
final class ScriptTestRunner {
    /// What became of a test.
    struct Outcome {
        /// Why it failed; nil where it passed.
        var failure: Diagnostic?
        /// What it simulated, in order.
        var stories: [TestStory]
    }

    /// All tests, in the order of files and lines.
    let tests: [ScriptTest]
    private var source: RuleSource
    private let settings: WorkspaceSettings
    private let store: Store

    /// - Throws: the first error of a script or a template.
    init(_ source: RuleSource, _ workspace: Workspace) throws {
        self.source = source
        settings = workspace.settings
        let host = try source.makeHost()
        tests = host.tests
        // Custom attributes are the only thing that a test takes from the workspace's own store.
        var attributes: [Field] = []
        if FileManager.default.fileExists(atPath: workspace.path(Workspace.databaseName)) {
            attributes = try workspace.openStore().read(asOf: .max) { $0.attributes }
        }
        // What holds for one among many, a test says.
        let traits = host.populationFields
        store = try Store(
            inMemory: settings.currency, attributes: attributes, populations: traits.map(\.name))
        self.source.populations = store.trialPopulations(traits)
    }

    /// Runs the test at a place among ``tests``.
    func run(_ place: Int) throws -> Outcome {
        let host = try source.makeHost()
        return try store.trial { snapshot, customers in
            let bench = Bench(snapshot, customers, source, settings)
            do {
                try host.run(host.tests[place], on: bench)
            } catch let error as any Diagnosable {
                return Outcome(failure: error.diagnostic, stories: bench.stories)
            }
            return Outcome(failure: nil, stories: bench.stories)
        }
    }

    /// The customers and simulations of one test.
    private final class Bench: TestBench {
        private let snapshot: Snapshot
        private let added: TrialCustomers
        private var source: RuleSource
        private let settings: WorkspaceSettings
        /// The host that simulates, apart from the one in which the test runs.
        private var simulator: RuleHost?
        private(set) var stories: [TestStory] = []

        init(
            _ snapshot: Snapshot, _ added: TrialCustomers, _ source: RuleSource, _ settings: WorkspaceSettings
        ) {
            self.snapshot = snapshot
            self.added = added
            self.source = source
            self.settings = settings
        }

        var customers: any CustomerData { snapshot }

        func add(_ customer: ExampleCustomer) throws -> Int64 { try added.add(customer) }

        func simulate(_ request: SimulationRequest) throws -> TestStory {
            let options = settings.dryRunOptions(seed: source.seed)
            var host = try simulator ?? source.makeHost()
            // One that failed is not asked again: a script may have been ended by force in it.
            simulator = nil
            let story = try CustomerTrial(snapshot, options).story(request, &host)
            simulator = host
            stories.append(story)
            return story
        }
    }
}
