internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Plugins
internal import Rules
internal import Synchronization

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

    /// Runs a plugin's Lua as if all that it asks for were allowed, with nothing else loaded.
    ///
    /// - Throws: what keeps it from running.
    func tryOut(_ folder: PluginFolder) throws {
        let code = try folder.code(options: settings.plugins[folder.manifest.name] ?? .object([]))
        let host = try RuleHost(clock: try settings.clock(nil), seed: settings.seed)
        host.load(plugins: [code])
        if let problem = host.pluginProblems.first { throw problem.reason }
    }
}

/// Tells of each plugin that is left out once, however many hosts leave it out, and of each of their fields that is
/// another one here.
final class PluginWarnings: Sendable {
    static let shared = PluginWarnings()
    private let told = Mutex<Set<String>>([])
    private let isSilent = Mutex(false)

    /// Tells of no plugin from now on.
    func silence() {
        isSilent.withLock { $0 = true }
    }

    func tell(_ problem: PluginProblem) {
        guard !isSilent.withLock(\.self), told.withLock({ $0.insert(problem.plugin).inserted }) else {
            return
        }
        Moonletter.report(problem.warning)
    }

    func tell(otherType field: Field) {
        guard told.withLock({ $0.insert("field \(field.name)").inserted }) else { return }
        var warning = Diagnostic(
            "the attribute '\(field.name)' is \(field.type.rawValue) here, and a plugin provides it as another type",
            hint: "rules read it as it is here; import the column under another name with --map")
        warning.severity = .warning
        Moonletter.report(warning)
    }
}
