internal import Diagnostics
internal import Foundation

/// A page that a command writes at its end, into a place that is known to take it before the work begins.
struct PageFile {
    private let path: String

    /// - Throws: where nothing can be written at the path.
    init(_ path: String) throws {
        self.path = path
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw Self.error(path, "it is a folder", "name a file in it") }
        } else if !FileManager.default.fileExists(atPath: folder) {
            throw Self.error(path, "there is no folder \(folder)", "make it first")
        }
        // The page is written beside its place and moved there, so it is the folder that must take it.
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Self.error(path, "the folder \(folder) is not writable", "name another place")
        }
    }

    /// Replaces what is at the path, at once and whole.
    func write(_ text: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Self.error(path, error.localizedDescription, "the run file is there already")
        }
    }

    private static func error(_ path: String, _ reason: String, _ hint: String) -> Diagnostic {
        Diagnostic("\(path) cannot be written: \(reason)", hint: hint)
    }
}
