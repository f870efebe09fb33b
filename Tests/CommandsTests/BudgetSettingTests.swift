import TestSupport
import Testing

@Suite("Budgets as a person meets them")
struct BudgetSettingTests {
    @Test("a rule that has no end is told with its place and the setting that would let it go on")
    func standard() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "segment \"loop\" { where = function(c)\n  while true do pcall(error) end\nend }\n",
            to: "scripts/loop.lua")
        let outcome = try shop.run("segment", "loop")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: too long: a rule may take 20,000,000 steps for a customer
                 --> scripts/loop.lua:2
                  |
                2 |   while true do pcall(error) end
                  = look for a loop without end, or raise budgets.predicate.steps in workspace.lua
                  = in segment 'loop', for customer 1

                """)
    }

    @Test(
        "each limit can be set",
        arguments: [
            (
                "budgets = { predicate = { steps = 5000 } }", "for i = 1, 1e9 do end",
                "too long: a rule may take 5,000 steps for a customer"
            ),
            (
                "budgets = { predicate = { seconds = 0.05, steps = 1000000000000 } }",
                "for i = 1, 1e12 do end",
                "too slow: a rule may take 0.05 s of computing for a customer"
            ),
            (
                "budgets = { predicate = { memory_mb = 3 } }", "local t = {} for i = 1, 1e9 do t[i] = i end",
                "not enough memory: a rule may hold 3 MB for a customer"
            ),
            (
                "budgets = { memory_mb = 4 }", "local t = {} for i = 1, 1e9 do t[i] = i end",
                "not enough memory: scripts may hold 4 MB at a time"
            ),
        ])
    func settings(setting: String, body: String, message: String) throws {
        let shop = try Shop()
        try shop.fill()
        try shop.set(setting)
        let outcome = try shop.run("segment", "function(c) \(body) return true end")
        #expect(outcome.errors.hasPrefix("error: \(message)\n --> the command line:1\n"), "\(outcome.errors)")
        #expect(try shop.run("segment", "everyone").output == "5\n")
    }

    @Test(
        "a wrong budget is one error that names it",
        arguments: [
            ("5", "'budgets' takes a table such as { predicate = { seconds = 2 } }, got the number 5"),
            ("{ predicat = {} }", "unknown setting 'budgets.predicat'"),
            (
                "{ predicate = 5 }",
                "'budgets.predicate' takes a table of memory_mb, steps, seconds, got the number 5"
            ),
            ("{ predicate = { step = 5 } }", "unknown setting 'budgets.predicate.step'"),
            (
                "{ predicate = { steps = 0 } }",
                "'budgets.predicate.steps' takes a whole number above 0, got the number 0"
            ),
            (
                "{ line = { seconds = -1 } }",
                "'budgets.line.seconds' takes seconds from 0.01 to 86400, got the number -1"
            ),
            (
                "{ load = { memory_mb = 1.5 } }",
                "'budgets.load.memory_mb' takes a whole number of megabytes, from 1 to 65536, got the number 1.5"
            ),
        ])
    func mistakes(value: String, message: String) throws {
        let shop = try Shop()
        try shop.set("budgets = \(value)")
        let outcome = try shop.run("segment", "function(c) return true end")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("error: \(message)\n --> workspace.lua:"), "\(outcome.errors)")
    }

    @Test(
        "a journey that is stopped is that customer's decision; the others go on with what the script defines"
    )
    func journey() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            local seen = {}
            campaign "loop" {
              audience = segment.everyone,
              journey = function(c)
                seen[#seen + 1] = c.id
                if c.id == 2 then while true do pcall(error) end end
                if c.id == 3 then local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end end
                send { template = "hello" }
                if c.id == 5 then error("had seen " .. #seen) end
              end,
            }
            """, to: "scripts/loop.lua")
        let outcome = try shop.run("dry-run", "loop", "--format", "csv")
        let rows = outcome.output.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[0], cells[8], cells[9]].joined(separator: " ")
                + (line.contains("scripts/loop.lua:6:") ? " line 6" : "")
                + (line.contains("scripts/loop.lua:7:") ? " line 7" : "")
                + (line.contains("had seen 2") ? " had seen 2" : "")
        }
        // Customers 4 and 5 are the first and the second that the second replacement sees.
        #expect(
            rows == [
                "1 sent ", "2 failed error line 6", "3 failed error line 7", "4 skipped no_address",
                "5 sent ",
                "5 failed error had seen 2",
            ])
    }

    @Test(
        "what a script gives a template cannot hold up the host, nor show what the bridge keeps in tables",
        arguments: [
            (
                "return { a = (' '):rep(1 << 22) }", "{{ 'x' | append: a | append: 'x' | strip | size }}",
                "1 failed"
            ),
            (
                "return { y = setmetatable({ 1 }, { __len = function() return 1 << 60 end }) }",
                "{{ y | concat: y | size }}", "1 failed"
            ),
            (
                "return { y = setmetatable({ 1 }, { __len = function() return 1 << 60 end }) }",
                "{{ y | slice: 0, 99999999999999 | size }}", "1 failed"
            ),
            (
                "return { a = ('a'):rep(1 << 23), b = ('a'):rep(1 << 22) .. 'b' }",
                "{{ a | replace: b, '' | size }}", "1 sent"
            ),
            ("return { s = ('<'):rep(1000000) }", "{{ s | strip_html | size }}", "1 failed"),
            ("return { f = ('x'):rep(1 << 22) }", "{{ 'now' | date: f }}", "1 failed"),
            (
                """
                local m = {} setmetatable({}, m)
                local obj = setmetatable({}, { __index = function(_, k) error("a " .. type(k)) end })
                return { m = m, obj = obj }
                """, "{% for p in m %}{{ obj[p.last] }}{% endfor %}ok", "1 sent"
            ),
            ("return { f = type }", "{{ f }}{{ customer }}", "1 sent"),
        ])
    func templates(content: String, template: String, outcome: String) throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            campaign "hostile" {
              audience = segment.everyone & segment.first,
              content = function(c) \(content) end,
              journey = function(c) send { template = "hostile" } end,
            }
            segment "first" { where = function(c) return c.id == 1 end }
            """, to: "scripts/hostile.lua")
        try shop.write(template, to: "templates/hostile.liquid")
        let run = try shop.run("dry-run", "hostile", "--format", "csv")
        let cells = run.output.split(separator: "\n").last?.split(
            separator: ",", omittingEmptySubsequences: false)
        let row = try #require(cells)
        #expect("\(row[0]) \(row[8])" == outcome, "\(run.output)\(run.errors)")
        let again = try shop.run("dry-run", "hostile", "--format", "csv")
        #expect(again.output == run.output)
    }

    @Test("a message that was asked for before a journey is stopped is decided as it is")
    func sentBeforeTheStop() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            campaign "late" {
              audience = segment.everyone,
              journey = function(c)
                send { template = "hello" }
                if c.id == 1 then while true do end end
              end,
            }
            """, to: "scripts/late.lua")
        let output = try shop.run("dry-run", "late", "--format", "csv").output
        #expect(output.contains("\n1,late,hello,scripts/late.lua:4,"), "\(output)")
        let first = output.split(separator: "\n").filter { $0.hasPrefix("1,") }
        #expect(first.count == 2 && first[0].contains(",sent,") && first[1].contains(",failed,"), "\(output)")
    }

    @Test("any number of threads gives the same customers in the same order, or the same error")
    func threads() throws {
        let shop = try Shop()
        try shop.fill()
        let answers = try [1, 2, 3, 8, 64].map { count in
            try [
                "function(c) return c.id % 2 == 1 end", "function(c) return math.random() < 0.5 end",
                "function(c) return c.id == 3 or c.id == 4 and error('no ' .. c.id) end",
                "function(c) return c.nmae end",
            ].map { question in
                let outcome = try shop.run("segment", question, "--ids", "--threads", "\(count)")
                return outcome.output + outcome.errors
            }
        }
        for answer in answers { #expect(answer == answers[0]) }
        #expect(answers[0][0] == "1\n3\n5\n")
        #expect(answers[0][2].hasPrefix("error: no 4\n"), "\(answers[0][2])")
    }
}
