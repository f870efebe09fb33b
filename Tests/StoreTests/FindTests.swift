import Catalog
import GRDB
import Store
import TestSupport
import Testing

@Suite("Finding customers by a text")
struct FindTests {
    private let folder: TemporaryFolder
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customers (id, external_id, name, first_name, last_name, email, phone, company) VALUES
                        (1, 'K-100', '王芳', NULL, NULL, 'wang.fang@example.com', '+8613800138000', '月光科技'),
                        (2, '王', NULL, '小明', '王', 'ming@example.cn', '13900139000', NULL),
                        (3, NULL, '李王', NULL, NULL, NULL, NULL, '北京王府井'),
                        (4, NULL, 'Ann Lee', 'Ann', 'Lee', 'Ann@Example.com', NULL, 'Lee & Sons'),
                        (5, '42', 'Joanna Leeson', NULL, NULL, 'jo@lee.example', '+49 30 123', NULL),
                        (6, NULL, 'Ödön ÄRGER', NULL, NULL, NULL, NULL, 'ＡＢＣ１２（株）'),
                        (7, NULL, 'Σίσυφος', NULL, NULL, NULL, NULL, 'ﬁne ſtreet STRAßE'),
                        (8, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                        (9, NULL, 'Ann Leeland', NULL, NULL, NULL, '138001', NULL);
                    INSERT INTO orders (customer_id, placed_at, amount, currency) VALUES
                        (3, 50, 500, 'CNY'), (9, 50, 100, 'CNY'), (1, 150, 900, 'CNY'), (5, 50, 7, 'CNY');
                    UPDATE customers SET registered_at = 150 WHERE id = 1;
                    """)
        }
    }

    /// Who is found, how and by which columns.
    private func found(_ text: String, asOf now: Int64 = 1_000, limit: Int = 20) throws -> [String] {
        try store.read(asOf: now) { snapshot throws in
            let matches = try snapshot.find(text, limit: limit)
            #expect(matches.best.count == min(limit, matches.count))
            return matches.best.map { "\($0.customer) \($0.place) \($0.columns.joined(separator: " "))" }
        }
    }

    @Test(
        "each word stands somewhere in the customer, the best place first, then who has spent most",
        arguments: [
            ("王", ["2 whole last_name external_id", "1 beginning name", "3 inside name company"]),
            ("芳", ["1 inside name"]),
            ("王 月光", ["1 beginning name company"]),
            ("王府", ["3 inside company"]),
            (
                "lee",
                [
                    "4 whole last_name", "9 beginning name", "5 beginning name email",
                ]
            ),
            ("LEE ann", ["4 whole first_name last_name", "9 beginning name", "5 inside name email"]),
            ("ann lee", ["4 whole name", "9 beginning name", "5 inside name email"]),
            ("ann@example.com", ["4 whole email"]),
            (
                "example",
                [
                    "1 beginning email", "5 beginning email", "2 beginning email", "4 beginning email",
                ]
            ),
            ("ödön", ["6 beginning name"]), ("ärger ÖDÖN", ["6 beginning name"]),
            ("abc12", ["6 beginning company"]), ("ａｂｃ", ["6 beginning company"]),
            ("（株）", ["6 inside company"]), ("(株", ["6 inside company"]),
            ("ΣΊΣΥΦΟΣ", ["7 whole name"]), ("STREET", ["7 beginning company"]),
            ("straße", ["7 beginning company"]), ("fine", []),
            ("42", ["5 whole external_id"]),
            ("k-100", ["1 whole external_id"]),
            ("138-0013", ["1 inside phone"]), ("138-00", ["9 beginning phone", "1 inside phone"]),
            ("+86", ["1 beginning phone"]), ("+86 (138)", ["1 inside phone"]),
            ("８６１３８", ["1 beginning phone"]),
            ("30123", ["5 inside phone"]), ("123", ["5 beginning phone"]),
            ("-", ["1 inside external_id"]),
            ("", []), (" \t ", []), ("nobody", []), ("王 nobody", []), ("月　光", ["1 inside company"]),
        ] as [(String, [String])])
    func cases(_ text: String, _ expected: [String]) throws {
        #expect(try found(text) == expected)
    }

    @Test("who registered later is not there, and what was spent later does not count")
    func past() throws {
        #expect(
            try found("王", asOf: 100) == ["2 whole last_name external_id", "3 inside name company"])
        #expect(
            try found("example", asOf: 100)
                == ["5 beginning email", "2 beginning email", "4 beginning email"])
    }

    @Test("only the best are told, and all are counted")
    func limits() throws {
        #expect(try found("e", limit: 2).count == 2)
        try store.read(asOf: 1_000) { snapshot throws in
            #expect(try snapshot.find("e", limit: 0) == CustomerMatches(best: [], count: 7))
            let some = Population(among: CustomerSet([4, 5, 99]))
            #expect(try snapshot.find("lee", in: some).best.map(\.customer) == [4, 5])
        }
    }

    @Test("a value of any length is searched")
    func longValues() throws {
        let long = String(repeating: "Ⱥ月", count: 20_000)
        try store.write { db in
            try db.execute(
                sql: "INSERT INTO customers (id, name, phone, company) VALUES (10, ?, ?, ?)",
                arguments: [long + "尾", "+" + String(repeating: "7", count: 9_000), ""])
        }
        #expect(try found("ⱥ月尾") == ["10 inside name"])
        #expect(try found("777-777") == ["10 beginning phone"])
    }

    @Test("names and addresses are completed from their beginning, whatever the case")
    func completion() throws {
        try store.read(asOf: 1_000) { snapshot throws in
            #expect(try snapshot.customers(nameStartingWith: "ann", limit: 9).map(\.id) == [4, 9])
            #expect(try snapshot.customers(nameStartingWith: "ann", limit: 1).map(\.name) == ["Ann Lee"])
            #expect(try snapshot.customers(nameStartingWith: "王", limit: 9).map(\.name) == ["王芳", "王小明"])
            #expect(try snapshot.customers(nameStartingWith: "", limit: 9).count == 8)
            #expect(
                try snapshot.customers(emailStartingWith: "ANN", limit: 9).map(\.email) == ["Ann@Example.com"]
            )
            #expect(try snapshot.customers(emailStartingWith: "", limit: 2).map(\.id) == [4, 5])
            #expect(try snapshot.customers(emailStartingWith: "x", limit: 2).isEmpty)
        }
        try store.read(asOf: 100) { snapshot throws in
            #expect(try snapshot.customers(nameStartingWith: "王", limit: 9).map(\.id) == [2])
            #expect(try snapshot.customers(emailStartingWith: "wang", limit: 9).isEmpty)
        }
    }
}
