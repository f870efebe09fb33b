public import Diagnostics
package import LuaRuntime

/// Something that a plugin provides and scripts cannot: a filter, a channel, a check.
///
/// Its functions are those of the host's own state; each runs the plugin's in the plugin's state, with its budgets and
/// permissions. They take and give plain values, tables, customers, relations and their rows.
package struct Provision {
    /// What kind of thing it is.
    package let kind: PluginKind
    /// Its name within its kind.
    package let name: String
    /// The plugin that provides it.
    package let plugin: String
    /// Where it is defined.
    package let location: SourceLocation
    /// What its table says, of the keys of its kind.
    package let settings: LuaTable

    /// One sentence.
    package var doc: String { text("doc") ?? "" }

    /// A setting that is a text; nil where it has none.
    package func text(_ key: String) -> String? {
        if case .text(let text) = settings[key] { text } else { nil }
    }

    /// A setting that is a function; nil where it has none.
    package func function(_ key: String) -> LuaFunction? {
        if case .function(let function) = settings[key] { function } else { nil }
    }
}

/// What went wrong with a plugin, which is left out.
public struct PluginProblem: Sendable {
    /// The plugin.
    public let plugin: String
    /// Why it does not run.
    public let reason: Diagnostic

    /// A problem of a plugin.
    public init(plugin: String, _ reason: Diagnostic) {
        self.plugin = plugin
        self.reason = reason
    }

    /// What the person is told while the rest goes on.
    public var warning: Diagnostic {
        var warning = reason
        warning.severity = .warning
        warning.message = "plugin '\(plugin)' is left out: \(reason.message)"
        return warning
    }
}
