public import Basics
public import LuaRuntime

/// A plugin as it was read and allowed: all that a host needs to run it.
public struct PluginCode: Sendable {
    /// Its name, which is the name of its folder.
    public let name: String
    /// Its version, such as `1.2.0`.
    public let version: String
    /// Its Lua, by paths such as `plugins/rfm/main.lua`.
    public let files: [ScriptFile]
    /// The path of the file that runs first and requires the others.
    public let entry: String
    /// What `plugin.json` asks to be allowed.
    public let declared: Set<PluginPermission>
    /// What of it the person allowed.
    public let granted: Set<PluginPermission>
    /// The names that it says to provide, by kind.
    public let provides: [PluginKind: [String]]
    /// The options of the workspace, with the defaults of those that it leaves out: an object.
    public let options: JSON
    /// What its Lua may use.
    public let budgets: LuaBudgets

    /// A plugin from its parts.
    public init(
        name: String, version: String, files: [ScriptFile], entry: String, declared: Set<PluginPermission>,
        granted: Set<PluginPermission>, provides: [PluginKind: [String]], options: JSON, budgets: LuaBudgets
    ) {
        self.name = name
        self.version = version
        self.files = files
        self.entry = entry
        self.declared = declared
        self.granted = granted
        self.provides = provides
        self.options = options
        self.budgets = budgets
    }

    /// The folder of its files, as errors show it.
    public var folder: String { "plugins/\(name)" }
}

extension LuaValue {
    /// A JSON value as Lua has it; `null` is missing.
    package init(_ json: JSON) {
        switch json {
        case .null: self = .missing
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .array(let items): self = .table(LuaTable(array: items.map(LuaValue.init)))
        case .object(let members):
            self = .table(LuaTable(fields: members.map { ($0.name, LuaValue($0.value)) }))
        }
    }
}

extension JSON {
    /// A plain value of Lua as JSON; nil where it holds a function or an object. An empty table is an object.
    package init?(_ value: LuaValue) {
        switch value {
        case .missing: self = .null
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        case .table(let table):
            let items = table.array.compactMap(JSON.init)
            let members = table.fields.compactMap { name, value in
                JSON(value).map { Member(name: name, value: $0) }
            }
            guard items.count == table.array.count, members.count == table.fields.count,
                items.isEmpty || members.isEmpty
            else { return nil }
            self = items.isEmpty ? .object(members) : .array(items)
        case .function, .object, .other: return nil
        }
    }
}
