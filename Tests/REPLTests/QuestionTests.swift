import TestSupport
import Testing

@Suite("Questions about customers")
struct QuestionTests {
    /// What the prompt prints for a line in a market; nothing may go wrong.
    private func answer(_ lines: String...) throws -> String {
        let said = try Shop.market().say(lines)
        #expect(said.errors == "")
        return said.output
    }

    @Test("where takes a segment, its name, a function and values, and all of them hold")
    func narrowed() throws {
        #expect(
            try answer(
                "customers:where(segment.buyers):count()", "customers:where \"lettered\":count()",
                "customers:where(segment.buyers - segment.lettered):ids()",
                "customers:where(function(c) return c.city == \"London\" end):ids()",
                "customers:where { city = \"上海\", level = \"银卡\" }:ids()",
                "customers:where { city = \"上海\" }:where(segment.buyers):where(function(c) return c.id > 1 end):ids()",
                "customers:where { stage = \"regular\" }:ids()", "customers:except(segment.buyers):ids()",
                "#customers:where { city = \"上海\" }:except(segment.lettered)",
                "customers:where { total_spent = 200.5 }:ids()", "customers:where {}:count()") == """
                    4
                    3
                    { 1, 3 }
                    { 2, 5 }
                    { 3 }
                    { 3 }
                    { 1, 5 }
                    { 4, 6 }
                    3
                    { 1 }
                    6

                    """)
    }

    @Test("an order and a limit hold for all that follows")
    func cut() throws {
        #expect(
            try answer(
                "customers:order_by(\"-total_spent\"):limit(2):ids()",
                "customers:order_by(\"-total_spent\"):limit(2):where { city = \"上海\" }:count()",
                "customers:order_by(\"-total_spent\"):limit(3):sum \"total_spent\"",
                "customers:order_by(\"city\", \"-id\"):ids()", "customers:order_by(\"stage\", \"id\"):ids()",
                "customers:limit(4):limit(2):count()", "customers:limit(0):first()",
                "customers:limit(100):count()",
                "customers:sample(3):count()", "#customers:sample(3):ids()",
                "customers:sample(3, 1):ids()[1] == customers:sample(3):ids()[1]",
                "customers:order_by(\"-id\"):first().id") == """
                    { 5, 2 }
                    0
                    5600.5
                    { 5, 2, 4, 3, 1, 6 }
                    { 2, 3, 4, 6, 1, 5 }
                    2
                    nil
                    6
                    3
                    3
                    true
                    6

                    """)
    }

    @Test("numbers come in the units of rules")
    func numbers() throws {
        #expect(
            try answer(
                "customers:sum \"total_spent\"", "customers:avg \"order_count\"",
                "customers:min \"registered_at\"",
                "customers:max \"birthday\"", "customers:median \"total_spent\"", "customers:max \"stage\"",
                "customers:limit(0):sum \"total_spent\"", "customers:limit(0):avg \"total_spent\"") == """
                    5615.5
                    1.1666666666667
                    1788192000  -- 2026-09-01 00:00:00 as a time
                    "2001-12-24"
                    107.75
                    "regular"
                    0.0
                    nil

                    """)
    }

    @Test("groups, histograms, grids and rows print as tables that can be asked further")
    func tables() throws {
        let lines = [
            "customers", "customers:where(function(c) return c.total_spent > 100 end)", "customers:limit(0)",
            "customers:group_by \"city\"", "customers:group_by(\"city\"):avg \"total_spent\"",
            "customers:group_by(\"city\", \"level\"):max \"last_order_at\"", "customers:group_by \"stage\"",
            "customers:by_month \"registered_at\"",
            "customers:by_month(\"registered_at\"):sum \"total_spent\"",
            "customers:hist(\"total_spent\", 5)", "customers:hist \"order_count\"",
            "customers:hist \"registered_at\"", "customers:hist \"birthday\"",
            "customers:cross(\"city\", \"level\")", "customers:cross(\"stage\", \"city\")",
            "customers:segments()", "customers:show { \"name\", \"email\", \"birthday\", \"stage\" }",
            "customers:order_by(\"-total_spent\"):limit(2):show()", "cities = customers:group_by(\"city\")",
            "cities[1].city", "#cities", "cities[9]", "cities:where { city = \"London\" }",
            "cities:where(function(row) return row.count > 1 end):order_by(\"-city\")",
            "cities:limit(1):first().count", "cities:count():sum \"count\"",
            "for _, row in ipairs(cities) do print(row.city, row.count) end",
            "rows = customers:show { \"name\", \"level\", \"total_spent\" }", "rows:by \"level\"",
            "rows:show { \"level\", \"name\" }:limit(2)", "rows:avg \"total_spent\"",
            "rows:median \"total_spent\"", "rows:list()[6]", "rows:count()",
        ]
        let said = try Shop.market().say(lines.flatMap { ["print([=[> \($0)]=])", $0] })
        #expect(said.errors == "")
        try expectGolden(said.output, "repl/questions.txt")
    }

    @Test("as JSON they are plain numbers, times in ISO 8601 and amounts in major units")
    func json() throws {
        let said = try Shop.market().say(
            [
                "customers:where { id = 1 }", "customers:group_by \"city\"",
                "customers:hist(\"total_spent\", 2)",
                "customers:cross(\"city\", \"level\")",
            ], options: ["--format", "json"])
        #expect(said.errors == "")
        try expectGolden(said.output, "repl/questions.json")
    }

    @Test("an export is CSV or JSON by its ending, masked, and replaces nothing")
    func export() throws {
        let shop = try Shop.market()
        let said = try shop.say(
            "customers:where(segment.buyers):export \"buyers.csv\"",
            "customers:order_by(\"-id\"):limit(2):export(\"two.jsonl\", { \"name\", \"email\", \"birthday\", \"stage\" })",
            "customers:limit(1):export(\"one.json\", { \"id\", \"registered_at\" })",
            "customers:group_by(\"city\"):export \"cities.csv\"", "customers:export \"buyers.csv\"")
        #expect(
            said.output == """
                wrote 4 rows to buyers.csv
                wrote 2 rows to two.jsonl, addresses masked
                wrote 1 row to one.json
                wrote 3 rows to cities.csv

                """)
        #expect(
            said.errors == """
                error: 'buyers.csv' is there already
                 --> input 5:1:19
                  |
                1 | customers:export "buyers.csv"
                  |                   ^^^^^^^^^^
                  = choose another name, or remove it first

                """)
        #expect(
            try shop.folder.read("shop/buyers.csv") == """
                id,name,city,level,order_count,total_spent,last_order_at
                1,王小明,上海,金卡,2,200.5,2026-11-20T10:00:00+08:00
                2,Ann Lee,London,银卡,1,900.0,2026-11-03T10:00:00+08:00
                3,李娜,上海,银卡,1,15.0,2026-11-06T10:00:00+08:00
                5,O'Neil,London,金卡,3,4500.0,2026-11-09T10:00:00+08:00

                """)
        #expect(
            try shop.folder.read("shop/two.jsonl") == """
                {"name":"Bo","email":null,"birthday":"1999-09-09","stage":"lead"}
                {"name":"O'Neil","email":"o***@example.com","birthday":null,"stage":"regular"}

                """)
        #expect(
            try shop.folder.read("shop/one.json") == """
                [
                {"id":1,"registered_at":"2026-09-30T10:00:00+08:00"}
                ]

                """)
    }

    @Test("people come as customers, one by one too")
    func people() throws {
        #expect(
            try answer(
                "customers:limit(2):list()", "total = 0",
                "customers:order_by(\"-id\"):each(function(c) print(c.id, c.orders:count()); total = total + c.orders:count() end)",
                "total") == """
                    { customer(1), customer(2) }
                    6  0
                    5  3
                    4  0
                    3  1
                    2  1
                    1  2
                    7

                    """)
    }

    @Test("what is wrong is named, with the next step")
    func errors() throws {
        let said = try Shop.market().say(
            "customers:sum \"city\"", "customers:avg \"total_spnt\"", "customers:where { city = 5 }",
            "customers:where { ctiy = \"上海\" }", "customers:where \"byers\"", "customers:where(5)",
            "customers:where(function(c) return c.name > 5 end):count()",
            "customers:where(function(c) return c.orders:count() end):count()",
            "customers:order_by(\"id\", \"desc\")",
            "customers:limit(-1)", "customers:hist \"city\"", "customers:by_month \"city\"", "customers[1]",
            "customers:cuont()", "customers:group_by(\"city\"):sum \"level\"",
            "customers:group_by(\"city\"):order_by \"size\"", "customers:export \"list.txt\"")
        #expect(said.output == "")
        try expectGolden(said.errors, "repl/question-errors.txt")
    }
}
