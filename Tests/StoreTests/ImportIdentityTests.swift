import Catalog
import Store
import Testing

@Suite("Which customer a row is about")
struct ImportIdentityTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Files imported one after another.
        let imports: [(ImportKind, String)]
        /// external_id|email|phone|name of all customers.
        let customers: [String]
        var reasons: [String] = []
    }

    @Test("is found by id, else by e-mail, else by phone", arguments: cases)
    func finds(_ example: Case) throws {
        let bench = try ImportBench()
        var reasons: [String] = []
        for (kind, text) in example.imports { reasons += try bench.load(kind, text).reasons.map(\.reason) }
        #expect(
            try bench.rows("SELECT external_id, email, phone, name FROM customers ORDER BY id")
                == example.customers)
        #expect(reasons == example.reasons)
        #expect(try bench.store.verifyFacts() == [])
    }

    static let cases: [Case] = [
        Case(
            testDescription: "a row with a known id changes that customer, and empty cells erase nothing",
            imports: [
                (.customers, "id,email,name\n1,a@b.c,Ada\n"), (.customers, "id,email,name\n1,,Ada L.\n"),
            ],
            customers: ["1|a@b.c|–|Ada L."]),
        Case(
            testDescription: "e-mail addresses match in any case",
            imports: [(.customers, "email,name\nA@b.c,Ada\n"), (.customers, "email,name\na@B.c,Ada L.\n")],
            customers: ["–|a@B.c|–|Ada L."]),
        Case(
            testDescription: "a new id adopts the customer without an id who has the e-mail",
            imports: [
                (.customers, "email,name\na@b.c,Ada\n"),
                (.orders, "customer_id,email,date,amount\n7,A@b.c,2024-01-01,5\n"),
            ],
            customers: ["7|a@b.c|–|Ada"]),
        Case(
            testDescription: "a new id does not take over a customer with another id",
            imports: [(.customers, "id,email\n1,a@b.c\n"), (.customers, "id,email\n2,a@b.c\n")],
            customers: ["1|a@b.c|–|–", "2|a@b.c|–|–"]),
        Case(
            testDescription: "an e-mail of two customers is rejected",
            imports: [
                (.customers, "id,email\n1,a@b.c\n2,a@b.c\n"),
                (.tags, "email,tag\na@b.c,x\n"),
            ],
            customers: ["1|a@b.c|–|–", "2|a@b.c|–|–"], reasons: ["e-mail matches 2 customers"]),
        Case(
            testDescription:
                "an e-mail that becomes that of two customers on the way is rejected from there on",
            imports: [
                (.tags, "customer_id,email,tag\n1,a@b.c,x\n,a@b.c,y\n2,a@b.c,z\n,a@b.c,w\n")
            ],
            customers: ["1|a@b.c|–|–", "2|a@b.c|–|–"], reasons: ["e-mail matches 2 customers"]),
        Case(
            testDescription: "phones match however they are written",
            imports: [
                (.customers, "phone,name\n138-0013-8000,Li\n"), (.tags, "phone,tag\n+86 13800138000,x\n"),
            ],
            customers: ["–|–|13800138000|Li"]),
        Case(
            testDescription: "two different rows of one import about one customer: the later is rejected",
            imports: [(.customers, "id,name\n1,Ada\n2,Bob\n1,Ada L.\n1,Ada\n")],
            customers: ["1|–|–|Ada", "2|–|–|Bob"], reasons: ["same customer as an earlier line"]),
        Case(
            testDescription: "addresses that are none are left out, and a row without any is rejected",
            imports: [(.customers, "email,phone,name\nnobody,13800138000,Li\na@b@c,call me,Bob\n")],
            customers: ["–|–|13800138000|Li"], reasons: ["no external_id or email or phone"]),
    ]

    @Test("with known customers only, rows of others are rejected and nothing is made of them")
    func knownOnly() throws {
        let bench = try ImportBench()
        try bench.load(.customers, "id\n1\n")
        let report = try bench.load(
            .events, "customer_id,event,time,sku\n1,x,2024-01-01,\n2,x,2024-01-01,S9\n"
        ) {
            $0.knownCustomersOnly = true
        }
        #expect(report.new == 1)
        #expect(report.reasons.map(\.reason) == ["unknown customer"])
        #expect(try bench.rows("SELECT COUNT(*), (SELECT COUNT(*) FROM products) FROM customers") == ["1|0"])
    }

    @Test("values that were left out are counted in a warning")
    func warns() throws {
        let report = try ImportBench().load(.customers, "id,email,phone\n1,x,y\n2,@b,12\n")
        #expect(
            report.warnings == [
                "2 e-mail addresses that cannot be one left out", "2 phone numbers that are none left out",
            ])
    }

    @Test(
        "an e-mail address is stored exactly where it can be one",
        arguments: [
            "a@b.c", "A.B+c@x-y.example.org", "a@b", "@b.c", "a@.c", "a@b.", "a@b..c", "a@", "@", "a.b",
            "a@b@c.d",
            "a@b.c@", "a b@c.d", "a@b .c", "a@b\t.c", "a@b.c.", ".@b.c", "a@.", "张@例子.中国", "张@例子", "张@.中国",
            "a@b\u{3000}c.d", "a\u{A0}b@c.d", "a@b.c\u{301}", "a@b.\u{301}c", "a@\u{301}b.c", "a.@b.c",
            "a@@b.c",
        ])
    func emails(address: String) throws {
        let bench = try ImportBench()
        let report = try bench.load(.customers, "id,email\n1,\"\(address)\"\n")
        #expect(
            try bench.rows("SELECT email FROM customers") == [isUsableEmail(address) ? address : "–"])
        #expect(
            report.warnings
                == (isUsableEmail(address) ? [] : ["1 e-mail address that cannot be one left out"]))
    }

    @Test("a customer whose data was erased is not filled again")
    func erased() throws {
        let bench = try ImportBench()
        try bench.load(.customers, "id,email,name\n1,,Ada\n,b@c.d,Bob\n")
        _ = try bench.rows("UPDATE customers SET name = NULL, erased_at = 5")
        let before = try bench.dump()
        let report = try bench.load(.customers, "id,email,name,shoe\n1,,Ada,\n2,b@c.d,Bob,\n")
        #expect(report.reasons.map { "\($0.count) \($0.reason)" } == ["2 the customer was erased"])
        #expect(try bench.dump() == before)
    }

    @Test("customers found by e-mail or phone who get their external id are counted")
    func adopted() throws {
        let bench = try ImportBench()
        try bench.load(.customers, "email,phone\na@b.c,\n,13800138000\nc@d.e,\n")
        let customers = try bench.load(.customers, "id,email,phone\n1,a@b.c,\n2,,13800138000\n9,x@y.z,\n")
        #expect(
            customers.warnings == ["2 customers found by e-mail or phone got their external id"])
        let tags = try bench.load(.tags, "customer_id,email,tag\n3,c@d.e,x\n3,c@d.e,y\n1,a@b.c,x\n")
        #expect(tags.warnings == ["1 customer found by e-mail or phone got their external id"])
        #expect(try bench.rows("SELECT external_id FROM customers ORDER BY id") == ["1", "2", "3", "9"])
        #expect(try bench.load(.tags, "customer_id,email,tag\n3,c@d.e,x\n").warnings == [])
    }

    @Test(
        "a row that is rejected makes neither a customer nor a product, and adopts no one",
        arguments: [
            (
                ImportKind.orders,
                "order_number,customer_id,date,amount\nN1,A,2024-01-01,5\nN1,B,2024-01-01,5\n"
            ),
            (
                .orders,
                "order_number,customer_id,email,date,amount\nN1,A,,2024-01-01,5\nN1,B,o@r.p,2024-01-01,5\n"
            ),
            (
                .events,
                "event_id,customer_id,type,time,sku\nE1,A,cart,2024-01-01,\nE1,A,cart,2024-01-01,S1\n"
            ),
            (
                .orderLines,
                "order_number,customer_id,date,sku,amount\nN1,A,2024-01-01,,5\nN1,B,2024-01-01,S1,5\n"
            ),
            (
                .orderLines,
                "order_number,customer_id,date,sku,quantity,unit_price\nN1,A,2024-01-01,,1,5\n"
                    + "N1,A,2024-01-01,S1,1000000,9000000000\n"
            ),
        ])
    func rejectedMakesNothing(kind: ImportKind, text: String) throws {
        let bench = try ImportBench()
        try bench.load(.customers, "email\no@r.p\n")
        let report = try bench.load(kind, text)
        #expect((report.new, report.rejected) == (1, 1))
        #expect(report.warnings == [])
        #expect(try bench.rows("SELECT external_id FROM customers ORDER BY id") == ["–", "A"])
        #expect(try bench.rows("SELECT COUNT(*) FROM products") == ["0"])
        // The same file once more, with the row in the store before it.
        let before = try bench.dump()
        let second = try bench.load(kind, text)
        #expect((second.new, second.updated, second.unchanged, second.rejected) == (0, 0, 1, 1))
        #expect(try bench.dump() == before)
    }

    @Test("a row that gives a known order to a new customer makes the customer")
    func movedOrder() throws {
        let bench = try ImportBench()
        let header = "order_number,customer_id,date,amount\n"
        try bench.load(.orders, header + "N1,A,2024-01-01,5\n")
        let report = try bench.load(.orders, header + "N1,B,2024-01-01,5\nN2,B,2024-01-01,5\n")
        #expect((report.new, report.updated, report.created.map(\.count)) == (1, 1, [1]))
        #expect(
            try bench.rows(
                "SELECT external_id, order_count FROM customers JOIN customer_facts ON customer_id = id ORDER BY id"
            ) == ["A|0", "B|2"])
        #expect(try bench.store.verifyFacts() == [])
        #expect(try bench.store.foreignKeyProblems() == [])
    }
}
