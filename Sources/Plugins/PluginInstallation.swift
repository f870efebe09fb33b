public import Foundation
public import Rules

/// A plugin laid out beside those of a workspace, which becomes one of them or leaves no trace.
public final class PluginInstallation {
    /// What was read of it.
    public let folder: PluginFolder
    private let root: URL
    private let stage: URL
    private var isKept = false

    /// Lays the files out and reads them; no Lua runs.
    ///
    /// - Parameter root: the workspace's `plugins/`.
    /// - Throws: ``PluginError`` where it is no plugin.
    public init(_ archive: PluginArchive, into root: URL) throws {
        self.root = root
        guard let text = archive.files.first(where: { $0.path == "plugin.json" })?.bytes else {
            throw PluginError.noFile("plugin.json")
        }
        guard let text = String(data: text, encoding: .utf8) else { throw PluginError.notUTF8("plugin.json") }
        let name = try PluginManifest(parsing: text, at: "plugin.json").name
        Self.clear(root)
        stage = root.appending(path: ".install-\(UUID().uuidString)")
        let folder = stage.appending(path: name)
        do {
            for file in archive.files {
                guard PluginManifest.isInside(file.path) else {
                    throw PluginError.outside(archive: name, path: file.path)
                }
                let place = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try file.bytes.write(to: place)
            }
            self.folder = try PluginFolder(at: folder)
        } catch {
            try? FileManager.default.removeItem(at: stage)
            throw error
        }
    }

    /// Takes away what installations have left that were ended by force, an hour ago or earlier.
    private static func clear(_ root: URL) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        for name in names where name.hasPrefix(".install-") {
            let place = root.appending(path: name)
            let made =
                try? FileManager.default.attributesOfItem(atPath: place.path)[.modificationDate] as? Date
            if let made, made.timeIntervalSinceNow < -3600 { try? FileManager.default.removeItem(at: place) }
        }
    }

    deinit {
        if !isKept { try? FileManager.default.removeItem(at: stage) }
    }

    /// Puts it in the place of a plugin of its name, and notes what was allowed.
    public func keep(_ permissions: Set<PluginPermission>) throws {
        let name = folder.manifest.name
        let place = root.appending(path: name)
        let old = stage.appending(path: ".old")
        let files = FileManager.default
        let isReplaced = files.fileExists(atPath: place.path)
        if isReplaced { try files.moveItem(at: place, to: old) }
        do {
            try files.moveItem(at: stage.appending(path: name), to: place)
            try PluginGrants.change(in: root) { grants in
                grants.grants[name] = PluginGrants.Grant(
                    isEnabled: true, version: folder.manifest.version, hash: folder.hash,
                    permissions: permissions)
            }
        } catch {
            try? files.removeItem(at: place)
            if isReplaced { try? files.moveItem(at: old, to: place) }
            throw error
        }
        isKept = true
        try? files.removeItem(at: stage)
    }
}
