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
        switch terminal {
        case .count, .any, .sum: return .value(try row(sql)?.first ?? .null)
        case .first, .last, .list: return .rows(try rows(sql))
        }
    }

    /// The lines of an order: the values of ``Catalog/orderItemFields``, in the order of the lines.
    public func items(ofOrder order: Int64) throws -> [[Value]] {
        let statement = try raw("order items") {
            """
            SELECT \(orderItemFields.map(\.sql).joined(separator: ", "))
            FROM order_items AS i LEFT JOIN products AS p ON p.id = i.product_id
            WHERE i.order_id = ?1 ORDER BY i.line
            """
        }
        statement.bind(1, order)
        var items: [[Value]] = []
        try statement.forEach { row in items.append(orderItemFields.indices.map(row.value)) }
        return items
    }

    /// Whether the customer had the tag.
    public func hasTag(_ tag: String, customer: Int64) throws -> Bool {
        try has(tag, in: .tags, customer)
    }

    /// Whether the customer had the interest.
    public func likes(_ interest: String, customer: Int64) throws -> Bool {
        try has(interest, in: .interests, customer)
    }

    private func has(_ text: String, in list: CustomerList, _ customer: Int64) throws -> Bool {
        let statement = try raw("has \(list)") {
            // What it asks for besides is the time alone.
            var numbering = SQLNumbering(reserved: 2)
            return numbering.text("SELECT \(hasEntry(in: list, value: "?2", customer: "?1"))")
        }
        statement.bind(1, customer)
        statement.bind(2, copying: text)
        statement.bind(3, now)
        return try statement.first { $0.integer(0) != 0 } ?? false
    }

    /// The customer's interests, strongest first.
    public func interests(of customer: Int64) throws -> [String] {
        try rows(Catalog.interests(customer: SQLFragment(.value(.integer(customer))))).compactMap { row in
            if case .text(let interest)? = row.first { interest } else { nil }
        }
    }

    /// The values of the first row of a query.
    func row(_ query: SQLFragment) throws -> [Value]? {
        let (statement, arguments) = try prepared(query)
        return try Row.fetchOne(statement, arguments: arguments).map(values(of:))
    }

    private func rows(_ query: SQLFragment) throws -> [[Value]] {
        let (statement, arguments) = try prepared(query)
        return try Row.fetchAll(statement, arguments: arguments).map(values(of:))
    }

    private func prepared(_ query: SQLFragment) throws -> (Statement, StatementArguments) {
        var numbering = SQLNumbering()
        let statement = try db.cachedStatement(sql: numbering.text(query))
        return (statement, StatementArguments(numbering.arguments.map(databaseValue)))
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
