import Foundation
import Store
import TestSupport
import Testing

@Suite("Published data sets")
struct ImportRealDataTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let path: String
        let kind: ImportKind
        let currency: String
        let query: String
        let stored: [String]
        var reasons: [String] = []
    }

    private static let orderTotals = """
        SELECT (SELECT COUNT(*) FROM customers), COUNT(*), SUM(amount), MIN(placed_at) IS NOT NULL FROM orders
        """

    @Test(
        "import whole, with the counts and sums that are published for them",
        .enabled(if: sharedFile("data/cdnow/CDNOW_master.txt") != nil), arguments: cases)
    func imports(_ example: Case) throws {
        let bench = try ImportBench(currency: example.currency)
        let file = try #require(sharedFile("data/\(example.path)"))
        let report = try bench.store.importFiles(bench.request(example.kind, [file]))
        #expect(try bench.rows(example.query) == example.stored)
        #expect(report.reasons.map { "\($0.count) \($0.reason)" } == example.reasons)
        #expect(report.new + report.rejected == report.rows)
        #expect(try bench.store.verifyFacts() == [])
    }

    static let cases: [Case] = [
        Case(
            testDescription: "CDNOW", path: "cdnow/CDNOW_master.txt", kind: .orders, currency: "USD",
            query: orderTotals, stored: ["23570|69659|250031563|1"]),
        Case(
            testDescription: "Online Retail", path: "online_retail/online_retail.csv", kind: .orderLines,
            currency: "GBP",
            query: """
                SELECT (SELECT COUNT(*) FROM customers), COUNT(*), SUM(amount), (SELECT COUNT(*) FROM order_items),
                    (SELECT SUM(amount) FROM order_items), (SELECT COUNT(*) FROM products) FROM orders
                """,
            stored: ["4338|18532|891140790|397884|891140790|3665"],
            reasons: ["135080 no customer", "8905 cancellation", "40 price not above zero"]),
        Case(
            testDescription: "Superstore, lines that end in CR and MacRoman letters",
            path: "superstore_rfm/sample-orders.csv", kind: .orders, currency: "USD",
            query: orderTotals + " UNION ALL SELECT COUNT(*), 0, 0, external_id FROM customers "
                + "WHERE external_id = 'Neil Französisch'",
            stored: ["793|5009|229726100|1", "1|0|0|Neil Französisch"]),
        Case(
            testDescription: "rfm orders", path: "rfm_r_package/rfm_data_orders.csv", kind: .orders,
            currency: "USD",
            query: """
                SELECT (SELECT COUNT(email) FROM customers), COUNT(*), SUM(amount), COUNT(DISTINCT customer_id)
                FROM orders
                """,
            stored: ["995|4906|46415800|995"]),
        Case(
            testDescription: "rfm customers", path: "rfm_r_package/rfm_data_customer.csv", kind: .customers,
            currency: "USD",
            query: """
                SELECT name || ' ' || type, COUNT(*) FROM attribute_definitions
                JOIN attribute_values ON attribute_id = id GROUP BY id
                """,
            stored: [
                "revenue integer|39999", "most_recent_visit date|39999", "number_of_orders integer|39999",
                "recency_days integer|39999",
            ]),
    ]
}
