/// Something recorded of a customer at an instant to which a replay of the past comes.
public struct Arrival: Sendable {
    /// The customer's number.
    public let customer: Int64
    /// When it happened, Unix seconds.
    public let time: Int64
    /// What campaigns and journeys call it: `registered`, `order`, `click`, `cart`; nil for what only changes what rules
    /// see.
    public let name: String?
    /// What it is about: the tag.
    public let subject: String?
    /// What is known of it, by name.
    public let details: [Detail]
    /// The table that it is recorded in.
    public let table: String
    /// What it changes besides rows.
    public let kind: Kind

    /// What an arrival changes besides rows.
    public enum Kind: Sendable {
        /// Whether the customer is there.
        case customer
        /// How the customer can be reached.
        case contact
        /// How many messages the customer got.
        case message
        /// What happened to a message.
        case messageEvent
        /// The customer's tags.
        case tag
        /// Nothing.
        case other
    }

    /// A value of an arrival, as it is stored.
    public struct Detail: Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: Value
        /// Its type.
        public let type: ValueType

        /// A detail from its parts.
        public init(_ name: String, _ value: Value, _ type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// An arrival from its parts.
    public init(
        customer: Int64, time: Int64, name: String?, subject: String?, details: [Detail], table: String,
        kind: Kind
    ) {
        self.customer = customer
        self.time = time
        self.name = name
        self.subject = subject
        self.details = details
        self.table = table
        self.kind = kind
    }
}

/// Where arrivals are recorded, in the order in which they count at one instant.
public struct ArrivalSource: Sendable {
    /// The table with its joins; the alias of the table itself is `r`.
    public let source: String
    /// The columns that say whose it is, when it happened, and in which order of those at one instant.
    public let customer, time, order: String
    /// The SQL of what campaigns call it; nil for what they do not hear of.
    public let name: String?
    /// What is known of it.
    public let details: [Field]
    /// What it changes besides rows.
    public let kind: Arrival.Kind

    /// The table.
    public var table: String { String(source.prefix { $0 != " " }) }

    private init(
        _ source: String, _ time: String, customer: String = "r.customer_id", order: String = "r.id",
        name: String? = nil, _ details: [Field] = [], kind: Arrival.Kind = .other
    ) {
        self.source = source
        self.customer = customer
        self.time = time
        self.order = order
        self.name = name
        self.details = details
        self.kind = kind
    }

    /// All of them. What has a time and is none of these does not tell campaigns anything, and is asked of the store by
    /// its time: suppressions and the lines of orders.
    public static let all = [
        ArrivalSource(
            "customers AS r", "r.registered_at", customer: "r.id", name: "'registered'",
            [Field("source", .text, "Of registered: where the customer came from.", sql: "r.source")],
            kind: .customer),
        ArrivalSource("customers AS r", "r.erased_at", customer: "r.id", kind: .contact),
        ArrivalSource("consents AS r", "r.recorded_at"),
        ArrivalSource("interests AS r", "r.noted_at", order: "r.interest"),
        ArrivalSource("points_ledger AS r", "r.occurred_at"),
        ArrivalSource("tasks AS r", "r.created_at"),
        ArrivalSource("messages AS r", "r.sent_at", kind: .message),
        ArrivalSource(
            "message_events AS r JOIN messages AS m ON m.id = r.message_id", "r.occurred_at",
            name: "CASE WHEN r.type IN ('hard_bounce', 'soft_bounce') THEN 'bounce' ELSE r.type END",
            [
                Field("campaign", .text, "Of a message: the campaign that sent it.", sql: "m.campaign"),
                Field("step", .text, "Of a message: the step of the campaign.", sql: "m.step"),
                Field("channel", .text, "Of a message: the channel.", sql: "m.channel"),
                Field("type", .text, "Of a message: what happened to it, as it was recorded.", sql: "r.type"),
                Field("url", .text, "The link that was clicked, or the page.", sql: "r.url"),
            ], kind: .messageEvent),
        ArrivalSource(
            "events AS r LEFT JOIN products AS p ON p.id = r.product_id", "r.occurred_at", name: "r.type",
            [
                Field("product", .text, "Name of the product concerned.", sql: "p.name"),
                Field("sku", .text, "SKU of the product concerned.", sql: "p.sku"),
                Field("category", .text, "Category concerned.", sql: "COALESCE(r.category, p.category)"),
                Field("url", .text, "Page.", sql: "r.url"),
            ]),
        ArrivalSource(
            "orders AS r", "r.placed_at", name: "'order'",
            [
                Field("number", .text, "Of an order: its number.", sql: "r.order_number"),
                Field("amount", .money, "Of an order: what was paid.", sql: "r.amount"),
                Field("status", .text, "Of an order: where it stands.", sql: "r.status"),
            ]),
        ArrivalSource(
            "feedback AS r", "r.given_at", name: "'feedback'",
            [
                Field("survey", .text, "Of feedback: the survey.", sql: "r.survey"),
                Field("score", .number, "Of feedback: the score given.", sql: "r.score"),
                Field("comment", .text, "Of feedback: what the customer wrote.", sql: "r.comment"),
            ]),
        ArrivalSource(
            "interactions AS r", "r.occurred_at", name: "r.type",
            [
                Field("subject", .text, "Of a call, a mail, a meeting: what it was about.", sql: "r.subject"),
                Field("owner", .text, "Of the same: the colleague who took part.", sql: "r.owner"),
            ]),
        ArrivalSource(
            "tags AS r", "r.tagged_at", order: "r.tag", name: "'tag'",
            [Field("tag", .text, "Of tag: the tag.", sql: "r.tag")], kind: .tag),
    ]
}
