internal import Catalog
internal import LuaRuntime
internal import Rules

/// What can be asked of many customers, or done to them in a commit.
let queryMethods: [HostWord] = queryQuestions + changeMethods

private let queryQuestions: [HostWord] = [
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "where", .any("who"),
        doc: """
            Only customers who are in a segment, for whom a function answers true, or whose fields have these values; of \
            several conditions all hold.
            """, example: "customers:where { city = \"上海\" }:where(function(c) return c.order_count > 3 end)"
    ) { session, query, who in
        .object(try query.narrowed(to: who, isInside: true, session))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "except", .any("who"),
        doc: "Only customers for whom a condition, as where takes it, does not hold.",
        example: "customers:except(segment.dormant):count()"
    ) { session, query, who in
        .object(try query.narrowed(to: who, isInside: false, session))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "order_by", .text("field"),
        .optionalText("second"),
        .optionalText("third"),
        doc:
            "In the order of a field; a minus before its name has the greatest first. Missing values come last.",
        example: "customers:order_by(\"-total_spent\"):limit(3)"
    ) { session, query, first, second, third in
        .object(try query.ordered(by: [first, second, third].compactMap(\.self), session))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "limit", .count("n"),
        doc: "Only the first n; what follows is about those.",
        example: "customers:order_by(\"-total_spent\"):limit(100):avg \"order_count\""
    ) { session, query, count in .object(try query.cut(.first(count), session)) }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "sample", .count("n"), .optionalNumber("seed"),
        doc: "Only n by chance, the same ones each time; another seed gives others.",
        example: "customers:sample(5):show { \"name\", \"city\" }"
    ) { session, query, count, seed in
        guard let seed = Int64(exactly: seed ?? 1) else { throw LuaError("a seed is a whole number") }
        return .object(try query.cut(.sample(count, seed: seed), session))
    }.gives("query"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "count", doc: "How many there are.",
        example: "customers:count()"
    ) { session, query in .integer(Int64(try query.count(session))) },
    aggregate("sum", "The sum of a number field; 0 of nobody.", example: "customers:sum \"total_spent\"") {
        .sum($0)
    },
    aggregate("avg", "The mean of those that have a value.", example: "customers:avg \"order_count\"") {
        .average($0)
    },
    aggregate("min", "The least value.", example: "customers:min \"registered_at\"") { .minimum($0) },
    aggregate("max", "The greatest value.", example: "customers:max \"total_spent\"") { .maximum($0) },
    aggregate("median", "The middle value.", example: "customers:median \"total_spent\"") { .median($0) },
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "group_by", .text("field"),
        .optionalText("second"),
        .optionalText("third"),
        doc:
            "How many have each value of a field, or of several; :avg \"total_spent\" behind it and the like ask more.",
        example: "customers:group_by(\"city\"):avg \"total_spent\""
    ) { session, query, first, second, third in
        .object(
            try QueryGroups(query, by: .fields([first, second, third].compactMap(\.self)), session))
    }.gives("groups"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "by_month", .text("field"),
        doc: "How many have a time in each month; :sum \"total_spent\" behind it and the like ask more.",
        example: "customers:by_month \"registered_at\""
    ) { session, query, name in .object(try QueryGroups(query, by: .month(name), session)) }
    .gives("groups").naming("field", .moment),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "hist", .text("field"), .optionalNumber("bins"),
        doc: "How the values of a field are spread, in at most 20 bins unless told.",
        example: "customers:hist \"total_spent\""
    ) { session, query, name, bins in
        guard let bins = Int(exactly: bins ?? 20), (1...200).contains(bins) else {
            throw LuaError("a histogram has 1 to 200 bins")
        }
        return .object(try query.histogram(name, bins: bins, session))
    }.gives("table").naming("field", .quantity),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "cross", .text("rows"), .text("columns"),
        doc: "How many have which values of two fields, as a grid with sums.",
        example: "customers:cross(\"city\", \"level\")"
    ) { session, query, row, column in .object(try query.cross(row, column, session)) }.gives("table"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "segments",
        doc: "How many of them are in each segment.", example: "customers:where { city = \"上海\" }:segments()"
    ) { session, query in .object(try query.segments(session)) }.gives("table"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "show", .names("fields"),
        doc: "Fields of the first 100 as rows; :limit(n) before it shows as many as it says.",
        example: "customers:where(segment.dormant):show { \"name\", \"city\", \"total_spent\" }"
    ) { session, query, names in .object(try query.rows(names, session)) }.gives("table"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "first", doc: "The first customer, or nothing.",
        example: "customers:order_by(\"-total_spent\"):first()"
    ) { session, query in
        try query.ids(session, limit: 1).first.map { .object(try session.host.person($0)) } ?? .missing
    }.gives("customer"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "list",
        doc: "The customers as a list, at most 10,000.",
        example: "customers:limit(3):list()[1].name"
    ) { session, query in
        .table(LuaTable(array: try query.people(session).map(LuaValue.object)))
    }.gives("[customer]"),
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "ids", doc: "Their numbers as a list.",
        example: "customers:where(segment.dormant):ids()"
    ) { session, query in
        .table(LuaTable(array: try query.ids(session).map(LuaValue.integer)))
    },
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "each", .function("f"),
        doc: "Calls a function with each of them, as a rule sees them.",
        example: "total = 0; customers:each(function(c) total = total + c.orders:count() end)"
    ) { session, query, function in
        try session.host.forEach(query.ids(session), function)
        return nil
    },
    HostWord(
        of: "query", QueryObject.self, shown: "customers", "export", .text("file"), .names("fields"),
        doc:
            "Writes them to a file, all of them: .csv, .json or .jsonl, by its ending. Addresses are masked unless revealed.",
        example: "customers:where(segment.dormant):export(\"dormant.csv\", { \"id\", \"name\" })"
    ) { session, query, path, names in
        let fields = try names.isEmpty ? query.standardFields(session) : names.map(session.field)
        try RowExport(fields, to: path, session).write { row in
            try query.forEachRow(fields, session, row)
        }
        return nil
    },
].map { ["each", "export"].contains($0.name) ? $0 : $0.showingExample() }

/// What can be asked of customers by groups.
let groupMethods: [HostWord] =
    [
        HostWord(
            of: "groups", QueryGroups.self, shown: "groups", "count", doc: "How many there are in each.",
            example: "customers:group_by(\"city\"):count()"
        ) { session, groups in .object(try groups.table(.count, session)) }.gives("table"),
        groupAggregate("sum", "The sum of a number field in each.") { .sum($0) },
        groupAggregate("avg", "The mean of a field in each.") { .average($0) },
        groupAggregate("min", "The least value of a field in each.") { .minimum($0) },
        groupAggregate("max", "The greatest value of a field in each.") { .maximum($0) },
        groupAggregate("median", "The middle value of a field in each.") { .median($0) },
    ] + rowMethods(of: "groups", shown: "groups", example: "customers:group_by(\"city\")")

private func aggregate(
    _ name: String, _ doc: String, example: String, _ make: @escaping @Sendable (Field) -> Aggregate
) -> HostWord {
    HostWord(
        of: "query", QueryObject.self, shown: "customers", name, .text("field"), doc: doc, example: example
    ) {
        session, query, name in
        try query.aggregate(make(session.field(name)), session)
    }.naming("field", .quantity)
}

private func groupAggregate(
    _ name: String, _ doc: String, _ make: @escaping @Sendable (Field) -> Aggregate
) -> HostWord {
    HostWord(
        of: "groups", QueryGroups.self, shown: "groups", name, .text("field"), doc: doc,
        example: "customers:group_by(\"city\"):\(name) \"total_spent\""
    ) { session, groups, name in
        .object(try groups.table(make(session.field(name)), session))
    }.gives("table").naming("field", .quantity).showingExample()
}
