internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import RuleCompiler
package import Rules
package import Store

/// An audience explained, as text and as JSON.
package struct ExplanationReport {
    private let question: AudienceQuestion
    private let found: AudienceExplanation
    private let sql: String
    private let arguments: [Argument]
    private let plan: QueryPlan

    private struct Argument {
        let number: Int
        let value: Value
        let shown: String
        let source: String?
    }

    /// A report of what was found of an audience; SQLite is asked for the plan of its statement.
    package init(
        _ question: AudienceQuestion, _ found: AudienceExplanation, _ host: RuleHost, _ snapshot: Snapshot,
        _ format: ValueFormat
    ) throws {
        self.question = question
        self.found = found
        let statement = snapshot.statement(found.request)
        sql = statement.sql
        // A statement that is too large has no plan: Lua answers.
        plan = QueryPlan((try? snapshot.queryPlan(found.request)) ?? [], of: sql)
        arguments = statement.arguments.enumerated().map { index, argument in
            let value: Value
            var source: String?
            switch argument {
            case .now: (value, source) = (.integer(snapshot.now), "now()")
            case .value(let constant): value = constant
            case .computed(let place):
                value = found.request.computed[place]
                source = host.source(ofComputed: place) ?? "of today"
            }
            return Argument(
                number: index + 3, value: value, shown: format.plain(value, isTime: source != nil),
                source: source)
        }
    }

    /// Where SQL finds few customers among many, what an index would have to be on.
    private var missingIndexes: [String] {
        let left = found.steps.prefix { $0.place == .sql }.last.flatMap(\.count) ?? found.customerCount
        guard found.customerCount >= 1000, left * 20 < found.customerCount else { return [] }
        return plan.missingIndexes(sql)
    }

    /// The statement with a line for each condition.
    private var statementLines: [String] {
        var lines: [String] = []
        var line = ""
        var depth = 0
        var rest = Substring(sql)
        while let character = rest.first {
            if depth <= 1, let word = [" WHERE ", " AND ", " ORDER BY "].first(where: rest.hasPrefix) {
                lines.append(line)
                line = (lines.isEmpty ? "" : "  ") + word.trimmingCharacters(in: .whitespaces) + " "
                rest = rest.dropFirst(word.count)
                continue
            }
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            line.append(character)
            rest = rest.dropFirst()
        }
        return lines + [line]
    }

    // MARK: Text

    /// For a terminal, with a newline at its end.
    package func text(_ style: Style) -> String {
        var lines = [style.paint(question.title, .bold)]
        if !question.description.isEmpty { lines.append(question.description) }
        for rule in found.rules { lines += [""] + self.rule(rule, style) }
        lines += [""] + verdict(style)
        lines += ["", "Statement"] + statementLines.map { "  \($0)" }
        lines.append("  ?1 is the id behind which customers are looked for")
        for argument in arguments {
            lines.append(
                "  ?\(argument.number) = \(argument.shown)" + (argument.source.map { "   \($0)" } ?? ""))
        }
        lines += ["", "Plan"] + plan.words.map { "  \($0)" }
        if plan.details.isEmpty {
            lines.append("  the statement is too large for SQLite, so Lua answers for all customers")
        }
        if !missingIndexes.isEmpty {
            lines.append(
                "  few are found: an index would help on \(missingIndexes.joined(separator: " or on "))")
        }
        lines += ["", "Funnel"] + funnel()
        return lines.joined(separator: "\n") + "\n"
    }

    private func rule(_ rule: RuleExplanation, _ style: Style) -> [String] {
        var lines = [style.paint("\(rule.owner) · \(rule.location)", .faint)]
        if rule.text.isEmpty {
            return lines + [
                "  Lua: its text cannot be told from another function on the same lines; give it lines of its own"
            ]
        }
        let bytes = Array(rule.text.utf8)
        var start = 0
        let indent = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let texts = rule.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let width = min(100, texts.map { displayWidth(of: $0) }.max() ?? 0)
        for text in texts {
            let end = start + text.utf8.count
            let parts = rule.parts.filter { $0.range.lowerBound >= start && $0.range.lowerBound <= end }
            let marks = parts.map { style.paint($0.place.name, $0.place.colour) }
            let gap = String(repeating: " ", count: max(0, width - displayWidth(of: text)) + 2)
            let shown = painted(bytes, start..<end, rule.parts, style)
            lines.append(
                "  \(shown.trimmed(indent))" + (marks.isEmpty ? "" : "\(gap)\(marks.joined(separator: ", "))")
            )
            start = end + 1
        }
        var seen: Set<RuleExplanation.Reason> = []
        for reason in rule.parts.flatMap(\.reasons) where seen.insert(reason).inserted {
            let text = reason.text.count > 70 ? "\(reason.text.prefix(69))…" : reason.text
            lines.append("  \(text)")
            lines.append("    in Lua: \(reason.reason)")
        }
        return lines
    }

    /// A line of the rule with its conditions in their colours.
    private func painted(
        _ bytes: [UInt8], _ line: Range<Int>, _ parts: [RuleExplanation.Part], _ style: Style
    ) -> String {
        guard style.isColoured else { return String(decoding: bytes[line], as: UTF8.self) }
        var result = ""
        var place = line.lowerBound
        for part in parts {
            let range = part.range.clamped(to: line)
            guard !range.isEmpty, range.lowerBound >= place else { continue }
            result += String(decoding: bytes[place..<range.lowerBound], as: UTF8.self)
            result += style.paint(String(decoding: bytes[range], as: UTF8.self), part.place.colour)
            place = range.upperBound
        }
        return result + String(decoding: bytes[place..<line.upperBound], as: UTF8.self)
    }

    private func verdict(_ style: Style) -> [String] {
        if found.isWhole { return [style.paint("SQL decides all of it.", .good)] }
        let places = found.rules.flatMap(\.parts).map(\.place)
        let inSQL = places.count { $0 == .sql }
        if places.contains(.both) || inSQL > 0, found.request.condition != nil {
            return [style.paint("SQL leaves out whom it can; Lua decides about the others.", .warning)]
        }
        return [style.paint("Lua decides about every customer.", .warning)]
    }

    private func funnel() -> [String] {
        var table = TextTable([
            .init("", alignRight: true), .init("", limit: 70), .init(""), .init("", limit: 24),
        ])
        let all = Double(max(1, found.customerCount))
        table.add([grouped(found.customerCount), "customers", "", bar(1, width: 24)])
        for step in found.steps {
            table.add([
                step.count.map { grouped($0) } ?? "?", step.text, step.place.name,
                bar(Double(step.count ?? 0) / all, width: 24),
            ])
        }
        var lines = table.lines(indent: "  ")
        if let failure = found.failure { lines.append("  not counted: \(failure.message)") }
        return lines
    }

    // MARK: JSON

    private struct Object: Encodable {
        struct Rule: Encodable {
            struct Part: Encodable {
                struct Reason: Encodable {
                    let text: String
                    let reason: String
                }
                let text: String
                let place: String
                let line: Int
                let column: Int?
                let reasons: [Reason]
            }
            let rule: String
            let file: String
            let line: Int
            let conditions: [Part]
        }
        struct Step: Encodable {
            let condition: String
            let place: String
            let customers: Int?
        }
        struct Argument: Encodable {
            let number: Int
            let value: String
            let source: String?
        }
        let audience: String
        let whole: Bool
        let customers: Int
        let rules: [Rule]
        let sql: String
        let arguments: [Argument]
        let plan: [String]
        let missingIndexes: [String]
        let funnel: [Step]
        let error: String?
    }

    /// One JSON object, indented.
    package func json() throws -> String {
        try prettyJSON(
            Object(
                audience: question.title, whole: found.isWhole, customers: found.customerCount,
                rules: found.rules.map { rule in
                    Object.Rule(
                        rule: rule.owner, file: rule.location.file, line: rule.location.line,
                        conditions: rule.parts.map { part in
                            Object.Rule.Part(
                                text: part.text, place: part.place.rawValue, line: part.location.line,
                                column: part.location.column,
                                reasons: part.reasons.map { .init(text: $0.text, reason: $0.reason) })
                        })
                }, sql: sql,
                arguments: arguments.map { .init(number: $0.number, value: $0.shown, source: $0.source) },
                plan: plan.details, missingIndexes: missingIndexes,
                funnel: found.steps.map {
                    .init(condition: $0.text, place: $0.place.rawValue, customers: $0.count)
                }, error: found.failure?.message))
    }
}

extension ConditionPlace {
    /// What it is called in tables.
    var name: String {
        switch self {
        case .sql: "SQL"
        case .both: "SQL, then Lua"
        case .lua: "Lua"
        }
    }

    fileprivate var colour: Style.Colour { self == .sql ? .good : .warning }
}

extension String {
    /// Without so many blanks at its beginning.
    fileprivate func trimmed(_ count: Int) -> String {
        let blanks = prefix(count).prefix { $0 == " " || $0 == "\t" }.count
        return String(dropFirst(blanks))
    }
}
