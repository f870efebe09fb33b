import Catalog
import GRDB
import Store
import TestSupport
import Testing

@Suite("How customers responded")
struct ResponseHistoryTests {
    private static let day: Int64 = 86_400

    @Test("opens, clicks and purchases within a week are counted by channel, of messages that are a week old")
    func counts() throws {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        let now = 100 * Self.day
        try store.write { db in
            try db.execute(sql: "INSERT INTO customers (id) VALUES (1), (2)")
            // Number, channel, day of sending, seconds to open and to click, days from the click to an order.
            // One that bounced, one that was complained of twice, and one that somebody unsubscribed from too late.
            try db.execute(
                sql: """
                    INSERT INTO messages (id, customer_id, channel, sent_at) VALUES
                        (7, 2, 'email', 60 * 86400), (8, 2, 'email', 61 * 86400), (9, 2, 'sms', 62 * 86400);
                    INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES
                        (7, 2, 'hard_bounce', 60 * 86400), (7, 2, 'soft_bounce', 60 * 86400),
                        (8, 2, 'complaint', 62 * 86400), (8, 2, 'complaint', 63 * 86400),
                        (9, 2, 'unsubscribe', 63 * 86400), (9, 2, 'unsubscribe', 101 * 86400),
                        (8, 2, 'unsubscribe', 101 * 86400);
                    """)
            let messages: [(Int64, String, Int64, Int64?, Int64?, Int64?)] = [
                (1, "email", 10, 60, 90, 2), (2, "email", 20, 30, nil, nil), (3, "email", 30, nil, 45, 8),
                (4, "email", 40, nil, nil, nil), (5, "sms", 50, nil, nil, nil), (6, "email", 94, 10, 10, 0),
            ]
            for (id, channel, day, open, click, order) in messages {
                let sent = day * Self.day
                try db.execute(
                    sql: "INSERT INTO messages (id, customer_id, channel, sent_at) VALUES (?, 1, ?, ?)",
                    arguments: [id, channel, sent])
                for (type, delay) in [("open", open), ("click", click)] {
                    guard let delay else { continue }
                    try db.execute(
                        sql:
                            "INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (?, 1, ?, ?)",
                        arguments: [id, type, sent + delay])
                }
                if let order, let click {
                    try db.execute(
                        sql: """
                            INSERT INTO orders (customer_id, placed_at, amount, currency, status)
                            VALUES (1, ?, 1000, 'CNY', 'paid')
                            """, arguments: [sent + click + order * Self.day])
                }
            }
        }
        try store.read(asOf: now) { snapshot in
            let history = try snapshot.responseHistory()
            #expect(
                history.channels == [
                    .email: .init(
                        messages: 6, opens: 3, clicks: 2, orders: 1, complaints: 1, bounces: 1),
                    .sms: .init(messages: 2, opens: 0, clicks: 0, orders: 0, unsubscribes: 1),
                ])
            #expect(history.openDelays == [30, 45, 60])
            #expect(history.clickDelays == [0, 30])
            #expect(history.orderDelays == [2 * Self.day])
        }
    }

    @Test("without messages there is no history")
    func empty() throws {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        #expect(try store.read(asOf: 1) { try $0.responseHistory() } == ResponseHistory())
    }
}
