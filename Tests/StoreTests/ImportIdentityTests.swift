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
                "2 e-mail addresses without @ left out", "2 phone numbers that are none left out",
            ])
    }
}
