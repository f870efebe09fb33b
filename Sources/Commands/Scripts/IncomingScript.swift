internal import Foundation
internal import Rules
internal import Scripts

/// A script as it comes from somebody else: one packed file, or a folder with `scripts/` and `templates/`.
struct IncomingScript {
    /// What it has.
    let script: SharedScript
    /// Whether it is a folder, of which every script is meant.
    let isFolder: Bool

    /// Reads it, and trusts nothing of it.
    ///
    /// - Throws: an error that names the file where a link, a path, the size or the encoding is not what a
    /// script may have.
    init(_ name: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
            throw WorkspaceError.noFile(name)
        }
        self.isFolder = isFolder.boolValue
        script =
            isFolder.boolValue
            ? try Self.folder(name)
            : try SharedScript(unpacking: Self.text(name, shownAs: name, limit: SharedScript.sizeLimit))
    }

    private static func folder(_ name: String) throws -> SharedScript {
        let root = URL(fileURLWithPath: name)
        var paths: [String] = []
        for room in ["scripts", "templates"] {
            paths += try self.paths(in: room, of: root, shownAs: name)
        }
        guard paths.contains(where: { $0.hasPrefix("scripts/") }) else {
            throw ScriptLibraryError.notShared("\(name) has no script in a folder scripts/")
        }
        var total = 0
        let files = try paths.map { path in
            let text = try text(
                root.appending(path: path).path, shownAs: "\(name)/\(path)",
                limit: SharedScript.sizeLimit(of: LibraryFile(path: path, text: "")))
            total += text.utf8.count
            guard total <= SharedScript.sizeLimit else {
                throw ScriptLibraryError.tooLarge(name, bytes: total, limit: SharedScript.sizeLimit)
            }
            return LibraryFile(path: path, text: text)
        }
        return try SharedScript(files: files)
    }

    /// The scripts, templates and texts of a folder, sorted; links are refused, hidden files passed over.
    private static func paths(in room: String, of root: URL, shownAs name: String) throws -> [String] {
        var found: [String] = []
        var waiting = [room]
        while let folder = waiting.popLast() {
            let url = root.appending(path: folder)
            if isLink(url) { throw WorkspaceError.linkOutside("\(name)/\(folder)") }
            for entry in ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
            where !entry.hasPrefix(".") {
                let path = "\(folder)/\(entry)"
                let place = root.appending(path: path)
                if isLink(place) { throw WorkspaceError.linkOutside("\(name)/\(path)") }
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
                    continue
                }
                let file = LibraryFile(path: path, text: "")
                if isFolder.boolValue {
                    waiting.append(path)
                } else if file.isScript || file.isTemplate || file.isLocale {
                    found.append(path)
                }
                guard found.count + waiting.count <= SharedScript.fileLimit else {
                    throw ScriptLibraryError.tooMany(name, "files", limit: SharedScript.fileLimit)
                }
            }
        }
        return found.sorted()
    }

    private static func isLink(_ url: URL) -> Bool {
        let values = try? FileManager.default.attributesOfItem(atPath: url.path)
        return values?[.type] as? FileAttributeType == .typeSymbolicLink
    }

    private static func text(_ file: String, shownAs name: String, limit: Int) throws -> String {
        let values = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: file).resolvingSymlinksInPath().path)
        // A pipe or a device has no end.
        guard values?[.type] as? FileAttributeType == .typeRegular else {
            throw WorkspaceError.unreadable(name)
        }
        if let size = values?[.size] as? Int, size > limit {
            throw ScriptLibraryError.tooLarge(name, bytes: size, limit: limit)
        }
        return try Workspace.script(at: file, shownAs: name).text
    }
}
