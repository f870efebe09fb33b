package import Catalog
package import Rules
package import Simulator
package import Store

/// The workspace that the prompt works in. The rooms above wire it.
package protocol Workbench: AnyObject {
    /// What the person would call it: the name of its folder.
    var name: String { get }
    /// The absolute path of its folder.
    var folder: String { get }
    /// The channels that messages may take, the most wanted first.
    var channels: [Channel] { get }
    /// The time for rules: the end of the minute that the machine's clock shows, unless the settings stop it.
    func clock() throws -> RuleClock
    /// The scripts as they are now; with templates, where messages are written.
    func rules(at clock: RuleClock, templates: Bool) throws -> RuleSource
    /// The paths of the scripts and of the templates, relative to the workspace, found without reading them.
    var scripts: [String] { get }
    var templates: [String] { get }
    /// Another text after each change of a script or template, found without reading them.
    func fingerprint() -> String
    /// The text of a file that an error names; nil where it cannot be read.
    func source(of file: String) -> String?
    /// Writes a script, a file that is there included.
    ///
    /// - Throws: a ``Diagnosable`` where that fails.
    func write(_ text: String, to path: String) throws
    /// Whether the tests of a script pass, beside the other scripts as they are.
    ///
    /// - Throws: the first error of a script.
    func passes(_ script: ScriptFile) throws -> Bool
    /// Who the audit log says did something.
    var actor: String { get }
    /// Another connection to the customers, to write with.
    func openStore() throws -> Store
    /// A snapshot as rules and the simulator see it.
    func data(_ snapshot: Snapshot) -> any ContactData
    /// Counts all customers for commands of plugins, as of any instant.
    func population() throws -> any PopulationCounts
    /// Runs campaigns, all where none is named, and gives the path of the run file.
    func dryRun(_ request: RunRequest) throws -> String
    /// Runs campaigns, all where none is named, for one customer and those who share an address with them, over a snapshot
    /// of now: limits and budgets, which others would use up too, do not count. Hands over the run, which is not kept.
    func trial<Result>(
        of customer: Int64, _ request: RunRequest, _ snapshot: Snapshot, _ body: (RunFile) throws -> Result
    ) throws -> Result
    /// The run files, the newest first.
    func runs() throws -> [String]
    /// A path as the person would type it.
    func shown(_ path: String) -> String
    /// Runs `body` so that Ctrl-C ends what Lua and the store do in it.
    func interruptibly<Result>(_ body: () throws -> Result) rethrows -> Result
    /// Whether Ctrl-C was pressed in what runs now.
    var isInterrupted: Bool { get }
}

/// A dry run as the prompt asks for it; what is missing is as the command has it.
package struct RunRequest {
    /// All where there is none.
    package var campaigns: [String]
    /// How many days.
    package var days: Int?
    /// The first instant; nil for now.
    package var from: Int64?
    /// The past is replayed from then on.
    package var asOf: Int64?
    /// How people respond.
    package var assume: String?
    /// What random choices are made from.
    package var seed: UInt64?

    /// A run of campaigns.
    package init(_ campaigns: [String]) {
        self.campaigns = campaigns
    }
}
