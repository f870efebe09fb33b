public import Catalog
internal import GRDB

extension Snapshot {
    /// Products for a customer: bought together with what the customer bought, then best sellers of the categories that
    /// the customer is interested in, strongest interest first, then best sellers; each product once.
    ///
    /// Never one that is not active, nor one that the customer bought within ``recentPurchase`` before `time` or with the
    /// latest order. Purchases are orders of ``Catalog/purchaseStatuses`` up to `now`. What was bought together with a product is
    /// counted over the latest ``ordersPerProduct`` orders with it, best sellers over the latest ``ordersOfAll``; both
    /// once in a snapshot; a replay counts both anew for each day, as of its midnight in UTC.
    ///
    /// Cost: one look-up of the customer's lines, and now and then a product's orders.
    public func recommendations(for customer: Int64, count: Int, at time: Int64) throws -> [Recommendation] {
        guard count > 0 else { return [] }
        let bought = try boughtProducts(of: customer, at: time)
        var taken = Set(bought.filter(\.isRecent).map(\.product))
        var result: [Recommendation] = []
        func take(_ products: [Int64], _ reason: Recommendation.Reason) {
            for product in products where result.count < count && taken.insert(product).inserted {
                result.append(Recommendation(product: product, reason: reason))
            }
        }
        var together: [Int64: Int] = [:]
        for product in Set(bought.map(\.product)) {
            for (other, orders) in try boughtTogether(with: product) { together[other, default: 0] += orders }
        }
        take(together.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key), .boughtTogether)
        guard result.count < count else { return result }
        let sellers = try bestSellers()
        for interest in try interests(of: customer) {
            take(sellers.byCategory[interest.lowercased()] ?? [], .interest)
        }
        take(sellers.all, .bestSeller)
        return result
    }

    /// The values of ``Catalog/recommendedProductFields``. Cost: one look-up; the few that are recommended to many are kept.
    public func product(_ id: Int64) throws -> [Value] {
        if let known = recommender.products[id] { return known }
        let statement = try raw("product") {
            let columns = recommendedProductFields.map(\.sql).joined(separator: ", ")
            return "SELECT \(columns) FROM products AS p WHERE p.id = ?1"
        }
        statement.bind(1, id)
        let count = recommendedProductFields.count
        let values = try statement.first { row in (0..<count).map(row.value) } ?? []
        if recommender.products.count >= Self.keptProducts { recommender.products.removeAll() }
        recommender.products[id] = values
        return values
    }

    /// What most of the customer's purchased items have in common; of two that are equal, what was bought last. Nil
    /// without purchases. Cost: one look-up of the customer's lines.
    public func favourite(_ property: ProductProperty, of customer: Int64) throws -> String? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.\(property.column) AS value
                FROM orders AS o JOIN order_items AS i ON i.order_id = o.id JOIN products AS p ON p.id = i.product_id
                WHERE o.customer_id = ?1 AND o.placed_at <= ?2 AND \(purchaseCondition(alias: "o"))
                    AND p.\(property.column) IS NOT NULL
                GROUP BY value ORDER BY SUM(i.quantity) DESC, MAX(o.placed_at) DESC, value LIMIT 1
                """)
        return try String.fetchOne(statement, arguments: [customer, now])
    }

    /// Bought so recently that it is not recommended, in seconds.
    public static var recentPurchase: Int64 { 30 * 86_400 }
    /// How many orders are looked at to find what is bought together with a product.
    public static var ordersPerProduct: Int { 2000 }
    /// How many orders are looked at to find best sellers.
    public static var ordersOfAll: Int { 100_000 }
    /// How many products are kept that are bought together with one.
    private static var neighbours: Int { 20 }
    /// How many products are kept with their values.
    private static var keptProducts: Int { 1000 }

    private func boughtProducts(of customer: Int64, at time: Int64) throws
        -> [(product: Int64, isRecent: Bool)]
    {
        let statement = try raw("bought products") {
            """
            SELECT i.product_id, o.placed_at FROM orders AS o JOIN order_items AS i ON i.order_id = o.id
            WHERE o.customer_id = ?1 AND o.placed_at <= ?2 AND \(purchaseCondition(alias: "o"))
                AND i.product_id IS NOT NULL
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var lines: [(product: Int64, time: Int64)] = []
        try statement.forEach { lines.append(($0.integer(0), $0.integer(1))) }
        let recent = min(time - Self.recentPurchase, lines.map(\.time).max() ?? 0)
        return lines.map { ($0.product, $0.time >= recent) }
    }

    /// The instant as of which is counted what everybody buys: in a replay, which comes to very many instants, the
    /// midnight before.
    private var counted: Int64 { isReplay ? now - (now % 86_400 + 86_400) % 86_400 : now }

    private func boughtTogether(with product: Int64) throws -> [(product: Int64, orders: Int)] {
        if let known = recommender.together[counted]?[product] { return known }
        let statement = try db.cachedStatement(
            sql: """
                SELECT j.product_id, COUNT(DISTINCT j.order_id) AS orders
                FROM (SELECT DISTINCT i.order_id FROM order_items AS i WHERE i.product_id = ?1
                    ORDER BY i.order_id DESC LIMIT \(Self.ordersPerProduct)) AS r
                JOIN orders AS o ON o.id = r.order_id
                JOIN order_items AS j ON j.order_id = r.order_id JOIN products AS p ON p.id = j.product_id
                WHERE o.placed_at <= ?2 AND \(purchaseCondition(alias: "o")) AND j.product_id <> ?1 AND p.active
                GROUP BY j.product_id ORDER BY orders DESC, j.product_id LIMIT \(Self.neighbours)
                """)
        let found: [(product: Int64, orders: Int)] =
            try Row.fetchAll(statement, arguments: [product, counted]).map { ($0[0], $0[1]) }
        recommender.keep(found, with: product, at: counted)
        return found
    }

    private func bestSellers() throws -> Recommender.BestSellers {
        if let known = recommender.bestSellers[counted] { return known }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT i.product_id, p.category
                FROM (SELECT id FROM orders AS o WHERE o.placed_at <= ?1 AND \(purchaseCondition(alias: "o"))
                    ORDER BY id DESC LIMIT \(Self.ordersOfAll)) AS r
                JOIN order_items AS i ON i.order_id = r.id JOIN products AS p ON p.id = i.product_id
                WHERE p.active
                GROUP BY i.product_id ORDER BY COUNT(DISTINCT i.order_id) DESC, i.product_id
                """, arguments: [counted])
        var sellers = Recommender.BestSellers()
        for row in rows {
            sellers.all.append(row[0])
            if let category: String = row[1] {
                sellers.byCategory[category.lowercased(), default: []].append(row[0])
            }
        }
        recommender.bestSellers[counted] = sellers
        return sellers
    }
}

/// What a snapshot has found out about products.
struct Recommender {
    /// Products by how many orders have them, the most first.
    struct BestSellers {
        var all: [Int64] = []
        /// By category in small letters, as interests may be written otherwise.
        var byCategory: [String: [Int64]] = [:]
    }

    var products: [Int64: [Value]] = [:]
    /// By the instant as of which they were counted; of a snapshot whose instant does not move there is one.
    private(set) var together: [Int64: [Int64: [(product: Int64, orders: Int)]]] = [:]
    var bestSellers: [Int64: BestSellers] = [:]
    private var count = 0
    /// So many products are kept with others, over all instants.
    private static let limit = 100_000

    mutating func keep(_ products: [(product: Int64, orders: Int)], with product: Int64, at instant: Int64) {
        if count == Self.limit {
            together.removeAll()
            count = 0
        }
        together[instant, default: [:]][product] = products
        count += 1
    }
}
