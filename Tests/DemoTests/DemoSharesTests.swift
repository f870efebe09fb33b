import Testing

@Suite("Demo shares")
struct DemoSharesTests {
    /// Conditions on 2,000 customers, and the share of them that may meet it, in per mille.
    private static let shares: [(String, ClosedRange<Int>)] = [
        ("language = 'zh-CN'", 730...810),
        ("country = '中国'", 720...800),
        ("name IS NULL", 10...35),
        ("email IS NOT NULL", 920...960),
        ("phone IS NOT NULL", 820...880),
        ("wecom_id IS NOT NULL", 250...310),
        ("birthday IS NOT NULL", 565...630),
        ("birthday LIKE '%-02-29'", 1...10),
        ("company IS NOT NULL", 220...280),
        ("preferred_channel IS NOT NULL", 440...520),
        ("level = '钻石'", 20...80),
        ("erased_at IS NOT NULL", 0...5),
        ("id IN (SELECT customer_id FROM orders)", 690...790),
        ("id IN (SELECT customer_id FROM orders GROUP BY 1 HAVING COUNT(*) >= 20)", 10...50),
        (
            "id IN (SELECT customer_id FROM consents WHERE channel = 'email' AND status = 'granted')",
            715...790
        ),
        ("id IN (SELECT customer_id FROM consents WHERE channel = 'sms' AND status = 'granted')", 415...490),
        ("id IN (SELECT customer_id FROM consents WHERE status = 'withdrawn')", 40...100),
        ("id IN (SELECT customer_id FROM message_events WHERE type = 'unsubscribe')", 12...40),
        ("id IN (SELECT customer_id FROM message_events WHERE type = 'hard_bounce')", 1...12),
        ("lower(email) IN (SELECT address FROM suppressions)", 5...30),
        ("id IN (SELECT customer_id FROM tags)", 500...750),
    ]

    /// Means per customer, in thousandths.
    private static let means: [(String, ClosedRange<Int>)] = [
        ("orders", 3_000...4_200), ("order_items", 6_000...9_500), ("events", 6_500...11_000),
        ("messages", 8_500...12_500), ("message_events", 10_000...16_000), ("interests", 1_200...1_700),
    ]

    @Test("the shares and means are those of a real shop")
    func shares() throws {
        let demo = try DemoStore(customers: 2_000)
        for (condition, range) in Self.shares {
            let share = try demo.count("customers WHERE \(condition)") * 1_000 / 2_000
            #expect(range.contains(share), "\(condition): \(share) per mille")
        }
        for (table, range) in Self.means {
            let mean = try demo.count(table) * 1_000 / 2_000
            #expect(range.contains(mean), "\(table): \(mean) thousandths")
        }
    }

    @Test("the shop has seasons: 11.11 is livelier than any day in April")
    func seasons() throws {
        let demo = try DemoStore(customers: 2_000)
        func orders(_ day: String) throws -> Int {
            try demo.count("orders WHERE date(placed_at, 'unixepoch', '+8 hours') LIKE '\(day)'")
        }
        #expect(try orders("2025-11-11") > 3 * orders("2025-04-%") / 30)
        #expect(try orders("2026-06-18") > 2 * orders("2026-04-%") / 30)
    }

    @Test("some left a full cart behind within the last three days")
    func abandonedCarts() throws {
        let demo = try DemoStore(customers: 2_000)
        let recent = "last_cart_at >= \(DemoStore.until - 3 * 86_400)"
        let count = try demo.count(
            "customer_facts WHERE \(recent) AND (last_order_at IS NULL OR last_order_at < last_cart_at)")
        #expect((20...120).contains(count))
    }
}
