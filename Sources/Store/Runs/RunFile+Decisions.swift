internal import Basics
public import Catalog
internal import Foundation
internal import GRDB

/// Which decisions of a run are meant, in which order, and how many of them.
public struct DecisionQuestion: Sendable, Hashable {
    /// A field and the values of which it has one; `null` is where it has none.
    public struct Condition: Sendable, Hashable {
        /// One of ``RunFile/decisionFields``.
        public let field: Field
        /// The values.
        public let values: [Value]

        /// The decisions whose field has one of the values.
        public init(_ field: Field, isOneOf values: [Value]) {
            self.field = field
            self.values = values
        }
    }

    /// What all of them meet.
    public var conditions: [Condition] = []
    /// The order; those that are alike in it come as they were decided.
    public var order: [RowOrder] = []
    /// At most so many; nil for all.
    public var limit: Int?

    /// All decisions, as they were decided.
    public init() {}
}

/// Questions about decisions, each one statement over `decisions`, whose alias is `d`.
extension RunFile {
    /// What a decision can be asked for; days and hours are those of the workspace's clock in the run.
    ///
    /// Cost: of a long run, the look-up of its zone's changes.
    public func decisionFields() throws -> [Field] {
        Self.decisionFields(Self.wallSeconds(try header()))
    }

    /// The names of what a decision can be asked for.
    public static let decisionFieldNames = decisionFields("0").map(\.name)

    /// The fields, with the SQL of the seconds that the workspace's wall clock shows.
    private static func decisionFields(_ wall: String) -> [Field] {
        [
            Field("customer", .integer, "The customer's number.", sql: "d.customer_id"),
            Field("campaign", .text, "The campaign.", sql: "d.campaign"),
            Field("step", .text, "The step, which is the name of its template.", sql: "d.step"),
            Field("time", .instant, "When it was decided.", sql: "d.time"),
            Field(
                "channel", .text, "The channel; nothing where none could be chosen.", sql: "d.channel",
                values: Channel.allCases.map(\.rawValue)),
            Field("address", .text, "Where it would go.", sql: "d.address"),
            Field(
                "outcome", .text, "What became of it.", sql: "d.outcome",
                values: Outcome.allCases.map(\.rawValue)),
            Field(
                "reason", .text, "Why it was not sent.", sql: "d.reason",
                values: Reason.allCases.map(\.rawValue)),
            Field("detail", .text, "The rule that stopped it, in words.", sql: "d.detail"),
            Field("subject", .text, "The subject line.", sql: "d.subject"),
            Field("variant", .text, "The way in which the campaign is told.", sql: "d.variant"),
            Field("day", .date, "The day.", sql: "date(\(wall), 'unixepoch')"),
            Field(
                "hour", .integer, "The hour of the day, 0 to 23.",
                sql: "CAST(strftime('%H', \(wall), 'unixepoch') AS INTEGER)"),
            Field("line", .text, "Script and line that asked.", sql: "d.script"),
            Field("scheduled", .instant, "When the journey asked, where it was held.", sql: "d.scheduled"),
            Field("held_by", .text, "What held it last.", sql: "d.held_by"),
            Field("parts", .integer, "How many parts a text message has.", sql: "d.parts"),
        ]
    }

    /// What the workspace's wall clock shows, as seconds of a day without a zone: a case for each change of its offset in
    /// the run, so that no row has to ask for it.
    private static func wallSeconds(_ header: RunHeader) -> String {
        var clock = ZoneClock(TimeZone(identifier: header.timeZone) ?? .gmt)
        var cases = ""
        var offset = clock.offset(at: header.now)
        var time = header.now
        while time < header.until {
            let next = min(time + 86_400, header.until)
            let later = clock.offset(at: next)
            if later != offset {
                var (before, after) = (time, next)
                while after - before > 1 {
                    let middle = before + (after - before) / 2
                    if clock.offset(at: middle) == offset { before = middle } else { after = middle }
                }
                cases += "WHEN d.time < \(after) THEN d.time + \(offset) "
                offset = later
            }
            time = next
        }
        return cases.isEmpty ? "d.time + \(offset)" : "CASE \(cases)ELSE d.time + \(offset) END"
    }

    /// How many decisions there are. Cost: one scan.
    public func count(_ question: DecisionQuestion) throws -> Int {
        let (source, arguments) = Self.source(question)
        return try ask("SELECT COUNT(*) FROM \(source)", arguments) { try Int.fetchOne($0) ?? 0 }
    }

    /// How many decisions there are of each combination of values, most first; days and hours in their order. Cost: one
    /// scan.
    public func counts(
        _ question: DecisionQuestion, by fields: [Field]
    ) throws -> [(values: [Value], count: Int)] {
        let (source, arguments) = Self.source(question)
        let places = fields.indices.map { String($0 + 1) }.joined(separator: ", ")
        let isInOrder = fields.first.map { ["day", "hour", "time"].contains($0.name) } ?? false
        let sql = """
            SELECT \(fields.map(\.sql).joined(separator: ", ")), COUNT(*) FROM \(source)
            GROUP BY \(places) ORDER BY \(isInOrder ? "" : "COUNT(*) DESC, ")\(places)
            """
        return try ask(sql, arguments) { statement in
            try Row.fetchAll(statement).map { row in
                (fields.indices.map { Self.value(row, $0) }, row[fields.count])
            }
        }
    }

    /// Hands over the decisions one by one: the values of the fields. Cost: one scan; in an order, all are sorted, or the
    /// first of them kept.
    public func forEachDecision(
        _ question: DecisionQuestion, _ fields: [Field], _ body: ([Value]) throws -> Void
    ) throws {
        let (source, arguments) = Self.source(question)
        let sql = """
            SELECT \(fields.map(\.sql).joined(separator: ", ")) FROM \(source) ORDER BY \(Self.order(question))
            """
        try ask(sql, arguments) { statement in
            let rows = try Row.fetchCursor(statement)
            while let row = try rows.next() { try body(fields.indices.map { Self.value(row, $0) }) }
        }
    }

    /// The customers whom the decisions are about. Cost: one scan.
    public func customers(_ question: DecisionQuestion) throws -> Set<Int64> {
        let (source, arguments) = Self.source(question)
        return try ask("SELECT DISTINCT d.customer_id FROM \(source)", arguments) {
            try Int64.fetchSet($0)
        }
    }

    /// The values that a field has in the run, by value. Cost: one scan.
    public func values(of field: Field) throws -> [String] {
        try ask("SELECT DISTINCT \(field.sql) FROM decisions AS d WHERE \(field.sql) IS NOT NULL", []) {
            try String.fetchAll($0).sorted()
        }
    }

    /// What stands behind FROM, with the values of its arguments; a limit takes a statement of its own.
    private static func source(
        _ question: DecisionQuestion
    ) -> (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
        var arguments: [(any DatabaseValueConvertible)?] = []
        let conditions = question.conditions.map { condition in
            let given = condition.values.filter { $0 != .null }
            var parts: [String] = []
            if !given.isEmpty {
                arguments += given.map(argument)
                parts.append("\(condition.field.sql) IN (\(given.map { _ in "?" }.joined(separator: ", ")))")
            }
            if given.count < condition.values.count { parts.append("\(condition.field.sql) IS NULL") }
            return parts.isEmpty ? "0" : "(\(parts.joined(separator: " OR ")))"
        }
        let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        guard let limit = question.limit else { return ("decisions AS d\(filter)", arguments) }
        return (
            """
            (SELECT * FROM decisions AS d\(filter) ORDER BY \(order(question)) LIMIT \(max(0, limit))) AS d
            """, arguments
        )
    }

    private static func order(_ question: DecisionQuestion) -> String {
        (question.order.map { "\($0.field.sql) \($0.isDescending ? "DESC" : "ASC") NULLS LAST" } + ["d.id"])
            .joined(separator: ", ")
    }

    private static func argument(_ value: Value) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let number): number
        case .number(let number): number
        case .text(let text): text
        }
    }

    private static func value(_ row: Row, _ place: Int) -> Value {
        switch (row[place] as DatabaseValue).storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .number(number)
        case .string(let text): .text(text)
        case .blob(let data): .text(String(decoding: data, as: UTF8.self))
        }
    }

    private func ask<Result>(
        _ sql: String, _ arguments: [(any DatabaseValueConvertible)?], _ body: (Statement) throws -> Result
    ) throws -> Result {
        try read { db in
            try Store.interruptible(db) {
                let statement = try db.cachedStatement(sql: sql)
                statement.arguments = StatementArguments(arguments)
                return try body(statement)
            }
        }
    }
}
