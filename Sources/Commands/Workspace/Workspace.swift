internal import Basics
internal import Diagnostics
internal import Foundation
internal import Rules
internal import Store

/// A folder with `workspace.lua`, `crm.sqlite`, `scripts/`, `templates/`, `plugins/` and `runs/`.
struct Workspace {
    static let settingsName = "workspace.lua"
    static let databaseName = "crm.sqlite"
    static let folders = ["scripts", "templates", "plugins", "runs"]

    /// The folder.
    let root: URL
    let settings: WorkspaceSettings

    /// The workspace in `folder`, or in or above the current folder where none is given.
    init(at folder: String?) throws {
        root = try Self.find(folder)
        settings = try WorkspaceSettings(reading: root.appending(path: Self.settingsName))
    }

    private static func find(_ folder: String?) throws -> URL {
        if let folder {
            let url = URL(fileURLWithPath: folder).standardizedFileURL
            guard contains(url) else { throw WorkspaceError.notAWorkspace(folder) }
            return url
        }
        guard let found = around(URL(fileURLWithPath: FileManager.default.currentDirectoryPath)) else {
            throw WorkspaceError.noWorkspaceAround
        }
        return found
    }

    /// The workspace's folder that a folder is, or lies in; nil where there is none.
    static func around(_ folder: URL) -> URL? {
        var url = folder.standardizedFileURL
        while !contains(url) {
            let parent = url.deletingLastPathComponent().standardizedFileURL
            guard parent.path != url.path, url.path != "/" else { return nil }
            url = parent
        }
        return url
    }

    private static func contains(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: settingsName).path)
    }

    /// Opens the customer database and checks that the settings speak of the same currency; the attributes that plugins
    /// provide are known from then on.
    func openStore() throws -> Store {
        let store = try Store(opening: path(Self.databaseName))
        guard store.currency == settings.currency else {
            throw WorkspaceError.otherCurrency(settings: settings.currency, store: store.currency)
        }
        for known in try store.makeKnown(importPlugins()?.fields ?? []) {
            PluginWarnings.shared.tell(otherType: known)
        }
        return store
    }

    /// The rule scripts, by path relative to the workspace.
    func scripts() throws -> [ScriptFile] {
        try scriptPaths().map(read)
    }

    /// The paths of the scripts, relative to the workspace.
    func scriptPaths() -> [String] { paths(in: "scripts", suffix: ".lua") }

    /// The templates and the texts of their languages, by path relative to the workspace.
    func templates() throws -> [ScriptFile] {
        try templatePaths().map(read)
    }

    /// The paths of the templates and the texts of their languages, relative to the workspace.
    func templatePaths() -> [String] {
        let texts = paths(in: "templates", suffix: ".json").filter { $0.hasPrefix("templates/locales/") }
        return paths(in: "templates", suffix: ".liquid") + texts
    }

    private func paths(in folder: String, suffix: String) -> [String] {
        guard let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else {
            return []
        }
        let paths = names.compactMap { $0 as? String }.filter { name in
            // Hidden files are editors' own.
            name.hasSuffix(suffix) && !name.split(separator: "/").contains { $0.hasPrefix(".") }
        }
        return paths.sorted().map { "\(folder)/\($0)" }
    }

    /// A file of one of the folders of the workspace.
    func read(_ path: String) throws -> ScriptFile {
        // A folder that came from someone else may have a link to anything that this person can read.
        let base = root.appending(path: String(path.prefix { $0 != "/" })).resolvingSymlinksInPath().path
        guard root.appending(path: path).resolvingSymlinksInPath().path.hasPrefix(base + "/") else {
            throw WorkspaceError.linkOutside(path)
        }
        return try Self.script(at: root.appending(path: path).path, shownAs: path)
    }

    /// Refuses a path below one of the folders of the workspace that a link would lead out of it.
    func checkFolder(of path: String) throws {
        let base = root.appending(path: String(path.prefix { $0 != "/" }))
        var folder = root.appending(path: path).deletingLastPathComponent().standardizedFileURL
        // What is not there yet cannot be a link.
        while folder.path.count > base.standardizedFileURL.path.count,
            !FileManager.default.fileExists(atPath: folder.path)
        {
            folder.deleteLastPathComponent()
        }
        let (real, realBase) = (folder.resolvingSymlinksInPath().path, base.resolvingSymlinksInPath().path)
        guard real == realBase || real.hasPrefix(realBase + "/") else {
            throw WorkspaceError.linkOutside(path)
        }
    }

    /// The text of a file.
    static func script(at file: String, shownAs path: String) throws -> ScriptFile {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw FileManager.default.fileExists(atPath: file)
                ? WorkspaceError.unreadable(path) : WorkspaceError.noFile(path)
        }
        guard let text = String(data: data, encoding: .utf8) else { throw WorkspaceError.notUTF8(path) }
        return ScriptFile(path: path, text: text)
    }

    /// The text of a file that a diagnostic names; nil where it cannot be read.
    func source(_ name: String) -> String? {
        try? String(contentsOf: root.appending(path: name), encoding: .utf8)
    }

    /// The absolute path of something in the workspace.
    func path(_ name: String) -> String {
        root.appending(path: name).path
    }

    /// An absolute path as the person would type it from the current folder.
    func shown(_ absolute: String) -> String {
        let current = FileManager.default.currentDirectoryPath
        return absolute.hasPrefix(current + "/") ? String(absolute.dropFirst(current.count + 1)) : absolute
    }

    /// Where a run with this label goes: `runs/2026-12-01-win-back.run`, letters of any script kept.
    func newRunPath(date: CivilDate, label: String) throws -> String {
        let folder = root.appending(path: "runs")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw WorkspaceError.cannotCreate("runs/", reason: String(cString: strerror(errno)))
        }
        let safe = label.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" }.prefix(60)
        return folder.appending(path: "\(date)-\(String(safe)).run").path
    }
}
