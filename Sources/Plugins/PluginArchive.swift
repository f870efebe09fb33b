internal import CZip
public import Foundation

/// The files of a plugin before it is installed: from a folder, a zip file, or the program itself.
public struct PluginArchive: Sendable {
    /// One file.
    public struct File: Sendable {
        /// Its path within the plugin's folder.
        public let path: String
        /// What it holds.
        public let bytes: Data
    }

    /// The files, `plugin.json` among them.
    public let files: [File]

    /// The files of a folder; hidden ones are left out.
    ///
    /// - Throws: ``PluginError`` where it holds too much, or a link leads out of it.
    public init(folder: URL) throws {
        let folder = folder.resolvingSymlinksInPath()
        var size = 0
        files = try PluginFolder.paths(in: folder, folder.lastPathComponent).map { path in
            guard let bytes = FileManager.default.contents(atPath: folder.appending(path: path).path) else {
                throw PluginError.noFile("\(folder.lastPathComponent)/\(path)")
            }
            size += bytes.count
            guard size <= PluginFolder.byteLimit else {
                throw PluginError.tooLarge(folder.lastPathComponent, limit: "8 MB")
            }
            return File(path: path, bytes: bytes)
        }
    }

    /// A plugin that comes with the program.
    ///
    /// - Throws: ``PluginError/unknown(_:known:)``
    public init(shipped name: String) throws(PluginError) {
        files = ShippedPlugins.files(of: name)
        if files.isEmpty { throw .unknown(name, known: ShippedPlugins.names) }
    }

    /// The files of a zip file, which holds either the plugin's files or one folder with them.
    ///
    /// - Throws: ``PluginError`` where it cannot be read, holds too much, or names a place outside of it.
    public init(zip file: URL) throws(PluginError) {
        let name = file.lastPathComponent
        var code: Int32 = 0
        guard let archive = zip_open(file.path, ZIP_RDONLY, &code) else {
            throw .notZip(name, reason: Self.reason(code))
        }
        defer { zip_discard(archive) }
        let count = zip_get_num_entries(archive, 0)
        guard count <= PluginFolder.fileLimit * 2 else {
            throw .tooLarge(name, limit: "\(PluginFolder.fileLimit) files")
        }
        var found: [File] = []
        var room = PluginFolder.byteLimit
        for index in 0..<zip_uint64_t(max(0, count)) {
            var entry = zip_stat_t()
            guard zip_stat_index(archive, index, 0, &entry) == 0, let bytes = entry.name else {
                throw .notZip(name, reason: "an entry cannot be read")
            }
            let path = String(cString: bytes)
            guard PluginManifest.isInside(path.hasSuffix("/") ? String(path.dropLast()) : path) else {
                throw .outside(archive: name, path: path)
            }
            // Folders, and what macOS and editors add.
            if path.hasSuffix("/") || path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
                || path.hasPrefix("__MACOSX/")
            {
                continue
            }
            guard entry.size <= room else { throw .tooLarge(name, limit: "8 MB") }
            let data = try Self.data(archive, index, Int(entry.size), name)
            room -= data.count
            found.append(File(path: path, bytes: data))
        }
        files = Self.withoutCommonFolder(found)
    }

    private static func data(
        _ archive: OpaquePointer, _ index: zip_uint64_t, _ size: Int, _ name: String
    ) throws(PluginError) -> Data {
        guard let file = zip_fopen_index(archive, index, 0) else {
            throw .notZip(name, reason: "an entry cannot be opened, as where it is encrypted")
        }
        defer { zip_fclose(file) }
        var data = Data(count: size)
        let read = data.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress, zip_uint64_t(size)) }
        guard read == size else { throw .notZip(name, reason: "an entry is not as long as it says") }
        return data
    }

    private static func withoutCommonFolder(_ files: [File]) -> [File] {
        guard !files.contains(where: { $0.path == "plugin.json" }),
            let folder = files.first?.path.split(separator: "/").first,
            files.allSatisfy({ $0.path.hasPrefix("\(folder)/") })
        else { return files }
        return files.map { File(path: String($0.path.dropFirst(folder.count + 1)), bytes: $0.bytes) }
    }

    private static func reason(_ code: Int32) -> String {
        var error = zip_error_t()
        zip_error_init_with_code(&error, code)
        defer { zip_error_fini(&error) }
        return zip_error_strerror(&error).map { String(cString: $0) } ?? "error \(code)"
    }
}
