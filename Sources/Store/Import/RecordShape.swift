/// How the rows of a kind lie in their table.
struct RecordShape {
    /// Where the value of a column comes from.
    enum Source {
        case field(String)
        /// The customer that the row names.
        case customer
        /// The product that the row names.
        case product
        /// The message that the row names, and the customer it went to.
        case message
        case messageCustomer
        /// An address in the form that its channel compares.
        case address
        /// Always the fallback.
        case constant
    }

    struct Column {
        let name: String
        let source: Source
        /// The SQL literal for rows that say nothing, when they are inserted.
        let fallback: String?
    }

    let table: String
    /// The columns that tell rows apart; a row without the first of them is known by its content.
    let key: [String]
    let columns: [Column]
    /// Whether rows have an `id` and a `content_key`.
    var hasID = true
    var hasContentKey = true
    /// Whether rows never change.
    var isAppendOnly = false

    /// The shape of a kind's table; nil for kinds with a writer of their own.
    init?(_ kind: ImportKind, currency: String) {
        let id = [Self.field("external_id")]
        let owner = [Column(name: "customer_id", source: .customer, fallback: nil)]
        let time = [Self.field("type"), Self.field("occurred_at")]
        switch kind {
        case .customers, .orderLines: return nil
        case .products:
            let active = Column(name: "active", source: .field("active"), fallback: "1")
            self.init(
                "products", ["sku"],
                ["sku", "name", "category", "brand", "price", "url"].map(Self.field) + [active])
            hasContentKey = false
        case .orders:
            self.init(
                "orders", ["order_number"],
                [Self.field("order_number")] + owner + [
                    Self.field("placed_at"),
                    Column(name: "status", source: .field("status"), fallback: "'paid'"),
                    Self.field("amount"),
                    Column(name: "currency", source: .constant, fallback: "'\(currency)'"),
                    Column(name: "item_count", source: .field("item_count"), fallback: "0"),
                    Self.field("source"), Self.field("coupon"),
                ])
        case .events:
            let product = Column(name: "product_id", source: .product, fallback: nil)
            self.init(
                "events", ["external_id"],
                id + owner + time + [product, Self.field("category"), Self.field("url")])
        case .consents:
            self.init(
                "consents", ["customer_id", "channel", "recorded_at", "status"],
                owner + ["channel", "status", "recorded_at", "source"].map(Self.field))
            hasContentKey = false
            isAppendOnly = true
        case .suppressions:
            self.init(
                "suppressions", ["channel", "address"],
                [
                    Self.field("channel"), Column(name: "address", source: .address, fallback: nil),
                    Column(name: "reason", source: .field("reason"), fallback: "'manual'"),
                    Self.field("suppressed_at"),
                ], hasID: false)
        case .messages:
            self.init(
                "messages", ["external_id"],
                id + owner + [
                    Self.field("campaign"), Self.field("step"), Self.field("channel"),
                    Column(name: "address", source: .address, fallback: nil),
                    Column(name: "kind", source: .field("kind"), fallback: "'marketing'"),
                    Self.field("subject"), Self.field("sent_at"),
                ])
        case .messageEvents:
            let message = [
                Column(name: "message_id", source: .message, fallback: nil),
                Column(name: "customer_id", source: .messageCustomer, fallback: nil),
            ]
            self.init("message_events", ["external_id"], id + message + time + [Self.field("url")])
        case .interactions:
            let details = ["subject", "notes", "owner"].map(Self.field)
            self.init("interactions", ["external_id"], id + owner + time + details)
        case .feedback:
            self.init(
                "feedback", ["external_id"],
                id + owner + ["survey", "score", "comment", "given_at"].map(Self.field))
        case .tags:
            self.init(
                "tags", ["customer_id", "tag"], owner + [Self.field("tag"), Self.field("tagged_at")],
                hasID: false)
        case .interests:
            let weight = Column(name: "weight", source: .field("weight"), fallback: "1")
            self.init(
                "interests", ["customer_id", "interest"],
                owner + [Self.field("interest"), weight, Self.field("noted_at")], hasID: false)
        }
    }

    private init(_ table: String, _ key: [String], _ columns: [Column], hasID: Bool = true) {
        self.table = table
        self.key = key
        self.columns = columns
        self.hasID = hasID
        hasContentKey = hasID
    }

    private static func field(_ name: String) -> Column {
        Column(name: name, source: .field(name), fallback: nil)
    }
}

extension RecordShape {
    /// Parameters: the id is 1, the content key 2, the columns follow.
    static let firstParameter = 3

    var insertSQL: String {
        var names = columns.map(\.name)
        var values = columns.enumerated().map { place, column in
            let parameter = "?\(place + Self.firstParameter)"
            return column.fallback.map { "COALESCE(\(parameter), \($0))" } ?? parameter
        }
        if hasID {
            names.append("id")
            values.append("?1")
        }
        if hasContentKey {
            names.append("content_key")
            values.append("?2")
        }
        return """
            INSERT INTO \(table) (\(names.joined(separator: ", "))) \
            VALUES (\(values.joined(separator: ", "))) ON CONFLICT DO NOTHING
            """
    }

    /// Sets what the row says in the row with the same key, if that differs; nil where nothing can change.
    var updateSQL: String? {
        if isAppendOnly || changing.isEmpty { return nil }
        let sets = changing.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
        return "UPDATE \(table) SET \(sets) WHERE \(isSameRow) AND \(differs)"
    }

    /// Gives a row where the store has the key with something else than the row says.
    var differenceSQL: String? {
        updateSQL == nil ? nil : "SELECT 1 FROM \(table) WHERE \(isSameRow) AND \(differs)"
    }

    /// Gives the id of the row with the same key.
    var findSQL: String { "SELECT id FROM \(table) WHERE \(isSameRow)" }

    private func parameter(_ place: Int) -> String {
        "?\(place + Self.firstParameter)"
    }

    /// The columns outside the key; an empty cell leaves what the store has.
    private var changing: [(name: String, value: String)] {
        columns.enumerated().filter { !key.contains($1.name) }
            .map { (name: $1.name, value: "COALESCE(\(parameter($0)), \($1.name))") }
    }

    private var isSameRow: String {
        columns.enumerated().filter { key.contains($1.name) }.map { "\($1.name) = \(parameter($0))" }
            .joined(separator: " AND ")
    }

    private var differs: String {
        "(" + changing.map { "\($0.name) IS NOT \($0.value)" }.joined(separator: " OR ") + ")"
    }
}
