internal import Catalog
internal import LuaRuntime
internal import Rules

/// What can be asked of rows that a question gave.
let resultMethods: [HostWord] =
    rowMethods(of: "table", shown: "rows", example: "customers:segments()") + [
        HostWord(
            of: "table", ResultTable.self, shown: "rows", "count", doc: "How many rows there are.",
            example: "customers:segments():count()"
        ) { _, table in .integer(Int64(table.rows.count)) },
        columnAggregate("sum", "The sum of a column of numbers; 0 without any.") { .sum($0) },
        columnAggregate("avg", "The mean of a column.") { .average($0) },
        columnAggregate("min", "The least value of a column.") { .minimum($0) },
        columnAggregate("max", "The greatest value of a column.") { .maximum($0) },
        columnAggregate("median", "The middle value of a column.") { .median($0) },
    ]

/// The methods of rows, for objects of a name that are rows or give them.
func rowMethods(of object: String, shown: String, example: String) -> [HostWord] {
    [
        HostWord(
            of: object, RowsObject.self, shown: shown, "where", .any("which"),
            doc: "Only rows that have these values, or for which a function answers true.",
            example: "\(example):where(function(row) return row.count > 100 end)"
        ) { session, rows, which in .object(try rows.table(session).narrowed(to: which, session)) }
        .gives("table").naming("which", .fields),
        HostWord(
            of: object, RowsObject.self, shown: shown, "order_by", .text("column"), .optionalText("second"),
            .optionalText("third"),
            doc: "In the order of a column; a minus before its name has the greatest first.",
            example: "\(example):order_by(\"-count\")"
        ) { session, rows, first, second, third in
            .object(
                try rows.table(session).ordered(by: [first, second, third].compactMap(\.self), session))
        }.gives("table"),
        HostWord(
            of: object, RowsObject.self, shown: shown, "limit", .count("n"), doc: "Only the first n rows.",
            example: "\(example):limit(3)"
        ) { session, rows, count in .object(try rows.table(session).cut(to: count, session)) }
        .gives("table"),
        HostWord(
            of: object, RowsObject.self, shown: shown, "by", .text("column"),
            doc: "How many rows have each value of a column.", example: "\(example):by \"count\""
        ) { session, rows, column in .object(try rows.table(session).frequencies(of: column, session)) }
        .gives("table"),
        HostWord(
            of: object, RowsObject.self, shown: shown, "show", .names("columns"),
            doc: "All rows, with these columns or with all.", example: "\(example):show()"
        ) { session, rows, names in .object(try rows.table(session).selected(names, session)) }
        .gives("table"),
        HostWord(
            of: object, RowsObject.self, shown: shown, "first",
            doc: "The first row as a table of its values, or nothing.", example: "\(example):first().count"
        ) { session, rows in
            let table = try rows.table(session)
            return table.rows.isEmpty ? .missing : table.row(0, session)
        },
        HostWord(
            of: object, RowsObject.self, shown: shown, "list", doc: "The rows as a list of tables.",
            example: "\(example):list()"
        ) { session, rows in
            let table = try rows.table(session)
            return .table(LuaTable(array: table.rows.indices.map { table.row($0, session) }))
        },
        HostWord(
            of: object, RowsObject.self, shown: shown, "export", .text("file"),
            doc:
                "Writes the rows to a file: .csv, .json or .jsonl, by its ending. Addresses are masked unless revealed.",
            example: "\(example):export \"counts.csv\""
        ) { session, rows, path in
            let table = try rows.table(session)
            try RowExport(table.fields, to: path, session).write { row in try table.rows.forEach(row) }
            return nil
        },
    ]
}

private func columnAggregate(
    _ name: String, _ doc: String, _ make: @escaping @Sendable (Field) -> Aggregate
) -> HostWord {
    HostWord(
        of: "table", ResultTable.self, shown: "rows", name, .text("column"), doc: doc,
        example: "customers:segments():\(name) \"count\""
    ) { session, table, name in
        let column = try table.column(name)
        let aggregate = make(table.fields[column])
        return session.host.value(try table.aggregate(aggregate, column), of: aggregate.type)
    }
}
