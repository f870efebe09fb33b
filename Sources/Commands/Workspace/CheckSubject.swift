internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Linter
internal import LuaRuntime
internal import Rules
internal import ScriptSyntax
internal import Store
internal import Synchronization

/// The scripts and templates that `check` looks at, and what is known around them.
struct CheckSubject {
    /// The files that are told about.
    let files: [ScriptFile]
    /// The other files of the workspace, for what they define and use.
    let others: [ScriptFile]
    /// What is wrong with the files that could not be read.
    let unreadable: [LintFinding]
    private let workspace: Workspace?
    /// The paths as the person named them, from the current folder; all others are those of the workspace.
    private let asked: Set<String>
    /// The paths of the files that could not be read, those of other scripts and templates too.
    private let missing: [String]

    /// The files named, or all of the workspace: the one named, else the one around the first file, else the one
    /// around the current folder. Files need none.
    init(_ names: [String], workspace folder: String?) throws {
        guard !names.isEmpty else {
            let found = try Workspace(at: folder)
            Moonletter.remember(found)
            (workspace, others, asked) = (found, [], [])
            (files, unreadable) = Self.readable(found.checkedPaths, found.read)
            missing = unreadable.map(\.file)
            return
        }
        let workspace = try Self.workspace(folder, around: names[0])
        var own: Set<String> = []
        let paths = names.filter { own.insert(Self.real($0)).inserted }
        for name in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
                throw WorkspaceError.noFile(name)
            }
            if isFolder.boolValue { throw WorkspaceError.isFolder(name) }
        }
        (files, unreadable) = Self.readable(paths) { try Workspace.script(at: $0, shownAs: $0) }
        let (others, unreadableOthers) =
            workspace.map { workspace in
                Self.readable(
                    workspace.checkedPaths.filter { !own.contains(Self.real(workspace.path($0))) },
                    workspace.read)
            } ?? ([], [])
        self.workspace = workspace
        asked = Set(paths)
        self.others = others
        missing = (unreadable + unreadableOthers).map(\.file)
    }

    /// Files as they would be in a workspace, beside what it has: those of its own that have one of their paths are left out.
    init(_ workspace: Workspace, with files: [ScriptFile]) throws {
        let own = Set(files.map(\.path))
        let (others, unreadable) = Self.readable(
            workspace.checkedPaths.filter { !own.contains($0) }, workspace.read)
        (self.workspace, self.files, self.others) = (workspace, files, others)
        (self.unreadable, asked, missing) = ([], [], unreadable.map(\.file))
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

    /// The scripts among the files, as trees.
    private func chunks(of files: [ScriptFile]) -> [LuaChunk] {
        files.filter { !isOfTemplates($0.path) }.map { LuaChunk(parsing: $0.text, path: $0.path) }
    }

    /// The templates among the files.
    private func templates(of files: [ScriptFile]) -> [TemplateSource] {
        files.filter { isOfTemplates($0.path) }.map { file in
            TemplateSource(path: file.path, name: templateName(of: file.path), text: file.text)
        }
    }

    /// The path of a template in its workspace; without one, from a folder `templates` on.
    private func templateName(of path: String) -> String {
        guard asked.contains(path) else { return path }
        let real = Self.real(path)
        if let root = workspace.map({ Self.real($0.root.path) + "/" }), real.hasPrefix(root + "templates/") {
            return String(real.dropFirst(root.count))
        }
        let folders = real.split(separator: "/")
        let start = folders.lastIndex(of: "templates") ?? folders.count - 1
        return folders[start...].joined(separator: "/")
    }

    /// What is wrong with the files, as the linter and the checks of plugins have it; with the `customers`, what these
    /// say about them.
    func report(onlySyntax: Bool = false, customers: Bool = false) throws -> LintReport {
        let checks = try onlySyntax ? nil : PluginChecks(workspace)
        let report = Linter(try world(checks), onlySyntax: onlySyntax)
            .lint(
                chunks(of: files), templates: templates(of: files), others: chunks(of: others),
                otherTemplates: templates(of: others)
            )
            .adding(unreadable)
        guard customers, let checks, let workspace else { return report }
        let (found, count) = try checks.findings(ofCustomersIn: workspace)
        return report.adding(found, amongCustomers: count)
    }

    /// The words of the program, and what the workspace has, its plugins too.
    func world() throws -> LintWorld { try world(PluginChecks(workspace)) }

    private func world(_ checks: PluginChecks?) throws -> LintWorld {
        var world = LintWorld(
            words: hostWords.map(LintWord.init), customerMethods: customerMethods.map(LintWord.init),
            relationMethods: relationMethods.map(LintWord.init), libraries: Set(try LuaState().words))
        world.campaignKinds = Campaign.Kind.allCases.map(\.rawValue)
        world.overCaps = Campaign.OverCap.allCases.map(\.rawValue)
        checks?.add(to: &world, files)
        guard let workspace else {
            world.hasAllScripts = false
            world.hasAllTemplates = false
            return world
        }
        // What cannot be read may define anything.
        world.hasAllScripts = missing.allSatisfy(isOfTemplates)
        world.hasAllTemplates = !missing.contains(where: isOfTemplates)
        if world.hasAllTemplates {
            let templates = (files + others).filter { isOfTemplates($0.path) }.map { file in
                ScriptFile(path: templateName(of: file.path), text: file.text)
            }
            world.templates = channelsByTemplate(templates).mapValues { $0.map(\.rawValue) }
        }
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

extension Workspace {
    /// The paths of what can be checked: scripts, templates and texts of their languages.
    fileprivate var checkedPaths: [String] { scriptPaths() + templatePaths() }
}

/// Whether a file is a template or texts in a language, and no script.
private func isOfTemplates(_ path: String) -> Bool {
    TemplateSource.suffixes.contains { path.hasSuffix($0) }
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
            word.name, settings: word.settings, renamedSettings: word.renamedSettings,
            parameters: word.parameters.map { parameter in
                LintParameter(
                    parameter.expected, LintParameter.Kind(rawValue: parameter.kind.rawValue) ?? .other,
                    isOptional: parameter.isOptional)
            }, deprecated: word.deprecated)
    }
}
