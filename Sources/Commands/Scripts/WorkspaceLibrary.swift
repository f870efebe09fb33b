internal import Catalog
internal import Linter
internal import Plugins
internal import Rules
internal import ScriptSyntax
internal import Scripts

/// The scripts of a workspace with what the workspace has for them.
struct WorkspaceLibrary {
    let workspace: Workspace
    let library: ScriptLibrary
    /// The plugins that lie in the workspace.
    private let plugins: [PluginLibrary.Entry]
    /// What scripts of the workspace may use.
    let world: LintWorld

    /// Reads the scripts and templates; those that cannot be read are left out, for `check` tells what is
    /// wrong with them.
    init(_ workspace: Workspace) throws {
        let subject = try CheckSubject(workspace, with: [])
        self.workspace = workspace
        plugins = try workspace.pluginLibrary().entries
        world = try subject.world()
        library = ScriptLibrary(
            subject.others.map { LibraryFile(path: $0.path, text: $0.text) }, world, verbs: Self.verbs)
    }

    /// A library of other files, read as those of this workspace are.
    func library(of files: [LibraryFile]) -> ScriptLibrary {
        ScriptLibrary(files, world, verbs: Self.verbs)
    }

    private static let verbs = Set(verbWords.map(\.name))

    /// A version of which the last numbers may be missing, as headers name it.
    private static func version(_ text: String) -> PluginVersion? {
        let missing = 2 - text.count { $0 == "." }
        return PluginVersion(text + String(repeating: ".0", count: max(0, missing)))
    }

    /// Why a need is not met, as in "plugin rfm is not installed"; nil where it is.
    func obstacle(_ need: ScriptHeader.Need) -> String? {
        switch need {
        case .field(let name):
            let known = world.fields.map(\.field.name) + (world.attributes ?? []).map(\.name)
            return known.contains(name) ? nil : "no field \(name)"
        case .plugin(let name, let wanted):
            guard let entry = plugins.first(where: { $0.name == name }) else { return "no plugin \(name)" }
            guard case .enabled = entry.state, let installed = entry.folder?.manifest.version else {
                return "plugin \(name) does not run"
            }
            guard let least = wanted.flatMap(Self.version), let version = PluginVersion(installed),
                version < least
            else { return nil }
            return "plugin \(name) is \(installed)"
        }
    }

    /// What the scripts use of this workspace's attributes and plugins while none of their headers names it.
    func undeclared(_ bundle: ScriptBundle) -> [ScriptHeader.Need] {
        let fields = Set(bundle.fields)
        let used: [PluginKind: Set<String>] = [
            .trait: fields, .field: fields, .segment: bundle.segments, .method: Set(bundle.questions),
            .word: bundle.globals,
        ]
        var missing: [ScriptHeader.Need] = []
        var given: Set<String> = []
        for manifest in plugins.compactMap(\.folder?.manifest) {
            given.formUnion(manifest.provides[.field] ?? [])
            let isNamed = bundle.needs.contains { need in
                if case .plugin(manifest.name, _) = need { true } else { false }
            }
            let isUsed = used.contains { !$0.value.isDisjoint(with: manifest.provides[$0.key] ?? []) }
            if isUsed, !isNamed { missing.append(.plugin(manifest.name, version: manifest.version)) }
        }
        let attributes = (world.attributes ?? []).map(\.name).filter { fields.contains($0) }
        return attributes.filter { !given.contains($0) }.map { .field($0) }
            .filter { !bundle.needs.contains($0) } + missing
    }
}
