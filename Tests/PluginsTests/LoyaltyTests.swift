import Foundation
import TestSupport
import Testing

@Suite("The plugin loyalty")
struct LoyaltyTests {
    /// A shop of an instant whose customers have ordered.
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.set("now = \"2026-12-01 10:00\"")
        try shop.write(
            """
            order_id,customer_id,placed_at,amount,status
            a,1,2026-01-31,300,paid
            b,1,2026-06-01,20.99,completed
            c,2,2026-11-01,1200,paid
            d,2,2026-11-02,9000,refunded
            e,3,2025-12-15,80,paid

            """, to: "orders.csv")
        try shop.importFiles("orders")
        try shop.copyPlugin("loyalty")
        return shop
    }

    @Test("its own tests pass")
    func own() throws {
        let outcome = try shop().run("plugins", "test", "loyalty")
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    }

    @Test("points, tiers and what is near follow from the orders of a workspace")
    func traits() throws {
        let outcome = try shop().run(
            "segment", "function(c) return c.order_count > 0 end", "--show",
            "loyalty_points,expiring_points,tier,next_tier,to_next_tier")
        #expect(
            outcome.output == """
                id  loyalty_points  expiring_points  tier    next_tier  to_next_tier
                 1             320                0  bronze  silver              680
                 2            1200                0  silver  gold               3800
                 3              80               80  bronze  silver              920

                """, "\(outcome.output) \(outcome.errors)")
    }

    @Test("a campaign reminds of points that expire, by the template that the options name")
    func reminder() throws {
        let shop = try shop()
        try shop.set("plugins = { loyalty = { reminder = \"expiry\", unit = \"stars\" } }")
        try shop.write(
            "Your balance: {% balance customer.loyalty_points, customer.expiring_points %}, {{ 1234567 | points }}",
            to: "templates/expiry.sms.liquid")
        let rendered = try shop.run("render", "expiry", "--customer", "3", "--channel", "sms")
        #expect(
            rendered.output.contains("Your balance: 80 stars, 80 of which expire soon, 1,234,567 stars"),
            "\(rendered.output) \(rendered.errors)")
        let run = try shop.run("dry-run", "points expire", "--days", "2")
        #expect(run.status == 0 && run.output.contains("expiry"), "\(run.output) \(run.errors)")
    }
}
