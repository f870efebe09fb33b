package import Basics
package import Catalog
internal import Diagnostics
package import LuaRuntime
internal import Reports
internal import Rules

/// Rows that a question gave: a value that the next line can ask further.
package final class ResultTable: LuaObject {
    /// The columns; their types say how values are shown.
    package let fields: [Field]
    /// The rows, a value for each column.
    package let rows: [[Value]]
    /// How many rows there would be without the limit of what was asked; nil where these are all.
    package let total: Int?

    /// A table of a session.
    package init(_ fields: [Field], _ rows: [[Value]], total: Int? = nil, _ session: PromptSession) {
        (self.fields, self.rows, self.total) = (fields, rows, total)
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "table", resultMethods,
            index: { session, object, key in
                guard let table = object as? ResultTable, case .integer(let number) = key else { return nil }
                guard table.rows.indices.contains(Int(clamping: number) - 1) else { return .missing }
                return table.row(Int(number) - 1, session)
            },
            count: { _, object in (object as? ResultTable)?.rows.count ?? 0 })
    }

    /// A row as a table of Lua: what is missing is not in it.
    package func row(_ index: Int, _ session: PromptSession) -> LuaValue {
        .table(
            LuaTable(
                fields: zip(fields, rows[index]).compactMap { field, value in
                    value == .null ? nil : (field.name, session.host.value(value, of: field.type))
                }))
    }
}

extension ResultTable: Printable {
    package func show(on page: Page, _ session: PromptSession) throws {
        guard !rows.isEmpty else { return page.aside("no rows") }
        var table = TextTable(fields.map { TextTable.Column($0.name, alignRight: $0.type.isNumeric) })
        for row in rows {
            table.add(zip(fields, row).map { page.safe(page.format.text($1, of: $0)) })
        }
        page.table(table)
        if let total, total > rows.count { page.aside("… \(grouped(total - rows.count)) more") }
    }

    package func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .array(
            rows.map { row in
                .object(zip(fields, row).map { JSON.Member(name: $0.name, value: session.json($1, of: $0)) })
            })
    }
}
