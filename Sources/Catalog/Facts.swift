/// Facts that come from one table by one grouped query.
///
/// The store keeps them current for the customers that a transaction touched, rebuilds them for all, and
/// computes them as of an earlier time, each from this one definition.
public struct FactGroup: Sendable {
    /// The table that is aggregated per `customer_id`.
    public let table: String
    /// The column that says when a row happened.
    public let time: String
    /// Rows that count; nil for all.
    public let condition: String?
    /// The facts; `Field.sql` is an aggregate over the table.
    public let facts: [Field]
}

/// Order statuses that count as a purchase. Pending orders may still fail; cancelled and refunded ones are
/// no purchase any more.
public let purchaseStatuses = ["paid", "shipped", "completed"]

/// The SQL condition under which an order counts as a purchase: `status IN ('paid', …)`, or
/// `r.status IN ('paid', …)` for the alias `r`.
public func purchaseCondition(alias: String? = nil) -> String {
    let statuses = purchaseStatuses.map { "'\($0)'" }.joined(separator: ", ")
    return "\(alias.map { "\($0)." } ?? "")status IN (\(statuses))"
}

/// All facts. Counts are 0 and times missing for a customer without rows.
public let factGroups: [FactGroup] = [
    FactGroup(
        table: "orders", time: "placed_at", condition: purchaseCondition(),
        facts: [
            Field("order_count", .integer, "Number of purchases.", sql: "COUNT(*)"),
            Field("total_spent", .money, "Sum of all purchases.", sql: "SUM(amount)"),
            Field("item_count", .number, "Number of items bought.", sql: "SUM(item_count)"),
            Field("first_order_at", .instant, "Time of the first purchase.", sql: "MIN(placed_at)"),
            Field("last_order_at", .instant, "Time of the latest purchase.", sql: "MAX(placed_at)"),
            Field("largest_order", .money, "Amount of the largest purchase.", sql: "MAX(amount)"),
        ]),
    FactGroup(
        table: "events", time: "occurred_at", condition: nil,
        facts: [
            Field("event_count", .integer, "Number of events (visits, carts, logins, …).", sql: "COUNT(*)"),
            Field("last_event_at", .instant, "Time of the latest event.", sql: "MAX(occurred_at)"),
            Field(
                "last_cart_at", .instant, "Time of the latest cart event.",
                sql: "MAX(occurred_at) FILTER (WHERE type = 'cart')"),
        ]),
    FactGroup(
        table: "messages", time: "sent_at", condition: nil,
        facts: [
            Field("message_count", .integer, "Number of messages sent to the customer.", sql: "COUNT(*)"),
            Field("last_message_at", .instant, "Time of the latest message.", sql: "MAX(sent_at)"),
        ]),
    FactGroup(
        table: "message_events", time: "occurred_at", condition: nil,
        facts: [
            Field(
                "open_count", .integer, "Number of messages opened.",
                sql: "COUNT(DISTINCT message_id) FILTER (WHERE type = 'open')"),
            Field(
                "click_count", .integer, "Number of messages clicked.",
                sql: "COUNT(DISTINCT message_id) FILTER (WHERE type = 'click')"),
            Field(
                "last_open_at", .instant, "Time of the latest open.",
                sql: "MAX(occurred_at) FILTER (WHERE type = 'open')"),
            Field(
                "last_click_at", .instant, "Time of the latest click.",
                sql: "MAX(occurred_at) FILTER (WHERE type = 'click')"),
        ]),
    FactGroup(
        table: "interactions", time: "occurred_at", condition: nil,
        facts: [
            Field(
                "last_contact_at", .instant, "Time of the latest call, meeting or mail.",
                sql: "MAX(occurred_at)")
        ]),
    FactGroup(
        table: "feedback", time: "given_at", condition: nil,
        facts: [
            Field("feedback_count", .integer, "Number of answers to surveys.", sql: "COUNT(*)"),
            Field("last_feedback_at", .instant, "Time of the latest answer.", sql: "MAX(given_at)"),
        ]),
    FactGroup(
        table: "points_ledger", time: "occurred_at", condition: nil,
        facts: [Field("points", .integer, "Balance of loyalty points.", sql: "SUM(points)")]),
    FactGroup(
        table: "tasks", time: "created_at", condition: nil,
        facts: [
            Field(
                "open_task_count", .integer, "Number of tasks not done yet.",
                sql: "COUNT(*) FILTER (WHERE status = 'open')")
        ]),
]

/// The facts as fields of a customer, over the alias `f` of `customer_facts`.
public let factFields: [Field] = factGroups.flatMap { group in
    group.facts.map { Field($0.name, $0.type, $0.doc, sql: "f.\($0.name)") }
}

extension Field {
    /// Facts that count or add up are 0 without rows; the others are missing.
    public var isZeroWithoutRows: Bool {
        sql.hasPrefix("COUNT") || sql.hasPrefix("SUM")
    }
}
