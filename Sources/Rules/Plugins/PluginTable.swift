package import Catalog
internal import Basics
package import LuaRuntime

/// Rows under columns, as commands and sections of plugins give them: `{ columns = { "stage", "count" }, rows = { { "new", 3 } } }`.
package struct PluginTable {
    /// The names of the columns.
    package let columns: [String]
    /// The rows, a cell for each column.
    package let rows: [[RunSection.Cell]]

    /// A table has no more columns and rows than these.
    private static let (columnLimit, rowLimit) = (100, 10_000)

    /// Whether a value says that it is such a table.
    package static func isMeant(by value: LuaValue) -> Bool {
        guard case .table(let table) = value, case .table = table["columns"], case .table = table["rows"]
        else {
            return false
        }
        return true
    }

    /// Reads the table that `owner` gave, such as "section 'stages'".
    ///
    /// - Throws: an error about the first thing that is no such table.
    package init(_ value: LuaValue, of owner: String) throws {
        guard case .table(let table) = value, case .table(let columns) = table["columns"],
            case .table(let rows) = table["rows"]
        else {
            throw LuaError(
                "\(owner) gives a table of columns and rows, got \(value.described)",
                hint: "return { columns = { \"stage\", \"count\" }, rows = { { \"new\", 3 } } }")
        }
        self.columns = try columns.array.map {
            guard case .text(let name) = $0 else {
                throw LuaError("the columns of \(owner) are names, got \($0.described)")
            }
            return name
        }
        let count = self.columns.count
        guard count <= Self.columnLimit, rows.array.count <= Self.rowLimit else {
            throw LuaError(
                "\(owner) gives more than \(grouped(Self.columnLimit)) columns or \(grouped(Self.rowLimit)) rows"
            )
        }
        self.rows = try rows.array.enumerated().map { number, row in
            guard case .table(let cells) = row, cells.array.count == count, cells.fields.isEmpty else {
                throw LuaError(
                    "row \(number + 1) of \(owner) is no list of \(counted(count, "value"))",
                    hint: "write \"\" where there is nothing to say")
            }
            return try cells.array.map { try Self.cell($0, owner) }
        }
    }

    private static func cell(_ value: LuaValue, _ owner: String) throws -> RunSection.Cell {
        switch value {
        case .text(let text): .text(text)
        case .integer(let number): .integer(number)
        // JSON has no such numbers.
        case .number(let number): number.isFinite ? .number(number) : .text("\(number)")
        case .boolean(let flag): .boolean(flag)
        case .missing, .table, .function, .object, .other:
            throw LuaError(
                "a cell of \(owner) is a text, a number, true or false, got \(value.described)")
        }
    }
}
