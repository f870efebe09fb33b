internal import Basics
internal import Foundation
internal import Plugins
internal import Rules
public import Simulator
public import Store
internal import Synchronization

extension Snapshot: ContactData {}

extension Workspace {
    /// The scripts and templates of the workspace under a clock, to make hosts from.
    func ruleSource(at clock: RuleClock, templates: Bool, seed: UInt64? = nil, pushdown: Bool = true) throws
        -> RuleSource
    {
        var source = RuleSource(
            scripts: try scripts(), templates: templates ? try self.templates() : [], clock: clock,
            budgets: settings.budgets, seed: seed ?? settings.seed, pushdown: pushdown,
            language: settings.language)
        source.plugins = try plugins()
        source.onPluginProblem = { PluginWarnings.shared.tell($0) }
        source.messageOptions.links = settings.links
        source.calendars.holidays = settings.sending.holidays
        return source
    }
}

extension Workspace {
    /// What lies in `plugins/`, and what of it was allowed.
    func pluginLibrary() throws -> PluginLibrary {
        try PluginLibrary(at: root.appending(path: "plugins"))
    }

    /// The plugins that run; a warning goes to the person for each that should and does not.
    func plugins() throws -> [PluginCode] {
        let (codes, problems) = try pluginLibrary().codes(options: settings.plugins)
        problems.forEach(PluginWarnings.shared.tell)
        return codes
    }
}

/// Tells of each plugin that is left out once, however many hosts leave it out.
private final class PluginWarnings: Sendable {
    static let shared = PluginWarnings()
    private let told = Mutex<Set<String>>([])

    func tell(_ problem: PluginProblem) {
        guard told.withLock({ $0.insert(problem.plugin).inserted }) else { return }
        Moonletter.report(problem.diagnostic)
    }
}

extension RuleSource {
    /// A hash of every script and template, which says whether two runs had the same.
    var hash: String {
        var hash = StableHash()
        for file in scripts + plugins.flatMap(\.files) + templates {
            hash.combine(file.path)
            hash.combine(file.text)
        }
        return hash.hex
    }
}
