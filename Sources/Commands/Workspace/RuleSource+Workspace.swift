internal import Basics
internal import Foundation
internal import Rules
public import Simulator
public import Store

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
        source.calendars = settings.sending.calendars
        return source
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
        for plugin in plugins {
            hash.combine(plugin.options.text())
            for permission in plugin.granted.sorted() { hash.combine(permission.text) }
        }
        return hash.hex
    }
}
