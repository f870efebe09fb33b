internal import CShippedPlugins
internal import Foundation

/// The plugins that come with the program, which carries their files.
public enum ShippedPlugins {
    /// Their names, sorted.
    public static let names: [String] = Array(Set(files.map(\.name))).sorted()

    /// The files of one by their paths within its folder; empty where there is no such plugin.
    public static func files(of name: String) -> [PluginArchive.File] {
        files.filter { $0.name == name }.map(\.file)
    }

    private static let files: [(name: String, file: PluginArchive.File)] = {
        var found: [(name: String, file: PluginArchive.File)] = []
        guard var next = mlp_shipped_files() else { return [] }
        while let path = next.pointee.path {
            let parts = String(cString: path).split(separator: "/", maxSplits: 1).map(String.init)
            let bytes = Data(bytes: next.pointee.bytes, count: next.pointee.size)
            found.append((parts[0], PluginArchive.File(path: parts[1], bytes: bytes)))
            next += 1
        }
        return found
    }()
}

extension PluginManifest {
    /// What a plugin says that comes with the program.
    ///
    /// - Throws: ``PluginError/unknown(_:known:)``
    public init(shipped name: String) throws {
        let archive = try PluginArchive(shipped: name)
        guard let file = archive.files.first(where: { $0.path == "plugin.json" }) else {
            throw PluginError.noFile("plugins/\(name)/plugin.json")
        }
        try self.init(parsing: String(decoding: file.bytes, as: UTF8.self), at: "plugins/\(name)/plugin.json")
    }
}
