import Foundation
import TestSupport
import Testing

/// Published data sets through the whole program: import, segment by rules, and the same questions in SQL.
@Suite("Real data", .enabled(if: sharedFile("data") != nil, "needs ../shared/data beside the checkout"))
struct RealDataTests {
    /// A data set, how it is imported, and questions about it.
    struct DataSet: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var currency: String
        var imports: [(kind: String, path: String)]
        var now: String
        /// The same question as a predicate in Lua and as a condition on `c` and the facts `f` in SQL.
        var questions: [(lua: String, sql: String)]
    }

    static let sets = [
        DataSet(
            testDescription: "cdnow", currency: "USD", imports: [("orders", "cdnow/CDNOW_master.txt")],
            now: "1998-07-01",
            questions: [
                ("c.order_count > 3", "f.order_count > 3"),
                ("c.total_spent >= 100.5", "f.total_spent >= 10050"),
                (
                    "c.last_order_at < days_ago(180)",
                    "f.last_order_at < unixepoch('1998-07-01') - 180 * 86400"
                ),
                (
                    "c.orders:since(date \"1998-01-01\"):count() >= 2",
                    """
                    (SELECT COUNT(*) FROM orders AS o WHERE o.customer_id = c.id
                     AND o.placed_at >= unixepoch('1998-01-01')) >= 2
                    """
                ),
            ]),
        DataSet(
            testDescription: "online_retail", currency: "GBP",
            imports: [("order-lines", "online_retail/online_retail.csv")], now: "2011-12-11",
            questions: [
                ("c.country == \"Germany\"", "c.country = 'Germany'"),
                (
                    "c.order_count == 1 and c.total_spent > 1000",
                    "f.order_count = 1 AND f.total_spent > 100000"
                ),
                (
                    "c.orders:where { sku = \"85123A\" }:any()",
                    """
                    EXISTS (SELECT 1 FROM orders AS o JOIN order_items AS i ON i.order_id = o.id
                     JOIN products AS p ON p.id = i.product_id WHERE o.customer_id = c.id AND p.sku = '85123A')
                    """
                ),
                ("c.largest_order > 5000", "f.largest_order > 500000"),
            ]),
        DataSet(
            testDescription: "superstore_rfm", currency: "USD",
            imports: [("orders", "superstore_rfm/sample-orders.csv")], now: "2014-12-31",
            questions: [
                ("c.external_id == \"Anna H\u{E4}berlin\"", "c.external_id = 'Anna H\u{E4}berlin'"),
                (
                    "c.order_count >= 8 and c.last_order_at >= days_ago(30)",
                    "f.order_count >= 8 AND f.last_order_at >= unixepoch('2014-12-31') - 30 * 86400"
                ),
            ]),
        DataSet(
            testDescription: "rfm_r_package", currency: "USD",
            imports: [("customers", "rfm_r_package/rfm_data_customer.csv")], now: "2006-12-31",
            questions: [
                (
                    "c.recency_days <= 30 and c.number_of_orders > 10",
                    "attribute('recency_days') <= 30 AND attribute('number_of_orders') > 10"
                ),
                ("c.most_recent_visit >= \"2006-12-01\"", "attribute('most_recent_visit') >= '2006-12-01'"),
                ("c.name == \"Maddalena Erie\"", "c.first_name = 'Maddalena' AND c.last_name = 'Erie'"),
            ]),
    ]

    @Test("each question in Lua finds as many customers as the same question in SQL", arguments: sets)
    func segments(_ set: DataSet) throws {
        let folder = try TemporaryFolder()
        let made = try Program.run(
            ["init", "shop", "--currency", set.currency, "--time-zone", "UTC"], in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        let shop = folder.url.appending(path: "shop")
        for (kind, path) in set.imports {
            let file = try #require(sharedFile("data/\(path)"))
            let outcome = try Program.run(["import", kind, file], in: shop)
            #expect(outcome.status == 0, "\(outcome.errors)")
            try expectGolden(outcome.output, "real-data/\(set.testDescription)-\(kind).txt")
        }
        let script = set.questions.enumerated().map { index, question in
            "segment \"q\(index)\" { where = function(c) return \(question.lua) end }\n"
        }
        try folder.write(script.joined(), to: "shop/scripts/questions.lua")
        for (index, question) in set.questions.enumerated() {
            let outcome = try Program.run(["segment", "q\(index)", "--now", set.now], in: shop)
            let condition = question.sql.replacing(#/attribute\('(\w+)'\)/#) { match in
                """
                (SELECT v.value FROM attribute_values AS v JOIN attribute_definitions AS d ON d.id = v.attribute_id
                 WHERE v.customer_id = c.id AND d.name = '\(match.1)')
                """
            }
            let sql = """
                SELECT COUNT(*) FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id WHERE \(condition)
                """
            let expected = try query(shop.appending(path: "crm.sqlite"), sql)
            #expect(outcome.output == expected, "\(question.lua): \(outcome.errors)")
            #expect(expected != "0\n", "\(question.lua) asks about nobody")
        }
    }

    @Test("the sums that are published for CDNOW and Online Retail come out to the cent")
    func sums() throws {
        for (currency, kind, path, expected) in [
            ("USD", "orders", "cdnow/CDNOW_master.txt", "23570|69659|250031563|0\n"),
            ("GBP", "order-lines", "online_retail/online_retail.csv", "4338|18532|891140790|397884\n"),
        ] {
            let folder = try TemporaryFolder()
            _ = try Program.run(["init", "shop", "--currency", currency], in: folder.url)
            let shop = folder.url.appending(path: "shop")
            let file = try #require(sharedFile("data/\(path)"))
            _ = try Program.run(["import", kind, file], in: shop)
            let sql = """
                SELECT (SELECT COUNT(*) FROM customers), COUNT(*), SUM(amount), (SELECT COUNT(*) FROM order_items)
                FROM orders
                """
            #expect(try query(shop.appending(path: "crm.sqlite"), sql) == expected)
        }
    }

    private func query(_ database: URL, _ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-readonly", database.path, sql]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
