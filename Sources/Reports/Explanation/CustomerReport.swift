internal import Catalog
internal import Diagnostics
internal import Foundation
package import Rules

/// Why a customer is in an audience or not, as text and as JSON.
package struct CustomerReport {
    private let question: AudienceQuestion
    private let found: CustomerExplanation
    private let format: ValueFormat

    /// A report of what was found of a customer; values of fields are shown in this format.
    package init(_ question: AudienceQuestion, _ found: CustomerExplanation, _ format: ValueFormat) {
        self.question = question
        self.found = found
        self.format = format
    }

    // MARK: Text

    /// For a terminal, with a newline at its end.
    package func text(_ style: Style) -> String {
        var lines = [
            style.paint(
                "customer \(found.customer) \(found.isMember ? "is" : "is not") in \(question.title)", .bold)
        ]
        for rule in found.rules {
            lines += ["", "\(mark(rule.answer, style)) \(rule.owner) · \(rule.location)"]
            let conditions = rule.conditions.map { (String(repeating: "  ", count: $0.depth) + $0.text, $0) }
            let width = min(60, conditions.map { displayWidth(of: $0.0) }.max() ?? 0)
            for (text, condition) in conditions {
                let gap = String(repeating: " ", count: max(0, width - displayWidth(of: text)) + 2)
                var notes = condition.values.map { "\($0.text) = \(shown($0.value, $0.type))" }
                if case .error(let message) = condition.answer { notes.append("error: \(message)") }
                if condition.answer == .notAsked { notes.append("not asked") }
                lines.append(
                    "  \(mark(condition.answer, style)) \(text)"
                        + (notes.isEmpty ? "" : gap + notes.joined(separator: " · ")))
            }
        }
        lines.append("")
        if let change = found.change {
            let from = shown(change.from, change.field)
            let to = shown(change.to, change.field)
            lines.append(
                "With \(change.field.name) = \(to) instead of \(from), they would \(found.isMember ? "not " : "")be in it."
            )
        } else {
            lines.append("No change of one field alone was found that would change that.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func mark(_ answer: CustomerExplanation.Answer, _ style: Style) -> String {
        switch answer {
        case .yes: style.paint("✓", .good)
        case .no: style.paint("✗", .bad)
        case .notAsked: style.paint("–", .faint)
        case .error: style.paint("!", .bad)
        }
    }

    private func shown(_ value: Value, _ field: Field) -> String {
        value == .null ? "nothing" : format.text(value, of: field)
    }

    private func shown(_ value: Value, _ type: ValueType?) -> String {
        switch (value, type) {
        case (.null, _): "nothing"
        // What Lua compares is in major units already.
        case (_, .money?), (_, nil): format.plain(value, isTime: false)
        case (_, let type?): format.text(value, of: Field("", type, ""))
        }
    }

    // MARK: JSON

    private struct Object: Encodable {
        struct Rule: Encodable {
            struct Condition: Encodable {
                struct Operand: Encodable {
                    let text: String
                    let value: String
                }
                let text: String
                let depth: Int
                let answer: String
                let values: [Operand]
            }
            let rule: String
            let file: String
            let line: Int
            let answer: String
            let conditions: [Condition]
        }
        struct Change: Encodable {
            let field: String
            let from: String
            let to: String
        }
        let customer: Int64
        let audience: String
        let member: Bool
        let rules: [Rule]
        let leastChange: Change?
    }

    /// One JSON object, indented.
    package func json() throws -> String {
        try prettyJSON(
            Object(
                customer: found.customer, audience: question.title, member: found.isMember,
                rules: found.rules.map { rule in
                    Object.Rule(
                        rule: rule.owner, file: rule.location.file, line: rule.location.line,
                        answer: name(rule.answer),
                        conditions: rule.conditions.map { condition in
                            Object.Rule.Condition(
                                text: condition.text, depth: condition.depth, answer: name(condition.answer),
                                values: condition.values.map {
                                    .init(text: $0.text, value: shown($0.value, $0.type))
                                })
                        })
                },
                leastChange: found.change.map {
                    .init(field: $0.field.name, from: shown($0.from, $0.field), to: shown($0.to, $0.field))
                }))
    }

    private func name(_ answer: CustomerExplanation.Answer) -> String {
        switch answer {
        case .yes: "yes"
        case .no: "no"
        case .notAsked: "not asked"
        case .error(let message): "error: \(message)"
        }
    }
}
