internal import ArgumentParser
internal import Basics
internal import Diagnostics
internal import Plugins
internal import Reports
internal import Rules

extension PluginsCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    /// `moonletter plugins list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the plugins of the workspace, and those that come with the program.")

        @Option(help: ArgumentHelp("text, or json: a list of objects.", valueName: "format"))
        var format = Format.text
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let library = try workspace.pluginLibrary()
            let problems = library.codes(options: workspace.settings.plugins).problems
            let shipped = ShippedPlugins.names.filter { name in !library.entries.contains { $0.name == name }
            }
            let rows = try library.entries.map { row($0, problems) } + shipped.map(row)
            if format == .json {
                let objects = rows.map { row in
                    JSON.object(zip(["name", "version", "state", "description"], row).map(JSON.Member.init))
                }
                return Console.line(JSON.array(objects).text(indented: true))
            }
            var table = TextTable([
                TextTable.Column("name"), TextTable.Column("version"), TextTable.Column("state"),
                TextTable.Column("what it is", limit: .max),
            ])
            rows.forEach { table.add($0) }
            for line in table.lines(width: Console.width) { Console.line(line) }
        }

        private func row(_ entry: PluginLibrary.Entry, _ problems: [PluginProblem]) -> [String] {
            let manifest = entry.folder?.manifest
            if case .enabled = entry.state, let problem = problems.first(where: { $0.plugin == entry.name }) {
                return [entry.name, manifest?.version ?? "", "left out", problem.reason.message]
            }
            if case .broken(let diagnostic) = entry.state {
                return [entry.name, "", entry.state.name, diagnostic.message]
            }
            return [entry.name, manifest?.version ?? "", entry.state.name, manifest?.description ?? ""]
        }

        private func row(shipped name: String) throws -> [String] {
            let manifest = try PluginManifest(shipped: name)
            return [name, manifest.version, "not installed", manifest.description]
        }
    }

    /// `moonletter plugins info NAME`
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a plugin gives, reads and does, and its options.")

        @Argument(help: ArgumentHelp("The plugin.", valueName: "name"))
        var name: String
        @Option(help: ArgumentHelp("text, or json: one object.", valueName: "format"))
        var format = Format.text
        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let workspace = try options.open()
            let library = try workspace.pluginLibrary()
            guard format == .text else {
                return Console.line(try json(of: library.entry(name)).text(indented: true))
            }
            guard library.entries.contains(where: { $0.name == name }) || !ShippedPlugins.names.contains(name)
            else {
                Console.line("\(name) comes with the program: moonletter plugins install \(name)")
                let manifest = try PluginManifest(shipped: name)
                Console.line("  \(manifest.description)")
                return showOptions(of: manifest, .object([]))
            }
            let entry = try library.entry(name)
            let folder = try entry.readable()
            Console.write(PluginSheet(folder: folder, before: entry.grant).text)
            Console.line("  state: \(entry.state.name)")
            let missing = folder.manifest.permissions.subtracting(entry.grant?.permissions ?? [])
            if entry.grant != nil, !missing.isEmpty {
                Console.line("  not allowed: \(missing.sorted().map(\.text).joined(separator: ", "))")
            }
            showOptions(of: folder.manifest, workspace.settings.plugins[name] ?? .object([]))
        }

        private func json(of entry: PluginLibrary.Entry) throws -> JSON {
            let folder = try entry.readable()
            let manifest = folder.manifest
            func texts(_ items: some Sequence<String>) -> JSON { .array(items.map { .text($0) }) }
            let provides = PluginKind.allCases.compactMap { kind in
                manifest.provides[kind].map { JSON.Member(name: kind.manifestKey, value: texts($0)) }
            }
            return .object([
                JSON.Member("name", manifest.name), JSON.Member("version", manifest.version),
                JSON.Member("description", manifest.description), JSON.Member("license", manifest.license),
                JSON.Member("state", entry.state.name), JSON.Member("hash", folder.hash),
                JSON.Member(name: "provides", value: .object(provides)),
                JSON.Member(name: "asks", value: texts(manifest.permissions.sorted().map(\.text))),
                JSON.Member(
                    name: "granted", value: texts((entry.grant?.permissions ?? []).sorted().map(\.text))),
            ])
        }

        private func showOptions(of manifest: PluginManifest, _ given: JSON) {
            guard !manifest.options.isEmpty else { return }
            Console.line("\nOptions, in workspace.lua: plugins = { [\"\(manifest.name)\"] = { … } }")
            var table = TextTable([
                TextTable.Column("name"), TextTable.Column("value", limit: 60),
                TextTable.Column("what it says", limit: .max),
            ])
            for option in manifest.options {
                let isSet = given[option.name] != nil
                let value = (given[option.name] ?? option.standard).text()
                table.add([option.name, value + (isSet ? " (set)" : ""), option.doc])
            }
            for line in table.lines(indent: "  ", width: Console.width) { Console.line(line) }
        }
    }
}

extension PluginLibrary.Entry.State {
    /// What lists call it.
    var name: String {
        switch self {
        case .enabled: "enabled"
        case .disabled: "disabled"
        case .notGranted: "not allowed yet"
        case .changed: "changed since it was allowed"
        case .broken: "broken"
        }
    }
}

extension JSON.Member {
    fileprivate init(_ name: String, _ text: String) {
        self.init(name: name, value: .text(text))
    }
}
