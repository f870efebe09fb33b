internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import GRDB

/// Makes one change of customers, one by one, within a transaction of the caller.
final class ChangeWriter {
    private let action: CustomerChange.Action
    /// Changes the customer ?1, unless nothing would be different.
    private let change: RawStatement
    /// What the customer ?1 had; nil where it follows from the action.
    private let current: RawStatement?
    private let before: Value
    private let after: Value

    private static let exampleCount = 3
    /// Whose data were erased stays as it is.
    private static let isThere = "id = ?1 AND erased_at IS NULL"

    /// - Throws: a ``Diagnostic`` where the action cannot be done to anybody.
    init(_ db: Database, _ action: CustomerChange.Action, at now: Int64) throws {
        self.action = action
        switch action {
        case .tag(let tag):
            try Self.check(text: tag, "a tag", limit: 100)
            change = try RawStatement(
                db,
                "INSERT OR IGNORE INTO tags SELECT id, ?2, ?3 FROM customers WHERE \(Self.isThere)")
            change.bind(2, .text(tag))
            change.bind(3, now)
            (current, before, after) = (nil, .null, .text(tag))
        case .untag(let tag):
            try Self.check(text: tag, "a tag", limit: 100)
            change = try RawStatement(
                db,
                """
                DELETE FROM tags WHERE tag = ?2
                    AND customer_id = (SELECT id FROM customers WHERE \(Self.isThere))
                """)
            change.bind(2, .text(tag))
            (current, before, after) = (nil, .text(tag), .null)
        case .task(let title, let owner, let due):
            try Self.check(text: title, "the title of a task", limit: 500)
            if let owner { try Self.check(text: owner, "the owner of a task", limit: 500) }
            change = try RawStatement(
                db,
                """
                INSERT INTO tasks (customer_id, title, owner, due_at, created_at)
                SELECT id, ?2, ?3, ?4, ?5 FROM customers WHERE \(Self.isThere)
                """)
            change.bind(2, .text(title))
            change.bind(3, copying: owner)
            change.bind(4, due)
            change.bind(5, now)
            (current, before, after) = (nil, .null, .text(title))
        case .set(let name, let value):
            let field = try SettableField(name, db)
            let stored = try field.stored(value)
            change = try RawStatement(db, field.changeSQL(toMissing: stored == .null, where: Self.isThere))
            if stored != .null { change.bind(2, stored) }
            (current, before, after) = (try RawStatement(db, field.currentSQL), .null, stored)
        }
    }

    /// Makes the change of these customers, each once.
    func change(_ customers: [Int64]) throws -> ChangeOutcome {
        var seen: Set<Int64> = []
        var changed = 0
        var examples: [ChangeOutcome.Example] = []
        for customer in customers where seen.insert(customer).inserted {
            var before = before
            if let current, examples.count < Self.exampleCount {
                current.bind(1, customer)
                before = try current.first { $0.value(0) } ?? .null
            }
            change.bind(1, customer)
            guard try change.run() > 0 else { continue }
            changed += 1
            if examples.count < Self.exampleCount {
                examples.append(ChangeOutcome.Example(customer: customer, before: before, after: after))
            }
        }
        return ChangeOutcome(action, asked: seen.count, changed: changed, examples: examples)
    }

    private static func check(text: String, _ what: String, limit: Int) throws {
        guard !text.isEmpty, text.count <= limit, !text.contains(where: \.isNewline) else {
            throw Diagnostic("\(what) has 1 to \(limit) characters in one line, got \(text.count)")
        }
    }
}

/// A field of a customer that a person may set.
private struct SettableField {
    private let field: Field
    /// The definition of a custom attribute; nil for a column.
    private let attribute: Int64?

    init(_ name: String, _ db: Database) throws {
        let columns = CustomerChange.settableColumns
        if columns.contains(name), let column = customerColumns.first(where: { $0.name == name }) {
            field = column
            attribute = nil
            return
        }
        let definitions = try Row.fetchAll(
            db, sql: "SELECT id, name, type, doc FROM attribute_definitions ORDER BY name")
        guard let row = definitions.first(where: { $0["name"] == name }) else {
            if (customerColumns + factFields).contains(where: { $0.name == name }) {
                let isAddress = Channel.allCases.contains { $0.addressField == name }
                throw Diagnostic(
                    "'\(name)' cannot be set here",
                    hint: isAddress
                        ? "addresses change with an import, for consent hangs on them"
                        : "it follows from what happened, or tells who the customer is")
            }
            let names = columns + definitions.map { $0["name"] }
            throw Diagnostic(
                "unknown field '\(name)' of a customer", hint: suggestion(name, names, what: "field"))
        }
        field = Field(row["name"], ValueType(rawValue: row["type"]) ?? .text, row["doc"])
        attribute = row["id"]
    }

    /// The query of the value of the customer ?1.
    var currentSQL: String {
        if let attribute {
            return "SELECT value FROM attribute_values WHERE customer_id = ?1 AND attribute_id = \(attribute)"
        }
        return "SELECT \(field.name) FROM customers WHERE id = ?1"
    }

    /// The statement that gives the customer ?1 the value ?2, or none, unless it is so already.
    func changeSQL(toMissing: Bool, where condition: String) -> String {
        guard let attribute else {
            let value = toMissing ? "NULL" : "?2"
            return """
                UPDATE customers SET \(field.name) = \(value) WHERE \(condition) AND \(field.name) IS NOT \(value)
                """
        }
        if toMissing {
            return """
                DELETE FROM attribute_values WHERE attribute_id = \(attribute)
                    AND customer_id = (SELECT id FROM customers WHERE \(condition))
                """
        }
        return """
            INSERT INTO attribute_values (customer_id, attribute_id, value)
            SELECT id, \(attribute), ?2 FROM customers WHERE \(condition)
            ON CONFLICT (customer_id, attribute_id) DO UPDATE SET value = excluded.value
            WHERE value IS NOT excluded.value
            """
    }

    /// The value in the form in which the store holds values of the field.
    ///
    /// - Throws: a ``Diagnostic`` that names the field, what it holds and the value.
    func stored(_ value: Value) throws -> Value {
        switch (field.type, value) {
        case (_, .null), (.integer, .integer), (.money, .integer), (.instant, .integer), (.number, .number),
            (.boolean, .integer(0)), (.boolean, .integer(1)):
            return value
        case (.number, .integer(let number)): return .number(Double(number))
        case (.date, .text(let text)) where CivilDate(iso: text) != nil: return value
        case (.text, .text(let text)):
            guard !text.isEmpty, text.count <= 500, isKnown(text) else { throw refusal(of: value) }
            return value
        default: throw refusal(of: value)
        }
    }

    private func isKnown(_ text: String) -> Bool {
        // No attribute has the name of a column.
        switch field.name {
        case "time_zone": TimeZone(identifier: text) != nil
        case "language": LanguageTag(text) != nil
        default: field.values.isEmpty || field.values.contains(text)
        }
    }

    private func refusal(of value: Value) -> Diagnostic {
        let shown =
            switch value {
            case .null: "nothing"
            case .integer(let number): String(number)
            case .number(let number): String(number)
            case .text(let text): "'\(text.prefix(40))\(text.count > 40 ? "…" : "")'"
            }
        return Diagnostic(
            "'\(field.name)' holds \(held), got \(shown)",
            hint: "a missing value takes what there is away")
    }

    private var held: String {
        switch (field.type, field.name) {
        case (.text, "time_zone"): "the name of a time zone such as Asia/Shanghai"
        case (.text, "language"): "a language tag such as zh or en-GB"
        case (.text, _) where !field.values.isEmpty: field.values.joined(separator: ", ")
        case (.text, _): "a text of 1 to 500 characters"
        case (.integer, _), (.money, _): "a whole number"
        case (.number, _): "a number"
        case (.boolean, _): "true or false"
        case (.instant, _): "an instant"
        case (.date, _): "a date such as 2026-11-22"
        }
    }
}
