import Basics
import Catalog

/// A small shop whose every row has a time, so that it can be written as it was at any instant.
struct PastWorld {
    /// A statement, when what it writes happened, and whether it is a later message of the campaign `watch`, or of one.
    struct Row {
        var time: Int64
        var sql: String
        var isReplaced = false
    }

    /// Tuesday 1 December 2026, 0:00 in UTC.
    static let start: Int64 = 1_796_083_200
    static let days: Int64 = 9
    static let end = start + days * 86_400
    static let customers: ClosedRange<Int64> = 1...12
    private(set) var rows: [Row] = []
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        rows.append(
            Row(
                time: 0,
                sql: """
                    INSERT INTO products (id, sku, name, category, brand, active) VALUES
                        (1, 'A', 'Lamp', 'home', 'Lux', 1), (2, 'B', 'Tent', 'outdoor', 'Peak', 1),
                        (3, 'C', 'Rope', 'outdoor', 'Peak', 1), (4, 'D', 'Desk', 'office', NULL, 1);
                    """))
        for customer in Self.customers { add(customer) }
        rows.sort { ($0.time, $0.sql) < ($1.time, $1.sql) }
    }

    private mutating func choose(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func one<T>(of values: [T]) -> T { values[choose(values.count)] }

    /// An odd second, at which no journey goes on, from some days before the run to a day behind it.
    private mutating func time(since earliest: Int64) -> Int64 {
        let first = max(earliest + 1, Self.start - 5 * 86_400)
        return first + Int64(choose(Int(Self.end + 86_400 - first))) | 1
    }

    private mutating func add(_ customer: Int64) {
        // Some register while the run goes on, and one after it.
        let registered = choose(3) == 0 ? time(since: Self.start) : Self.start - 20 * 86_400
        let at = customer % 4 == 0 ? "shared@x.org" : "c\(customer)@x.org"
        rows.append(
            Row(
                time: registered,
                sql: """
                    INSERT INTO customers (id, name, email, source, registered_at)
                        VALUES (\(customer), 'N\(customer)', '\(at)', 'shop', \(registered));
                    """))
        for number in 0..<Int64(4 + choose(24)) {
            let time = time(since: registered)
            let id = customer * 1000 + number
            rows += happening(of: customer, id: id, at: time)
        }
    }

    private mutating func happening(of customer: Int64, id: Int64, at time: Int64) -> [Row] {
        switch choose(10) {
        case 0, 1:
            let status = one(of: ["paid", "completed", "pending", "cancelled"])
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT INTO orders (id, order_number, customer_id, placed_at, status, amount, currency, item_count)
                            VALUES (\(id), 'O\(id)', \(customer), \(time), '\(status)', \(100 * choose(90)), 'CNY', 2);
                        INSERT INTO order_items (order_id, line, product_id, quantity, amount) VALUES
                            (\(id), 1, \(1 + choose(4)), 1, 50), (\(id), 2, \(1 + choose(4)), 2, 50);
                        """)
            ]
        case 2:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT INTO events (customer_id, type, occurred_at, product_id)
                            VALUES (\(customer), '\(one(of: ["cart", "login"]))', \(time), \(1 + choose(4)));
                        """)
            ]
        case 3, 4: return message(to: customer, id: id, at: time)
        case 5:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT INTO feedback (customer_id, survey, score, given_at)
                            VALUES (\(customer), 'nps', \(choose(11)), \(time));
                        """)
            ]
        case 6:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT OR IGNORE INTO tags (customer_id, tag, tagged_at) VALUES (\(customer), 'T\(choose(3))', \(time));
                        """)
            ]
        case 7:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT INTO consents (customer_id, channel, status, recorded_at)
                            VALUES (\(customer), 'email', '\(one(of: ["granted", "withdrawn"]))', \(time));
                        """)
            ]
        case 8:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT OR IGNORE INTO interests (customer_id, interest, weight, noted_at)
                            VALUES (\(customer), '\(one(of: ["outdoor", "home"]))', \(choose(9)), \(time));
                        INSERT INTO points_ledger (customer_id, points, occurred_at)
                            VALUES (\(customer), \(choose(50)), \(time));
                        """)
            ]
        default:
            return [
                Row(
                    time: time,
                    sql: """
                        INSERT INTO tasks (customer_id, title, created_at) VALUES (\(customer), 'Call', \(time));
                        INSERT INTO interactions (customer_id, type, occurred_at) VALUES (\(customer), 'call', \(time));
                        """)
            ]
        }
    }

    private mutating func message(to customer: Int64, id: Int64, at time: Int64) -> [Row] {
        let campaign = one(of: ["watch", "news"])
        let isReplaced = campaign == "watch" && time > Self.start
        var rows = [
            Row(
                time: time,
                sql: """
                    INSERT INTO messages (id, customer_id, campaign, step, channel, address, kind, subject, sent_at)
                        VALUES (\(id), \(customer), '\(campaign)', 'old', 'email', 'a\(customer)@x.org', 'marketing', 'S',
                            \(time));
                    """, isReplaced: isReplaced)
        ]
        var later = time
        for type in ["open", "click", "unsubscribe"].prefix(choose(4)) {
            later += Int64(2 * (1 + choose(40_000)))
            rows.append(
                Row(
                    time: later,
                    sql: """
                        INSERT INTO message_events (message_id, customer_id, type, occurred_at)
                            VALUES (\(id), \(customer), '\(type)', \(later));
                        """, isReplaced: isReplaced))
        }
        return rows
    }

    /// All rows.
    var sql: String { rows.map(\.sql).joined(separator: "\n") }

    /// What had happened by an instant, without what the run replaces.
    func sql(asOf time: Int64) -> String {
        rows.filter { $0.time <= time && !$0.isReplaced }.map(\.sql).joined(separator: "\n")
    }

    /// A trait that tells all that rules see of a customer.
    static let seen = """
        local function list(rows, fields)
          local text = {}
          for _, row in ipairs(rows:list()) do
            for _, field in ipairs(fields) do text[#text + 1] = tostring(row[field]) end
          end
          return "[" .. table.concat(text, " ") .. "]"
        end
        trait "seen" { of = function(c)
          local text = {}
          local function tell(value) text[#text + 1] = tostring(value) end
          for _, name in ipairs { \(factFields.map { "\"\($0.name)\"" }.joined(separator: ", ")), "erased_at" } do
            tell(c[name])
          end
          tell(list(c.orders, { "number", "placed_at", "amount", "status" }))
          for _, order in ipairs(c.orders:list()) do
            for _, item in ipairs(order.items) do tell(item.sku .. item.quantity) end
          end
          tell(list(c.events, { "type", "occurred_at", "product", "category" }))
          tell(list(c.messages, { "campaign", "step", "channel", "subject", "sent_at", "kind" }))
          tell(list(c.feedback, { "score", "given_at" }))
          tell(list(c.tasks, { "title", "created_at", "status" }))
          tell(c.messages:opened():count())
          tell(c.messages:clicked():since(now() - days(2)):count())
          tell(c.orders:where { category = "outdoor" }:count())
          tell(c.orders:purchased():sum "amount")
          tell(c:favourite "category")
          for n = 0, 2 do tell(c:has_tag("T" .. n)) end
          tell(c:likes "outdoor")
          tell(table.concat(c:interests(), " "))
          tell(c:consents_to "email")
          if now() % 86400 == 0 then
            for _, product in ipairs(recommend(c, 3)) do tell(product.sku) end
          end
          return table.concat(text, " ")
        end }
        """
}
