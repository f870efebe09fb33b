internal import Basics
internal import Catalog
internal import Store

/// The numbers of the last rows, kept from one batch to the next.
struct RowNumbers {
    var order: Int64 = 0
    var event: Int64 = 0
    var message: Int64 = 0
    var messageEvent: Int64 = 0
    var consent: Int64 = 0
    var interaction: Int64 = 0
    var feedback: Int64 = 0
    var task: Int64 = 0
    var ticket: Int64 = 0
    var points: Int64 = 0
}

/// Writes customers with all that belongs to them, in the order of the primary keys.
struct DemoWriter {
    private let world: World
    private let customers, attributes, tags, interests, orders, items, events, consents: BulkWriter.Table
    private let suppressions, messages, messageEvents, interactions, feedback, tasks,
        tickets: BulkWriter.Table
    private let points: BulkWriter.Table
    /// The numbers of the last rows written.
    var numbers: RowNumbers

    init(_ writer: BulkWriter, _ world: World, continuing numbers: RowNumbers) throws {
        func table(_ name: String, _ columns: String) throws -> BulkWriter.Table {
            try writer.table(name, columns: columns.split(separator: " ").map(String.init))
        }
        self.world = world
        self.numbers = numbers
        customers = try table(
            "customers",
            """
            id external_id name first_name last_name email phone wecom_id gender birthday language company industry \
            country region city time_zone preferred_channel level source owner registered_at erased_at
            """)
        attributes = try table("attribute_values", "customer_id attribute_id value")
        tags = try table("tags", "customer_id tag tagged_at")
        interests = try table("interests", "customer_id interest weight noted_at")
        orders = try table(
            "orders", "id order_number customer_id placed_at status amount currency item_count source coupon")
        items = try table("order_items", "order_id line product_id quantity amount")
        events = try table("events", "id customer_id type occurred_at product_id category url")
        consents = try table("consents", "id customer_id channel status recorded_at source")
        suppressions = try table("suppressions", "channel address reason suppressed_at")
        messages = try table(
            "messages", "id external_id customer_id campaign step channel address subject sent_at")
        messageEvents = try table("message_events", "id message_id customer_id type occurred_at url")
        interactions = try table("interactions", "id customer_id type occurred_at subject notes owner")
        feedback = try table("feedback", "id customer_id survey score comment given_at")
        tasks = try table("tasks", "id customer_id title owner due_at created_at status")
        tickets = try table("tickets", "id customer_id title owner due_at created_at status")
        points = try table("points_ledger", "id customer_id points reason occurred_at")
    }

    /// Writes the products and the custom attributes, which come before all customers.
    static func writeShop(_ shop: Shop, _ writer: BulkWriter) throws {
        let products = try writer.table(
            "products", columns: ["id", "sku", "name", "category", "brand", "price", "url", "active"])
        for product in shop.products {
            try products.insert([
                .integer(product.id), .text(product.sku), .text(product.name),
                .text(shop.categories[product.category]), .text(product.brand), .integer(product.price),
                .text(product.url), .integer(product.isActive ? 1 : 0),
            ])
        }
        let definitions = try writer.table("attribute_definitions", columns: ["id", "name", "type", "doc"])
        for (id, name, type, doc) in [
            (1, "shoe_size", "integer", "Shoe size, European."),
            (2, "newsletter_topic", "text", "What the customer wants to read about."),
            (3, "contract_end", "date", "When the company's contract ends."),
        ] as [(Int64, String, String, String)] {
            try definitions.insert([.integer(id), .text(name), .text(type), .text(doc)])
        }
    }

    /// Writes one customer.
    mutating func write(_ person: Person, _ history: History) throws {
        try writeCustomer(person, history)
        try writeShopping(person, history)
        try writeMail(person, history)
        try writeService(person, history)
    }

    private func writeCustomer(_ person: Person, _ history: History) throws {
        let id = Value.integer(person.number)
        let hasName = person.name != nil
        try customers.insert([
            id, .text("C" + digits(Int(person.number), 6)), text(person.name),
            text(hasName ? person.firstName.text : nil), text(hasName ? person.lastName.text : nil),
            text(person.email), text(person.phone), text(person.wecomID), text(person.gender),
            text(person.birthday?.description), text(person.language), text(person.company?.name),
            text(person.company?.industry), text(person.place?.country), text(person.place?.region),
            text(person.place?.city), text(person.place?.zone), text(person.preferredChannel),
            .text(history.level), .text(person.source), text(person.owner), .integer(person.registeredAt),
            integer(person.erasedAt),
        ])
        if let size = history.shoeSize { try attributes.insert([id, .integer(1), .integer(size)]) }
        if let topic = history.newsletterTopic { try attributes.insert([id, .integer(2), .text(topic)]) }
        if let end = history.contractEnd { try attributes.insert([id, .integer(3), .text(end)]) }
        for tag in history.tags { try tags.insert([id, .text(tag.name), .integer(tag.at)]) }
        let names = world.shop.categories
        for interest in history.interests.sorted(by: { names[$0.category] < names[$1.category] }) {
            try interests.insert([
                id, .text(names[interest.category]), .number(interest.weight), .integer(interest.at),
            ])
        }
    }

    private mutating func writeShopping(_ person: Person, _ history: History) throws {
        let id = Value.integer(person.number)
        let stem = "S" + digits(Int(person.number), 7) + "-"
        for (index, order) in history.orders.enumerated() {
            numbers.order += 1
            try orders.insert([
                .integer(numbers.order), .text(stem + digits(index + 1, 2)), id, .integer(order.placedAt),
                .text(order.status), .integer(order.amount), .text("CNY"), .number(Double(order.itemCount)),
                .text(order.source), text(order.coupon),
            ])
            for (line, item) in order.items.enumerated() {
                try items.insert([
                    .integer(numbers.order), .integer(Int64(line + 1)), .integer(Int64(item.product + 1)),
                    .number(Double(item.quantity)), .integer(item.amount),
                ])
            }
        }
        for event in history.events {
            numbers.event += 1
            let product = event.product.map { world.shop.products[$0] }
            try events.insert([
                .integer(numbers.event), id, .text(event.type), .integer(event.at), integer(product?.id),
                text(product.map { world.shop.categories[$0.category] }), text(event.url),
            ])
        }
        for entry in history.points {
            numbers.points += 1
            try points.insert([
                .integer(numbers.points), id, .integer(entry.points), .text(entry.reason), .integer(entry.at),
            ])
        }
    }

    private mutating func writeMail(_ person: Person, _ history: History) throws {
        let id = Value.integer(person.number)
        for consent in history.consents {
            numbers.consent += 1
            try consents.insert([
                .integer(numbers.consent), id, .text(consent.channel),
                .text(consent.isGranted ? "granted" : "withdrawn"), .integer(consent.at),
                .text(consent.source),
            ])
        }
        for row in history.suppressions {
            try suppressions.insert([
                .text(row.channel), .text(row.address), .text(row.reason), .integer(row.at),
            ])
        }
        let stem = "M" + digits(Int(person.number), 7) + "-"
        for (index, message) in history.messages.enumerated() {
            numbers.message += 1
            try messages.insert([
                .integer(numbers.message), .text(stem + digits(index + 1, 3)), id, .text(message.campaign),
                .text(message.step), .text(message.channel), .text(message.address), .text(message.subject),
                .integer(message.sentAt),
            ])
            for event in message.events {
                numbers.messageEvent += 1
                try messageEvents.insert([
                    .integer(numbers.messageEvent), .integer(numbers.message), id, .text(event.type),
                    .integer(event.at), text(event.url),
                ])
            }
        }
    }

    private mutating func writeService(_ person: Person, _ history: History) throws {
        let id = Value.integer(person.number)
        for row in history.interactions {
            numbers.interaction += 1
            try interactions.insert([
                .integer(numbers.interaction), id, .text(row.type), .integer(row.at), .text(row.subject),
                text(row.notes), text(person.owner),
            ])
        }
        for row in history.feedback {
            numbers.feedback += 1
            try feedback.insert([
                .integer(numbers.feedback), id, .text(row.survey), .number(row.score), text(row.comment),
                .integer(row.at),
            ])
        }
        for row in history.tasks {
            numbers.task += 1
            try tasks.insert(job(numbers.task, row, person))
        }
        for row in history.tickets {
            numbers.ticket += 1
            try tickets.insert(job(numbers.ticket, row, person))
        }
    }

    private func job(_ number: Int64, _ row: History.Job, _ person: Person) -> [Value] {
        [
            .integer(number), .integer(person.number), .text(row.title), text(person.owner),
            integer(row.dueAt),
            .integer(row.at), .text(row.status),
        ]
    }

    private func text(_ text: String?) -> Value {
        text.map(Value.text) ?? .null
    }

    private func integer(_ number: Int64?) -> Value {
        number.map(Value.integer) ?? .null
    }
}
