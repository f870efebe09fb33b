internal import LuaRuntime
package import Rules

/// What can be asked of rows that a question gave.
package let resultMethods: [HostWord] = [
    HostWord(
        of: "table", ResultTable.self, shown: "rows", "list",
        doc: "The rows as a list of tables.", example: "customers:group_by(\"city\"):list()"
    ) { session, table in
        .table(LuaTable(array: table.rows.indices.map { table.row($0, session) }))
    }
]
