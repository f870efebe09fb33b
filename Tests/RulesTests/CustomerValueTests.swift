import Basics
import Catalog
import Testing

@testable import Rules

@Suite("What rules see of a customer")
struct CustomerValueTests {
    private static let attributes = """
        INSERT INTO attribute_definitions (id, name, type, doc) VALUES
            (1, 'shoe', 'text', ''), (2, 'children', 'integer', ''), (3, 'height', 'number', ''),
            (4, 'newsletter', 'boolean', ''), (5, 'seen_at', 'instant', ''), (6, 'married', 'date', '');
        INSERT INTO customers (id, name, birthday, registered_at) VALUES
            (1, '张伟', '1990-05-01', 1000), (2, NULL, NULL, NULL);
        INSERT INTO attribute_values VALUES (1, 1, '42½'), (1, 2, 3), (1, 3, 1.5), (1, 4, 1), (1, 5, 2000),
            (1, 6, '2020-02-29'), (2, 4, 0);
        """

    @Test("columns, facts and custom attributes of every type are fields")
    func types() throws {
        let workshop = try Workshop(Self.attributes)
        let cases = [
            ("c.id", "1", "2"), ("c.name", "'张伟'", "nil"), ("c.birthday", "'1990-05-01'", "nil"),
            ("c.registered_at", "1000", "nil"), ("c.shoe", "'42½'", "nil"), ("c.children", "3", "nil"),
            ("c.height", "1.5", "nil"), ("c.newsletter", "true", "false"), ("c.seen_at", "2000", "nil"),
            ("c.married", "'2020-02-29'", "nil"), ("c.order_count", "0", "0"),
            ("c.total_spent", "0.0", "0.0"),
            ("c.last_order_at", "nil", "nil"), ("c.largest_order", "nil", "nil"),
        ]
        #expect(try workshop.values(cases.map(\.0), of: 1) == cases.map(\.1))
        #expect(try workshop.values(cases.map(\.0), of: 2) == cases.map(\.2))
    }

    @Test("a missing value is false in comparisons, missing in arithmetic and in indexing")
    func missing() throws {
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)")
        let cases = [
            ("c.last_order_at < now()", "false"), ("c.last_order_at > now()", "false"),
            ("c.last_order_at <= now()", "false"), ("c.last_order_at >= now()", "false"),
            ("now() < c.last_order_at", "false"), ("not (c.last_order_at < now())", "true"),
            ("c.last_order_at < c.first_order_at", "false"), ("c.last_order_at <= c.last_order_at", "false"),
            ("c.city < 'x'", "false"), ("c.city == nil", "true"), ("c.city == 'x'", "false"),
            ("c.city ~= 'x'", "true"),
            ("c.largest_order + 1", "nil"), ("2 * c.largest_order", "nil"), ("-c.largest_order", "nil"),
            ("c.largest_order / 0", "nil"), ("c.largest_order // 1", "nil"), ("c.largest_order % 2", "nil"),
            ("c.largest_order ^ 2", "nil"), ("c.largest_order - 1 > 0", "false"), ("c.city.x", "nil"),
            ("c.orders:last().amount", "nil"), ("c.orders:last().amount > 100", "false"),
            ("c.city or 'none'", "'none'"),
            ("c.city and 1", "nil"), ("c.orders:last().items", "nil"),
            (
                "'Dear ' .. c.name",
                "error: attempt to concatenate a nil value (field 'name') = the value is missing for this customer: write (value or \"…\"), or test it first"
            ),
            ("c.name:upper()", "error: attempt to call a nil value (method 'upper')"),
        ]
        try workshop.expect(cases)
    }

    @Test(
        "amounts are in major units of the currency",
        arguments: [
            ("CNY", "1234.56", "0.01"), ("JPY", "123456.0", "1.0"),
            ("KWD", "123.456", "0.001"), ("EUR", "1234.56", "0.01"),
        ])
    func money(_ currency: String, _ total: String, _ least: String) throws {
        let workshop = try Workshop(
            """
            INSERT INTO customers (id) VALUES (1);
            INSERT INTO orders (customer_id, placed_at, amount, currency) VALUES
                (1, 10, 1, '\(currency)'), (1, 20, 123455, '\(currency)');
            """, currency: currency)
        let cases = [
            ("c.total_spent", total), ("c.orders:first().amount", least), ("c.orders:sum 'amount'", total),
            ("c.orders:where { amount = \(least) }:count()", "1"),
            ("c.orders:where { amount = 99 }:count()", "0"),
            ("c.total_spent == \(total)", "true"),
        ]
        try workshop.expect(cases)
    }

    @Test("methods answer about tags, interests and consent as of the virtual time")
    func methods() throws {
        let now = Workshop.now
        let workshop = try Workshop(
            """
            INSERT INTO customers (id) VALUES (1);
            INSERT INTO tags VALUES (1, 'VIP', NULL), (1, '老客户', \(now)), (1, 'later', \(now + 1));
            INSERT INTO interests VALUES (1, 'outdoor', 1, NULL), (1, 'tea', 5, \(now)), (1, 'art', 1, NULL),
                (1, 'cars', 9, \(now + 1));
            INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES
                (1, 'email', 'granted', 10), (1, 'sms', 'granted', 10), (1, 'sms', 'withdrawn', 20);
            """)
        let cases = [
            ("c:has_tag 'VIP'", "true"), ("c:has_tag 'vip'", "false"), ("c:has_tag '老客户'", "true"),
            ("c:has_tag 'later'", "false"), ("c:likes 'tea'", "true"), ("c:likes 'cars'", "false"),
            ("c:interests()", "{'tea', 'art', 'outdoor'}"), ("c:interests()[1]", "'tea'"),
            ("c:consents_to 'email'", "true"), ("c:consents_to 'sms'", "false"),
            ("c:consents_to 'wecom'", "false"),
            ("c:consents_to 'fax'", "error: unknown channel 'fax' = channels are email, sms and wecom"),
            ("c:has_tag(5)", "error: c:has_tag takes a text as argument 1, got the number 5"),
            ("c:has_tag()", "error: c:has_tag takes a text as argument 1, got nothing"),
            ("c.has_tag 'VIP'", "error: 'has_tag' is called with a colon: c:has_tag(tag)"),
            ("c.interests()", "error: 'interests' is called with a colon: c:interests()"),
            (
                "c:birthday_within('3')",
                "error: c:birthday_within takes a span such as days(3) as argument 1, got the text '3'"
            ),
            ("c:has_tga 'VIP'", "error: unknown field 'has_tga' of a customer = did you mean 'has_tag'?"),
            (
                "c.total_spnet",
                "error: unknown field 'total_spnet' of a customer = did you mean 'total_spent'?"
            ),
            ("c.ordres", "error: unknown field 'ordres' of a customer = did you mean 'orders'?"),
        ]
        try workshop.expect(cases)
    }

    @Test(
        "birthday_within counts whole days from today, over the end of the year and around 29 February",
        arguments: [
            ("2026-12-01", "1990-12-01", 0, true), ("2026-12-01", "1990-12-02", 0, false),
            ("2026-12-01", "1990-12-02", 1, true), ("2026-12-01", "1990-12-04", 3, true),
            ("2026-12-01", "1990-12-05", 3, false), ("2026-12-01", "1990-11-30", 363, false),
            ("2026-12-01", "1990-11-30", 364, true), ("2026-12-30", "1990-01-02", 3, true),
            ("2026-12-30", "1990-01-02", 2, false), ("2026-12-31", "1990-01-01", 1, true),
            ("2026-02-27", "2000-02-29", 1, true), ("2026-02-28", "2000-02-29", 0, true),
            ("2026-03-01", "2000-02-29", 3, false), ("2028-02-28", "2000-02-29", 0, false),
            ("2028-02-28", "2000-02-29", 1, true), ("2028-02-29", "2000-02-29", 0, true),
            ("2028-02-29", "2000-03-01", 1, true), ("2027-12-31", "2000-02-29", 60, true),
            ("2027-12-31", "2000-02-29", 59, false), ("2026-12-31", "2000-02-29", 59, true),
            ("2026-12-01", "1990-12-01", -1, false), ("2026-12-01", "2030-12-01", 0, true),
        ] as [(String, String, Double, Bool)])
    func birthdays(_ today: String, _ birthday: String, _ days: Double, _ expected: Bool) throws {
        let clock = try Workshop().clock
        let now = try #require(clock.instant("\(today) 23:59"))
        let workshop = try Workshop(
            "INSERT INTO customers (id, birthday) VALUES (1, '\(birthday)'), (2, NULL)", now: now)
        #expect(try workshop.value("c:birthday_within(days(\(days)))") == "\(expected)")
        #expect(try workshop.value("c:birthday_within(days(\(days)))", of: 2) == "false")
    }

    @Test("days to the next birthday are what a search day by day finds")
    func birthdaySearch() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2_000 {
            let today = CivilDate(daysSinceEpoch: Int.random(in: 19_000...25_000, using: &random))
            let born =
                Bool.random(using: &random)
                ? CivilDate(daysSinceEpoch: Int.random(in: 0...19_000, using: &random))
                : try #require(CivilDate(year: 2000, month: 2, day: 29))
            var day = today
            while true {
                let moved = born.month == 2 && born.day == 29 && !CivilDate.isLeap(day.year)
                if day.month == born.month, day.day == (moved ? 28 : born.day) { break }
                day = CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)
            }
            #expect(
                daysUntilBirthday(born, from: today) == day.daysSinceEpoch - today.daysSinceEpoch,
                "\(born) \(today)")
        }
    }

    @Test("a customer that was kept past its turn is an error, never another customer's data")
    func kept() throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (1, 'a'), (2, 'b'), (3, 'c')")
        let scripts = [
            script(
                "kept",
                "local kept\nsegment \"kept\" { where = function(c) kept = kept or c return kept.name == 'a' end }"
            )
        ]
        let error = try failure { try workshop.members("segment.kept", scripts) }
        #expect(
            rendered(error, scripts) == """
                error: this customer was kept past its turn; keep the values you need instead
                 --> scripts/kept.lua:2
                  |
                2 | segment "kept" { where = function(c) kept = kept or c return kept.name == 'a' end }
                  = in segment 'kept', for customer 2
                """)
        for use in ["kept.orders", "kept:has_tag 'x'", "kept:interests()", "kept:birthday_within(0)"] {
            let text =
                "local kept\nsegment \"kept\" { where = function(c) kept = kept or c return \(use) and true end }"
            let error = try failure { try workshop.members("segment.kept", [script("kept", text)]) }
            #expect(
                message(of: error) == "this customer was kept past its turn; keep the values you need instead"
            )
        }
    }

    @Test("the table of a customer cannot be reached or changed")
    func locked() throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (1, 'a')")
        let scripts = [script("a", "segment \"a\" { where = function(c) c.name = 'b' return true end }")]
        let error = try failure { try workshop.members("segment.a", scripts) }
        #expect(message(of: error) == "a customer's fields cannot be written; rules only read")
        #expect(try workshop.value("getmetatable(c)") == "false")
    }

    @Test("an error shows what the script says, and nothing of the customer")
    func nothingOfTheCustomer() throws {
        let workshop = try Workshop(
            "INSERT INTO customers (id, name, phone) VALUES (1, 'Secret', '13800138000')")
        for (expression, message) in [
            (
                "c:birthday_within(c.phone)",
                "c:birthday_within takes a span such as days(3) as argument 1, got a text"
            ),
            ("date(c.name)", "date takes a day such as 2026-11-11 or 2026-11-11 10:00, got another text"),
            ("c:consents_to(c.name)", "unknown channel = channels are email, sms and wecom"),
            ("c:has_tag(#c.phone)", "c:has_tag takes a text as argument 1, got a number"),
            ("c.orders:where { amount = c.phone }", "'amount' is compared with a text, but it holds amounts"),
            ("c:consents_to 'fax'", "unknown channel 'fax' = channels are email, sms and wecom"),
        ] {
            #expect(try workshop.value(expression) == "error: \(message)", "\(expression)")
        }
    }
}
