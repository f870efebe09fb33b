/// Rows that belong to a customer and that rules reach as `c.orders`, `c.events`, ….
public struct Relation: Sendable {
    /// The name in rules.
    public let name: String
    /// What one row is called in errors and help.
    public let singular: String
    /// The table, with the joins that `fields` need; the alias of the table itself is `r`.
    public let source: String
    /// The column that orders the rows and that `since` and `before` compare.
    public let time: String
    /// What one row has.
    public let fields: [Field]
    /// Methods that keep only some rows, such as `opened`.
    public let states: [RelationState]
    /// Names that `where` knows beyond the fields; `Field.sql` is a condition on `r` and `:value`.
    public let matches: [Field]
    /// One sentence for help and the reference.
    public let doc: String

    /// A relation from its parts.
    init(
        name: String, singular: String, source: String, time: String, fields: [Field],
        states: [RelationState] = [], matches: [Field] = [], doc: String
    ) {
        self.name = name
        self.singular = singular
        self.source = source
        self.time = time
        self.fields = fields
        self.states = states
        self.matches = matches
        self.doc = doc
    }
}

/// A method of a relation that keeps only some of its rows.
public struct RelationState: Sendable {
    /// What makes a row stay.
    public enum Condition: Sendable {
        /// A condition on the row itself, over the alias `r`.
        case row(RowCondition)
        /// A message event of this type; `since` and `before` that follow speak of its time.
        case messageEvent(String)
    }

    /// The method's name.
    public let name: String
    /// What makes a row stay.
    public let condition: Condition
    /// One sentence for help and the reference.
    public let doc: String
}

/// All relations of a customer.
public let relations: [Relation] = [
    Relation(
        name: "orders", singular: "order", source: "orders AS r", time: "r.placed_at",
        fields: [
            Field("number", .text, "Order number.", sql: "r.order_number"),
            Field("placed_at", .instant, "When it was placed.", sql: "r.placed_at"),
            Field("amount", .money, "What was paid.", sql: "r.amount"),
            Field("currency", .text, "Currency of the amount.", sql: "r.currency"),
            Field("item_count", .number, "Number of items.", sql: "r.item_count"),
            Field(
                "status", .text, "Where the order stands.", sql: "r.status",
                values: ["pending", "paid", "shipped", "completed", "cancelled", "refunded"]),
            Field("source", .text, "Shop, site or app that took the order.", sql: "r.source"),
            Field("coupon", .text, "Coupon used.", sql: "r.coupon"),
            Field("id", .integer, "Number of the order in this workspace.", sql: "r.id"),
        ],
        states: [
            RelationState(
                name: "purchased", condition: .row(countsAsPurchase),
                doc: "Only orders that count as a purchase: paid, shipped or completed.")
        ],
        matches: [
            Field("category", .text, "Category of one of its items.", sql: orderContains("p.category")),
            Field("sku", .text, "SKU of one of its items.", sql: orderContains("p.sku")),
            Field("product", .text, "Name of one of its items.", sql: orderContains("p.name")),
        ],
        doc: "The customer's orders, of every status, oldest first."),
    Relation(
        name: "events", singular: "event",
        source: "events AS r LEFT JOIN products AS p ON p.id = r.product_id", time: "r.occurred_at",
        fields: [
            Field("type", .text, "page_view, cart, login, download, …", sql: "r.type"),
            Field("occurred_at", .instant, "When it happened.", sql: "r.occurred_at"),
            Field("product", .text, "Name of the product concerned.", sql: "p.name"),
            Field("sku", .text, "SKU of the product concerned.", sql: "p.sku"),
            Field("category", .text, "Category concerned.", sql: "COALESCE(r.category, p.category)"),
            Field("url", .text, "Page.", sql: "r.url"),
        ],
        doc: "What the customer did: visits, carts, logins, downloads, oldest first."),
    Relation(
        name: "messages", singular: "message", source: "messages AS r", time: "r.sent_at",
        fields: [
            Field("campaign", .text, "Campaign that sent it.", sql: "r.campaign"),
            Field("step", .text, "Step of the campaign.", sql: "r.step"),
            Field(
                "channel", .text, "Channel.", sql: "r.channel", values: Channel.allCases.map(\.rawValue)),
            Field("subject", .text, "Subject line.", sql: "r.subject"),
            Field("sent_at", .instant, "When it was sent.", sql: "r.sent_at"),
            Field(
                "kind", .text, "What it was for.", sql: "r.kind", values: ["marketing", "transactional"]),
        ],
        states: [
            messageState(
                "opened", "open",
                "Only messages that were opened; a `since` or `before` after it is about the opening."),
            messageState(
                "clicked", "click",
                "Only messages in which a link was clicked; a `since` or `before` after it is about the click."
            ),
            messageState(
                "delivered", "delivered",
                "Only messages that arrived; a `since` or `before` after it is about the arrival."),
        ],
        doc: "Messages sent to the customer, oldest first."),
    Relation(
        name: "feedback", singular: "answer", source: "feedback AS r", time: "r.given_at",
        fields: [
            Field("survey", .text, "Survey that was answered.", sql: "r.survey"),
            Field("score", .number, "Score given.", sql: "r.score"),
            Field("comment", .text, "What the customer wrote.", sql: "r.comment"),
            Field("given_at", .instant, "When it was given.", sql: "r.given_at"),
        ],
        doc: "Scores and comments that the customer gave, oldest first."),
    Relation(
        name: "tasks", singular: "task", source: "tasks AS r", time: "r.created_at",
        fields: [
            Field("title", .text, "What is to be done.", sql: "r.title"),
            Field("owner", .text, "Who does it.", sql: "r.owner"),
            Field("due_at", .instant, "When it is due.", sql: "r.due_at"),
            Field("created_at", .instant, "When it was made.", sql: "r.created_at"),
            Field(
                "status", .text, "Whether it is done.", sql: "r.status",
                values: ["open", "done", "cancelled"]),
        ],
        doc: "Sales tasks about the customer, oldest first."),
]

/// The lines of an order, reached as `order.items`.
public let orderItemFields: [Field] = [
    Field("sku", .text, "SKU.", sql: "p.sku"),
    Field("name", .text, "Name of the product.", sql: "p.name"),
    Field("category", .text, "Category of the product.", sql: "p.category"),
    Field("quantity", .number, "How many.", sql: "i.quantity"),
    Field("amount", .money, "What the line cost.", sql: "i.amount"),
]

private func messageState(_ name: String, _ event: String, _ doc: String) -> RelationState {
    RelationState(name: name, condition: .messageEvent(event), doc: doc)
}

private func orderContains(_ column: String) -> String {
    """
    EXISTS (SELECT 1 FROM order_items AS i JOIN products AS p ON p.id = i.product_id \
    WHERE i.order_id = r.id AND \(column) = :value)
    """
}
