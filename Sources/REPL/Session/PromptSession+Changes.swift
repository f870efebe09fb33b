internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

extension PromptSession {
    /// Notes a change of customers for the end of the commit that runs.
    ///
    /// - Throws: an error outside a commit, which changes nothing.
    func note(_ change: CustomerChange) throws {
        guard pendingChanges != nil else {
            throw LuaError(
                "\(change.action.name) changes customers, and the prompt only reads",
                hint: "write it inside commit(function() … end), which shows what would change and asks")
        }
        pendingChanges?.append(change)
    }

    /// Collects the changes that a function asks for, shows what they would do, asks, and makes them all or none.
    func commit(_ body: LuaFunction) throws {
        guard pendingChanges == nil else { throw LuaError("a commit stands inside another") }
        pendingChanges = []
        defer { pendingChanges = nil }
        try host.state.call(body, within: .line)
        let changes = pendingChanges ?? []
        guard !changes.isEmpty else {
            throw LuaError(
                "the function changes nothing",
                hint: "such as commit(function() customers:where(segment.vip):tag \"vip 2026\" end)")
        }
        let store = try bench.openStore()
        let outcomes = try store.preview(changes, at: snapshot.now)
        let total = outcomes.reduce(0) { $0 + $1.changed }
        say(
            linesApart(width: output.width) {
                for outcome in outcomes { show(outcome) }
                if total == 0 { page.aside("Nothing would change.") }
            })
        guard total > 0 else { return }
        flush()
        switch output.ask("Make \(counted(total, "change"))?") {
        case nil:
            throw LuaError(
                "nobody is there to answer, so nothing was changed",
                hint: "moonletter repl --yes answers yes to every commit")
        case false?: output.note("Nothing was changed.")
        case true?:
            _ = try store.apply(changes, by: bench.actor, at: snapshot.now)
            output.note("Changed, and written to the audit log.")
            try renew()
        }
    }

    private func show(_ outcome: ChangeOutcome) {
        let (what, field) = described(outcome.action)
        let rest = outcome.asked - outcome.changed
        page.line(
            "\(what)  \(counted(outcome.changed, "customer"))"
                + (rest > 0 ? page.style.paint(" (\(grouped(rest)) stay as they are)", .faint) : ""))
        for example in outcome.examples {
            let before = page.safe(page.format.text(example.before, of: field))
            let after = page.safe(page.format.text(example.after, of: field))
            page.aside(
                "  \(example.customer)  \(before.isEmpty ? "–" : before) → \(after.isEmpty ? "–" : after)")
        }
    }

    /// The change as a person would type it, and the field whose values its examples are.
    private func described(_ action: CustomerChange.Action) -> (String, Field) {
        switch action {
        case .tag(let tag): ("tag \(page.safe(luaLiteral(tag)))", Field("tag", .text, ""))
        case .untag(let tag): ("untag \(page.safe(luaLiteral(tag)))", Field("tag", .text, ""))
        case .set(let name, let value):
            field(name, value)
        case .task(let title, _, _): ("task \(page.safe(luaLiteral(title)))", Field("title", .text, ""))
        }
    }

    private func field(_ name: String, _ value: Value) -> (String, Field) {
        let field = snapshot.fields.first { $0.name == name } ?? Field(name, .text, "")
        return (
            "set \(name) to \(value == .null ? "nothing" : page.safe(page.format.text(value, of: field)))",
            field
        )
    }
}
