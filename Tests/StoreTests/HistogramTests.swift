import Catalog
import Diagnostics
import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite("Histograms")
struct HistogramTests {
    private let folder: TemporaryFolder
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO attribute_definitions VALUES (1, 'whole', 'integer', 'd'), (2, 'real', 'number', 'd'),
                        (3, 'moment', 'instant', 'd'), (4, 'day', 'date', 'd'), (5, 'text', 'text', 'd');
                    """)
        }
    }

    /// The bins of these values: `0…10 3`, and the open ones as `…0 1` and `90… 2`.
    private func bins(
        _ name: String, _ values: [Value], bins: Int = 20, zone: String = "Europe/Berlin"
    ) throws -> [String] {
        try store.write { db in
            try db.execute(sql: "DELETE FROM customers")
            let definition = ["whole": 1, "real": 2, "moment": 3, "day": 4, "text": 5][name]
            for (id, value) in values.enumerated() {
                try db.execute(sql: "INSERT INTO customers (id) VALUES (?)", arguments: [id])
                let argument: (any DatabaseValueConvertible)? =
                    switch value {
                    case .null: nil
                    case .integer(let number): number
                    case .number(let number): number
                    case .text(let text): text
                    }
                guard let argument else { continue }
                try db.execute(
                    sql: "INSERT INTO attribute_values VALUES (?, ?, ?)",
                    arguments: StatementArguments([id, definition, argument]))
            }
        }
        return try store.read(asOf: .max) { snapshot throws in
            let field = try #require(snapshot.fields.first { $0.name == name })
            let zone = try #require(TimeZone(identifier: zone))
            let histogram = try snapshot.histogram(field, of: Population(), bins: bins, in: zone)
            func shown(_ edge: Value?) -> String {
                switch edge {
                case .integer(let number)?: String(number)
                case .number(let number)?: "\(number)"
                case .text(let text)?: text
                case .null?, nil: ""
                }
            }
            return histogram.bins.map { "\(shown($0.start))…\(shown($0.end)) \($0.count)" }
        }
    }

    @Test("whole numbers have whole edges 1, 2 or 5 times a power of ten apart")
    func wholeNumbers() throws {
        #expect(try bins("whole", []) == [])
        #expect(try bins("whole", [.null]) == [])
        #expect(try bins("whole", [.integer(7), .null]) == ["7…8 1"])
        #expect(
            try bins("whole", [0, 0, 2, 3].map(Value.integer)) == ["0…1 2", "1…2 0", "2…3 1", "3…4 1"])
        #expect(
            try bins("whole", [-7, 0, 9, 10, 19].map(Value.integer), bins: 4)
                == ["-10…0 1", "0…10 2", "10…20 2"])
        #expect(
            try bins("whole", [-1, 0, 24].map(Value.integer), bins: 3) == ["-20…0 1", "0…20 1", "20…40 1"])
        #expect(
            try bins("whole", [.integer(.min), .integer(.max)], bins: 4)
                == [
                    "-9223372036854775808…-5000000000000000000 1", "-5000000000000000000…0 0",
                    "0…5000000000000000000 0", "5000000000000000000…9223372036854775807 1",
                ])
    }

    @Test("numbers have edges as they are written by hand")
    func numbers() throws {
        #expect(
            try bins("real", [0.3, 0.1, 0.25].map(Value.number), bins: 3)
                == ["0.1…0.2 1", "0.2…0.3 1", "0.3…0.4 1"])
        #expect(try bins("real", [.number(5e-320), .number(0)]) == ["0.0…1e-308 2"])
        #expect(try bins("real", [.number(0.5), .number(0.5)]) == ["0.0…1.0 2"])
        #expect(try bins("real", [.number(-0.0), .number(0)]) == ["0.0…1.0 2"])
        #expect(
            try bins("real", [.number(-.infinity), .number(1), .number(.infinity)], bins: 2)
                == ["-2e+300…0.0 1", "0.0…2e+300 2"])
        #expect(try bins("real", [.number(1e17), .number(1e17 + 16)]).count == 1)
    }

    @Test("what lies far beyond the other 99 of 100 is one open bin")
    func tails() throws {
        let many = (0..<200).map { Value.integer(Int64($0 % 100)) }
        #expect(
            try bins("whole", many + [.integer(1_000_000)], bins: 6)
                == ["0…20 40", "20…40 40", "40…60 40", "60…80 40", "80…100 40", "100… 1"])
        #expect(
            try bins("whole", many + [.integer(-1_000_000), .integer(150)], bins: 5)
                == ["…0 1", "0…50 100", "50…100 100", "100…150 0", "150…200 1"])
        let same = Array(repeating: Value.integer(0), count: 990) + (1...10).map { Value.integer($0 * 10) }
        #expect(try bins("whole", same, bins: 2) == ["0…10 990", "10…20 1", "20… 9"])
        // Up to the 99th of a hundred all are the same, which makes no bins.
        let more = Array(repeating: Value.integer(0), count: 995) + (1...5).map { Value.integer($0 * 10) }
        #expect(try bins("whole", more, bins: 2) == ["0…50 999", "50…100 1"])
    }

    @Test("instants have edges at midnights of the zone, days to years apart")
    func instants() throws {
        // 30 March 2025 has 23 hours in Berlin.
        let day = try instant("2025-03-29T12:00:00Z")
        #expect(
            try bins("moment", [day, day + 86_400, day + 2 * 86_400].map(Value.integer)) == [
                "\(try instant("2025-03-28T23:00:00Z"))…\(try instant("2025-03-29T23:00:00Z")) 1",
                "\(try instant("2025-03-29T23:00:00Z"))…\(try instant("2025-03-30T22:00:00Z")) 1",
                "\(try instant("2025-03-30T22:00:00Z"))…\(try instant("2025-03-31T22:00:00Z")) 1",
            ])
        #expect(
            try bins("moment", [.integer(.min), .integer(day), .integer(.max)], bins: 2, zone: "GMT")
                == ["-62135596800…95617584000 2", "95617584000…253402300800 1"])
    }

    private func instant(_ text: String) throws -> Int64 {
        Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970)
    }

    @Test(
        "dates have edges on Mondays, first days of months, quarters and years",
        arguments: [
            (["2026-01-01", "2026-01-20"], 20, 20, "2026-01-01…2026-01-02 1"),
            (["2026-01-01", "2026-01-20"], 4, 4, "2025-12-29…2026-01-05 1"),
            (["2026-01-31", "2026-04-01"], 4, 4, "2026-01-01…2026-02-01 1"),
            (["2025-11-30", "2026-04-01"], 3, 3, "2025-10-01…2026-01-01 1"),
            (["1999-12-31", "2004-04-01"], 6, 6, "1999-01-01…2000-01-01 1"),
            (["1948-12-31", "2004-04-01"], 8, 7, "1940-01-01…1950-01-01 1"),
        ])
    func dates(_ dates: [String], _ limit: Int, _ count: Int, _ first: String) throws {
        let found = try bins("day", dates.map(Value.text), bins: limit)
        #expect(found.count == count)
        #expect(found.first == first)
    }

    @Test("a text has none, and the error says what to do")
    func refused() throws {
        #expect(
            throws: Diagnostic(
                "'text' has no histogram, it holds values of type text",
                hint: "group by 'text' to see how often each value comes")
        ) { try bins("text", [.text("a")]) }
    }
}
