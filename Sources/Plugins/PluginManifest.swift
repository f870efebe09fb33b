public import Basics
public import LuaRuntime
public import Rules

/// What `plugin.json` says of a plugin; ``init(parsing:at:)`` reads it before any of the plugin's Lua runs.
public struct PluginManifest: Sendable {
    /// The version of what plugins may use of the program.
    public static let api: Int64 = 1

    /// The name: small letters, digits and hyphens; the name of its folder.
    public var name: String
    /// Three numbers: `1.2.0`.
    public var version: String
    /// One sentence.
    public var description: String
    /// An SPDX licence expression.
    public var license: String
    /// Who wrote it; nil where it does not say.
    public var author: String?
    /// The Lua file that runs first, within the folder.
    public var entry: String
    /// What it asks to be allowed.
    public var permissions: Set<PluginPermission>
    /// What its Lua may use.
    public var budgets: LuaBudgets
    /// What the workspace may set, in the order of the file.
    public var options: [Option]
    /// The names that it provides, by kind.
    public var provides: [PluginKind: [String]]

    /// Something that `workspace.lua` may set: `plugins = { rfm = { rule = "quintile" } }`.
    public struct Option: Sendable {
        /// What an option holds.
        public enum Kind: String, Sendable, CaseIterable {
            case text, number, integer, boolean
            /// Values in order.
            case list
            /// Values by name.
            case table
        }

        /// The name.
        public var name: String
        /// What it holds.
        public var kind: Kind
        /// The values that it may have; empty where any of its kind will do.
        public var values: [JSON]
        /// What holds where the workspace sets nothing.
        public var standard: JSON
        /// One sentence.
        public var doc: String
    }
}

extension PluginManifest {
    /// What `plugin.json` has.
    public static let keys = [
        TableKey(
            "name", "string", "Small letters, digits and hyphens; the name of the folder.", isRequired: true),
        TableKey("version", "string", "Three numbers: \"1.2.0\".", isRequired: true),
        TableKey(
            "api", "integer", "The version of what plugins may use: \(api) for this program.",
            isRequired: true),
        TableKey("description", "string", "One sentence.", isRequired: true),
        TableKey("license", "string", "An SPDX licence expression: \"MIT\".", isRequired: true),
        TableKey("author", "string", "Who wrote it."),
        TableKey("entry", "string", "The Lua file that runs first; \"main.lua\" unless given."),
        TableKey(
            "permissions", "object",
            "What it asks for: { \"read\": { \"fields\": […], \"tables\": […] }, \"act\": […] }."),
        TableKey(
            "limits", "object",
            "Lower limits than those of scripts: { \"memory_mb\": 64, \"steps\": 1000000, \"seconds\": 0.5 }."
        ),
        TableKey(
            "options", "object",
            "What `plugins` in `workspace.lua` may set, by name: { \"type\": …, \"values\": […], \"default\": …, \"doc\": … }; "
                + "a type is \(Option.Kind.allCases.map(\.rawValue).joined(separator: ", "))."),
        TableKey("provides", "object", "The names of what it registers, in a list for each kind."),
    ]

    /// The options as the plugin sees them: what the workspace set, and the defaults of the rest.
    ///
    /// - Parameter given: what `workspace.lua` sets of this plugin: an object.
    /// - Throws: ``PluginError`` about an option that there is not, or of another kind.
    public func options(given: JSON) throws(PluginError) -> JSON {
        guard case .object(let members) = given else {
            throw .wrongOption(plugin: name, name: "", expected: "a table of options", got: given.described)
        }
        for member in members where !options.contains(where: { $0.name == member.name }) {
            throw .unknownOption(plugin: name, name: member.name, known: options.map(\.name))
        }
        var result: [JSON.Member] = []
        for option in options {
            let value = given[option.name] ?? option.standard
            guard option.takes(value) else {
                throw .wrongOption(
                    plugin: name, name: option.name, expected: option.expected, got: value.described)
            }
            result.append(JSON.Member(name: option.name, value: value))
        }
        return .object(result)
    }
}

extension PluginManifest.Option {
    /// Whether a value is of its kind and one of its values.
    func takes(_ value: JSON) -> Bool {
        let fits =
            switch (kind, value) {
            case (.text, .text), (.integer, .integer), (.boolean, .boolean), (.list, .array),
                (.table, .object), (.number, .integer), (.number, .number):
                true
            // An empty table of Lua is both.
            case (.list, .object(let members)): members.isEmpty
            case (.table, .array(let items)): items.isEmpty
            default: false
            }
        return fits && (values.isEmpty || values.contains(value))
    }

    /// What it takes, for errors: "one of 'r', 'quintile'".
    var expected: String {
        guard values.isEmpty else { return "one of " + values.map(\.described).joined(separator: ", ") }
        return switch kind {
        case .text: "a text"
        case .number: "a number"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .list: "a list"
        case .table: "a table"
        }
    }
}

extension JSON {
    /// What it is called in errors.
    var described: String {
        switch self {
        case .null: "nothing"
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .text(let text): "'\(text.prefix(60))'"
        case .array: "a list"
        case .object: "a table"
        }
    }
}
