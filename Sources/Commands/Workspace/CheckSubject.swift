internal import Catalog
internal import Diagnostics
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
    /// What is wrong with the files that could not be read.
    let unreadable: [LintFinding]
    private let workspace: Workspace?
    private let isWhole: Bool

    /// The files named, or all scripts of the workspace: the one named, else the one around the first file, else the one
    /// around the current folder. Files need none.
    init(_ names: [String], workspace folder: String?) throws {
        guard !names.isEmpty else {
            let found = try Workspace(at: folder)
            Moonletter.remember(found)
            (workspace, others) = (found, [])
            (files, unreadable) = Self.readable(found.scriptPaths(), found.read)
            isWhole = unreadable.isEmpty
            return
        }
        let workspace = try Self.workspace(folder, around: names[0])
        var own: Set<String> = []
        let asked = names.filter { own.insert(Self.real($0)).inserted }
        for name in asked {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
                throw WorkspaceError.noFile(name)
            }
            if isFolder.boolValue { throw WorkspaceError.isFolder(name) }
        }
        (files, unreadable) = Self.readable(asked) { try Workspace.script(at: $0, shownAs: $0) }
        let (others, unreadableOthers) =
            workspace.map { workspace in
                Self.readable(
                    workspace.scriptPaths().filter { !own.contains(Self.real(workspace.path($0))) },
                    workspace.read)
            } ?? ([], [])
        self.workspace = workspace
        self.others = others
        isWhole = unreadable.isEmpty && unreadableOthers.isEmpty
    }

    /// The files that can be read, and findings for those that cannot.
    private static func readable(
        _ paths: [String], _ read: (String) throws -> ScriptFile
    ) -> (files: [ScriptFile], unreadable: [LintFinding]) {
        var files: [ScriptFile] = []
        var unreadable: [LintFinding] = []
        for path in paths {
            do {
                files.append(try read(path))
            } catch {
                let diagnostic =
                    (error as? any Diagnosable)?.diagnostic ?? WorkspaceError.unreadable(path).diagnostic
                unreadable.append(LintFinding(unreadable: path, diagnostic))
            }
        }
        return (files, unreadable)
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
        world.campaignKinds = Campaign.Kind.allCases.map(\.rawValue)
        guard let workspace else {
            world.hasAllScripts = false
            return world
        }
        // What cannot be read may define anything.
        world.hasAllScripts = isWhole
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
        self.init(
            word.name, settings: word.settings,
            parameters: word.parameters.map { parameter in
                LintParameter(
                    parameter.expected, LintParameter.Kind(rawValue: parameter.kind.rawValue) ?? .other,
                    isOptional: parameter.isOptional)
            }, deprecated: word.deprecated)
    }
}
