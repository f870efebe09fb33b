import Catalog

@testable import Rules

/// Random things that happen to a few customers of a ``StreamWorld``, for telling a history of them and for storing them.
struct SimulatedWorld {
    /// Something that happens.
    struct Step {
        let customer: Int64
        /// What the store is told.
        let sql: String
        /// What a history is told.
        let tell: (SimulatedHistory, [Field]) throws -> Void
    }

    var world: StreamWorld
    /// The time by which all that is stored has happened.
    static let start = Workshop.now + 4
    /// Those to whom something happens; the first two share an e-mail address with each other.
    let chosen: [Int64]
    private var rowNumber: Int64 = 0
    /// Messages by their customers; those below zero are simulated.
    private var messages: [(id: Int64, customer: Int64)] = []

    init(seed: UInt64) {
        world = StreamWorld(seed: seed)
        let first = world.choose(10)
        chosen = [first, first + 1 + world.choose(5), first + 7 + world.choose(5)].map { [world] in
            world.customers[$0]
        }
        messages = world.messages
    }

    /// Statements that make what is stored.
    var sql: String {
        world.sql + """
            INSERT INTO attribute_definitions (id, name, type, doc) VALUES (1, 'size', 'integer', ''),
                (2, 'member', 'boolean', '');
            INSERT INTO attribute_values SELECT id, 1, id % 5 FROM customers WHERE id % 2 = 0;
            INSERT INTO attribute_values SELECT id, 2, id % 3 = 0 FROM customers WHERE id % 4 = 0;
            INSERT INTO tags SELECT id, 'VIP', NULL FROM customers WHERE id % 3 = 0;
            UPDATE customers SET first_name = 'Ann', last_name = 'Lee' WHERE id % 3 <> 0;
            UPDATE customers SET name = 'Zed' WHERE id % 5 = 0;
            UPDATE customers SET email = 'C' || id || '@example.com';
            UPDATE customers SET email = 'c\(chosen[0])@Example.com' WHERE id = \(chosen[1]);
            INSERT INTO consents (customer_id, channel, status, recorded_at)
                SELECT id, 'email', 'granted', 5 FROM customers WHERE id % 7 <> 0;
            INSERT INTO points_ledger (customer_id, points, occurred_at) SELECT id, 10 * id, 5 FROM customers;
            """
    }

    /// Something that has happened by `now`.
    mutating func step(by now: Int64) -> Step {
        let customer = world.one(of: chosen)
        let time = Self.start + Int64(world.choose(Int(now - Self.start) + 1))
        switch world.choose(12) {
        case 0, 1: return order(customer, time)
        case 2: return event(customer, time)
        case 3, 4: return message(customer, time)
        case 5, 6, 7:
            return messageEvent(customer, time) ?? message(customer, time)
        case 8: return feedback(customer, time)
        case 9: return task(customer, time)
        case 10: return tagOrPoints(customer, time)
        default: return field(customer)
        }
    }

    private mutating func newNumber() -> Int64 {
        rowNumber -= 1
        return rowNumber
    }

    private mutating func row(
        _ name: String, _ customer: Int64, _ time: Int64, _ values: [String: Value],
        columns: [String: Value]? = nil
    ) -> Step {
        let id = newNumber()
        let relation = relations.first { $0.name == name }
        let timeColumn = relation.map { String($0.time.dropFirst(2)) } ?? ""
        var stored = columns ?? values
        stored["id"] = .integer(id)
        stored["customer_id"] = .integer(customer)
        stored[timeColumn] = .integer(time)
        let all = stored.sorted { $0.key < $1.key }
        let sql =
            "INSERT INTO \(name) (\(all.map(\.key).joined(separator: ", "))) VALUES (\(all.map { $0.value.literal }.joined(separator: ", ")));"
        return Step(customer: customer, sql: sql) { history, _ in
            if let relation { try history.add(relation, of: customer, id: id, at: time, values) }
        }
    }

    private mutating func order(_ customer: Int64, _ time: Int64) -> Step {
        row(
            "orders", customer, time,
            [
                "status": .text(world.one(of: ["paid", "pending", "completed", "refunded"])),
                "amount": .integer(Int64(world.one(of: [0, 100, -250, 33_333]))), "currency": .text("CNY"),
                "item_count": .integer(Int64(world.choose(3))),
                "source": world.one(of: [.null, .text("a"), .text("茶")]), "coupon": .text("TEN"),
            ])
    }

    private mutating func event(_ customer: Int64, _ time: Int64) -> Step {
        let type = Value.text(world.one(of: ["cart", "login"]))
        let category = world.one(of: [Value.null, .text("a")])
        guard world.choose(2) == 0 else {
            return row("events", customer, time, ["type": type, "category": category])
        }
        return row(
            "events", customer, time,
            [
                "type": type, "category": category == .null ? .text("shoes") : category,
                "product": .text("Boot"), "sku": .text("S1"),
            ],
            columns: ["type": type, "category": category, "product_id": .integer(1)])
    }

    private mutating func message(_ customer: Int64, _ time: Int64) -> Step {
        messages.append((rowNumber - 1, customer))
        return row(
            "messages", customer, time,
            [
                "campaign": world.one(of: [.null, .text("a"), .text("b")]), "kind": .text("marketing"),
                "channel": .text(world.one(of: ["email", "sms"])),
                "subject": world.one(of: [.null, .text("")]),
            ])
    }

    private mutating func messageEvent(_ customer: Int64, _ time: Int64) -> Step? {
        let own = messages.filter { $0.customer == customer }
        guard !own.isEmpty else { return nil }
        let message = world.one(of: own).id
        let type = world.one(of: [
            "open", "open", "click", "click", "delivered", "unsubscribe", "complaint", "hard_bounce",
        ])
        return Step(
            customer: customer,
            sql: """
                INSERT INTO message_events (message_id, customer_id, type, occurred_at)
                VALUES (\(message), \(customer), '\(type)', \(time));
                """
        ) { history, _ in
            try history.addMessageEvent(type, of: message, customer: customer, at: time)
        }
    }

    private mutating func feedback(_ customer: Int64, _ time: Int64) -> Step {
        row(
            "feedback", customer, time,
            [
                "survey": .text(world.one(of: ["a", "b"])), "comment": .text("茶"),
                "score": world.one(of: [.null, .integer(3), .number(2.5), .number(0.1)]),
            ])
    }

    private mutating func task(_ customer: Int64, _ time: Int64) -> Step {
        row(
            "tasks", customer, time,
            [
                "title": .text("t"), "due_at": world.one(of: [.null, .integer(time + 5)]),
                "status": .text(world.one(of: ["open", "done"])),
            ])
    }

    private mutating func tagOrPoints(_ customer: Int64, _ time: Int64) -> Step {
        let tag = world.one(of: ["VIP", "new"])
        switch world.choose(3) {
        case 0:
            return Step(
                customer: customer, sql: "INSERT OR IGNORE INTO tags VALUES (\(customer), '\(tag)', NULL);"
            ) {
                history, _ in history.tag(tag, customer)
            }
        case 1:
            return Step(
                customer: customer,
                sql: "DELETE FROM tags WHERE customer_id = \(customer) AND tag = '\(tag)';"
            ) { history, _ in history.untag(tag, customer) }
        default:
            let points = Int64(world.choose(200)) - 50
            return Step(
                customer: customer,
                sql:
                    "INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (\(customer), \(points), \(time));"
            ) { history, _ in try history.award(points, to: customer) }
        }
    }

    private mutating func field(_ customer: Int64) -> Step {
        let (name, value): (String, Value) = world.one(of: [
            ("city", .text("1")), ("city", .null), ("level", .text("gold")), ("first_name", .text("Bo")),
            ("last_name", .text("王")), ("name", .null), ("name", .text("Kim")),
            ("birthday", .text("1990-12-02")),
            ("size", .integer(4)), ("size", .null), ("member", .integer(0)), ("member", .integer(1)),
        ])
        let sql: String
        if let attribute = ["size": 1, "member": 2][name] {
            sql =
                value == .null
                ? "DELETE FROM attribute_values WHERE customer_id = \(customer) AND attribute_id = \(attribute);"
                : "INSERT OR REPLACE INTO attribute_values VALUES (\(customer), \(attribute), \(value.literal));"
        } else {
            sql = "UPDATE customers SET \(name) = \(value.literal) WHERE id = \(customer);"
        }
        return Step(customer: customer, sql: sql) { history, fields in
            if let field = fields.first(where: { $0.name == name }) {
                try history.set(field, of: customer, to: value)
            }
        }
    }
}

extension Value {
    /// As SQL writes it.
    fileprivate var literal: String {
        switch self {
        case .null: "NULL"
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .text(let text): "'\(text)'"
        }
    }
}
