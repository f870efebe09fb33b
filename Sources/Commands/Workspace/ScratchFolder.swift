internal import Foundation

/// A folder for files that nobody keeps, which only this person can read.
struct ScratchFolder {
    private let url: URL

    /// Makes one for as long as `body` runs, and removes it whatever that ends with.
    static func with<Result>(_ body: (ScratchFolder) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "moonletter-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw WorkspaceError.cannotCreate(url.path, reason: String(cString: strerror(errno)))
        }
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(ScratchFolder(url: url))
    }

    /// The absolute path of something in it.
    func path(_ name: String) -> String {
        url.appending(path: name).path
    }
}
