import Basics

/// Random customers with random rows, and random questions about them, for asking each question in two ways.
struct StreamWorld {
    private var random: SplitMix64
    /// The customers: with gaps, and some of them below zero.
    private(set) var customers: [Int64] = []
    /// The messages and their customers.
    private(set) var messages: [(id: Int64, customer: Int64)] = []
    /// Statements that make the rows.
    private(set) var sql = ""

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        var id = Int64(-30)
        for _ in 0..<25 {
            id += Int64(choose(8)) + 1
            customers.append(id)
        }
        fill()
    }

    mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    mutating func one<Element>(of elements: [Element]) -> Element { elements[choose(elements.count)] }

    /// Few instants, so that many rows have the same one; the last are in the future.
    private mutating func instant() -> Int64 { Workshop.now - 20 + Int64(choose(24)) }

    private mutating func text() -> String {
        one(of: [
            "NULL", "'a'", "'b'", "'茶'", "''", "'a' || char(0) || 'b'", "CAST(x'61ff62' AS TEXT)",
            "CAST(x'eda080' AS TEXT)", "'A'", "'TEN'",
        ])
    }

    private mutating func plainText() -> String { one(of: ["NULL", "'a'", "'b'", "'茶'", "''", "'TEN'"]) }

    private mutating func fill() {
        sql = "INSERT INTO customers (id, city) VALUES "
        sql += customers.map { "(\($0), '\($0 % 3)')" }.joined(separator: ", ") + ";"
        sql += """
            INSERT INTO products (id, sku, name, category) VALUES (1, 'S1', 'Boot', 'shoes'), (2, 'T1', '龙井', 'tea'),
                (3, 'X', NULL, NULL);
            """
        var message = 0
        for customer in customers {
            // Odd texts are with few customers, so that the others' rows stay with the stream.
            let isOdd = choose(6) == 0
            for _ in 0..<one(of: [0, 0, 1, 2, 3, 9]) { addOrder(customer, isOdd: isOdd) }
            for _ in 0..<one(of: [0, 1, 4]) {
                let category = isOdd ? text() : plainText()
                sql += """
                    INSERT INTO events (customer_id, type, occurred_at, product_id, category) VALUES
                    (\(customer), '\(one(of: ["cart", "login"]))', \(instant()), \(one(of: ["NULL", "1", "2", "3"])), \(category));
                    """
            }
            for _ in 0..<one(of: [0, 1, 2, 5]) {
                message += 1
                addMessage(message, customer, isOdd: isOdd)
            }
            for _ in 0..<one(of: [0, 1, 3]) {
                sql += """
                    INSERT INTO feedback (customer_id, survey, score, comment, given_at) VALUES (\(customer), \(plainText()),
                    \(one(of: ["NULL", "3", "9", "0.1", "0.2", "2.5", "-7", "1e300", "9007199254740993"])),
                    \(isOdd ? text() : plainText()), \(instant()));
                    """
            }
            for _ in 0..<one(of: [0, 1, 2]) {
                sql += """
                    INSERT INTO tasks (customer_id, title, due_at, created_at, status) VALUES (\(customer), 't',
                    \(one(of: ["NULL", "\(instant())"])), \(instant()), '\(one(of: ["open", "done"]))');
                    """
            }
        }
    }

    private mutating func addOrder(_ customer: Int64, isOdd: Bool) {
        let statuses = ["paid", "pending", "completed", "refunded"]
        sql += """
            INSERT INTO orders (customer_id, placed_at, status, amount, currency, item_count, source, coupon) VALUES
            (\(customer), \(instant()), '\(one(of: statuses))', \(one(of: [0, 1, 1, -250, 10_000, 33_333])), 'CNY',
            \(one(of: ["0", "1", "2", "0.25", "0.1"])), \(isOdd ? text() : plainText()), \(plainText()));
            """
        if choose(2) == 0 {
            sql +=
                "INSERT INTO order_items SELECT MAX(id), 1, \(one(of: ["NULL", "1", "2"])), 1, 100 FROM orders;"
        }
    }

    private mutating func addMessage(_ id: Int, _ customer: Int64, isOdd: Bool) {
        messages.append((Int64(id), customer))
        sql += """
            INSERT INTO messages (id, customer_id, campaign, channel, subject, sent_at) VALUES (\(id), \(customer),
            \(plainText()), '\(one(of: ["email", "sms"]))', \(isOdd ? text() : plainText()), \(instant()));
            """
        for _ in 0..<one(of: [0, 1, 3]) {
            // An event may be recorded for another customer than its message.
            let owner = choose(5) == 0 ? one(of: customers) : customer
            sql += """
                INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (\(id), \(owner),
                '\(one(of: ["delivered", "open", "click", "complaint"]))', \(instant()));
                """
        }
    }

    // MARK: Questions

    private static let fields = [
        "orders": [
            "number", "placed_at", "amount", "currency", "item_count", "status", "source", "coupon", "id",
        ],
        "events": ["type", "occurred_at", "product", "sku", "category", "url"],
        "messages": ["campaign", "step", "channel", "subject", "sent_at", "kind"],
        "feedback": ["survey", "score", "comment", "given_at"],
        "tasks": ["title", "owner", "due_at", "created_at", "status"],
    ]
    private static let states = ["orders": ["purchased"], "messages": ["opened", "clicked", "delivered"]]

    mutating func relation() -> String {
        one(of: ["orders", "orders", "messages", "messages", "events", "feedback", "tasks"])
    }

    private mutating func time() -> String {
        guard choose(8) > 0 else {
            return one(of: ["nil", "math.mininteger", "math.maxinteger", "-1e300", "'x'", "0/0"])
        }
        return one(of: [
            "now() - \(choose(22))", "now() - \(choose(22)) + 0.5", "c.last_order_at", "c.first_order_at",
        ])
    }

    /// A value for a field, mostly of its type.
    private mutating func value(for field: String) -> String {
        guard choose(12) > 0 else {
            return one(of: [
                "true", "'a\\0b'", "'a\\xffb'", "{}", "('x'):rep(1001)", "'a'", "9", "2.5", "0/0", "1/0",
            ])
        }
        switch field {
        case "placed_at", "occurred_at", "sent_at", "given_at", "due_at", "created_at":
            return one(of: ["now() - \(choose(22))", "(now() - \(choose(22))) * 1.0", "now() + 0.5"])
        case "amount":
            return one(of: ["0", "100", "100.0", "333.33", "-2.5", "0.01", "0.014", "0.014", "0/0", "1/0"])
        case "item_count", "score":
            return one(of: [
                "0", "1", "2.0", "0.25", "0.1", "9", "9.0", "9007199254740992", "9007199254740993", "0/0",
            ])
        case "id": return one(of: ["1", "7", "7.0", "7.5", "math.maxinteger", "0/0", "1/0"])
        case "status": return one(of: ["'paid'", "'pending'", "'completed'", "'open'", "'done'"])
        case "type": return one(of: ["'cart'", "'login'"])
        case "channel": return one(of: ["'email'", "'sms'"])
        case "category": return one(of: ["'shoes'", "'tea'", "'a'"])
        case "sku": return one(of: ["'S1'", "'T1'"])
        case "kind": return "'marketing'"
        case "currency": return "'CNY'"
        default: return one(of: ["'a'", "'b'", "'茶'", "''", "'TEN'", "'A'", "'a\\0b'"])
        }
    }

    private mutating func step(_ relation: String) -> String {
        let fields = Self.fields[relation] ?? []
        switch choose(8) {
        case 0, 1: return ":since(\(time()))"
        case 2: return ":before(\(time()))"
        case 3, 4:
            let matches = relation == "orders" ? ["category", "sku"] : []
            let pairs = (0...choose(2) / 2).map { _ in
                let field = one(of: fields + matches)
                return "\(field) = \(value(for: field))"
            }
            return ":where { \(pairs.joined(separator: ", ")) }"
        case 5:
            let field = one(of: fields)
            return ":where { \(field) = (c.\(relation):last() or {}).\(field) or \(value(for: field)) }"
        default:
            guard let states = Self.states[relation] else { return "" }
            let range = [
                "", ":since(\(time()))", ":before(\(time()))", ":where {}:since(now() - \(choose(22)))",
            ]
            return ":\(one(of: states))()\(one(of: range))"
        }
    }

    /// A chain without its end.
    mutating func chain(_ relation: String) -> String {
        (0..<choose(4)).reduce("c.\(relation)") { chain, _ in chain + step(relation) }
    }

    /// A question with an answer that can be compared.
    mutating func question(of chain: String, _ relation: String) -> String {
        let fields = Self.fields[relation] ?? []
        switch choose(10) {
        case 0: return "\(chain):count()"
        case 1: return "\(chain):any()"
        case 2, 3:
            let sums =
                ["orders": ["amount", "item_count", "id"], "feedback": ["score"]][relation] ?? ["amount"]
            return "\(chain):sum '\(one(of: sums))'"
        case 4: return "(\(chain):first() or {}).\(one(of: fields))"
        case 5: return "(\(chain):last() or {}).\(one(of: fields + ["nothing", "items"]))"
        case 6, 7: return "texts(\(chain):list(), '\(one(of: fields))', '\(one(of: fields))')"
        case 8: return "#\(chain):list()"
        default:
            return
                "\(chain):\(one(of: ["cuont()", "count(1)", "any(nil)", "list({})", "first().nothing", "sum(5)"])) ~= nil"
        }
    }

    /// A question, or what keeps something for a later one.
    mutating func expression() -> String {
        let relation = relation()
        let chain = chain(relation)
        switch choose(9) {
        case 0, 1: return "keep('\(relation)', \(chain))"
        case 2: return "keep('row of \(relation)', \(chain):last())"
        case 3, 4: return question(of: "(kept['\(relation)'] or c.\(relation))", relation)
        case 5:
            return "tostring((kept['row of \(relation)'] or {}).\(one(of: Self.fields[relation] ?? [])))"
        case 6: return "\(question(of: chain, relation)), \(question(of: chain, relation))"
        default: return question(of: chain, relation)
        }
    }
}
