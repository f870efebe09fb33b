internal import Catalog
internal import Foundation
internal import Linter
internal import LuaRuntime
internal import Rules
internal import ScriptSyntax
internal import Store
internal import Synchronization

/// The scripts that `check` looks at, and what is known around them.
struct CheckSubject {
    /// The scripts that are told about.
    let files: [ScriptFile]
    /// The other scripts of the workspace, for the names that they define.
    let others: [ScriptFile]
    private let workspace: Workspace?

    /// The files named, or all scripts of the workspace: the one named, else the one around the first file, else the one
    /// around the current folder. Files need none.
    init(_ names: [String], workspace folder: String?) throws {
        guard !names.isEmpty else {
            let found = try Workspace(at: folder)
            Moonletter.remember(found)
            (workspace, files, others) = (found, try found.scripts(), [])
            return
        }
        workspace = try Self.workspace(folder, around: names[0])
        files = try names.map { name in
            guard FileManager.default.fileExists(atPath: name) else { throw WorkspaceError.noFile(name) }
            guard let data = FileManager.default.contents(atPath: name) else {
                throw WorkspaceError.unreadable(name)
            }
            guard let text = String(data: data, encoding: .utf8) else { throw WorkspaceError.notUTF8(name) }
            return ScriptFile(path: name, text: text)
        }
        let own = Set(names.map(Self.real))
        others =
            try workspace.map { workspace in
                try workspace.scripts().filter { !own.contains(Self.real(workspace.path($0.path))) }
            } ?? []
    }

    private static func workspace(_ folder: String?, around file: String) throws -> Workspace? {
        if let folder { return try Workspace(at: folder) }
        let places = [URL(fileURLWithPath: file).deletingLastPathComponent(), URL(fileURLWithPath: ".")]
        return try places.lazy.compactMap(Workspace.around).first.map { try Workspace(at: $0.path) }
    }

    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    /// Scripts as trees.
    func chunks(of files: [ScriptFile]) -> [LuaChunk] {
        files.map { LuaChunk(parsing: $0.text, path: $0.path) }
    }

    /// The words of the program, and what the workspace has.
    func world() throws -> LintWorld {
        var world = LintWorld(
            words: hostWords.map(LintWord.init), customerMethods: customerMethods.map(LintWord.init),
            relationMethods: relationMethods.map(LintWord.init), libraries: Set(try LuaState().words))
        guard let workspace else {
            world.hasAllScripts = false
            return world
        }
        world.templates = channelsByTemplate(try workspace.templates()).mapValues { $0.map(\.rawValue) }
        guard FileManager.default.fileExists(atPath: workspace.path(Workspace.databaseName)) else {
            return world
        }
        let store = try workspace.openStore()
        let attributes = try store.read(asOf: .max) { $0.attributes }
        world.attributes = attributes
        let shares = MissingShares(store, customerColumns + attributes)
        world.missingShares = { shares.shares(of: $0) }
        return world
    }
}

/// How many customers lack a field, asked of the store once for each.
private final class MissingShares: Sendable {
    private struct State {
        let store: Store
        var known: [String: Double] = [:]
    }

    private let state: Mutex<State>
    private let fields: [Field]

    init(_ store: sending Store, _ fields: [Field]) {
        state = Mutex(State(store: store))
        self.fields = fields
    }

    /// A database that cannot answer gives no notes; other commands say what is wrong with it.
    func shares(of names: [String]) -> [String: Double] {
        state.withLock { state in
            let asked = fields.filter { names.contains($0.name) && state.known[$0.name] == nil }
            let found = try? state.store.read(asOf: .max) { try $0.missingShares(of: asked) }
            state.known.merge(found ?? [:]) { $1 }
            return state.known.filter { names.contains($0.key) }
        }
    }
}

extension LintWord {
    /// A word as its entry describes it.
    init(_ word: HostWord) {
        self.init(word.name, settings: word.settings, deprecated: word.deprecated)
    }
}
