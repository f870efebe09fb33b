public import Catalog
internal import Diagnostics
public import Foundation
internal import GRDB

/// Questions about many customers at once, answered by SQL alone. A table that nothing asks for is not read.
extension Snapshot {
    /// How many customers there are of them.
    public func count(_ population: Population) throws -> Int {
        let statement = try ask(["COUNT(*)"], of: population)
        return try statement.first { Int($0.integer(0)) } ?? 0
    }

    /// What is made of the customers of each group: a row of the group's values and of the aggregates, in that order.
    ///
    /// Rows come by the first aggregate, the greatest first, then by group; those that have no value to be grouped by come
    /// last. Without groups there is one row, of all customers, even of none. Months are told as `2026-11`, by the clock of
    /// `zone`.
    ///
    /// - Throws: a ``Diagnostic`` where a field has no such aggregate, or no months. Cost: one pass; groups are sorted.
    public func aggregate(
        _ aggregates: [Aggregate], by groups: [Grouping] = [], of population: Population, in zone: TimeZone
    ) throws -> [[Value]] {
        try Self.check(aggregates)
        try Self.check(groups)
        if groups.count == 1, case .field(let field) = groups[0], aggregates == [.count],
            let counted = try counts(of: field, in: population)
        {
            return counted
        }
        let names = groups.indices.map { "g\($0)" }
        let columns =
            zip(groups, names).map { "\(Self.sql($0)) AS \($1)" }
            + aggregates.enumerated().map { "\(Self.sql($1)) AS a\($0)" }
        var tail = ""
        if !groups.isEmpty {
            let isMissing = names.map { "\($0) IS NULL" }.joined(separator: " OR ")
            let order =
                ["(\(isMissing))"] + (aggregates.isEmpty ? [] : ["a0 DESC NULLS LAST"])
                + names.map { "\($0) NULLS LAST" }
            tail = """
                GROUP BY \(names.joined(separator: ", ")) ORDER BY \(order.joined(separator: ", "))
                """
        }
        let hasMonths = groups.contains { if case .month = $0 { true } else { false } }
        let statement = try ask(columns, of: population, tail, hasMonths ? [.text(zone.identifier)] : [])
        var rows: [[Value]] = []
        try statement.forEach { row in
            rows.append(
                groups.enumerated().map { Self.shown(row.value($0), $1) }
                    + aggregates.enumerated().map { Self.shown(row.value(groups.count + $0), $1) })
        }
        return rows
    }

    /// What is made of the customers of each month of a field, in the order of time: a row of the month, as `2026-11`, and
    /// of the aggregates. Months between the first and the last in which there is nobody are there too; customers without
    /// a month come last.
    ///
    /// A gap of more than a hundred years, which a mistyped year leaves, is not filled.
    public func months(
        of field: Field, _ aggregates: [Aggregate] = [.count], of population: Population, in zone: TimeZone
    ) throws -> [[Value]] {
        try Self.check(aggregates)
        try Self.check([.month(field)])
        let columns = ["\(Self.sql(.month(field))) AS g0"] + aggregates.map(Self.sql)
        let statement = try ask(
            columns, of: population, "GROUP BY g0 ORDER BY g0 NULLS LAST", [.text(zone.identifier)])
        let nobody = aggregates.map { aggregate in
            switch aggregate {
            case .count, .sum: Value.integer(0)
            case .average, .minimum, .maximum, .median: Value.null
            }
        }
        var rows: [[Value]] = []
        var next: Int64?
        try statement.forEach { row in
            let key = row.value(0)
            if case .integer(let month) = key {
                if let next, month > next, month - next <= 1_200 {
                    rows += (next..<month).map { [Self.month($0)] + nobody }
                }
                next = month + 1
            }
            rows.append(
                [Self.shown(key, .month(field))]
                    + aggregates.enumerated().map { Self.shown(row.value($0 + 1), $1) })
        }
        return rows
    }

    /// The statement that asks for the columns of the population's customers, with its arguments.
    ///
    /// Columns, joined tables and tail are SQL over `c` and `f`, which name each of their own arguments, from ?2 on. The population is to be kept
    /// while it runs.
    func ask(
        _ columns: [String], of population: Population, joining: String = "", _ tail: String = "",
        _ values: [Value] = []
    ) throws -> RawStatement {
        var numbering = SQLNumbering(reserved: 1 + values.count)
        var conditions: [String] = []
        if let members = population.members {
            conditions.append(
                members.ids.count <= Self.fewMembers
                    ? "c.id IN (SELECT value FROM json_each(?1))" : "is_among(?1, c.id)")
        }
        if isHistorical { conditions.append(existing(by: numbering.text("\(argument: .now)"))) }
        if let condition = population.condition { conditions.append("(\(numbering.text(condition)))") }
        let sql = Self.overTables { tables in
            let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
            return "SELECT \(columns.joined(separator: ", ")) FROM \(tables) \(joining)\(filter) \(tail)"
        }
        let statement = try RawStatement(db, sql)
        if let members = population.members {
            if members.ids.count <= Self.fewMembers {
                statement.bind(1, copying: "[\(members.ids.map(String.init).joined(separator: ","))]")
            } else {
                statement.bind(1, members)
            }
        }
        for (place, value) in values.enumerated() { statement.bind(place + 2, value) }
        for (place, argument) in numbering.arguments.enumerated() {
            let value: Value =
                switch argument {
                case .now: .integer(now)
                case .value(let value): value
                case .computed(let place): population.computed[place]
                }
            statement.bind(place + 2 + values.count, value)
        }
        return statement
    }

    /// So many customers are looked up by their ids; of more, each customer is asked whether they are one of them.
    private static var fewMembers: Int { 10_000 }

    private static func sql(_ grouping: Grouping) -> String {
        switch grouping {
        case .field(let field): field.sql
        case .month(let field): "month_of(\(field.sql), ?2)"
        }
    }

    private static func sql(_ aggregate: Aggregate) -> String {
        switch aggregate {
        case .count: "COUNT(*)"
        case .sum(let field): "COALESCE(lua_sum(\(field.sql)), 0)"
        case .average(let field): "AVG(\(field.sql))"
        case .minimum(let field): "MIN(\(field.sql))"
        case .maximum(let field): "MAX(\(field.sql))"
        case .median(let field): "median_of(\(field.sql))"
        }
    }

    private static func shown(_ value: Value, _ grouping: Grouping) -> Value {
        if case (.month, .integer(let number)) = (grouping, value) { month(number) } else { value }
    }

    private static func shown(_ value: Value, _ aggregate: Aggregate) -> Value {
        if aggregate.type == .instant, case .number(let number) = value {
            return .integer(Int64(number.rounded()))
        }
        return value
    }

    /// Of months since the year 0: `2026-11`.
    private static func month(_ number: Int64) -> Value {
        let (year, month) = number.quotientAndRemainder(dividingBy: 12)
        return .text(String(format: "%04d-%02d", year, month + 1))
    }

    private static func check(_ aggregates: [Aggregate]) throws {
        for aggregate in aggregates {
            guard let field = aggregate.field, !aggregate.isDefined(for: field.type) else { continue }
            throw Diagnostic(
                "'\(field.name)' has no \(aggregate.name), it holds values of type \(field.type.rawValue)",
                hint: "count them, or group by '\(field.name)'")
        }
    }

    private static func check(_ groups: [Grouping]) throws {
        for case .month(let field) in groups where field.type != .instant && field.type != .date {
            throw Diagnostic(
                "'\(field.name)' has no months, it holds values of type \(field.type.rawValue)",
                hint: "months take an instant or a date such as registered_at")
        }
    }
}
