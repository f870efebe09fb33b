import Foundation
import TestSupport
import Testing

/// The plugin `rfm` with published data, from the import to the segment, through the whole program.
@Suite("The plugin rfm", .enabled(if: sharedFile("data") != nil, "needs ../shared/data beside the checkout"))
struct RfmTests {
    /// A workspace with the plugin, and how it is asked.
    private struct Bench {
        let folder: TemporaryFolder
        let now: String

        /// Imports a file of `shared/data`; `options` are those of the plugin in Lua.
        init(_ kind: String, _ path: String, currency: String, now: String, options: String) throws {
            folder = try TemporaryFolder()
            self.now = now
            let made = try Program.run(
                ["init", "shop", "--currency", currency, "--time-zone", "UTC"], in: folder.url)
            #expect(made.status == 0, "\(made.errors)")
            let settings = try folder.read("shop/workspace.lua")
            let end = try #require(settings.range(of: "\n}", options: .backwards))
            try folder.write(
                settings.replacingCharacters(in: end, with: "\n    plugins = { rfm = { \(options) } },\n}"),
                to: "shop/workspace.lua")
            let plugin = checkout.appending(path: "plugins/rfm").path
            let file = try #require(sharedFile("data/\(path)"))
            for arguments in [["plugins", "install", plugin, "--yes"], ["import", kind, file]] {
                let outcome = try run(arguments)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
        }

        func run(_ arguments: [String]) throws -> Program.Outcome {
            try Program.run(arguments, in: folder.url.appending(path: "shop"))
        }

        /// The rows that a question at the prompt gives.
        func rows(_ question: String) throws -> [[String: Any]] {
            let outcome = try run(["repl", "--now", now, "--format", "json", "-e", question])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            return try #require(json as? [[String: Any]])
        }

        /// What the named segments have, by name: each question gives a column.
        func segments(_ columns: (question: String, key: String)...) throws -> [String: [Double]] {
            var found: [String: [Double]] = [:]
            for (question, key) in columns {
                let customers = "customers:where(function(c) return c.rfm_score ~= nil end)"
                for row in try rows("\(customers):group_by(\"rfm_segment\")\(question)") {
                    let name = try #require(row["rfm_segment"] as? String)
                    let number = try #require(row[key] as? NSNumber)
                    found[name, default: []].append(number.doubleValue)
                }
            }
            return found
        }
    }

    @Test("quantiles give the table of segments that the R package rfm publishes: customers, orders, revenue")
    func quantiles() throws {
        let bench = try Bench(
            "orders", "rfm_r_package/rfm_data_orders.csv", currency: "USD", now: "2006-12-31",
            options: "rule = \"quantiles\"")
        #expect(
            try bench.segments(
                ("", "count"), (":sum \"order_count\"", "sum_order_count"),
                (":sum \"total_spent\"", "sum_total_spent")) == [
                    "about_to_sleep": [102, 283, 23449], "at_risk": [28, 216, 22227],
                    "cant_lose": [47, 274, 32446], "champions": [35, 316, 31646], "lost": [148, 393, 35324],
                    "loyal": [170, 799, 76562], "need_attention": [10, 57, 4562], "new": [104, 329, 28837],
                    "potential_loyalists": [342, 2211, 204856], "promising": [9, 28, 4249],
                ])
        #expect(try bench.run(["segment", "rfm_at_risk", "--now", "2006-12-31"]).output == "28\n")
        #expect(try bench.run(["segment", "rfm_hibernating", "--now", "2006-12-31"]).output == "0\n")
        // The README of the package prints these rows.
        let shown = try bench.run([
            "segment", "function(c) return c.external_id:find \"^A[bdg]\" ~= nil end", "--now", "2006-12-31",
            "--show", "external_id,rfm_recency_days,order_count,rfm_score",
        ])
        #expect(shown.output.contains(#/Abbey O'Reilly +205 +6 +343\n/#), "\(shown.output)")
        #expect(shown.output.contains(#/Admiral Senger +132 +5 +433\n/#), "\(shown.output)")
        #expect(shown.output.contains(#/Agness O'Keefe +90 +9 +555\n/#), "\(shown.output)")
    }

    @Test("quantiles with bounds of its own give the champions that the tests of the R package count")
    func ownBounds() throws {
        let bench = try Bench(
            "orders", "rfm_r_package/rfm_data_orders.csv", currency: "USD", now: "2006-12-31",
            options: """
                segments = { { name = "champions", recency = { 4, 5 }, frequency = { 4, 5 }, monetary = { 4, 5 } } }
                """)
        #expect(
            try bench.segments(
                ("", "count"), (":sum \"order_count\"", "sum_order_count"),
                (":sum \"total_spent\"", "sum_total_spent"))["champions"] == [158, 1234, 120178])
    }

    @Test(
        "quintiles give the table of segments that tutorials publish for Online Retail: customers and means")
    func quintiles() throws {
        let bench = try Bench(
            "order-lines", "online_retail/online_retail.csv", currency: "GBP", now: "2011-12-11",
            options: "rule = \"quintiles\"")
        let found = try bench.segments(
            ("", "count"), (":avg \"rfm_recency_days\"", "avg_rfm_recency_days"),
            (":avg \"order_count\"", "avg_order_count"), (":avg \"total_spent\"", "avg_total_spent"))
        // The tutorial's file has a row more, by which its champions spent 18.00 more.
        let published: [String: [Double]] = [
            "about_to_sleep": [352, 53.3125, 1.1619, 471.9944],
            "at_risk": [593, 153.7858, 2.8769, 1084.5353],
            "cant_lose": [63, 132.9683, 8.3810, 2796.1559],
            "champions": [633, 6.3618, 12.4139, 6857.9355],
            "hibernating": [1071, 217.6050, 1.1018, 488.6433],
            "loyal": [819, 33.6081, 6.4799, 2864.2478],
            "need_attention": [187, 52.4278, 2.3262, 897.6279],
            "new": [42, 7.4286, 1.0, 388.2129],
            "potential_loyalists": [484, 17.3988, 2.0103, 1041.2220],
            "promising": [94, 23.5106, 1.0, 294.0080],
        ]
        #expect(found.keys.sorted() == published.keys.sorted())
        for (name, numbers) in published {
            let row = found[name] ?? []
            #expect(row.count == 4 && row.first == numbers[0], "\(name): \(row)")
            for (number, expected) in zip(row, numbers) {
                // As exact as it is printed.
                #expect(abs(number - expected) <= 0.00005 + 1e-9, "\(name): \(number) and \(expected)")
            }
        }
    }

    @Test("quartiles give the class of every customer of Superstore that J. Correia publishes")
    func quartiles() throws {
        let bench = try Bench(
            "orders", "superstore_rfm/sample-orders.csv", currency: "USD", now: "2014-12-31",
            options: "rule = \"quartiles\"")
        let fields = [
            "external_id", "order_count", "rfm_recency_days", "total_spent", "rfm_recency", "rfm_frequency",
            "rfm_monetary", "rfm_score",
        ]
        let list = fields.map { "\"\($0)\"" }.joined(separator: ", ")
        let found = try bench.rows("customers:limit(2000):show { \(list) }").map { row in
            fields.map { field in
                (row[field] as? NSNumber).map { "\($0.intValue)" } ?? row[field] as? String ?? "–"
            }.joined(separator: ",")
        }
        let file = try #require(sharedFile("data/superstore_rfm/rfm-table.csv"))
        // The letters of Mac OS Roman that occur.
        let letters: [UInt8: Unicode.Scalar] = [0x8A: "ä", 0x9A: "ö", 0x9F: "ü"]
        let scalars = try Data(contentsOf: URL(fileURLWithPath: file)).map {
            letters[$0] ?? Unicode.Scalar($0)
        }
        let published = String(String.UnicodeScalarView(scalars))
            .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
        #expect(published.count == 793)
        #expect(Set(found).symmetricDifference(published).sorted() == [])
    }
}
