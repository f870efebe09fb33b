internal import Diagnostics
internal import LuaRuntime
internal import Plugins
internal import Reports
internal import Rules

/// What a person reads of a plugin before it is allowed, and later.
struct PluginSheet {
    let folder: PluginFolder
    /// What was allowed of an earlier version; nil where nothing was.
    var before: PluginGrants.Grant?

    /// Name, version, what it is, provides, reads and does.
    var text: String {
        let manifest = folder.manifest
        var table = TextTable([TextTable.Column(""), TextTable.Column("", limit: .max)])
        for kind in PluginKind.allCases {
            guard let names = manifest.provides[kind], !names.isEmpty else { continue }
            table.add([label(kind.manifestKey), names.joined(separator: ", ")])
        }
        table.add(["reads", reads])
        table.add(["does", names(of: .act).isEmpty ? "nothing" : names(of: .act).joined(separator: ", ")])
        let limits = manifest.budgets[.predicate]
        table.add(["may use", "\(manifest.budgets.memory >> 20) MB, \(seconds(limits.seconds)) for a rule"])
        table.add(["files", "\(folder.paths.count), SHA-256 \(folder.hash.prefix(16))…"])
        let head = "\(manifest.name) \(manifest.version) · \(manifest.license)"
        let lines = [head, "  \(manifest.description)"].map(withoutControls)
        return (lines + table.lines(indent: "  ", width: Console.width ?? 100)).joined(separator: "\n") + "\n"
    }

    private var reads: String {
        // What a channel is asked about needs no permission: it is the address and the text itself.
        let channels = folder.manifest.provides[.channel] ?? []
        let all =
            names(of: .field) + names(of: .table).map { "the rows of \($0)" }
            + channels.map { "addresses and texts of \($0)" }
        return all.isEmpty ? "nothing of customers" : all.joined(separator: ", ")
    }

    /// What it asks for of a kind; what was not allowed before is said to be new.
    private func names(of kind: PluginPermission.Kind) -> [String] {
        folder.manifest.permissions.filter { $0.kind == kind }.sorted().map { permission in
            let isNew = before.map { !$0.permissions.contains(permission) } ?? false
            return (kind == .field ? "c.\(permission.name)" : permission.name) + (isNew ? " (new)" : "")
        }
    }

    private func label(_ key: String) -> String { key.replacing("_", with: " ") }

    private func seconds(_ seconds: Double) -> String {
        seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
