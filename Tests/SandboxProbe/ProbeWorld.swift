import Basics
import Commands
import Foundation
import GRDB
import Rules
import Store

/// A handful of customers in a real store, and the good rule that must still run afterwards.
enum ProbeWorld {
    /// Tuesday 1 December 2026, 09:00 in Shanghai.
    static let clock = RuleClock(
        now: 1_796_086_800, zone: TimeZone(secondsFromGMT: 8 * 3600) ?? TimeZone.current)

    /// Asks a store in the working folder.
    static func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
        let store = try Store(creating: "crm.sqlite", currency: "CNY")
        try store.write { try $0.execute(sql: customers) }
        return try store.read(asOf: clock.now, body)
    }

    private static let customers = """
        INSERT INTO customers (id, name, email, city, country, birthday, preferred_channel, registered_at) VALUES
            (1, 'Ann', 'ann@example.com', 'Wuhan', 'CN', '1990-12-03', 'email', 1700000000),
            (2, 'Bo', 'bo@example.com', NULL, 'CN', NULL, 'email', 1700000000),
            (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO products (id, sku, name, category, price) VALUES (1, 'L-1', 'Lamp', 'light', 12050);
        INSERT INTO orders (id, order_number, customer_id, placed_at, amount, currency, status) VALUES
            (1, 'A', 1, 1790000000, 12050, 'CNY', 'paid'), (2, 'B', 1, 1791000000, 8000, 'CNY', 'completed'),
            (3, 'C', 2, 1791000000, 500, 'CNY', 'pending');
        INSERT INTO order_items VALUES (1, 1, 1, 1, 12050);
        INSERT INTO events (customer_id, type, occurred_at, product_id) VALUES (1, 'page_view', 1795000000, 1);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO events (customer_id, type, occurred_at) SELECT 1, 'login', 1780000000 + i FROM n;
        INSERT INTO messages (id, customer_id, campaign, step, channel, sent_at) VALUES
            (1, 1, 'old', 'old', 'email', 1794000000);
        INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (1, 1, 'open', 1794000100);
        INSERT INTO feedback (customer_id, survey, score, given_at) VALUES (1, 'nps', 9, 1794000000);
        INSERT INTO tasks (customer_id, title, created_at) VALUES (1, 'call', 1794000000);
        INSERT INTO tags (customer_id, tag) VALUES (1, 'VIP');
        INSERT INTO interests (customer_id, interest) VALUES (1, 'lamps');
        INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (1, 'email', 'granted', 1790000000);
        """

    /// Its own answer depends on most of what a hostile script may have tampered with.
    static let goodScript = ScriptFile(
        path: "scripts/good.lua",
        text: """
            local function listed(values)
                local keys = {}
                for key in pairs(values) do keys[#keys + 1] = tostring(key) end
                table.sort(keys)
                return table.concat(keys, ",")
            end
            segment "good" {
                where = function(c)
                    local amounts = {}
                    for i, order in ipairs(c.orders:list()) do amounts[i] = string.format("%.1f", order.amount) end
                    assert(listed { b = 1, a = 2, [3] = 4 } == "3,a,b" and next({}) == nil)
                    assert(("x"):rep(3):upper() == "XXX" and ("a,b"):gsub(",", ";") == "a;b")
                    assert(type(nil) == "nil" and nil == (nil).anything and not (nil < 1))
                    assert(not pcall(error, "x") and getmetatable("") == false)
                    assert(select("#", table.unpack({ 1, 2, 3 })) == 3 and math.max(1, 2) == 2 and utf8.len("é") == 1)
                    assert(now() == 1796086800 and load("return 1 + 1")() == 2)
                    return c.name == "Ann" and table.concat(amounts, "+") == "120.5+80.0"
                        and c:has_tag "VIP" and c.messages:opened():count() == 1
                end,
            }
            """)

    /// Asks the good rule about two customers.
    static func askGoodRule(_ host: RuleHost) throws -> String {
        let audience = try host.audience(try host.segment("good").members)
        let walk = try CustomerWalk(host)
        return try [Int64(1), 2].map { customer in
            guard try walk.go(to: customer) else { return "nobody" }
            return try walk.isIn(audience) ? "true" : "false"
        }.joined(separator: " ")
    }
}
