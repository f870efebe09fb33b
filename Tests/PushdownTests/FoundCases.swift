import Rules
import Store
import Testing

/// A program that once gave something else with pushdown, or easily could; found ones come with what they
/// were about.
struct FoundCase: Sendable, CustomTestStringConvertible {
    /// What must hold, as a sentence.
    let name: String
    /// What the world holds, as SQL.
    let rows: String
    let currency: String
    /// The body of the script.
    let script: String
    /// Who is asked for.
    let audience: String
    /// The ids, such as `[1, 3]`, or how the error begins; nil where one release of Lua gives something else than another.
    let expected: String?

    init(
        _ name: String, rows: String = FoundCase.people, currency: String = "CNY", _ script: String,
        audience: String = "segment.x", gives expected: String?
    ) {
        self.name = name
        self.rows = rows
        self.currency = currency
        self.script = script
        self.audience = audience
        self.expected = expected
    }

    var testDescription: String { name }

    /// Four customers: one of whom everything is known, one whose texts look like numbers, one with odd
    /// texts, and one of whom nothing is known.
    static let people = """
        INSERT INTO customers (id, name, city, level, birthday, registered_at) VALUES
            (1, 'Ann', 'Wuhan', 'gold', '1990-12-01', 1790000000), (2, '10', '0x10', ' 5 ', '2000-02-29', 0),
            (3, 'O''Neil', '100%', 'Ａ', NULL, NULL), (4, NULL, NULL, NULL, NULL, NULL);
        INSERT INTO orders (id, customer_id, placed_at, status, amount, currency) VALUES
            (1, 1, 1790000000, 'paid', 12345, 'CNY'), (2, 1, 1790000000, 'cancelled', 5, 'CNY'),
            (3, 2, 1796086801, 'paid', 700, 'CNY'), (4, 3, 1796086800, 'pending', -5, 'CNY');
        INSERT INTO attribute_definitions (id, name, type, doc) VALUES
            (1, 'size', 'integer', ''), (2, 'ratio', 'number', ''), (3, 'member', 'boolean', '');
        INSERT INTO attribute_values VALUES
            (1, 1, 9007199254740993), (2, 1, 9223372036854775807), (3, 1, 0),
            (1, 2, 0.1), (2, 2, 9e999), (3, 2, -0.0), (1, 3, 1), (2, 3, 0);
        """
}

/// The script of a segment.
func predicate(_ body: String) -> String {
    "segment \"x\" { where = function(c) \(body) end }"
}

@Suite("What random predicates found")
struct FoundCaseTests {
    @Test("each gives with pushdown what it gives without", arguments: all)
    func found(_ example: FoundCase) throws {
        let world = try RandomWorld(rows: example.rows, currency: example.currency)
        let program = Program(
            files: [.init(path: "scripts/x.lua", piece: .statement("\(example.script)"))],
            audience: .prefix("\(example.audience)"))
        for way in [Asker.Way.scan(ranges: 1), .scan(ranges: 3), .walk] {
            let outcomes = try world.store.read(asOf: world.clock.now) {
                program.outcomes(world, $0, by: way)
            }
            let (with, without) = try #require(outcomes)
            #expect(with == without)
            guard let expected = example.expected else { continue }
            switch without {
            case .members(let ids): #expect("\(ids)" == expected)
            case .failure(let text): #expect(text.hasPrefix(expected))
            }
        }
    }

    private static let all = first + byValue + byVariable + byText

    private static let first = [
        FoundCase(
            "an integer is compared with a float by its value, not as a double",
            predicate("return c.size == 2^53 + 1 or c.size == 9007199254740993"), gives: "[1]"),
        FoundCase(
            "the largest integer is less than the float above it", predicate("return c.size < 2^63"),
            gives: "[1, 2, 3]"),
        FoundCase("infinity is a number like others", predicate("return c.ratio == math.huge"), gives: "[2]"),
        FoundCase(
            "minus nought is nought", predicate("return c.ratio == 0 and c.size == -0.0"), gives: "[3]"),
        FoundCase(
            "a comparison with a missing value is false, and its contrary true",
            predicate("return not (c.size > 0)"), gives: "[3, 4]"),
        FoundCase(
            "a text that looks like a number is a text", predicate("return c.name == 10"), gives: "[]"),
        FoundCase(
            "a text beside an operator of arithmetic becomes a number",
            predicate("return (c.id == 2 or nil) and c.name + 1 == 11 and c.city * 1 == 16"), gives: "[2]"),
        FoundCase(
            "a text in order with a number is an error, for the first customer who has one",
            predicate("return c.id > 1 and c.name > 5"),
            gives: "error: attempt to compare number with string"),
        FoundCase(
            "texts are in the order of their bytes", predicate("return c.level > 'gold' and c.city < '2'"),
            gives: "[3]"),
        FoundCase(
            "a percent sign is itself",
            predicate("return c.city == '100%' or c.city:find('%', 1, true) ~= nil"),
            gives: "error: attempt to call a nil value (method 'find')"),
        FoundCase(
            "upper and lower know the letters of ASCII only",
            predicate("return (c.level or ''):lower() == 'Ａ'"),
            gives: "[3]"),
        FoundCase(
            "what an error hides behind is not asked", predicate("return c.id < 5 or c.nonsense"),
            gives: "[1, 2, 3, 4]"),
        FoundCase(
            "an error comes before what stands behind it",
            predicate("return c.nonsense and false or c.id == 1"),
            gives: "error: unknown field 'c.nonsense' of a customer"),
        FoundCase(
            "a value that is neither true nor false is an error", predicate("return c.id > 2 and c.name"),
            gives: "error: segment 'x' returned a text"),
        FoundCase(
            "nothing is as good as false", predicate("return c.level and c.member"), gives: "[1]"),
        FoundCase(
            "rows after the time of the run do not count",
            predicate("return c.orders:any() and c.order_count <= 1"),
            gives: "[1, 3]"),
        FoundCase(
            "an order at the very time counts",
            predicate("return c.orders:since(now()):count() == 1 and not c.orders:before(now()):any()"),
            gives: "[3]"),
        FoundCase(
            "a fraction of a second is cut from a bound",
            predicate("return c.orders:since(now() + 0.9):any()"), gives: "[3]"),
        FoundCase(
            "no row is later than a missing time",
            predicate("return c.orders:since(c.last_cart_at):any() or c.orders:before(c.last_cart_at):any()"),
            gives: "[]"),
        FoundCase(
            "amounts are compared in minor units",
            predicate("return c.orders:where { amount = 123.45 }:any()"),
            gives: "[1]"),
        FoundCase(
            "a birthday on 29 February is on the 28th in other years",
            predicate("return c:birthday_within(days(89)) and not c:birthday_within(days(88))"), gives: "[2]"),
        FoundCase(
            "a table finds a float by the integer that it is",
            "local t = { true, [3.0] = 1 } \(predicate("return t[c.id] == true or t[c.id + 0.0] == 1"))",
            gives: "[1, 3]"),
        FoundCase(
            "a name that hides a word of the host is an error like others, whatever was asked before",
            """
            segment "inner" { where = function(c) local days_ago = c.member return c.orders:since(days_ago(5)):any() end }
            segment "x" { where = function(c)
              local ok = pcall(function() return segment.inner:includes(c) end)
              return segment.inner:includes(c)
            end }
            """, gives: "error: attempt to call a boolean value (local 'days_ago')"),
        FoundCase(
            "a trait is what its function gives",
            "trait \"stage\" { of = function(c) if c.level then return \"known\" end end }\n\(predicate("return c.stage ~= 'known'"))",
            gives: "[4]"),
        FoundCase(
            "dice are the same beside a condition that SQL can answer",
            predicate("return c.id ~= 2 and math.random(4) > 1"), audience: "segment.x & segment.x",
            gives: "[1, 3]"),
        FoundCase(
            "segments combine as sets do, errors from left to right",
            "segment \"y\" { where = function(c) return c.id > 1 end }\nsegment \"z\" { where = function(c) return c.name .. '' ~= '' end }\nsegment \"x\" { where = segment.y - ~segment.z }",
            gives: "error: attempt to concatenate a nil value (field 'c.name')"),
        FoundCase(
            "Lua is asked only where what stands before it holds, also for an answer that may be neither true nor false",
            predicate("return c.birthday and (pcall(function() return c.name end))"),
            gives: "[1, 2]"),
        FoundCase(
            "what is neither true nor false is an error only where the segment before it holds",
            "segment \"y\" { where = function(c) return 0 end }\nsegment \"x\" { where = function(c) return c.id > 9 end }",
            audience: "segment.x & ~segment.y", gives: "[]"),
        FoundCase(
            "a segment that fails is not asked about those who are in already",
            "segment \"y\" { where = function(c) return 0 end }\nsegment \"x\" { where = function(c) return (c.city or 'Wuhan'):sub(1, 1) ~= 'Q' end }",
            audience: "segment.x | ~segment.y", gives: "[1, 2, 3, 4]"),
        FoundCase(
            "a name that nothing has is an error, also where its value is not used",
            predicate("local unused = unknown_word return true"), gives: "error: unknown word 'unknown_word'"),
        FoundCase(
            "a name that nothing has is an error where it is assigned",
            predicate("local unused = 0 unused = unknown_word return true"),
            gives: "error: unknown word 'unknown_word'"),
        FoundCase(
            "a table of true and of numbers is asked for a number",
            "local t = { true, 0, 5 }\n\(predicate("return (t[c.id] or 0) == 5"))", gives: "[3]"),
        FoundCase(
            "a branch that answers a number, by a table of true and of numbers",
            "local t = { true, 0, 0 }\n\(predicate("if (t[c.id] or 0) == 5 then return 0 else end return nil"))",
            gives: "[]"),
        FoundCase(
            "the first character of an empty text is an empty text",
            rows: "INSERT INTO customers (id, city) VALUES (1, ''), (2, 'Bern'), (3, NULL)",
            predicate("if (c.city or '10'):sub(1, 1) == 'ann' then return nil end return true"),
            gives: "[1, 2, 3]"),
        FoundCase(
            "amounts without minor units are whole", currency: "JPY",
            predicate("return c.total_spent == 12345 or c.orders:sum 'amount' == -5"), gives: "[1, 3]"),
    ]
}
