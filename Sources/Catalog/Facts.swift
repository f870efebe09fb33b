/// Facts that come from one table by one grouped query.
///
/// The store keeps them current for the customers that a transaction touched, rebuilds them for all, and
/// computes them as of an earlier time, each from this one definition.
public struct FactGroup: Sendable {
    /// The table that is aggregated per `customer_id`.
    public let table: String
    /// The column that says when a row happened.
    public let time: String
    /// Rows that count; all where nil.
    public let condition: RowCondition?
    /// The facts.
    public let facts: [Fact]
}

/// A fact: an aggregate over the rows of one customer, and what it is called as a field.
public struct Fact: Sendable, Hashable {
    /// The name in rules: `total_spent`.
    public let name: String
    /// What it is.
    public let type: ValueType
    /// One sentence for help and the reference.
    public let doc: String
    /// What it is made of.
    public let aggregate: FactAggregate

    init(
        _ name: String, _ type: ValueType, _ doc: String, _ function: FactAggregate.Function,
        of filter: RowCondition? = nil
    ) {
        self.name = name
        self.type = type
        self.doc = doc
        aggregate = FactAggregate(function, filter: filter)
    }

    /// The aggregate over the group's table, as SQL.
    public var sql: String { aggregate.sql }

    /// Facts that count or add up are 0 without rows; the others are missing.
    public var isZeroWithoutRows: Bool { aggregate.isZeroWithoutRows }

    /// The fact as a field of a customer, over the alias `f` of `customer_facts`.
    public var field: Field { Field(name, type, doc, sql: "f.\(name)") }
}

/// Order statuses that count as a purchase. Pending orders may still fail; cancelled and refunded ones are
/// no purchase any more.
public let purchaseStatuses = ["paid", "shipped", "completed"]

/// Whether an order counts as a purchase.
public let countsAsPurchase = RowCondition("status", among: purchaseStatuses)

/// The SQL condition under which an order counts as a purchase: `status IN ('paid', …)`, or
/// `r.status IN ('paid', …)` for the alias `r`.
public func purchaseCondition(alias: String? = nil) -> String {
    countsAsPurchase.sql(alias: alias)
}

/// All facts. Counts are 0 and times missing for a customer without rows.
public let factGroups: [FactGroup] = [
    FactGroup(
        table: "orders", time: "placed_at", condition: countsAsPurchase,
        facts: [
            Fact("order_count", .integer, "Number of purchases.", .count),
            Fact("total_spent", .money, "Sum of all purchases.", .sum("amount")),
            Fact("item_count", .number, "Number of items bought.", .sum("item_count")),
            Fact("first_order_at", .instant, "Time of the first purchase.", .least("placed_at")),
            Fact("last_order_at", .instant, "Time of the latest purchase.", .greatest("placed_at")),
            Fact("largest_order", .money, "Amount of the largest purchase.", .greatest("amount")),
        ]),
    FactGroup(
        table: "events", time: "occurred_at", condition: nil,
        facts: [
            Fact("event_count", .integer, "Number of events (visits, carts, logins, …).", .count),
            Fact("last_event_at", .instant, "Time of the latest event.", .greatest("occurred_at")),
            Fact(
                "last_cart_at", .instant, "Time of the latest cart event.",
                .greatest("occurred_at"), of: RowCondition("type", among: ["cart"])),
        ]),
    FactGroup(
        table: "messages", time: "sent_at", condition: nil,
        facts: [
            Fact("message_count", .integer, "Number of messages sent to the customer.", .count),
            Fact("last_message_at", .instant, "Time of the latest message.", .greatest("sent_at")),
        ]),
    FactGroup(
        table: "message_events", time: "occurred_at", condition: nil,
        facts: [
            Fact(
                "open_count", .integer, "Number of messages opened.",
                .distinct("message_id"), of: RowCondition("type", among: ["open"])),
            Fact(
                "click_count", .integer, "Number of messages clicked.",
                .distinct("message_id"), of: RowCondition("type", among: ["click"])),
            Fact(
                "last_open_at", .instant, "Time of the latest open.",
                .greatest("occurred_at"), of: RowCondition("type", among: ["open"])),
            Fact(
                "last_click_at", .instant, "Time of the latest click.",
                .greatest("occurred_at"), of: RowCondition("type", among: ["click"])),
        ]),
    FactGroup(
        table: "interactions", time: "occurred_at", condition: nil,
        facts: [
            Fact(
                "last_contact_at", .instant, "Time of the latest call, meeting or mail.",
                .greatest("occurred_at"))
        ]),
    FactGroup(
        table: "feedback", time: "given_at", condition: nil,
        facts: [
            Fact("feedback_count", .integer, "Number of answers to surveys.", .count),
            Fact("last_feedback_at", .instant, "Time of the latest answer.", .greatest("given_at")),
        ]),
    FactGroup(
        table: "points_ledger", time: "occurred_at", condition: nil,
        facts: [Fact("points", .integer, "Balance of loyalty points.", .sum("points"))]),
    FactGroup(
        table: "tasks", time: "created_at", condition: nil,
        facts: [
            Fact(
                "open_task_count", .integer, "Number of tasks not done yet.",
                .count, of: RowCondition("status", among: ["open"]))
        ]),
]

/// The facts as fields of a customer, over the alias `f` of `customer_facts`.
public let factFields: [Field] = factGroups.flatMap { $0.facts.map(\.field) }
