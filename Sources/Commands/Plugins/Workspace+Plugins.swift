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

    /// What keeps plugins from running together.
    private func problems(of codes: [PluginCode]) throws -> [PluginProblem] {
        let host = try RuleHost(clock: try settings.clock(nil), seed: settings.seed)
        host.load(plugins: codes)
        return host.pluginProblems
    }

    /// Runs a plugin's Lua as if all that it asks for were allowed, alone and beside those that run already.
    ///
    /// - Throws: what keeps it from running.
    func tryOut(_ folder: PluginFolder) throws {
        let name = folder.manifest.name
        let code = try folder.code(options: settings.plugins[name] ?? .object([]))
        if let problem = try problems(of: [code]).first { throw problem.reason }
        // Beside those that run already, none of which may be left out for it.
        let others = try pluginLibrary().codes(options: settings.plugins).codes.filter { $0.name != name }
        let before = Set(try problems(of: others).map(\.plugin))
        for problem in try problems(of: others + [code]) where !before.contains(problem.plugin) {
            guard problem.plugin != name else { throw problem.reason }
            throw Diagnostic(
                "plugin '\(problem.plugin)' would no longer run beside '\(name)': \(problem.reason.message)",
                hint: "moonletter plugins disable \(problem.plugin)")
        }
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
