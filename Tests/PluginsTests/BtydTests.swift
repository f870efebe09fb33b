import Foundation
import TestSupport
import Testing

/// The published figures of the CDNOW sample, from import to trait.
@Suite(
    "The plugin btyd",
    .enabled(if: sharedFile("data/cdnow") != nil, "needs ../shared/data beside the checkout"))
struct BtydTests {
    /// The sample, imported by the plugin's own importer.
    private static func sample() throws -> Shop {
        let shop = try Shop()
        try shop.copyShipped("btyd")
        let file = try #require(sharedFile("data/cdnow/CDNOW_sample.txt"))
        let outcome = try shop.run("import", "orders", file, "--importer", "cdnow")
        #expect(outcome.output.contains("6,919  new"), "\(outcome.output)\(outcome.errors)")
        return shop
    }

    private func lines(_ shop: Shop, _ lua: String) throws -> [String] {
        let outcome = try shop.run("repl", "--now", "1997-09-30", "-e", lua)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    @Test("parameters and expected purchases of CDNOW are those that were published")
    func published() throws {
        let shop = try Self.sample()
        // Fader, Hardie and Lee (2005); Fader and Hardie (2013).
        #expect(
            try lines(
                shop,
                """
                local m, s = model.buying, model.spending
                print(string.format("%.4f %.3f %.4f %.3f %.2f", m.r, m.alpha, m.a, m.b, m.log_likelihood))
                print(string.format("%.2f %.2f %.2f", s.p, s.q, s.v))
                """) == ["0.2426 4.414 0.7929 2.426 -9582.43", "6.25 3.74 15.44"])
        // What lifetimes documents for the next week: .7106, .6624, .4865, .4747, .4249, from weeks of two decimals.
        #expect(
            try lines(
                shop,
                """
                for _, id in ipairs { "1516", "0157", "1981", "0841", "0509" } do
                  print(string.format("%.3f", customer(id):expected_orders(7)))
                end
                """) == ["0.711", "0.662", "0.487", "0.475", "0.425"])
    }

    @Test("with too few who bought again an error says so")
    func tooFew() throws {
        let shop = try Shop()
        try shop.copyShipped("btyd")
        try shop.write(
            "order_id,email,date,amount\n1,ann@example.com,2026-11-20,10\n", to: "orders.csv")
        _ = try shop.run("import", "orders", "orders.csv")
        let outcome = try shop.run("repl", "-e", "model.buying")
        #expect(
            outcome.errors.contains("BG/NBD needs at least 10 customers who bought again, and there are 0"),
            "\(outcome.output)\(outcome.errors)")
    }
}
