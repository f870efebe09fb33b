internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import RuleCompiler
internal import Rules
internal import Store

/// How an audience is worked out, or why a customer is in it or not.
final class ExplanationObject: LuaObject {
    /// What was explained.
    fileprivate enum Subject {
        case audience(AudienceQuestion, AudienceExplanation)
        case customer(AudienceQuestion, CustomerExplanation)
    }

    fileprivate let subject: Subject

    /// Explains an audience. Cost: one pass over all customers.
    init(_ question: AudienceQuestion, _ session: PromptSession) throws {
        let host = session.host
        subject = .audience(
            question,
            try host.explain(question.expression, customerCount: session.snapshot.customerCount()))
        super.init(kind: Self.kind(session))
    }

    /// Explains why the customer is in the audience or not.
    init(_ question: AudienceQuestion, of customer: Int64, _ session: PromptSession) throws {
        guard let found = try session.host.explain(question.expression, customer: customer) else {
            throw LuaError("there is no customer \(customer) any more")
        }
        subject = .customer(question, found)
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "explanation", explanationMethods,
            index: { _, object, key in
                guard case .text(let name) = key, let explanation = object as? ExplanationObject else {
                    return nil
                }
                return explanation.value(name)
            },
            names: { ($0 as? ExplanationObject)?.names ?? [] })
    }

    private var names: [String] {
        switch subject {
        case .audience: ["customers", "in_sql"]
        case .customer: ["is_in"]
        }
    }

    private func value(_ name: String) -> LuaValue? {
        switch (subject, name) {
        case (.audience(_, let found), "customers"):
            // Without a condition all of them are in it.
            found.steps.isEmpty
                ? .integer(Int64(found.customerCount))
                : found.steps.last?.count.map { .integer(Int64($0)) } ?? .missing
        case (.audience(_, let found), "in_sql"): .boolean(found.isWhole)
        case (.customer(_, let found), "is_in"): .boolean(found.isMember)
        default: nil
        }
    }
}

/// What can be asked of an explanation.
let explanationMethods: [HostWord] = [
    HostWord(
        of: "explanation", ExplanationObject.self, shown: "explain(segment.dormant)", "funnel",
        doc: "The conditions in their order, who decides each, and how many customers are left after it.",
        example: "explain(segment.dormant):funnel()"
    ) { session, explanation in
        let fields = [
            Field("condition", .text, "The condition."), Field("decided_by", .text, "SQL, Lua or both."),
            Field("customers", .integer, "How many customers are left."),
        ]
        switch explanation.subject {
        case .audience(_, let found):
            let rows: [[Value]] = found.steps.map {
                [.text($0.text), .text($0.place.rawValue), $0.count.map { .integer(Int64($0)) } ?? .null]
            }
            return .object(
                ResultTable(
                    fields, [[.text("customers"), .null, .integer(Int64(found.customerCount))]] + rows,
                    session))
        case .customer:
            throw LuaError(
                "an explanation for one customer has no funnel", hint: "ask explain(…) without the customer")
        }
    }.gives("table")
]

extension ExplanationObject: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        switch subject {
        case .audience(let question, let found):
            page.report(try report(question, found, page, session).text(page.style))
        case .customer(let question, let found):
            page.report(CustomerReport(question, found, page.format).text(page.style))
        }
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        switch subject {
        case .audience(let question, let found):
            try JSON(parsing: report(question, found, page, session).json())
        case .customer(let question, let found):
            try JSON(parsing: CustomerReport(question, found, page.format).json())
        }
    }

    private func report(
        _ question: AudienceQuestion, _ found: AudienceExplanation, _ page: Page, _ session: PromptSession
    ) throws -> ExplanationReport {
        try ExplanationReport(question, found, session.host, session.snapshot, page.format)
    }
}
