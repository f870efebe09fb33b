internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules

extension PromptSession {
    /// The words of a prompt over a host: its own, and the commands of plugins that take no name of another word.
    static func words(of host: RuleHost) -> [HostWord] {
        let known = Set(promptWords.map(\.name) + host.state.words)
        return promptWords
            + host.provisions(of: .command).filter { !known.contains($0.name) }.map(HostWord.init)
    }

    /// What keeps commands of plugins from being words, in a sentence each.
    func newsOfCommands() -> [String] {
        host.provisions(of: .command).filter { command in !words.contains { $0.isCommand(command) } }.map {
            "the command '\($0.name)' of plugin '\($0.plugin)' is left out: another word has that name"
        }
    }

    /// Runs a command of a plugin, which may count all customers meanwhile.
    ///
    /// - Throws: what the plugin raises.
    fileprivate func run(_ command: String, _ call: HostCall) throws -> LuaValue? {
        guard let function = host.provision(.command, command)?.function("run") else { return nil }
        let population = try bench.population()
        host.population = population
        defer { host.population = nil }
        let arguments = try (0..<call.count).map { LuaArgument.value(try call.value($0 + 1)) }
        let value = try withExtendedLifetime(population) {
            try host.state.value(of: host.state.keep(function, arguments, within: .line))
        }
        if case .missing = value { return nil }
        guard PluginTable.isMeant(by: value) else { return value }
        return .object(ResultTable(try PluginTable(value, of: "command '\(command)'"), self))
    }
}

extension HostWord {
    /// A command of a plugin as a word of the prompt.
    fileprivate init(_ command: Provision) {
        let name = command.name
        self.init(
            prompt: name, command.text("signature") ?? "\(name)(…)", command.doc,
            example: command.text("example") ?? "\(name)()"
        ) { call, session in
            try session.run(name, call).map { call.returns($0) } ?? call.returnsNothing()
        }
    }

    fileprivate func isCommand(_ command: Provision) -> Bool {
        name == command.name && doc == command.doc && place == .prompt
            && !promptWords.contains { $0.name == name }
    }
}

extension ResultTable {
    /// The rows that a command of a plugin gave; a column holds numbers where all of its cells are some.
    fileprivate convenience init(_ table: PluginTable, _ session: PromptSession) {
        let fields = table.columns.enumerated().map { place, name in
            Field(name, Self.type(of: table.rows.map { $0[place] }), "")
        }
        self.init(
            fields,
            table.rows.map { row in zip(row, fields).map { $0.value(as: $1.type) } }, session)
    }

    private static func type(of cells: [RunSection.Cell]) -> ValueType {
        let kinds = Set(
            cells.compactMap { cell -> ValueType? in
                switch cell {
                case .text(""): nil
                case .text: .text
                case .integer: .integer
                case .number: .number
                case .boolean: .boolean
                }
            })
        if kinds == [.integer, .number] { return .number }
        return kinds.count == 1 ? kinds.first ?? .text : .text
    }
}

extension RunSection.Cell {
    fileprivate func value(as type: ValueType) -> Value {
        switch self {
        case .text(""): .null
        case .text(let text): .text(text)
        case .integer(let number): type == .text ? .text("\(number)") : .integer(number)
        case .number(let number): type == .text ? .text("\(number)") : .number(number)
        case .boolean(let flag): type == .text ? .text("\(flag)") : .integer(flag ? 1 : 0)
        }
    }
}
