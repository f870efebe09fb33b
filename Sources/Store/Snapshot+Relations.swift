public import Catalog
internal import Foundation
internal import GRDB

extension Snapshot {
    /// Answers a question about a customer's rows that had happened by `now`.
    ///
    /// Cost: one look-up in the index on customer and time. `sum` of no rows is 0.
    public func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> RelationAnswer {
        let question = RelationQuestion(query)
        let customer = SQLFragment(.value(.integer(query.customer)))
        let fields = query.relation.fields
        let sql =
            switch terminal {
            case .count: question.count(customer: customer)
            case .any: "SELECT \(question.any(customer: customer))" as SQLFragment
            case .sum(let field): question.sum(field, customer: customer)
            case .first: question.rows(fields, .first, customer: customer)
            case .last: question.rows(fields, .last, customer: customer)
            case .list: question.rows(fields, .none, customer: customer)
            }
        var numbering = SQLNumbering()
        let statement = try db.cachedStatement(sql: numbering.text(sql))
        let arguments = StatementArguments(numbering.arguments.map(databaseValue))
        switch terminal {
        case .count, .any, .sum:
            let row = try Row.fetchOne(statement, arguments: arguments)
            return .value(row.flatMap { values(of: $0).first } ?? .null)
        case .first, .last, .list:
            return .rows(try Row.fetchAll(statement, arguments: arguments).map(values(of:)))
        }
    }

    /// The lines of an order: the values of ``Catalog/orderItemFields``, in the order of the lines.
    public func items(ofOrder order: Int64) throws -> [[Value]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(orderItemFields.map(\.sql).joined(separator: ", "))
                FROM order_items AS i LEFT JOIN products AS p ON p.id = i.product_id
                WHERE i.order_id = ?1 ORDER BY i.line
                """)
        return try Row.fetchAll(statement, arguments: [order]).map(values(of:))
    }

    /// Whether the customer had the tag.
    public func hasTag(_ tag: String, customer: Int64) throws -> Bool {
        try exists(
            "tags WHERE customer_id = ?1 AND tag = ?2 AND (tagged_at IS NULL OR tagged_at <= ?3)", customer,
            tag)
    }

    /// Whether the customer had the interest.
    public func likes(_ interest: String, customer: Int64) throws -> Bool {
        try exists(
            "interests WHERE customer_id = ?1 AND interest = ?2 AND (noted_at IS NULL OR noted_at <= ?3)",
            customer, interest)
    }

    /// The customer's interests, strongest first.
    public func interests(of customer: Int64) throws -> [String] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT interest FROM interests WHERE customer_id = ?1 AND (noted_at IS NULL OR noted_at <= ?2)
                ORDER BY weight DESC, interest
                """)
        return try String.fetchAll(statement, arguments: [customer, now])
    }

    private func exists(_ condition: String, _ customer: Int64, _ text: String) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(condition))")
        return try Bool.fetchOne(statement, arguments: [customer, text, now]) ?? false
    }

    private func databaseValue(_ argument: SQLArgument) -> (any DatabaseValueConvertible)? {
        switch argument {
        case .now: now
        case .value(.integer(let number)): number
        case .value(.number(let number)): number
        case .value(.text(let text)): text
        // Nothing here is computed.
        case .value(.null), .computed: nil
        }
    }
}
