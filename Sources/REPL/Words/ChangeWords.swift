internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// The word that lets the prompt change customers.
let changeWords: [HostWord] = [
    HostWord(
        prompt: "commit", "commit(function)",
        "Makes the changes that a function asks of queries, all or none: it shows first what would change, and asks.",
        example: "commit(function() customers:where(segment.vip):tag \"vip 2026\" end)"
    ) { call, session in
        try session.commit(try call.arguments(.function("changes")))
        return call.returnsNothing()
    }
]

/// What a commit can ask of many customers.
let changeMethods: [HostWord] = [
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "tag", .text("tag"),
        doc: "Inside commit: gives them a tag.",
        example: "commit(function() customers:where(segment.vip):tag \"vip 2026\" end)"
    ) { session, query, tag in
        try session.change(query, .tag(tag))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "untag", .text("tag"),
        doc: "Inside commit: takes a tag from them.",
        example: "commit(function() customers:where(segment.vip):untag \"vip 2026\" end)"
    ) { session, query, tag in
        try session.change(query, .untag(tag))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "set", .text("field"), .any("value"),
        doc: "Inside commit: gives a field another value; nil takes it away.",
        example: "commit(function() customers:where(segment.vip):set(\"level\", \"gold\") end)"
    ) { session, query, name, value in
        guard let field = session.snapshot.fields.first(where: { $0.name == name }) else {
            throw LuaError(
                "customers have no field '\(name)'",
                hint: suggestion(name, session.snapshot.fields.map(\.name), what: "field"))
        }
        if case .missing = value { return try session.change(query, .set(field: name, .null)) }
        guard let stored = session.host.store(value, as: field.type) else {
            throw LuaError("'\(name)' is of type \(field.type.rawValue), got \(value.described)")
        }
        return try session.change(query, .set(field: name, stored))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "task",
        .table("task", "a table such as { title = \"Call\", owner = \"Li Na\", due = days(2) }"),
        doc:
            "Inside commit: gives a colleague something to do with each; the title, and an owner and a due span or time.",
        example:
            "commit(function() customers:where(segment.vip):task { title = \"Call\", due = days(2) } end)"
    ) { session, query, table in
        try session.change(query, session.task(table))
    }.gives("query"),
]

/// The settings of a task.
private let taskSettings = ["title", "owner", "due"]

extension PromptSession {
    /// Notes a change of the customers of a query, which it gives back.
    fileprivate func change(_ query: QueryObject, _ action: CustomerChange.Action) throws -> LuaValue? {
        // Outside a commit nobody is looked for.
        try note(CustomerChange(action, of: pendingChanges == nil ? [] : query.ids(self)))
        return .object(query)
    }

    fileprivate func task(_ table: LuaTable) throws -> CustomerChange.Action {
        for field in table.fields where !taskSettings.contains(field.name) {
            throw LuaError(
                "a task has no '\(field.name)'",
                hint: suggestion(field.name, taskSettings, what: "setting"))
        }
        guard case .text(let title) = table["title"], !title.isEmpty else {
            throw LuaError("a task has a title, got \(table["title"].described)")
        }
        var owner: String?
        switch table["owner"] {
        case .missing: break
        case .text(let text): owner = text
        case let other: throw LuaError("the owner of a task is a text, got \(other.described)")
        }
        return .task(title: title, owner: owner, due: try due(table["due"]))
    }

    /// A span from now on, as `days(2)` gives it, or a time.
    private func due(_ value: LuaValue) throws -> Int64? {
        let number: Double
        switch value {
        case .missing: return nil
        case .integer(let whole): number = Double(whole)
        case .number(let fraction): number = fraction
        case let other: throw LuaError("a task is due in a span such as days(2), got \(other.described)")
        }
        // No task is given for ten years from now, and none was due in 1980.
        let span = 10 * 366 * 86_400.0
        guard number > 0, number < 1e11 else { throw LuaError("a task is due in a span such as days(2)") }
        return Int64(number) + (number < span ? snapshot.now : 0)
    }
}
