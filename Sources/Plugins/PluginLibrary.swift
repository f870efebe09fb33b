public import Basics
public import Diagnostics
public import Foundation
public import Rules

/// The plugins of a workspace: what lies in `plugins/`, and what of it the person allowed.
public struct PluginLibrary: Sendable {
    /// What there is of one plugin.
    public struct Entry: Sendable {
        /// Why a plugin runs or not.
        public enum State: Sendable {
            /// It runs.
            case enabled
            /// The person switched it off.
            case disabled
            /// Nobody has allowed it yet.
            case notGranted
            /// Its files are not those that were allowed.
            case changed
            /// It cannot be read.
            case broken(Diagnostic)
        }

        /// The name of its folder.
        public let name: String
        /// Why it runs or not.
        public let state: State
        /// What was read; nil where it is broken.
        public let folder: PluginFolder?
        /// What was allowed; nil where nothing was.
        public let grant: PluginGrants.Grant?
    }

    /// The `plugins/` folder.
    public let root: URL
    /// What was allowed.
    public let grants: PluginGrants
    /// The plugins, by name.
    public let entries: [Entry]

    /// Reads a `plugins/` folder. A broken plugin is an entry of its own and keeps none of the others.
    ///
    /// - Throws: ``PluginError`` where the grants cannot be read.
    /// Cost: all files of the plugins are read and hashed; no Lua runs.
    public init(at root: URL) throws {
        self.root = root
        let grants = try PluginGrants(in: root)
        self.grants = grants
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        entries = names.sorted().compactMap { name in
            var isFolder: ObjCBool = false
            let url = root.appending(path: name)
            guard !name.hasPrefix("."),
                FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
                isFolder.boolValue
            else { return nil }
            return Self.entry(name, url, grants.grants[name])
        }
    }

    private static func entry(_ name: String, _ url: URL, _ grant: PluginGrants.Grant?) -> Entry {
        do {
            let folder = try PluginFolder(at: url)
            let state: Entry.State =
                if let grant {
                    !grant.isEnabled ? .disabled : grant.hash == folder.hash ? .enabled : .changed
                } else {
                    .notGranted
                }
            return Entry(name: name, state: state, folder: folder, grant: grant)
        } catch {
            let diagnostic = (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
            return Entry(name: name, state: .broken(diagnostic), folder: nil, grant: grant)
        }
    }

    /// The plugin of that name.
    ///
    /// - Throws: ``PluginError/unknown(_:known:)``
    public func entry(_ name: String) throws(PluginError) -> Entry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknown(name, known: entries.map(\.name))
        }
        return entry
    }

    /// The plugins that run, under the options of the workspace, and what keeps others that should from running: broken
    /// ones, changed ones, and those whose options are wrong. Those that nobody allowed yet are told of, too.
    ///
    /// - Parameter options: what `workspace.lua` sets, by plugin: an object.
    public func codes(options: JSON) -> (codes: [PluginCode], problems: [PluginProblem]) {
        var codes: [PluginCode] = []
        var problems: [PluginProblem] = []
        for entry in entries {
            do {
                if let code = try code(of: entry, options) { codes.append(code) }
            } catch {
                problems.append(PluginProblem(plugin: entry.name, error))
            }
        }
        if case .object(let members) = options {
            for member in members where !entries.contains(where: { $0.name == member.name }) {
                problems.append(
                    PluginProblem(
                        plugin: member.name,
                        Diagnostic(
                            "workspace.lua has options for it, and it is not installed",
                            hint: "moonletter plugins install \(member.name)")))
            }
        }
        return (codes, problems)
    }

    /// What runs of an entry; nil where it is switched off.
    private func code(of entry: Entry, _ options: JSON) throws(Diagnostic) -> PluginCode? {
        switch entry.state {
        case .broken(let diagnostic): throw diagnostic
        case .disabled: return nil
        case .notGranted:
            throw Diagnostic(
                "nobody has allowed it yet", hint: "moonletter plugins enable \(entry.name)")
        case .changed:
            throw Diagnostic(
                "its files are not those that were allowed",
                hint: "see what it asks for now: moonletter plugins enable \(entry.name)")
        case .enabled: break
        }
        guard let folder = entry.folder, let grant = entry.grant else { return nil }
        do {
            return try folder.code(options: options[entry.name] ?? .object([]), granted: grant.permissions)
        } catch {
            throw error.diagnostic
        }
    }
}
