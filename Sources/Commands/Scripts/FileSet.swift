internal import Foundation
internal import Scripts

/// Files that are written into a workspace together, or not at all.
struct FileSet {
    private let files: [LibraryFile]
    private let workspace: Workspace

    init(_ files: [LibraryFile], in workspace: Workspace) {
        (self.files, self.workspace) = (files, workspace)
    }

    /// Writes all of them; where one cannot be written, those before it are as they were.
    ///
    /// - Throws: what is wrong with the first that cannot, also where a link leads out of the workspace.
    func write() throws {
        for file in files {
            try workspace.checkFolder(of: file.path)
            // A link would be written through, or replaced by a file that nobody meant.
            if workspace.isLink(file.path) { throw WorkspaceError.linkOutside(file.path) }
        }
        var undo: [() -> Void] = []
        do {
            for file in files { undo.append(try write(file)) }
        } catch {
            let reason = String(cString: strerror(errno))
            for step in undo.reversed() { step() }
            throw WorkspaceError.cannotCreate(files[undo.count].path, reason: reason)
        }
    }

    /// Writes one, and gives what takes it back.
    private func write(_ file: LibraryFile) throws -> () -> Void {
        let place = workspace.root.appending(path: file.path)
        let before = FileManager.default.contents(atPath: place.path)
        let folders = missingFolders(above: place)
        let undo = {
            if let before {
                try? before.write(to: place, options: .atomic)
            } else {
                try? FileManager.default.removeItem(at: place)
            }
            for folder in folders { rmdir(folder.path) }
        }
        do {
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: place, options: .atomic)
        } catch {
            let number = errno
            undo()
            errno = number
            throw error
        }
        return undo
    }

    /// The folders that are still to be made, innermost first.
    private func missingFolders(above place: URL) -> [URL] {
        var missing: [URL] = []
        var folder = place.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.path) {
            missing.append(folder)
            folder.deleteLastPathComponent()
        }
        return missing
    }
}

extension Workspace {
    /// Whether there is anything under a path, a link that leads nowhere included.
    func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: self.path(path))) != nil
    }

    /// Whether a link stands under a path.
    fileprivate func isLink(_ path: String) -> Bool {
        let values = try? FileManager.default.attributesOfItem(atPath: self.path(path))
        return values?[.type] as? FileAttributeType == .typeSymbolicLink
    }
}
