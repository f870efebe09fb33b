internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// A question about the decisions of a run, which does nothing until it is asked; each answer is one statement over the run
/// file.
final class DecisionQuery: LuaObject {
    let run: RunObject
    private(set) var question = DecisionQuestion()

    /// How many rows are printed.
    private static let shownLimit = 20
    /// More than that would fill what Lua may hold.
    static let listLimit = 10_000

    /// All decisions of a run.
    init(_ run: RunObject, _ session: PromptSession) {
        self.run = run
        super.init(
            kind: session.kinds.kind(
                "decisions", decisionMethods,
                count: { _, object in
                    guard let query = object as? DecisionQuery else { return 0 }
                    return try query.run.file.count(query.question)
                }))
    }

    /// The same question, changed.
    func changed(_ session: PromptSession, _ change: (inout DecisionQuestion) throws -> Void) rethrows
        -> DecisionQuery
    {
        let query = DecisionQuery(run, session)
        query.question = question
        try change(&query.question)
        return query
    }

    /// Those with one of these outcomes.
    func among(_ outcomes: [Outcome], _ session: PromptSession) throws -> DecisionQuery {
        let field = try run.field("outcome")
        return changed(session) {
            $0.conditions.append(.init(field, isOneOf: outcomes.map { .text($0.rawValue) }))
        }
    }

    // MARK: Conditions

    /// The condition that a field has a value, or one of a list of values.
    func condition(_ name: String, _ value: LuaValue, _ session: PromptSession) throws
        -> DecisionQuestion.Condition
    {
        let field = try run.field(name)
        var given = [value]
        if case .table(let list) = value {
            guard list.fields.isEmpty else {
                throw LuaError("'\(name)' takes a value or a list of values, got a table with names")
            }
            given = list.array
        }
        return .init(field, isOneOf: try given.map { try stored($0, field, session) })
    }

    private func stored(_ value: LuaValue, _ field: Field, _ session: PromptSession) throws -> Value {
        switch (field.name, value) {
        // Where there is none.
        case (_, .boolean(false)): return .null
        case ("customer", .object(let customer as LuaCustomer)): return .integer(customer.id)
        case ("customer", .text(let text)): return .integer(try NamedCustomer.text(text).id(session))
        default: break
        }
        let wanted = [.integer, .instant].contains(field.type) ? "a whole number" : "a text"
        guard let stored = session.host.store(value, as: field.type) else {
            throw LuaError(
                "'\(field.name)' of a decision takes \(wanted) or a list of them, got \(value.described)",
                hint: "\(field.name) = false finds those without one")
        }
        if case .text(let text) = stored { try check(text, field) }
        return stored
    }

    /// Refuses a value that no decision can have.
    private func check(_ text: String, _ field: Field) throws {
        let known: [String]
        switch field.name {
        case "campaign": known = run.campaigns
        case "step", "variant", "line": known = try run.file.values(of: field)
        default: known = field.values
        }
        guard ["campaign", "step", "variant", "line"].contains(field.name) || !known.isEmpty,
            !known.contains(text)
        else { return }
        let place = field.values.isEmpty ? "this run has no \(field.name)" : "there is no \(field.name)"
        throw LuaError("\(place) '\(text)'", hint: suggestion(text, known, what: field.name))
    }

    // MARK: Answers

    func count() throws -> Int { try run.file.count(question) }

    /// In the order of fields; a name behind a minus lets the greatest come first.
    func ordered(by names: [String], _ session: PromptSession) throws -> DecisionQuery {
        let order = try names.map(SortKey.init).map { try $0.order(of: run.field($0.name)) }
        return changed(session) { $0.order += order }
    }

    /// Hands over the values of the fields, addresses as they may be shown.
    func forEachRow(_ fields: [Field], _ session: PromptSession, _ body: ([Value]) throws -> Void) throws {
        guard let place = fields.firstIndex(where: { $0.name == "address" }) else {
            return try run.file.forEachDecision(question, fields, body)
        }
        let masking = session.masking
        try run.file.forEachDecision(question, fields + [run.field("channel")]) { values in
            var row = Array(values.dropLast())
            if case .text(let address) = row[place], case .text(let name)? = values.last {
                row[place] = .text(masking.show(address, on: Channel(rawValue: name)))
            }
            try body(row)
        }
    }

    /// So many rows of the fields, and how many there are in all.
    func table(_ fields: [Field], limit: Int, shown: Int = .max, _ session: PromptSession) throws
        -> ResultTable
    {
        var rows: [[Value]] = []
        try changed(session) { $0.limit = min($0.limit ?? .max, limit) }.forEachRow(fields, session) {
            rows.append($0)
        }
        let total = rows.count < limit ? rows.count : try count()
        return ResultTable(fields, rows, total: total, shown: shown, session)
    }

    /// Fields of as many as there are of a question with a limit, else of the first.
    func rows(_ names: [String], _ session: PromptSession) throws -> ResultTable {
        let limit = question.limit ?? QueryObject.standardRows
        guard names.isEmpty else { return try table(names.map(run.field), limit: limit, session) }
        return try shown(limit, session)
    }

    /// How many there are of each combination of values.
    func counts(_ names: [String], _ session: PromptSession) throws -> ResultTable {
        let fields = try names.map(run.field)
        let counts = try run.file.counts(question, by: fields)
        return ResultTable(
            fields + [Field("count", .integer, "How many decisions.")],
            counts.map { $0.values + [.integer(Int64($0.count))] },
            look: .bars(column: fields.count, hasShares: true), session)
    }

    /// What is shown where nobody says what: the campaign where there are several, and nothing that no row has.
    func standardFields() throws -> [Field] {
        let names =
            ["customer", "time"] + (run.campaigns.count > 1 ? ["campaign"] : [])
            + ["step", "channel", "outcome", "reason", "detail", "subject"]
        return try names.map(run.field)
    }

    /// The first rows, without columns that none of them needs.
    private func shown(_ limit: Int, _ session: PromptSession) throws -> ResultTable {
        try table(standardFields(), limit: limit, session).withoutEmptyColumns(session)
    }
}

extension DecisionQuery: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        let table = try shown(Self.shownLimit, session)
        guard !table.rows.isEmpty else { return page.aside("no decisions") }
        try table.show(on: page, session)
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try table(standardFields(), limit: .max, session).json(page, session)
    }
}
