public import Catalog
internal import Foundation
internal import GRDB

extension Snapshot {
    /// Answers a question about a customer's rows that had happened by `now`.
    ///
    /// Cost: one look-up in the index on customer and time. `sum` of no rows is 0.
    public func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> RelationAnswer {
        var conditions = ["r.customer_id = :customer", "\(query.relation.time) <= :now"]
        var arguments: [String: (any DatabaseValueConvertible)?] = ["customer": query.customer, "now": now]
        if let since = query.since {
            conditions.append("\(query.relation.time) >= :since")
            arguments["since"] = since
        }
        if let before = query.before {
            conditions.append("\(query.relation.time) < :before")
            arguments["before"] = before
        }
        for (index, (field, value)) in query.equal.enumerated() {
            let name = "value\(index)"
            conditions.append(
                field.sql.contains(":value")
                    ? field.sql.replacingOccurrences(of: ":value", with: ":\(name)")
                    : "\(field.sql) = :\(name)")
            arguments[name] = databaseValue(value)
        }
        for (index, applied) in query.states.enumerated() {
            switch applied.state.condition {
            case .row(let condition): conditions.append(condition)
            case .messageEvent(let type):
                var parts = ["e.message_id = r.id", "e.type = '\(type)'", "e.occurred_at <= :now"]
                if let since = applied.since {
                    parts.append("e.occurred_at >= :since\(index)")
                    arguments["since\(index)"] = since
                }
                if let before = applied.before {
                    parts.append("e.occurred_at < :before\(index)")
                    arguments["before\(index)"] = before
                }
                conditions.append(
                    "EXISTS (SELECT 1 FROM message_events AS e WHERE \(parts.joined(separator: " AND ")))")
            }
        }
        let body = "FROM \(query.relation.source) WHERE \(conditions.joined(separator: " AND "))"
        let statement = try db.cachedStatement(sql: Self.sql(query.relation, terminal, body))
        let bound = StatementArguments(arguments)
        switch terminal {
        case .count, .any, .sum:
            let row = try Row.fetchOne(statement, arguments: bound)
            return .value(row.flatMap { values(of: $0).first } ?? .null)
        case .first, .last, .list:
            return .rows(try Row.fetchAll(statement, arguments: bound).map(values(of:)))
        }
    }

    private static func sql(_ relation: Relation, _ terminal: RelationQuery.Terminal, _ body: String)
        -> String
    {
        let fields = relation.fields.map(\.sql).joined(separator: ", ")
        return switch terminal {
        case .count: "SELECT COUNT(*) \(body)"
        case .any: "SELECT EXISTS (SELECT 1 \(body))"
        case .sum(let field): "SELECT COALESCE(SUM(\(field.sql)), 0) \(body)"
        case .first: "SELECT \(fields) \(body) ORDER BY \(relation.time), r.id LIMIT 1"
        case .last: "SELECT \(fields) \(body) ORDER BY \(relation.time) DESC, r.id DESC LIMIT 1"
        case .list: "SELECT \(fields) \(body) ORDER BY \(relation.time), r.id"
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

    private func databaseValue(_ value: Value) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let number): number
        case .number(let number): number
        case .text(let text): text
        }
    }
}
