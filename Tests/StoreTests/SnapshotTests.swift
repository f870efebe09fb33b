import Catalog
import GRDB
import Store
import Testing
import TestSupport

@Suite("Snapshots")
struct SnapshotTests {
    private static func relation(_ name: String) throws -> Relation {
        try #require(relations.first { $0.name == name })
    }

    /// The rows of a relation that a query keeps, by time and id, computed without SQL.
    private func kept(_ query: RelationQuery, _ table: String, in world: SnapshotWorld, asOf now: Int64)
        throws
        -> [SnapshotWorld.Record]
    {
        let time = query.relation.time.replacing("r.", with: "")
        let reactions = try world.rows("message_events").filter { ($0["occurred_at"]?.whole ?? 0) <= now }
        let events = ["opened": "open", "clicked": "click", "delivered": "delivered"]
        return try world.rows(table).filter { row in
            let at = row[time]?.whole ?? 0
            return row["customer_id"] == .integer(query.customer) && at <= now
                && query.since.map { at >= $0 } ?? true
                && query.before.map { at < $0 } ?? true
                && query.equal.allSatisfy { row[$0.field.name] == $0.value }
                && query.states.allSatisfy { applied in
                    applied.state.name == "purchased"
                        ? ["paid", "shipped", "completed"].contains { row["status"] == .text($0) }
                        : reactions.contains { reaction in
                            let at = reaction["occurred_at"]?.whole ?? 0
                            return reaction["message_id"] == row["id"]
                                && reaction["type"] == .text(events[applied.state.name] ?? "")
                                && applied.since.map { at >= $0 } ?? true
                                && applied.before.map { at < $0 } ?? true
                        }
                }
        }
        .sorted {
            (($0[time]?.whole ?? 0), ($0["id"]?.whole ?? 0)) < (
                ($1[time]?.whole ?? 0), ($1["id"]?.whole ?? 0)
            )
        }
    }

    @Test(
        "every question about a customer's rows has the answer that the rows give, as of any instant",
        arguments: 1...4)
    func relationsProperty(seed: UInt64) throws {
        var world = try SnapshotWorld(seed: seed)
        for _ in 0..<30 { try world.change() }
        let filters: [String: [(String, Value)]] = [
            "orders": [("status", .text("paid")), ("source", .text("店"))],
            "events": [("type", .text("cart"))],
            "messages": [("channel", .text("sms")), ("campaign", .text("a"))],
            "feedback": [("score", .number(5))],
            "tasks": [("status", .text("open"))],
        ]
        let sums = ["orders": ["amount", "item_count"], "feedback": ["score"]]
        for _ in 0..<250 {
            let relation = relations[world.choose(relations.count)]
            var query = RelationQuery(relation, of: Int64(world.choose(10) + 1))
            let now = world.instant()
            func narrow() {
                if world.choose(2) == 0 { query.keep(since: world.instant()) }
                if world.choose(2) == 0 { query.keep(before: world.instant()) }
            }
            narrow()
            for state in [relation.states.first, relation.states.last].compactMap({ $0 })
            where world.choose(3) == 0 {
                query.keep(state)
                if world.choose(2) == 0 { narrow() }
            }
            for (name, value) in filters[relation.name] ?? [] where world.choose(3) == 0 {
                query.equal.append((try #require(relation.fields.first { $0.name == name }), value))
            }
            let rows = try kept(query, relation.name, in: world, asOf: now)
            // Fields that are columns of the table itself, under their own names.
            let plain = relation.fields.indices.filter {
                relation.fields[$0].sql == "r.\(relation.fields[$0].name)"
            }
            func shown(_ answer: RelationAnswer) -> [[Value]] {
                guard case .rows(let rows) = answer else { return [] }
                return rows.map { row in plain.map { row[$0] } }
            }
            let expected = rows.map { row in plain.map { row[relation.fields[$0].name] ?? .null } }
            try world.store.read(asOf: now) { snapshot throws in
                #expect(try snapshot.answer(query, .count) == .value(.integer(Int64(rows.count))))
                #expect(try snapshot.answer(query, .any) == .value(.integer(rows.isEmpty ? 0 : 1)))
                #expect(shown(try snapshot.answer(query, .list)) == expected)
                #expect(shown(try snapshot.answer(query, .first)) == Array(expected.prefix(1)))
                #expect(shown(try snapshot.answer(query, .last)) == Array(expected.suffix(1)))
                for name in sums[relation.name] ?? [] {
                    let field = try #require(relation.fields.first { $0.name == name })
                    guard case .value(let sum) = try snapshot.answer(query, .sum(field)) else { continue }
                    #expect(sum.real == rows.compactMap { $0[name]?.real }.reduce(0, +))
                }
            }
        }
    }

    private func store(_ sql: String) throws -> (store: Store, folder: TemporaryFolder) {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { try $0.execute(sql: sql) }
        return (store, folder)
    }

    @Test("orders are found by what they contain, events by the product they concern")
    func matches() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id) VALUES (1);
            INSERT INTO products (id, sku, name, category) VALUES (1, 'A', '鞋', 'shoes'), (2, 'B', 'hat', 'hats');
            INSERT INTO orders (id, customer_id, placed_at, amount, currency)
            VALUES (1, 1, 10, 100, 'CNY'), (2, 1, 20, 200, 'CNY'), (3, 1, 30, 400, 'CNY');
            INSERT INTO order_items VALUES (1, 1, 1, 1, 60), (1, 2, 2, 2, 40), (2, 1, 2, 1, 200), (3, 1, NULL, 1, 400);
            INSERT INTO events (customer_id, type, occurred_at, product_id, category)
            VALUES (1, 'cart', 10, 1, NULL), (1, 'cart', 20, 1, 'sale'), (1, 'cart', 30, NULL, 'hats');
            """)
        defer { withExtendedLifetime(folder) {} }
        let orders = try Self.relation("orders")
        let events = try Self.relation("events")
        let amount = try #require(orders.fields.first { $0.name == "amount" })
        try store.read(asOf: 100) { snapshot throws in
            for (name, value, sum) in [
                ("category", "shoes", 100), ("category", "hats", 300), ("sku", "B", 300),
                ("product", "鞋", 100),
                ("sku", "C", 0),
            ] as [(String, String, Int64)] {
                var query = RelationQuery(orders, of: 1)
                query.equal = [(try #require(orders.matches.first { $0.name == name }), .text(value))]
                #expect(try snapshot.answer(query, .sum(amount)) == .value(.integer(sum)), "\(name) \(value)")
            }
            for (value, count) in [("shoes", 1), ("sale", 1), ("hats", 1), ("x", 0)] as [(String, Int64)] {
                var query = RelationQuery(events, of: 1)
                query.equal = [(try #require(events.fields.first { $0.name == "category" }), .text(value))]
                #expect(try snapshot.answer(query, .count) == .value(.integer(count)))
            }
            #expect(
                try snapshot.items(ofOrder: 1) == [
                    [.text("A"), .text("鞋"), .text("shoes"), .number(1), .integer(60)],
                    [.text("B"), .text("hat"), .text("hats"), .number(2), .integer(40)],
                ])
            #expect(try snapshot.items(ofOrder: 3) == [[.null, .null, .null, .number(1), .integer(400)]])
        }
    }

    @Test("tags, interests and customers are there from their time on, or always where they have none")
    func history() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id, external_id, email, phone, registered_at)
            VALUES (1, 'X', 'Zoe@example.com', '+86', NULL), (2, 'zoe@example.com', NULL, '+86', 50), (3, NULL, 'zoe@EXAMPLE.com', NULL, 90);
            INSERT INTO tags VALUES (1, 'VIP', 20), (1, '老客户', NULL);
            INSERT INTO interests VALUES (1, 'hiking', 1, 20), (1, 'tea', 3, NULL), (1, 'art', 1, NULL);
            """)
        defer { withExtendedLifetime(folder) {} }
        let cases:
            [(
                now: Int64, vip: Bool, interests: [String], count: Int, mail: [String], byMail: [[Int64]],
                byPhone: [[Int64]]
            )] = [
                (19, false, ["tea", "art"], 1, [], [], []),
                (20, true, ["tea", "art", "hiking"], 1, [], [], []),
                (50, true, ["tea", "art", "hiking"], 2, [], [], [[1, 2]]),
                (90, true, ["tea", "art", "hiking"], 3, ["zoe@example.com"], [[1, 3]], [[1, 2]]),
            ]
        for expected in cases {
            try store.read(asOf: expected.now) { snapshot throws in
                #expect(snapshot.isHistorical == (expected.now < 90))
                #expect(try snapshot.hasTag("VIP", customer: 1) == expected.vip)
                #expect(try snapshot.hasTag("老客户", customer: 1))
                #expect(try !snapshot.hasTag("vip", customer: 1))
                #expect(try snapshot.likes("hiking", customer: 1) == expected.vip)
                #expect(try snapshot.interests(of: 1) == expected.interests)
                #expect(try snapshot.customerCount() == expected.count)
                #expect(try snapshot.sharedAddresses(on: .email).map(\.address) == expected.mail)
                #expect(try snapshot.sharedAddresses(on: .email).map(\.customers) == expected.byMail)
                #expect(try snapshot.sharedAddresses(on: .sms).map(\.customers) == expected.byPhone)
                #expect(try snapshot.sharedAddresses(on: .wecom).isEmpty)
            }
        }
    }

    @Test(
        "the latest statement about consent counts, a withdrawal or unsubscription in doubt",
        arguments: [
            ("", .none), ("+10", .granted), ("+10 -20", .withdrawn), ("-10 +20", .granted),
            ("+10 -10", .withdrawn),
            ("-10", .withdrawn), ("+10 u20", .unsubscribed), ("+10 u20 +30", .granted),
            ("+10 u10", .unsubscribed),
            ("+10 u9", .granted), ("+10 s20", .granted), ("+10 -20 u30", .withdrawn), ("u5", .none),
            ("+101", .none),
            ("+10 -101", .granted), ("+10 u101", .granted), ("+100", .granted), ("+10 -100", .withdrawn),
        ] as [(String, ConsentState)])
    func consent(history: String, state: ConsentState) throws {
        // + granted, - withdrawn, u unsubscribed from an e-mail, s from a text message; then the instant.
        var sql = """
            INSERT INTO customers (id) VALUES (1), (2);
            INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (2, 'email', 'granted', 1), (1, 'wecom', 'granted', 1);
            INSERT INTO messages (id, customer_id, channel, sent_at) VALUES (1, 1, 'email', 1), (2, 1, 'sms', 1);
            """
        for step in history.split(separator: " ") {
            let at = step.dropFirst()
            switch step.first {
            case "+", "-":
                sql += """
                    INSERT INTO consents (customer_id, channel, status, recorded_at)
                    VALUES (1, 'email', '\(step.first == "+" ? "granted" : "withdrawn")', \(at));
                    """
            default:
                sql += """
                    INSERT INTO message_events (message_id, customer_id, type, occurred_at)
                    VALUES (\(step.first == "u" ? 1 : 2), 1, 'unsubscribe', \(at));
                    """
            }
        }
        let (store, folder) = try store(sql)
        defer { withExtendedLifetime(folder) {} }
        #expect(try store.read(asOf: 100) { try $0.consent(of: 1, on: .email) } == state)
        #expect(try store.read(asOf: 100) { try $0.consent(of: 1, on: .wecom) } == .granted)
        #expect(throws: StoreError.self) { try store.write { try $0.execute(sql: "DELETE FROM consents") } }
    }

    @Test(
        "an address is not written to after a hard bounce, a complaint or on the list, from their instant on")
    func suppression() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id) VALUES (1), (2), (3);
            INSERT INTO suppressions VALUES ('email', 'old@a', 'manual', NULL), ('email', 'soon@a', 'unsubscribe', 60),
                ('email', 'both@a', 'manual', 40);
            INSERT INTO messages (id, customer_id, channel, address, sent_at)
            VALUES (1, 1, 'email', 'bad@a', 1), (2, 2, 'email', NULL, 1), (3, 1, 'sms', 'bad@a', 1), (4, 1, 'email', 'both@a', 1);
            INSERT INTO message_events (message_id, customer_id, type, occurred_at)
            VALUES (1, 1, 'soft_bounce', 5), (1, 1, 'hard_bounce', 30), (1, 1, 'complaint', 20), (2, 2, 'complaint', 10),
                (4, 1, 'hard_bounce', 50);
            """)
        defer { withExtendedLifetime(folder) {} }
        let cases: [(String, Channel, Int64, Int64, SuppressionReason?)] = [
            ("old@a", .email, 1, 0, .manual), ("old@a", .sms, 1, 0, nil), ("soon@a", .email, 1, 59, nil),
            ("soon@a", .email, 1, 60, .unsubscribe), ("bad@a", .email, 1, 19, nil),
            ("bad@a", .email, 1, 20, .complaint),
            ("bad@a", .email, 1, 99, .complaint), ("bad@a", .email, 3, 99, .complaint),
            ("bad@a", .sms, 1, 99, nil),
            ("any@a", .email, 2, 9, nil), ("any@a", .email, 2, 10, .complaint), ("any@a", .sms, 2, 10, nil),
            ("any@a", .email, 1, 99, nil), ("both@a", .email, 1, 99, .manual), ("both@a", .email, 1, 39, nil),
        ]
        for (address, channel, customer, now, reason) in cases {
            let found = try store.read(asOf: now) {
                try $0.suppression(of: address, on: channel, customer: customer)
            }
            #expect(found == reason, "\(address) \(channel) at \(now)")
        }
    }

    @Test("a step was sent where the address had it, or the customer without one, within the time")
    func wasSent() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id) VALUES (1), (2);
            INSERT INTO messages (customer_id, channel, address, campaign, step, sent_at)
            VALUES (1, 'email', 'a@a', 'win', '1', 10), (2, 'email', NULL, 'win', '2', 20), (1, 'sms', '+86', 'old', NULL, 30);
            """)
        defer { withExtendedLifetime(folder) {} }
        let cases: [(String, String, String, Int64, ClosedRange<Int64>, Bool)] = [
            ("win", "1", "a@a", 1, 0...10, true), ("win", "1", "a@a", 2, 10...99, true),
            ("win", "1", "a@a", 1, 11...99, false),
            ("win", "1", "a@a", 1, 0...9, false), ("win", "2", "a@a", 1, 0...99, false),
            ("win", "1", "b@a", 1, 0...99, false),
            ("win", "2", "b@a", 2, 0...99, true), ("win", "2", "b@a", 1, 0...99, false),
            ("old", "any", "+86", 2, 0...99, true),
            ("new", "1", "a@a", 1, 0...99, false),
        ]
        for (campaign, step, address, customer, time, sent) in cases {
            let found = try store.read(asOf: time.upperBound) {
                try $0.wasSent(
                    campaign: campaign, step: step, to: address, customer: customer, since: time.lowerBound)
            }
            #expect(found == sent, "\(campaign) \(step) \(address) \(customer) \(time)")
        }
    }

    @Test("custom attributes are fields like others")
    func attributes() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id) VALUES (1), (2);
            INSERT INTO attribute_definitions VALUES (1, 'shoe_size', 'number', 'Size.'), (2, 'club', 'text', 'Club.');
            INSERT INTO attribute_values VALUES (1, 1, 42.5), (1, 2, '金');
            """)
        defer { withExtendedLifetime(folder) {} }
        try store.read(asOf: 0) { snapshot throws in
            #expect(snapshot.attributes.map(\.name) == ["club", "shoe_size"])
            #expect(snapshot.attributes.map(\.type) == [.text, .number])
            #expect(try snapshot.values(snapshot.attributes, of: 1) == [.text("金"), .number(42.5)])
            #expect(try snapshot.values(snapshot.attributes, of: 2) == [.null, .null])
            #expect(try snapshot.values(snapshot.attributes, of: 3) == nil)
        }
    }

    @Test("a snapshot that looks back leaves no trace for those that follow")
    func independence() throws {
        let (store, folder) = try store(
            """
            INSERT INTO customers (id) VALUES (1);
            INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 5, 10), (1, 7, 20);
            """)
        defer { withExtendedLifetime(folder) {} }
        struct Stop: Error {}
        let field = try #require(factFields.first { $0.name == "points" })
        func points(asOf now: Int64) throws -> Value? {
            try store.read(asOf: now) { try $0.values([field], of: 1)?.first }
        }
        for _ in 0..<3 {
            #expect(try points(asOf: 20) == .integer(12))
            #expect(try points(asOf: 19) == .integer(5))
            #expect(try points(asOf: 9) == .integer(0))
            #expect(throws: Stop.self) { try store.read(asOf: 9) { _ in throw Stop() } }
        }
        #expect(try store.verifyFacts().isEmpty)
    }
}
