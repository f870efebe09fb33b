internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Rules
internal import Store

/// Customers whom a text found, each by its number in the list.
final class CustomerList: LuaObject {
    /// The best of them first.
    fileprivate let matches: CustomerMatches

    init(_ matches: CustomerMatches, _ session: PromptSession) {
        self.matches = matches
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "people", peopleMethods,
            index: { session, object, key in
                guard let matches = (object as? CustomerList)?.matches else { return nil }
                switch key {
                case .integer(let number):
                    return try matches.best.element(number).map {
                        .object(try session.host.person($0.customer))
                    } ?? .missing
                case .text("total"): return .integer(Int64(matches.count))
                default: return nil
                }
            },
            names: { _ in ["total"] },
            count: { _, object in (object as? CustomerList)?.matches.best.count ?? 0 })
    }

    private static let names = ["id", "name", "company", "city", "email", "phone", "level", "total_spent"]

    private static let fields = names.compactMap { name in
        (customerColumns + factFields).first { $0.name == name }
    }

    /// What identifies them, and in which fields they were found.
    private func table(_ session: PromptSession) throws -> ResultTable {
        let rows = try matches.best.map { match in
            let values = try session.snapshot.values(Self.fields, of: match.customer)
            return (values ?? Self.fields.map { _ in .null }) + [.text(match.columns.joined(separator: ", "))]
        }
        return ResultTable(
            Self.fields + [Field("found_in", .text, "Where the text stands.")], rows, total: matches.count,
            shown: .max, hint: "find(text, n) gives n of them", session
        ).withoutEmptyColumns(session)
    }

    /// A question about them.
    fileprivate func query(_ session: PromptSession) -> QueryObject {
        var question = QueryObject.Question()
        question.members = Set(matches.best.map(\.customer))
        return QueryObject(asking: question, session)
    }
}

/// What can be asked of customers whom a text found.
let peopleMethods: [HostWord] = [
    HostWord(
        of: "people", CustomerList.self, shown: "find(\"王\")", "customers",
        doc: "Those that are listed, to ask further.",
        example: "find(\"王\", 1000):customers():group_by \"city\""
    ) { session, list in .object(list.query(session)) }.gives("query"),
    HostWord(
        of: "people", CustomerList.self, shown: "find(\"王\")", "count",
        doc: "How many were found, listed or not.", example: "find(\"王\"):count()"
    ) { _, list in .integer(Int64(list.matches.count)) },
]

extension CustomerList: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        guard let first = matches.best.first else { return page.aside("nobody") }
        guard matches.count > 1 else { return try CustomerCard(first.customer).show(on: page, session) }
        try table(session).show(on: page, session)
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .object([
            JSON.Member(name: "total", value: .integer(Int64(matches.count))),
            JSON.Member(name: "customers", value: try table(session).json(page, session)),
        ])
    }
}
