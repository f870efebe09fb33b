import Catalog
import Foundation
import GRDB
public import Rules
public import Store

/// Prints for each number of simulated rows of a customer the nanoseconds that one predicate over three fields and a
/// question about a relation takes: asked again and again, and asked once, with going to the customer, beginning the
/// history and adding the rows. The first line has no history at all.
func simulate(_ words: [String]) throws {
    guard let times = Int(words[0]), times > 0 else { fail("\(words[0]) is no number") }
    let path = FileManager.default.temporaryDirectory.appending(path: "simulate-\(getpid()).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try Store(creating: path, currency: "CNY")
    try store.write { db in try db.execute(sql: customers) }
    let now: Int64 = 1_796_086_800
    try store.read(asOf: now) { snapshot in
        for count in [nil, 0, 1, 5] as [Int?] {
            let host = try RuleHost(clock: RuleClock(now: now, zone: .gmt))
            let history = count.map { _ in SimulatedHistory() }
            host.attach(snapshot, history)
            let audience = try host.audience(
                host.expression(
                    """
                    function(c) return c.message_count > 0 and c.city ~= nil and c.total_spent >= 0
                      and c.messages:opened():since(days_ago(30)):any() end
                    """))
            let walk = try CustomerWalk(host)
            func median(asking questions: Int) throws -> Double {
                let seconds = try (0..<times).map { _ in
                    try walk.restart(over: 1...1000)
                    let time = try ContinuousClock().measure {
                        while let customer = try walk.next() {
                            try tell(history, customer, count ?? 0, now)
                            for _ in 0..<questions { _ = try walk.isIn(audience) }
                        }
                    }
                    return time / .seconds(1)
                }
                return seconds.sorted()[times / 2] * 1e6
            }
            // What rules read is known from the second round on.
            _ = try median(asking: 1)
            let once = try median(asking: 1)
            let again = (try median(asking: 101) - once) / 100
            print(count.map(String.init) ?? "none", Int(again), Int(once))
        }
    }
}

/// Adds so many rows: a message and what happened to it.
private func tell(_ history: SimulatedHistory?, _ customer: Int64, _ count: Int, _ now: Int64) throws {
    guard let history, let messages = relations.first(where: { $0.name == "messages" }) else { return }
    history.begin([customer])
    for row in 0..<count {
        let id = Int64(-1 - row / 2)
        if row.isMultiple(of: 2) {
            try history.add(
                messages, of: customer, id: id, at: now,
                ["campaign": .text("news"), "channel": .text("email"), "kind": .text("marketing")])
        } else {
            try history.addMessageEvent("open", of: id, customer: customer, at: now)
        }
    }
}

extension Snapshot: CustomerData {}

/// A thousand customers with three messages, one of them opened, and five orders each.
private let customers = """
    INSERT INTO customers (id, city) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        SELECT i, 'Wuhan' FROM n;
    INSERT INTO orders (customer_id, placed_at, amount, currency)
        SELECT c.id, 1790000000 + o.value, 100 * c.id, 'CNY' FROM customers AS c JOIN json_each('[1, 2, 3, 4, 5]') AS o;
    INSERT INTO messages (customer_id, channel, sent_at)
        SELECT c.id, 'email', 1790000000 + o.value FROM customers AS c JOIN json_each('[1, 2, 3]') AS o;
    INSERT INTO message_events (message_id, customer_id, type, occurred_at)
        SELECT id, customer_id, 'open', sent_at + 5 FROM messages WHERE sent_at = 1790000001;
    """
