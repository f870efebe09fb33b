internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

extension QueryObject {
    // MARK: Rows

    /// So many rows are shown where nothing says how many.
    static let standardRows = 100

    /// The values of fields, or of those that say most, as rows: as many as there are of a question that was cut.
    func rows(_ names: [String], _ session: PromptSession, limit: Int = standardRows) throws -> ResultTable {
        let fields = try names.isEmpty ? standardFields(session) : names.map(session.field)
        let limit = question.cut?.count ?? limit
        let order = try session.order(question.order)
        return try ask(session) { population in
            var rows: [[Value]] = []
            try session.snapshot.forEachRow(fields, of: population, by: order, limit: limit) { _, values in
                rows.append(values)
            }
            let total = rows.count < limit ? rows.count : try session.snapshot.count(population)
            let table = ResultTable(fields, rows, total: total, shown: .max, session)
            return names.isEmpty ? table.withoutEmptyColumns(but: Self.identifying, session) : table
        }
    }

    /// The fields that are shown where none are named; those that decide the order are among them.
    func standardFields(_ session: PromptSession) throws -> [Field] {
        let names = Self.identifying + ["city", "level", "order_count", "total_spent", "last_order_at"]
        return try (names + question.order.map(\.name).filter { !names.contains($0) }).map(session.field)
    }

    private static let identifying = ["id", "name"]

    /// Hands over the values of fields, customer by customer.
    func forEachRow(_ fields: [Field], _ session: PromptSession, _ body: ([Value]) throws -> Void) throws {
        let order = try session.order(question.order)
        try ask(session) { population in
            try session.snapshot.forEachRow(fields, of: population, by: order) { _, values in try body(values)
            }
        }
    }

    /// The customers, at most ``listLimit``.
    func people(_ session: PromptSession) throws -> [PersonObject] {
        let ids = try ids(session, limit: Self.listLimit + 1)
        guard ids.count <= Self.listLimit else {
            throw LuaError(
                "a list has at most \(grouped(Self.listLimit)) customers, and these are \(grouped(try count(session)))",
                hint:
                    "take some with :limit(n), go through all with :each, or ask for their numbers with :ids()"
            )
        }
        return try ids.map(session.host.person)
    }

    /// More than that would fill what Lua may hold.
    private static let listLimit = 10_000

    // MARK: Numbers

    /// What is made of the values of all of them.
    func aggregate(_ aggregate: Aggregate, _ session: PromptSession) throws -> LuaValue {
        try aggregate.check()
        let rows = try ask(session) {
            try session.snapshot.aggregate([aggregate], of: $0, in: session.zone)
        }
        return session.host.value(rows.first?.first ?? .null, of: aggregate.type)
    }

    /// How the values of a field are spread.
    func histogram(_ name: String, bins: Int, _ session: PromptSession) throws -> ResultTable {
        let field = try session.field(name)
        let histogram = try ask(session) {
            try session.snapshot.histogram(field, of: $0, bins: bins, in: session.zone)
        }
        let edge = { (edge: String) in Field(edge, field.type, "") }
        return ResultTable(
            [edge("from"), edge("to"), countField],
            histogram.bins.map { [$0.start ?? .null, $0.end ?? .null, .integer(Int64($0.count))] },
            look: .histogram(histogram.scale, of: name), shown: .max,
            note: histogram.missing == 0
                ? nil : "\(counted(histogram.missing, "customer")) without \(name)", session)
    }

    /// How many have which values of two fields: a row for each value of the first, a column for each of the second.
    func cross(_ row: String, _ column: String, _ session: PromptSession) throws -> ResultTable {
        let fields = (row: try session.field(row), column: try session.field(column))
        let counts = try ask(session) {
            try session.snapshot.aggregate(
                [.count], by: [.field(fields.row), .field(fields.column)], of: $0, in: session.zone)
        }
        let columns = Self.byWeight(counts, 1)
        guard columns.count <= Self.crossLimit else {
            throw LuaError(
                "'\(column)' has \(grouped(columns.count)) values, a grid has at most \(Self.crossLimit) columns",
                hint: "cross(\"\(column)\", \"\(row)\") has a row for each of them")
        }
        var rows: [Value: [Int64]] = [:]
        for entry in counts {
            guard let place = columns.firstIndex(of: entry[1]), case .integer(let count) = entry[2] else {
                continue
            }
            rows[entry[0], default: Array(repeating: 0, count: columns.count)][place] += count
        }
        let cells = CellText(session.page)
        let titles = columns.map { Field(cells.text($0, of: fields.column), .integer, "") }
        return ResultTable(
            [fields.row] + titles + [Field("total", .integer, "")],
            Self.byWeight(counts, 0).map { value in
                let counts = rows[value] ?? []
                return [value] + counts.map(Value.integer) + [.integer(counts.reduce(0, +))]
            }, look: .grid, session)
    }

    /// A grid with more columns fits no terminal.
    private static let crossLimit = 50

    /// The values of a column of groups, whose last column counts customers, the most frequent first.
    private static func byWeight(_ groups: [[Value]], _ column: Int) -> [Value] {
        var counts = ValueCounts()
        for group in groups {
            if case .integer(let count)? = group.last { counts.add(count, of: group[column]) }
        }
        return counts.byWeight.map(\.value)
    }

    /// How many are in each segment.
    func segments(_ session: PromptSession) throws -> ResultTable {
        let total = try count(session)
        let rows = try session.host.segments.keys.sorted().map { name -> [Value] in
            let inside = try narrowed(to: .text(name), isInside: true, session).count(session)
            return [.text(name), .integer(Int64(inside))]
        }
        return ResultTable(
            [Field("segment", .text, ""), countField], rows, look: .bars(column: 1, hasShares: false),
            shown: .max, note: "of \(counted(total, "customer"))", session)
    }
}

extension QueryObject: Printable {
    private static let shortRows = 10

    func show(on page: Page, _ session: PromptSession) throws {
        let table = try rows([], session, limit: Self.shortRows)
        let total = table.total ?? table.rows.count
        let isEverybody = question.audience == nil && question.within == nil && question.cut == nil
        page.line(
            page.style.paint(counted(total, "customer"), .bold)
                + (isEverybody ? "" : "  " + page.style.paint(page.safe(question.text), .faint)))
        let short = ResultTable(
            table.fields, Array(table.rows.prefix(Self.shortRows)), total: total, shown: .max,
            hint: ":show() prints \(Self.standardRows), :export \"file.csv\" writes all", session)
        if total > 0 { try short.show(on: page, session) }
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        let table = try rows([], session, limit: Self.shortRows)
        return .object([
            JSON.Member(name: "query", value: .text(page.safe(question.text))),
            JSON.Member(name: "count", value: .integer(Int64(table.total ?? table.rows.count))),
            JSON.Member(
                name: "first",
                value: .array(table.rows.prefix(Self.shortRows).map { table.json(of: $0, session) })),
        ])
    }
}
