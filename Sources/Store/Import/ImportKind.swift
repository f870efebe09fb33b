/// What the rows of an imported file are.
public enum ImportKind: String, Sendable, CaseIterable {
    /// One customer each.
    case customers
    /// One product each.
    case products
    /// One order each.
    case orders
    /// One line of an order each; orders and products follow from them.
    case orderLines = "order-lines"
    /// Visits, carts, logins, downloads.
    case events
    /// Statements of customers about being written to.
    case consents
    /// Addresses that must not be written to.
    case suppressions
    /// Messages that were sent.
    case messages
    /// Opens, clicks, bounces and the like of messages.
    case messageEvents = "message-events"
    /// Calls, meetings and inbound mail.
    case interactions
    /// Answers to surveys.
    case feedback
    /// One tag of a customer each.
    case tags
    /// One interest of a customer each.
    case interests

    /// What a column of a file of this kind can mean.
    public var fields: [ImportField] {
        switch self {
        case .customers: ImportField.customers
        case .products: ImportField.products
        case .orders: ImportField.owner + ImportField.ownerDetails + ImportField.orders
        case .orderLines: ImportField.owner + ImportField.ownerDetails + ImportField.orderLines
        case .events: ImportField.owner + ImportField.events
        case .consents: ImportField.owner + ImportField.consents
        case .suppressions: ImportField.suppressions
        case .messages: ImportField.owner + ImportField.messages
        case .messageEvents: ImportField.messageEvents
        case .interactions: ImportField.owner + ImportField.interactions
        case .feedback: ImportField.owner + ImportField.feedback
        case .tags: ImportField.owner + ImportField.tags
        case .interests: ImportField.owner + ImportField.interests
        }
    }

    /// What every row must have: of each group of fields at least one.
    public var requirements: [[String]] {
        let owner = ["customer_id", "email", "phone"]
        return switch self {
        case .customers: [["external_id", "email", "phone"]]
        case .products: [["sku"]]
        case .orders: [owner, ["placed_at"], ["amount"]]
        case .orderLines: [owner, ["order_number"], ["placed_at"], ["amount", "unit_price"]]
        case .events: [owner, ["type"], ["occurred_at"]]
        case .consents: [owner, ["channel"], ["status"], ["recorded_at"]]
        case .suppressions: [["channel"], ["address"]]
        case .messages: [owner, ["channel"], ["sent_at"]]
        case .messageEvents: [["message_id"], ["type"], ["occurred_at"]]
        case .interactions: [owner, ["type"], ["occurred_at"]]
        case .feedback: [owner, ["given_at"]]
        case .tags: [owner, ["tag"]]
        case .interests: [owner, ["interest"]]
        }
    }

    /// Whether each row belongs to a customer whom it names.
    var hasOwner: Bool { requirements[0].first == "customer_id" }
}
