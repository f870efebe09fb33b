internal import LuaRuntime

extension LuaBudgets {
    /// The setting `budgets` of `workspace.lua`; what it leaves out is standard.
    init(reading value: LuaValue) throws {
        self = .standard
        guard case .table(let table) = value, table.array.isEmpty else {
            throw WorkspaceError.badSetting(
                name: "budgets", expected: "a table such as { predicate = { seconds = 2 } }",
                got: value.described)
        }
        let kinds = LuaBudgets.Kind.allCases.map(\.rawValue)
        for (name, value) in table.fields {
            if name == "memory_mb" {
                memory = try Self.megabytes(value, "budgets.memory_mb")
            } else if let kind = LuaBudgets.Kind(rawValue: name) {
                try Self.read(value, "budgets.\(name)", into: &self[kind])
            } else {
                throw WorkspaceError.unknownSetting(
                    name: "budgets.\(name)", known: (kinds + ["memory_mb"]).map { "budgets.\($0)" })
            }
        }
    }

    private static func read(_ value: LuaValue, _ owner: String, into limits: inout LuaLimits) throws {
        let names = ["memory_mb", "steps", "seconds"]
        guard case .table(let table) = value, table.array.isEmpty else {
            throw WorkspaceError.badSetting(
                name: owner, expected: "a table of \(names.joined(separator: ", "))", got: value.described)
        }
        for (name, value) in table.fields {
            switch (name, value) {
            case ("memory_mb", _): limits.memory = try megabytes(value, "\(owner).memory_mb")
            case ("steps", .integer(let steps)) where steps > 0: limits.steps = Int(steps)
            case ("seconds", .integer(let seconds)) where (1...86_400).contains(seconds):
                limits.seconds = Double(seconds)
            case ("seconds", .number(let seconds)) where (0.01...86_400).contains(seconds):
                limits.seconds = seconds
            case ("steps", let other):
                throw WorkspaceError.badSetting(
                    name: "\(owner).steps", expected: "a whole number above 0", got: other.described)
            case ("seconds", let other):
                throw WorkspaceError.badSetting(
                    name: "\(owner).seconds", expected: "seconds from 0.01 to 86400", got: other.described)
            default:
                throw WorkspaceError.unknownSetting(
                    name: "\(owner).\(name)", known: names.map { "\(owner).\($0)" })
            }
        }
    }

    private static func megabytes(_ value: LuaValue, _ name: String) throws -> Int {
        guard case .integer(let number) = value, (1...65_536).contains(number) else {
            throw WorkspaceError.badSetting(
                name: name, expected: "a whole number of megabytes, from 1 to 65536", got: value.described)
        }
        return Int(number) << 20
    }

    /// The setting that would say the same, as lines of Lua.
    var setting: [String] {
        let kinds = Kind.allCases.map { kind in
            let limits = self[kind]
            return
                "  \(kind.rawValue) = { memory_mb = \(limits.memory >> 20), steps = \(limits.steps), seconds = \(Int(limits.seconds)) },"
        }
        return ["budgets = {", "  memory_mb = \(memory >> 20), -- all scripts together"] + kinds + ["},"]
    }
}
