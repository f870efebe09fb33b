internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Plugins
internal import Rules

extension PluginsCommand {
    /// `moonletter plugins install DIR|ZIP|NAME`
    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a plugin into the workspace and allow what it asks for.",
            discussion: """
                What it would read and do is shown before it is asked for. It is read whole and tried before it is kept; where
                something is wrong, nothing is.
                """)

        @Argument(
            help: ArgumentHelp(
                "A folder, a zip file, or the name of one that comes with the program.", valueName: "plugin"))
        var source: String
        @OptionGroup var consent: ConsentOptions
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let root = workspace.root.appending(path: "plugins")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            let installation = try PluginInstallation(try archive(), into: root)
            let folder = installation.folder
            let name = folder.manifest.name
            let library = try workspace.pluginLibrary()
            let before = library.entries.first { $0.name == name }
            Console.write(PluginSheet(folder: folder, before: before?.grant).text)
            if let old = before?.folder?.manifest.version { Console.line("  replaces \(name) \(old)") }
            guard try Console.confirm("Install \(name) and allow this?", saysYes: consent.yes) else {
                Console.line("nothing was installed")
                throw ExitCode.failure
            }
            try workspace.tryOut(folder)
            try installation.keep(folder.manifest.permissions)
            Console.line("installed plugins/\(name)")
        }

        private func archive() throws -> PluginArchive {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
                guard PluginManifest.isName(source) else { throw WorkspaceError.noFile(source) }
                return try PluginArchive(shipped: source)
            }
            let url = URL(fileURLWithPath: source)
            return isFolder.boolValue ? try PluginArchive(folder: url) : try PluginArchive(zip: url)
        }
    }

    /// `moonletter plugins enable NAME`
    struct Enable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Let a plugin of the workspace run; asks where its files are not those that were allowed.")

        @Argument(help: ArgumentHelp("The plugin.", valueName: "name"))
        var name: String
        @OptionGroup var consent: ConsentOptions
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let library = try workspace.pluginLibrary()
            let entry = try library.entry(name)
            var permissions = entry.grant?.permissions ?? []
            let folder = try entry.readable()
            switch entry.state {
            case .enabled:
                Console.line("\(name) runs already")
                return
            case .disabled where entry.grant?.hash == folder.hash: break
            default:
                Console.write(PluginSheet(folder: folder, before: entry.grant).text)
                guard try Console.confirm("Allow this?", saysYes: consent.yes) else {
                    Console.line("\(name) does not run")
                    throw ExitCode.failure
                }
                permissions = folder.manifest.permissions
            }
            try workspace.tryOut(folder)
            try library.setting(
                name,
                PluginGrants.Grant(
                    isEnabled: true, version: folder.manifest.version, hash: folder.hash,
                    permissions: permissions))
            Console.line("\(name) runs from now on")
        }
    }

    /// `moonletter plugins disable NAME`
    struct Disable: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a plugin from running; what was allowed is remembered.")

        @Argument(help: ArgumentHelp("The plugin.", valueName: "name"))
        var name: String
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let library = try options.open().pluginLibrary()
            let entry = try library.entry(name)
            guard var grant = entry.grant, grant.isEnabled else {
                Console.line("\(name) does not run")
                return
            }
            grant.isEnabled = false
            try library.setting(name, grant)
            Console.line("\(name) no longer runs")
        }
    }

    /// `moonletter plugins grant NAME [PERMISSION…]`
    struct Grant: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Allow a plugin more or less of what it asks for.",
            discussion: """
                  moonletter plugins grant loyalty                            all that it asks for
                  moonletter plugins grant loyalty field:city act:send        these as well
                  moonletter plugins grant loyalty --revoke act:send          that no longer
                """)

        @Argument(help: ArgumentHelp("The plugin.", valueName: "name"))
        var name: String
        @Argument(
            help: ArgumentHelp(
                "What to allow; all that it asks for where nothing is named.", valueName: "permission"))
        var permissions: [String] = []
        @Option(help: ArgumentHelp("What to allow no longer; may be given again.", valueName: "permission"))
        var revoke: [String] = []
        @OptionGroup var consent: ConsentOptions
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let library = try options.open().pluginLibrary()
            let entry = try library.entry(name)
            let folder = try entry.readable()
            guard var grant = entry.grant, grant.hash == folder.hash else {
                throw Diagnostic(
                    "plugin '\(name)' has not been allowed as it is now",
                    hint: "moonletter plugins enable \(name)")
            }
            let declared = folder.manifest.permissions
            var added = Set(try permissions.map { try permission($0, declared) })
            let removed = Set(try revoke.map { try permission($0, declared) })
            if permissions.isEmpty, revoke.isEmpty { added = declared }
            let new = added.subtracting(grant.permissions)
            for permission in new.sorted() { Console.line("  \(permission.text): \(permission.phrase)") }
            if !new.isEmpty, try !Console.confirm("Allow this?", saysYes: consent.yes) {
                Console.line("nothing was changed")
                throw ExitCode.failure
            }
            grant.permissions = grant.permissions.union(added).subtracting(removed)
            try library.setting(name, grant)
            let missing = declared.subtracting(grant.permissions).sorted().map(\.text)
            Console.line(
                missing.isEmpty
                    ? "\(name) may do all that it asks for"
                    : "\(name) may do all that it asks for but \(missing.joined(separator: ", "))")
        }

        private func permission(_ text: String, _ declared: Set<PluginPermission>) throws -> PluginPermission
        {
            guard let permission = PluginPermission(text), declared.contains(permission) else {
                throw Diagnostic(
                    "plugin '\(name)' does not ask for '\(text)'",
                    hint: suggestion(text, declared.map(\.text).sorted(), what: "permission"))
            }
            return permission
        }
    }

    /// `moonletter plugins remove NAME`
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a plugin from the workspace, and what was allowed.")

        @Argument(help: ArgumentHelp("The plugin.", valueName: "name"))
        var name: String
        @OptionGroup var consent: ConsentOptions
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let library = try workspace.pluginLibrary()
            _ = try library.entry(name)
            let folder = library.root.appending(path: name)
            guard try Console.confirm("Delete \(workspace.shown(folder.path))?", saysYes: consent.yes) else {
                Console.line("nothing was deleted")
                throw ExitCode.failure
            }
            try FileManager.default.removeItem(at: folder)
            try library.setting(name, nil)
            Console.line("removed \(name)")
        }
    }
}

extension PluginLibrary.Entry {
    /// What was read of it.
    ///
    /// - Throws: what keeps it from being read.
    func readable() throws -> PluginFolder {
        if case .broken(let diagnostic) = state { throw diagnostic }
        guard let folder else { throw PluginError.noFile("plugins/\(name)/plugin.json") }
        return folder
    }
}

extension PluginLibrary {
    /// Writes down what a plugin is allowed from now on; nil for nothing.
    func setting(_ name: String, _ grant: PluginGrants.Grant?) throws {
        // Read anew, for another terminal may have written them while the person was asked.
        try PluginGrants.change(in: root) { $0.grants[name] = grant }
    }
}
