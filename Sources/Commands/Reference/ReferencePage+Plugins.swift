internal import Diagnostics
internal import Foundation
internal import Plugins
internal import Rules

// What plugins may say and do.
extension ReferencePage {
    static let plugins = ReferencePage(
        "plugins", "Plugins", "What `plugin.json` says, what a plugin may be allowed, and what its Lua finds."
    ) {
        [
            manifestIntroduction,
            Markdown.keys(PluginManifest.keys, "key"),
            "## Permissions\n", permissionIntroduction,
            Markdown.table(
                ["asked for in", "names"],
                [
                    [
                        "`read.fields`",
                        "every [field of customers](customers.md), custom attributes, and traits of others",
                    ],
                    ["`read.tables`", PluginPermission.tables.map(Markdown.code).joined(separator: " ")],
                    ["`act`", PluginPermission.verbs.map(Markdown.code).joined(separator: " ")],
                ]),
            "## Kinds\n", kindIntroduction,
            Markdown.table(
                ["in Lua", "in `provides`", "what it is"],
                PluginKind.allCases.map { kind in
                    [
                        "[`plugin.\(kind.rawValue)`](\(pageName(of: kind)).md)",
                        Markdown.code(kind.manifestKey),
                        kind.description?.doc ?? kind.definition?.doc ?? "",
                    ]
                }),
        ]
    }

    /// A page for each kind of things that plugins provide.
    static let pluginKinds = PluginKind.allCases.map { kind in
        ReferencePage(
            pageName(of: kind), "plugin.\(kind.rawValue)", kind.description?.doc ?? kind.definition?.doc ?? ""
        ) {
            var blocks: [String] = []
            if let described = kind.description {
                blocks.append("```lua\n\(described.example)\n```\n")
                blocks.append(
                    Markdown.table(
                        ["key", "what it says"],
                        described.keys.map { key in
                            [Markdown.code(key.name) + (key.isRequired ? ", needed" : ""), key.doc]
                        }))
            } else if let word = kind.definition {
                blocks.append("Scripts define them in the same way, without `plugin.`.\n")
                blocks.append(Markdown.section(word))
            }
            blocks.append("`plugin.json` names it in `provides`: `\"\(kind.manifestKey)\": [\"NAME\"]`.\n")
            if let use = use(of: kind) {
                blocks.append("## In a plugin\n")
                blocks.append(
                    "From [plugins/\(use.path)](../../plugins/\(use.path)), which comes with the program:\n\n```lua\n\(use.text)\n```\n"
                )
            }
            return blocks
        }
    }

    private static func pageName(of kind: PluginKind) -> String {
        "plugin-\(kind.rawValue.replacing("_", with: "-"))"
    }

    /// The shortest place in a plugin that comes with the program where a thing of the kind is registered.
    private static func use(of kind: PluginKind) -> (path: String, text: String)? {
        var found: [(path: String, text: String)] = []
        for name in ShippedPlugins.names {
            for file in ShippedPlugins.files(of: name) where file.path.hasSuffix(".lua") {
                let lines = String(decoding: file.bytes, as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false)
                for (index, line) in lines.enumerated() where line.hasPrefix("plugin.\(kind.rawValue) ") {
                    // A definition ends where a line begins with its closing bracket.
                    let rest = lines[index...]
                    let end = line.hasSuffix("}") ? index : rest.firstIndex { $0.hasPrefix("}") } ?? index
                    found.append(("\(name)/\(file.path)", lines[index...end].joined(separator: "\n")))
                }
            }
        }
        return found.min { ($0.text.utf8.count, $0.path) < ($1.text.utf8.count, $1.path) }
    }

    private static let manifestIntroduction = """
        A plugin is a folder in `plugins/` with `plugin.json` and Lua. [plugins.md](../plugins.md) shows how one is written,
        installed and tested. `plugin.json` is an object:

        """

    private static let permissionIntroduction = """
        A plugin reads and does nothing that its `plugin.json` does not ask for and the person has not allowed; what it tries
        beyond that is an error that names the permission. What it provides itself it may read. On the command line a
        permission is written `field:city`, `table:orders`, `act:send`.

        """

    private static let kindIntroduction = """
        A plugin's Lua finds the [words of time](words.md#time), `recommend`, the [steps of journeys](journeys.md#steps),
        `count_by` and `cross` in functions of commands and sections, `require` for files of its own folder, and `plugin`:
        `plugin.name`, `plugin.version`, `plugin.options`, and these, which work only while it loads and only for what
        `provides` names:

        """
}

extension PluginKind {
    /// The word of scripts that defines one; nil for what only plugins provide.
    fileprivate var definition: HostWord? {
        description == nil ? hostWords.first { $0.name == rawValue } : nil
    }
}
