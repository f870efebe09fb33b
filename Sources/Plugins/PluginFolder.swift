public import Basics
internal import Diagnostics
public import Foundation
public import Rules

/// A plugin's folder as it was read: its manifest, its Lua, and a hash over all that it holds.
public struct PluginFolder: Sendable {
    /// What `plugin.json` says.
    public let manifest: PluginManifest
    /// The Lua files, by paths such as `plugins/rfm/main.lua`.
    public let files: [ScriptFile]
    /// SHA-256 over the paths and bytes of every file; what is granted is granted to this.
    public let hash: String
    /// The paths of all its files within the folder, sorted.
    public let paths: [String]

    /// A plugin has no more files and bytes than these.
    static let (fileLimit, byteLimit) = (500, 8 << 20)

    /// Reads a folder; its name is the plugin's.
    ///
    /// - Throws: ``PluginError`` about the first thing that is wrong. No Lua runs.
    public init(at folder: URL) throws {
        let name = folder.lastPathComponent
        let shown = "plugins/\(name)"
        let paths = try Self.paths(in: folder, shown)
        guard paths.contains("plugin.json") else { throw PluginError.noFile("\(shown)/plugin.json") }
        var parts = ""
        var files: [ScriptFile] = []
        var manifest: PluginManifest?
        var size = 0
        for path in paths {
            guard let data = FileManager.default.contents(atPath: folder.appending(path: path).path) else {
                throw PluginError.noFile("\(shown)/\(path)")
            }
            size += data.count
            guard size <= Self.byteLimit else { throw PluginError.tooLarge(shown, limit: "8 MB") }
            parts += "\(SHA256.hex(of: Array(data)))  \(path)\n"
            guard path == "plugin.json" || path.hasSuffix(".lua") else { continue }
            guard let text = String(data: data, encoding: .utf8) else {
                throw PluginError.notUTF8("\(shown)/\(path)")
            }
            if let line = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .firstIndex(
                    where: { $0.contains { $0 != "\t" && steersTerminal($0) } })
            {
                throw PluginError.steers("\(shown)/\(path)", line: line + 1)
            }
            if path == "plugin.json" {
                manifest = try PluginManifest(parsing: text, at: "\(shown)/plugin.json")
            } else {
                files.append(ScriptFile(path: "\(shown)/\(path)", text: text))
            }
        }
        guard let manifest else { throw PluginError.noFile("\(shown)/plugin.json") }
        guard paths.contains(manifest.entry) else { throw PluginError.noFile("\(shown)/\(manifest.entry)") }
        self.manifest = manifest
        self.files = files
        self.paths = paths
        hash = SHA256.hex(of: parts)
    }

    /// The files of a folder, hidden ones left out.
    static func paths(in folder: URL, _ shown: String) throws -> [String] {
        let root = folder.resolvingSymlinksInPath().path
        guard let names = FileManager.default.enumerator(atPath: folder.path) else {
            throw PluginError.noFile("\(shown)/plugin.json")
        }
        var paths: [String] = []
        for case let path as String in names
        where !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            let file = folder.appending(path: path)
            guard file.resolvingSymlinksInPath().path.hasPrefix(root + "/") else {
                throw PluginError.linkOutside("\(shown)/\(path)")
            }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            paths.append(path)
            guard paths.count <= fileLimit else {
                throw PluginError.tooLarge(shown, limit: "\(fileLimit) files")
            }
        }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

extension PluginFolder {
    /// The plugin as a host runs it, under the options of the workspace.
    ///
    /// - Parameter granted: what was allowed; all that it asks for unless given.
    /// - Throws: ``PluginError`` about an option.
    public func code(
        options: JSON, granted: Set<PluginPermission>? = nil
    ) throws(PluginError) -> PluginCode {
        PluginCode(
            name: manifest.name, version: manifest.version, files: files.filter { !isTest($0.path) },
            entry: "plugins/\(manifest.name)/\(manifest.entry)", declared: manifest.permissions,
            granted: granted?.intersection(manifest.permissions) ?? manifest.permissions,
            provides: manifest.provides, options: try manifest.options(given: options),
            budgets: manifest.budgets)
    }

    /// The scripts in `tests/`, which test what the plugin provides as scripts of a workspace would.
    public var tests: [ScriptFile] { files.filter { isTest($0.path) } }

    private func isTest(_ path: String) -> Bool { path.hasPrefix("plugins/\(manifest.name)/tests/") }
}
