import Basics
import Catalog
import GRDB
import Store
import TestSupport
import Testing

@Suite("Recommendations")
struct RecommendationTests {
    private static let now: Int64 = 1_796_086_800
    private static let day: Int64 = 86_400

    private func makeStore(_ sql: String) throws -> (TemporaryFolder, Store) {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { try $0.execute(sql: sql) }
        return (folder, store)
    }

    @Test(
        "bought together comes first, then interests, then best sellers; nothing twice, nothing just bought")
    func order() throws {
        func order(_ id: Int, _ customer: Int, _ daysAgo: Int64, _ products: [Int], _ status: String = "paid")
            -> String
        {
            let time = Self.now - daysAgo * Self.day
            let lines = products.enumerated().map { "(\(id), \($0.offset + 1), \($0.element), 1, 100)" }
            return """
                INSERT INTO orders (id, customer_id, placed_at, status, amount, currency, item_count)
                    VALUES (\(id), \(customer), \(time), '\(status)', 100, 'CNY', 1);
                INSERT INTO order_items VALUES \(lines.joined(separator: ", "));
                """
        }
        let (folder, store) = try makeStore(
            """
            INSERT INTO customers (id) VALUES (1), (2), (3), (4);
            INSERT INTO products (id, sku, name, category, brand, price, active) VALUES
                (1, 'S1', 'Boot', 'Shoes', 'Elk', 10000, 1), (2, 'S2', 'Lace', 'Shoes', 'Elk', 500, 1),
                (3, 'T1', '龙井', 'tea', NULL, 3000, 1), (4, 'T2', 'Oolong', 'tea', NULL, 2000, 1),
                (5, 'X', 'Gone', 'tea', NULL, 1, 0), (6, 'B', 'Map', NULL, NULL, 900, 1), (7, 'N', 'Never', 'x', NULL, 1, 1);
            INSERT INTO interests (customer_id, interest, weight) VALUES (1, 'TEA', 1), (4, 'x', 2), (4, 'tea', 1);
            """
                // Long ago a boot and a lace, last a map.
                + order(1, 1, 400, [1, 1]) + order(2, 1, 100, [6]) + order(3, 2, 300, [1, 2, 2])
                + order(4, 2, 200, [1, 3]) + order(5, 3, 90, [1, 2, 6]) + order(6, 3, 10, [4, 5])
                + order(7, 2, 9, [1, 4], "cancelled") + order(8, 3, -1, [1, 7]) + order(9, 2, 5, [4]))
        defer { withExtendedLifetime(folder) {} }
        func answer(_ customer: Int64, _ count: Int = 9) throws -> [String] {
            try store.read(asOf: Self.now) { (snapshot: Snapshot) throws in
                try snapshot.recommendations(for: customer, count: count, at: snapshot.now).map {
                    "\($0.product) \($0.reason.rawValue)"
                }
            }
        }
        // The map was bought last; the boot long ago, so that it comes with the map, and as a best seller never again.
        #expect(
            try answer(1) == ["2 bought_together", "1 bought_together", "3 bought_together", "4 interest"])
        #expect(try answer(1, 2) == ["2 bought_together", "1 bought_together"])
        #expect(
            try answer(3) == [
                "1 bought_together", "2 bought_together", "6 bought_together", "3 bought_together",
            ])
        #expect(
            try answer(4) == ["4 interest", "3 interest", "1 best_seller", "2 best_seller", "6 best_seller"])
        #expect(
            try answer(99) == [
                "1 best_seller", "2 best_seller", "4 best_seller", "6 best_seller", "3 best_seller",
            ])
        #expect(try answer(1, 0) == [])
        try store.read(asOf: Self.now) { (snapshot: Snapshot) throws in
            #expect(try snapshot.favourite(.category, of: 1) == "Shoes")
            #expect(try snapshot.favourite(.brand, of: 1) == "Elk")
            #expect(try snapshot.favourite(.name, of: 3) == "Gone")
            #expect(try snapshot.favourite(.category, of: 4) == nil)
            #expect(
                try snapshot.product(3) == [
                    .text("T1"), .text("龙井"), .text("tea"), .null, .integer(3000), .null,
                ])
        }
    }

    @Test("in random shops it is what counting in Swift gives", arguments: 0..<20)
    func random(seed: UInt64) throws {
        var chance = SplitMix64(seed: seed)
        var sql = ""
        let products = 1...Int64.random(in: 3...12, using: &chance)
        let active = products.filter { _ in Int.random(in: 0..<5, using: &chance) > 0 }
        let category = Dictionary(
            uniqueKeysWithValues: products.map {
                ($0, ["tea", "map", nil].randomElement(using: &chance) ?? nil)
            })
        for product in products {
            let name = (category[product] ?? nil).map { "'\($0)'" } ?? "NULL"
            sql +=
                "INSERT INTO products (id, sku, category, active) VALUES (\(product), 'P\(product)', \(name), \(active.contains(product)));"
        }
        var orders: [(id: Int64, customer: Int64, time: Int64, isPurchase: Bool, products: [Int64])] = []
        for customer in Int64(1)...8 {
            sql += "INSERT INTO customers (id) VALUES (\(customer));"
            if Bool.random(using: &chance) {
                sql += "INSERT INTO interests VALUES (\(customer), 'tea', 1, NULL);"
            }
        }
        for id in Int64(1)...30 {
            let order = (
                id, Int64.random(in: 1...8, using: &chance),
                Self.now - Int64.random(in: -5...200, using: &chance) * Self.day,
                Int.random(in: 0..<4, using: &chance) > 0,
                (0..<Int.random(in: 1...4, using: &chance)).map { _ in
                    Int64.random(in: products, using: &chance)
                }
            )
            orders.append(order)
            let status = order.3 ? "completed" : "cancelled"
            sql += """
                INSERT INTO orders (id, customer_id, placed_at, status, amount, currency, item_count)
                    VALUES (\(id), \(order.1), \(order.2), '\(status)', 1, 'CNY', 1);
                """
            for (line, product) in order.4.enumerated() {
                sql += "INSERT INTO order_items VALUES (\(id), \(line), \(product), 1, 1);"
            }
        }
        let (folder, store) = try makeStore(sql)
        defer { withExtendedLifetime(folder) {} }
        let purchases = orders.filter { $0.isPurchase && $0.time <= Self.now }
        func best(_ counts: [Int64: Int]) -> [Int64] {
            counts.filter { active.contains($0.key) }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(
                \.key)
        }
        var sales: [Int64: Int] = [:]
        for order in purchases { for product in Set(order.products) { sales[product, default: 0] += 1 } }
        for customer in Int64(1)...8 {
            let own = purchases.filter { $0.customer == customer }
            let last = own.map(\.time).max()
            var taken = Set(
                own.filter { $0.time == last || $0.time >= Self.now - 30 * Self.day }.flatMap(\.products))
            var together: [Int64: Int] = [:]
            for product in Set(own.flatMap(\.products)) {
                for order in purchases where order.products.contains(product) {
                    for other in Set(order.products) where other != product {
                        together[other, default: 0] += 1
                    }
                }
            }
            var expected: [Recommendation] = []
            func take(_ products: [Int64], _ reason: Recommendation.Reason) {
                for product in products where taken.insert(product).inserted {
                    expected.append(Recommendation(product: product, reason: reason))
                }
            }
            take(best(together), .boughtTogether)
            try store.read(asOf: Self.now) { (snapshot: Snapshot) throws in
                if try snapshot.likes("tea", customer: customer) {
                    take(best(sales).filter { category[$0] == "tea" }, .interest)
                }
                take(best(sales), .bestSeller)
                func found(_ count: Int) throws -> [Recommendation] {
                    try snapshot.recommendations(for: customer, count: count, at: snapshot.now)
                }
                #expect(try found(50) == expected)
                #expect(try found(3) == Array(expected.prefix(3)))
            }
        }
    }
}
