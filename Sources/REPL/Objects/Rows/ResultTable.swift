internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules

/// Something of the prompt that is rows, or gives them when it is asked.
class RowsObject: LuaObject {
    /// The rows.
    func table(_ session: PromptSession) throws -> ResultTable {
        preconditionFailure("a subclass gives the rows")
    }
}

/// Rows that a question gave: a value that the next line can ask further.
final class ResultTable: RowsObject {
    /// How the rows are shown.
    enum Look {
        /// As they are.
        case rows
        /// With a bar for the numbers of this column, and each one's share of their sum where that means something.
        case bars(column: Int, hasShares: Bool)
        /// With bars and shares for the last column of a histogram of this field, whose first two are the edges.
        case histogram(Histogram.Scale, of: String)
        /// Counts by two fields, with their sums.
        case grid
    }

    /// The look of some of the rows, of which no shares are told.
    var lookOfPart: Look {
        if case .bars(let column, _) = look { .bars(column: column, hasShares: false) } else { look }
    }

    /// The columns; their types say how values are shown.
    let fields: [Field]
    /// The rows, a value for each column.
    let rows: [[Value]]
    /// How many rows there would be without the limit of what was asked; nil where these are all.
    let total: Int?
    /// How they are shown.
    let look: Look
    /// How many of the rows are printed.
    let shown: Int
    /// What is said below them.
    let note: String?
    /// How to see the rows that are not printed; nil for what all tables say.
    let hint: String?

    /// So many rows are printed unless more are asked for.
    static let standardShown = 40

    /// A table of a session.
    init(
        _ fields: [Field], _ rows: [[Value]], total: Int? = nil, look: Look = .rows,
        shown: Int = ResultTable.standardShown, note: String? = nil, hint: String? = nil,
        _ session: PromptSession
    ) {
        (self.fields, self.rows, self.total, self.look) = (fields, rows, total, look)
        (self.shown, self.note, self.hint) = (shown, note, hint)
        super.init(kind: Self.kind(session))
    }

    override func table(_ session: PromptSession) -> ResultTable { self }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "table", resultMethods, index: Self.row,
            count: { session, object in
                try (object as? RowsObject)?.table(session).rows.count ?? 0
            })
    }

    /// `rows[1]`: a row by its number; nil for other keys.
    static func row(_ session: PromptSession, _ object: LuaObject, _ key: LuaValue) throws -> LuaValue? {
        guard let table = try (object as? RowsObject)?.table(session), case .integer(let number) = key else {
            return nil
        }
        return table.rows.indices.element(number).map { table.row($0, session) } ?? .missing
    }

    /// A row as a table of Lua: what is missing is not in it.
    func row(_ index: Int, _ session: PromptSession) -> LuaValue {
        .table(
            LuaTable(
                fields: zip(fields, rows[index]).compactMap { field, value in
                    value == .null ? nil : (field.name, session.host.value(value, of: field.type))
                }))
    }

    /// The same rows without the columns that none of them has a value in, but for those of these names.
    func withoutEmptyColumns(but kept: [String] = [], _ session: PromptSession) -> ResultTable {
        let columns = fields.indices.filter { column in
            kept.contains(fields[column].name) || rows.contains { $0[column] != .null }
        }
        return ResultTable(
            columns.map { fields[$0] }, rows.map { row in columns.map { row[$0] } }, total: total,
            shown: shown, note: note, hint: hint, session)
    }

    /// The number of the column of that name.
    ///
    /// - Throws: an error with the nearest name where there is none.
    func column(_ name: String) throws -> Int {
        guard let column = fields.firstIndex(where: { $0.name == name }) else {
            throw LuaError(
                "these rows have no column '\(name)'",
                hint: suggestion(name, fields.map(\.name), what: "column"))
        }
        return column
    }
}

extension ResultTable: Printable {
    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .array(rows.map { json(of: $0, session) })
    }

    /// A row for a program.
    func json(of row: [Value], _ session: PromptSession) -> JSON {
        session.json(row, of: fields)
    }
}
