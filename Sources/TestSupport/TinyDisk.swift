public import Foundation

/// A file system of a few megabytes, for tests of a full disk. Needs root.
public final class TinyDisk {
    /// Where it is mounted.
    public let url: URL
    private let folder: TemporaryFolder

    /// Whether this process may mount one.
    public static let isPossible: Bool = (try? TinyDisk(bytes: 1 << 20)) != nil

    /// An empty file system of the given size.
    ///
    /// - Throws: where it cannot be mounted.
    public init(bytes: Int) throws {
        folder = try TemporaryFolder()
        url = folder.url.appending(path: "disk")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let status = try Self.run("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "moonletter-test", url.path)
        guard status == 0 else { throw POSIXError(.EPERM) }
    }

    deinit {
        _ = try? Self.run("umount", "-l", url.path)
    }

    private static func run(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
