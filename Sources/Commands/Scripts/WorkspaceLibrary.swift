internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Linter
internal import Rules
internal import ScriptSyntax
internal import Scripts

/// The scripts of a workspace with what the workspace has for them.
struct WorkspaceLibrary {
    let workspace: Workspace
    let library: ScriptLibrary
    /// What scripts of the workspace may use.
    let world: LintWorld

    /// Reads the scripts and templates; those that cannot be read are left out, for `check` tells what is wrong with them.
    init(_ workspace: Workspace) throws {
        let subject = try CheckSubject(workspace, with: [])
        self.workspace = workspace
        world = try subject.world()
        library = ScriptLibrary(
            subject.others.map { LibraryFile(path: $0.path, text: $0.text) }, world, verbs: Self.verbs)
    }

    /// A library of other files, read as those of this workspace are.
    func library(of files: [LibraryFile]) -> ScriptLibrary {
        ScriptLibrary(files, world, verbs: Self.verbs)
    }

    private static let verbs = Set(verbWords.map(\.name))

    /// Why a need is not met, as in "plugin rfm is not installed"; nil where it is.
    func obstacle(_ need: ScriptHeader.Need) -> String? {
        switch need {
        case .field(let name):
            let known = world.fields.map(\.field.name) + (world.attributes ?? []).map(\.name)
            return known.contains(name) ? nil : "no field \(name)"
        case .plugin(let name, let wanted):
            guard let installed = workspace.pluginVersion(name) else { return "no plugin \(name)" }
            guard let least = wanted.flatMap({ PluginVersion($0) }) else { return nil }
            guard let version = PluginVersion(installed), version >= least else {
                return "plugin \(name) is \(installed)"
            }
            return nil
        }
    }
}

extension Workspace {
    /// The version that the manifest of a plugin in `plugins/` says; nil where there is no such plugin.
    fileprivate func pluginVersion(_ name: String) -> String? {
        let folder = root.appending(path: "plugins")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for entry in names.sorted() {
            guard let text = source("plugins/\(entry)/plugin.json"),
                let manifest = try? JSON(parsing: text),
                manifest["name"] == .text(name), case .text(let version)? = manifest["version"]
            else { continue }
            return version
        }
        return nil
    }
}
