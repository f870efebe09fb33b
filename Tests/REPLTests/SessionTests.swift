import TestSupport
import Testing

@Suite("The prompt without a terminal")
struct SessionTests {
    @Test("an expression prints its value, a statement nothing, and _ is the last value")
    func values() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "1 + 1", "_ * 10", "x = { 1, 2, name = \"王\", deep = { a = { b = { c = { 1 } } } } }", "x",
            "nil", "\"a\\nb\"", "2 / 2", "customer(1).name", "1, 2")
        #expect(
            said.output == """
                2
                20
                { 1, 2, deep = { a = { b = { c = { … } } } }, name = "王" }
                nil
                "a\\nb"
                1.0
                "王小明"
                1
                2

                """)
        #expect(said.errors == "")
        #expect(said.status == 0)
    }

    @Test("a chunk goes over lines until it is complete, and a local at its top stays")
    func chunks() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "local function double(n)", "  return n * 2", "end", "local a, b = double(4)", "a", "b", "f = function(x)", "return x end",
            "f(a)", "local c <const> = 5", "do local hidden = 1 end", "hidden")
        #expect(said.output == "8\nnil\n8\n")
        #expect(
            said.errors == """
                error: unknown name 'hidden'
                 --> input 9:1:1
                  |
                1 | hidden
                  | ^^^^^^
                  = \(Self.names)

                """)
        #expect(said.status == 1)
    }

    private static let names = "known are: a, assert, at, award, campaign, commit, customer, customer_like, date, days, days_ago, double, …"

    @Test("what fails says where, the rest goes on, and the status is 1")
    func failures() throws {
        let shop = try Shop.filled()
        let said = try shop.say("x = 1", "error(\"no\")", "customer(1).nmae", "customer(99)", "x", "if", "x")
        #expect(said.output == "1\n")
        #expect(
            said.errors == """
                error: no
                 --> input 2:1
                  |
                1 | error("no")
                error: unknown field 'nmae' of a customer
                 --> input 3:1:13
                  |
                1 | customer(1).nmae
                  |             ^^^^
                  = did you mean 'name'?
                error: there is no customer 99
                 --> input 4:1
                  |
                1 | customer(99)
                error: 'then' expected near <eof>
                 --> input 6:2
                  |
                2 | x

                """)
        #expect(said.status == 1)
    }
}
