package import Basics
internal import Catalog
internal import Diagnostics
package import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// Customers one after the other, such as those that a text found.
package final class CustomerList: LuaObject {
    /// A customer, and the fields in which they were found.
    struct Entry {
        var customer: Int64
        var foundIn: [String] = []
    }

    private let entries: [Entry]
    /// How many there are in all.
    private let total: Int
    /// How many are printed.
    private let shown: Int

    init(_ entries: [Entry], total: Int, shown: Int = 20, _ session: PromptSession) {
        (self.entries, self.total, self.shown) = (entries, total, shown)
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "people", peopleMethods,
            index: { session, object, key in
                guard let list = object as? CustomerList else { return nil }
                switch key {
                case .integer(let number):
                    guard list.entries.indices.contains(Int(clamping: number) - 1) else { return .missing }
                    return .object(try session.host.person(list.entries[Int(number) - 1].customer))
                case .text("total"): return .integer(Int64(list.total))
                default: return nil
                }
            },
            names: { _ in ["total"] },
            count: { _, object in (object as? CustomerList)?.entries.count ?? 0 })
    }

    fileprivate func people(_ session: PromptSession) throws -> LuaValue {
        .table(LuaTable(array: try entries.map { .object(try session.host.person($0.customer)) }))
    }
}

/// What can be asked of customers in a list.
let peopleMethods: [HostWord] = [
    HostWord(
        of: "people", CustomerList.self, shown: "people", "list",
        doc: "The customers as a list, to go through in a loop.", example: "find(\"王\"):list()"
    ) { session, list in try list.people(session) }
]

extension CustomerList: Printable {
    private static let columns = [
        "id", "name", "company", "city", "email", "phone", "level", "total_spent",
    ]

    private static let fields = (customerColumns + factFields).filter { columns.contains($0.name) }
        .sorted { columns.firstIndex(of: $0.name) ?? 0 < columns.firstIndex(of: $1.name) ?? 0 }

    package func show(on page: Page, _ session: PromptSession) throws {
        guard let first = entries.first else { return page.aside("nobody") }
        guard total > 1 else { return try CustomerCard(first.customer).show(on: page, session) }
        let shown = entries.prefix(self.shown)
        let rows = try shown.map { entry in
            try session.snapshot.values(Self.fields, of: entry.customer) ?? Self.fields.map { _ in .null }
        }
        // What none of them has needs no column.
        let places = Self.fields.indices.filter { place in rows.contains { $0[place] != .null } }
        let isFound = shown.contains { !$0.foundIn.isEmpty }
        var table = TextTable(
            places.map {
                TextTable.Column(Self.fields[$0].name, alignRight: Self.fields[$0].type.isNumeric)
            } + (isFound ? [TextTable.Column("found in")] : []))
        for (entry, row) in zip(shown, rows) {
            let cells = places.map { page.safe(page.format.text(row[$0], of: Self.fields[$0])) }
            table.add(cells + (isFound ? [entry.foundIn.joined(separator: ", ")] : []))
        }
        page.table(table)
        if total > shown.count { page.aside("… \(grouped(total - shown.count)) more") }
    }

    package func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .object([
            JSON.Member(name: "total", value: .integer(Int64(total))),
            JSON.Member(
                name: "customers",
                value: .array(
                    try entries.map { entry in
                        let values = try session.snapshot.values(Self.fields, of: entry.customer) ?? []
                        return .object(
                            zip(Self.fields, values).map {
                                JSON.Member(name: $0.name, value: session.json($1, of: $0))
                            } + [
                                JSON.Member(name: "found_in", value: .array(entry.foundIn.map(JSON.text)))
                            ])
                    })),
        ])
    }
}
