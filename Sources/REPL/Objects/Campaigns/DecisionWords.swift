internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// What can be asked of the decisions of a run.
let decisionMethods: [HostWord] = [
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "where", .table("conditions"),
        doc: """
            Those whose fields have these values; a list means one of them, false that there is none. Fields are customer, \
            campaign, step, time, channel, address, outcome, reason, detail, subject, variant, day, hour, line, scheduled, \
            held_by and parts.
            """, example: "r:decisions():where { channel = { \"sms\", \"wecom\" }, day = \"2026-12-01\" }"
    ) { session, query, conditions in
        guard conditions.array.isEmpty, !conditions.fields.isEmpty else {
            throw LuaError("where takes fields with values", hint: "where { channel = \"sms\" }")
        }
        return .object(
            try query.changed(session) { question in
                for (name, value) in conditions.fields {
                    question.conditions.append(try query.condition(name, value, session))
                }
            })
    }.gives("decisions"),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "by", .text("field"),
        .optionalText("and"),
        doc:
            "How many there are of each value of a field, or of each pair of values of two: most first, days and hours in their order.",
        example: "r:held_back():by(\"campaign\", \"reason\")"
    ) { session, query, first, second in
        .object(try query.counts([first] + [second].compactMap(\.self), session))
    }.gives("table").naming("field", decisionFields).naming("and", decisionFields),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "count", doc: "How many there are.",
        example: "r:sent():count()"
    ) { _, query in .integer(Int64(try query.count())) },
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "order_by", .text("field"),
        .optionalText("second"), .optionalText("third"),
        doc: "In the order of a field; a minus before its name has the greatest first.",
        example: "r:sent():order_by(\"-time\"):limit(5)"
    ) { session, query, first, second, third in
        .object(try query.ordered(by: [first, second, third].compactMap(\.self), session))
    }.gives("decisions").naming("field", decisionFields).naming("second", decisionFields)
        .naming("third", decisionFields),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "limit", .count("n"),
        doc: "Only the first n.", example: "r:sent():limit(5)"
    ) { session, query, count in
        .object(query.changed(session) { $0.limit = min($0.limit ?? .max, count) })
    }.gives("decisions"),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "show", .names("fields"),
        doc: "Fields of the first 100 as rows; :limit(n) before it shows as many as it says.",
        example: "r:held_back():show { \"customer\", \"reason\", \"line\" }"
    ) { session, query, names in .object(try query.rows(names, session)) }.gives("table")
        .naming("fields", decisionFields),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "first",
        doc: "The first of them as a table; nothing where there is none.",
        example: "r:held_back():first().reason"
    ) { session, query in
        let table = try query.table(query.run.fields, limit: 1, session)
        return table.rows.isEmpty ? .missing : table.row(0, session)
    },
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "list",
        doc: "All of them as a list of tables, at most 10,000.", example: "r:sent():limit(10):list()"
    ) { session, query in
        let count = try query.count()
        guard count <= DecisionQuery.listLimit else {
            throw LuaError(
                "a list has at most \(grouped(DecisionQuery.listLimit)) decisions, and these are \(grouped(count))",
                hint: "take some with :limit(n), or count them with :by")
        }
        let table = try query.table(query.run.fields, limit: count, session)
        return .table(LuaTable(array: table.rows.indices.map { table.row($0, session) }))
    },
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "customers",
        doc: "The customers they are about, to ask further.",
        example: "r:held_back():where({ reason = \"no_consent\" }):customers():group_by \"city\""
    ) { session, query in
        var question = QueryObject.Question()
        question.members = try query.run.file.customers(query.question)
        return .object(QueryObject(asking: question, session))
    }.gives("query"),
    HostWord(
        of: "decisions", DecisionQuery.self, shown: "r:decisions()", "export", .text("file"),
        doc: "Writes all of them to a file that ends in .csv, .json or .jsonl.",
        example: "r:held_back():export \"held-back.csv\""
    ) { session, query, path in
        let fields = query.run.fields
        try RowExport(fields, to: path, session).write { write in
            try query.forEachRow(fields, session, write)
        }
        return nil
    },
]

private let decisionFields = NamedThing.oneOf(RunFile.decisionFieldNames)
