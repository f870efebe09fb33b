import Foundation
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
            "local function double(n)", "  return n * 2", "end", "local a, b = double(4)", "a", "b",
            "f = function(x)", "return x end",
            "f(a)", "local c <const> = 5", "do local hidden = 1 end", "hidden")
        #expect(said.output == "8\nnil\n8\n")
        #expect(said.errors.hasPrefix("error: unknown name 'hidden'\n --> input 9:1:1\n"), "\(said.errors)")
        #expect(said.status == 1)
    }

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
                  = numbers go from 1 to 5; find "…" looks for names
                error: 'then' expected near <eof>
                 --> input 6:2
                  |
                2 | x

                """)
        #expect(said.status == 1)
    }
}

@Suite("Scripts and the prompt")
struct PromptScriptTests {
    @Test("a segment that is defined can be asked, defined anew, and undone by an error")
    func definitions() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "segment \"rich\" { where = function(c) return c.total_spent > 100 end }",
            "segment.rich:includes(customer(1))", "segment.rich:includes(customer(3))",
            "segment \"rich\" { where = function(c) return c.total_spent > 500 end }",
            "segment.rich:includes(customer(1))",
            "segment \"buyers\" { where = function(c) return false end }",
            "segment.buyers:includes(customer(1))", "segment \"odd\" { where = segment.none }",
            "segment \"lost\"",
            "segment.odd:includes(customer(1))")
        #expect(said.output == "segment rich\ntrue\nfalse\nsegment rich\nfalse\nsegment buyers\nfalse\n")
        #expect(
            said.errors == """
                error: unknown segment 'none'
                 --> input 8:1:33
                  |
                1 | segment "odd" { where = segment.none }
                  |                                 ^^^^
                  = known are: buyers, everyone, odd, rich
                error: segment 'lost' has no body
                 --> input 9:1:10
                  |
                1 | segment "lost"
                  |          ^^^^
                  = write segment "lost" { … }
                error: unknown segment 'odd'
                 --> input 10:1:9
                  |
                1 | segment.odd:includes(customer(1))
                  |         ^^^
                  = known are: buyers, everyone, rich

                """)
    }

    @Test("what was defined becomes a tidy script with its description, its variables and tests that pass")
    func save() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "limit = 100",
            "segment \"rich\" { where = function(c) return c.total_spent > limit and c.city == \"上海\" end }",
            "save(\"rich\", \"rich\", { description = \"Spent much in Shanghai\" })",
            "segment.rich:includes(customer(1))")
        let script = """
            --- Spent much in Shanghai.

            local limit = 100

            segment "rich" {
              description = "Spent much in Shanghai",
              where = function(c)
                return c.total_spent > limit and c.city == "上海"
              end,
            }

            test("somebody like a member is in rich", function()
              local c = customer_like { city = "上海", total_spent = 200.5 }
              expect(segment.rich:includes(c)).is(true)
            end)

            test("somebody like the others is not in rich", function()
              local c = customer_like { city = "London", total_spent = 900 }
              expect(segment.rich:includes(c)).is(false)
            end)

            """
        #expect(try shop.folder.read("shop/scripts/rich.lua") == script)
        let shown = script.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            "  \($0)\n"
        }
        #expect(said.output == "segment rich\nscripts/rich.lua written with 2 tests\n\(shown.joined())true\n")
        #expect(said.errors == "")
        let tests = try shop.run("test", "scripts/rich.lua")
        #expect(tests.status == 0, "\(tests.output)")
        let again = try shop.say(
            "segment \"rich\" { where = function(c) return true end }", "save(\"rich\", \"rich\")",
            "save(\"buyers\", \"b\")",
            "save(\"rihc\", \"x\")", "save(\"rich\", \"../x\")", "save(\"rich\", \"x\", { replaces = true })")
        #expect(
            again.errors == """
                error: scripts/rich.lua is there already
                 --> input 2:1
                  |
                1 | save("rich", "rich")
                  = choose another name, or save("rich", "scripts/rich.lua", { replace = true })
                error: 'buyers' stands in scripts/buyers.lua already
                 --> input 3:1:7
                  |
                1 | save("buyers", "b")
                  |       ^^^^^^
                  = edit "scripts/buyers.lua"
                error: nothing called 'rihc' was defined at the prompt
                 --> input 4:1:7
                  |
                1 | save("rihc", "x")
                  |       ^^^^
                  = define it first, as in segment "rihc" { where = function(c) return … end }
                error: a script is saved in scripts/, got '../x'
                 --> input 5:1:15
                  |
                1 | save("rich", "../x")
                  |               ^^^^
                  = such as scripts/vip.lua
                error: save has no setting 'replaces'
                 --> input 6:1:21
                  |
                1 | save("rich", "x", { replaces = true })
                  |                     ^^^^^^^^
                  = did you mean 'replace'?

                """)
    }

    @Test("a custom attribute that was read is a need of the script")
    func need() throws {
        let shop = try Shop.filled()
        try shop.write("id,club_card\n1,gold\n", to: "customers.csv")
        try shop.importFiles("customers")
        let said = try shop.say(
            "segment \"gold\" { where = function(c) return c.club_card == \"gold\" end }",
            "save(\"gold\", \"segments/gold\")")
        #expect(said.errors == "")
        let script = try shop.folder.read("shop/scripts/segments/gold.lua")
        #expect(
            script.hasPrefix(
                """
                --- Customers where c.club_card == "gold".
                ---
                --- @needs field club_card

                segment "gold" {
                """), "\(script)")
    }

    @Test("a script is not saved through a link that leads out of the workspace")
    func link() throws {
        let shop = try Shop.filled()
        let outside = shop.folder.path("outside")
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: shop.url.appending(path: "scripts/linked").path, withDestinationPath: outside)
        let said = try shop.say(
            "segment \"x\" { where = function(c) return c.order_count > 1 end }", "save(\"x\", \"linked/x\")",
            "save(\"x\", \"linked/deep/x\")", "save(\"x\", \"deep/x\")")
        #expect(said.errors.contains("scripts/linked/x.lua"), "\(said.errors)")
        #expect(said.errors.contains("scripts/linked/deep/x.lua"), "\(said.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
        #expect(try shop.folder.read("shop/scripts/deep/x.lua").contains("segment \"x\""))
    }

    @Test("rows in a list print as a table, and as objects in JSON")
    func rows() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "customer(1).orders:list()", "{ customer(1).orders, customer(1).orders:last() }")
        #expect(
            said.output == """
                number  placed_at             amount  currency  item_count  status
                A1      2026-06-01 10:00:00  ¥120.50  CNY                0  completed
                A2      2026-11-20 10:00:00   ¥80.00  CNY                0  completed
                { 2 orders, an order }

                """)
        let json = try shop.say("{ customer(1).orders:last() }", options: ["--format", "json"])
        #expect(json.output.hasPrefix("[{\"number\":\"A2\","))
    }

    @Test("with a script that does not load the prompt begins without scripts, and says why")
    func broken() throws {
        let shop = try Shop.filled()
        try shop.write("segment \"x\" {", to: "scripts/broken.lua")
        let said = try shop.say("1 + 1", "segment.buyers:includes(customer(1))")
        #expect(said.output == "2\n")
        #expect(
            said.errors == """
                error: unexpected symbol near <eof>
                 --> scripts/broken.lua:1
                  |
                1 | segment "x" {
                The prompt goes on without scripts until that is mended.
                error: unknown segment 'buyers'
                 --> input 2:1:9
                  |
                1 | segment.buyers:includes(customer(1))
                  |         ^^^^^^
                  = there is no segment yet

                """)
    }
}

@Suite("Addresses and changes at the prompt")
struct PromptPrivacyTests {
    @Test("addresses are masked wherever they come from, until reveal(true), which the audit log keeps")
    func reveal() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "customer(1).email", "print(customer(1).phone)", "{ customer(1).email, \"call 13800000001\" }",
            "reveal(true)", "customer(1).email", "reveal(false)", "customer(1).email", "reveal(1)")
        #expect(
            said.output == """
                "m***@example.com"
                138****0001
                { "m***@example.com", "call 138****0001" }
                "ming@example.com"
                "m***@example.com"

                """)
        #expect(
            said.errors == """
                Addresses are shown in full until reveal(false); the audit log has \(NSUserName()) and the time.
                Addresses are masked again.
                error: reveal takes true or false as argument 1, got the number 1
                 --> input 8:1
                  |
                1 | reveal(1)

                """)
        #expect(try shop.dump().contains("'\(NSUserName())','reveal','{\"where\":\"repl\"}'"))
    }
}

@Suite("Changing customers at the prompt")
struct PromptChangeTests {
    @Test("a commit shows what would change, asks, changes all or nothing, and the next line sees it")
    func commit() throws {
        let shop = try Shop.filled()
        let before = try shop.dump()
        let refused = try shop.say(
            "customers:where(segment.buyers):tag \"kept\"",
            "commit(function() customers:where(segment.buyers):tag \"kept\" end)")
        #expect(
            refused.output == """
                tag "kept"  2 customers
                  1  – → kept
                  2  – → kept

                """)
        #expect(
            refused.errors == """
                error: tag changes customers, and the prompt only reads
                 --> input 1:1
                  |
                1 | customers:where(segment.buyers):tag "kept"
                  = write it inside commit(function() … end), which shows what would change and asks
                error: nobody is there to answer, so nothing was changed
                 --> input 2:1
                  |
                1 | commit(function() customers:where(segment.buyers):tag "kept" end)
                  = moonletter repl --yes answers yes to every commit

                """)
        #expect(try shop.dump() == before)
        let changed = try shop.say(
            "commit(function()", "  customers:where(segment.buyers):tag(\"kept\"):set(\"owner\", \"李娜\")",
            "  customers:where { city = \"Cork\" }:task { title = \"Call\", due = days(2) }",
            "end)",
            "customers:where(function(c) return c:has_tag \"kept\" and c.owner == \"李娜\" end):count()",
            "commit(function() customers:where(segment.buyers):tag \"kept\" end)",
            "commit(function() customers:set(\"email\", \"x\") end)",
            "commit(function() customers:set(\"level\", \"gold\") error(\"no\") end)",
            "customers:where { level = \"gold\" }:count()", options: ["--yes"])
        #expect(
            changed.output == """
                tag "kept"  2 customers
                  1  – → kept
                  2  – → kept
                set owner to 李娜  2 customers
                  1  – → 李娜
                  2  – → 李娜
                task "Call"  1 customer
                  5  – → Call
                2
                tag "kept"  0 customers (2 stay as they are)
                Nothing would change.
                0

                """)
        #expect(
            changed.errors == """
                Changed, and written to the audit log.
                error: 'email' cannot be set here
                 --> input 4:1
                  |
                1 | commit(function() customers:set("email", "x") end)
                  = addresses change with an import, for consent hangs on them
                error: no
                 --> input 5:1
                  |
                1 | commit(function() customers:set("level", "gold") error("no") end)
                  = called at input 5:1

                """)
        let log = try shop.dump().split(separator: "\n").filter {
            $0.hasPrefix("INSERT INTO audit_log") && !$0.contains("'import'")
        }
        #expect(log.count == 3)
    }
}

@Suite("The prompt as a command")
struct ReplCommandTests {
    @Test(
        "-e runs in order and stops at the first failure; a file runs as one; nothing is asked of a terminal")
    func code() throws {
        let shop = try Shop.filled()
        let several = try shop.run("repl", "-e", "x = 2", "-e", "x + 1", "-e", "error(\"no\")", "-e", "9")
        #expect(several.output == "3\n")
        #expect(several.status == 1)
        try shop.write(
            "local n = customers:count()\nprint(n, \"customers\")\nshow(customers:first())\n",
            to: "report.lua")
        let file = try shop.run("repl", "report.lua")
        #expect(file.output.hasPrefix("5  customers\n王小明 · customer 1\n"))
        #expect(file.status == 0)
        try shop.write("print(1)\nlocal x = nmae\n", to: "wrong.lua")
        let wrong = try shop.run("repl", "wrong.lua")
        #expect(wrong.output == "1\n")
        #expect(
            wrong.errors.hasPrefix("error: unknown name 'nmae'\n --> wrong.lua:2:11\n"), "\(wrong.errors)")
        #expect(wrong.status == 1)
        let missing = try shop.run("repl", "none.lua")
        #expect(missing.errors.hasPrefix("error: there is no file none.lua"), "\(missing.errors)")
        let both = try shop.run("repl", "-e", "1", "report.lua")
        #expect(both.status == 64)
    }

    @Test("as JSON each result is one value in a line")
    func json() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "1, \"a\"", "{ 1, { x = 2.5 }, false }", "customer(1).orders:last()",
            "customers:group_by \"city\"",
            "customers:where(segment.buyers):show { \"name\", \"email\", \"total_spent\" }",
            options: ["--format", "json"])
        #expect(
            said.output == """
                1
                "a"
                [1,{"x":2.5},false]
                {"number":"A2","placed_at":"2026-11-20T10:00:00+08:00","amount":80.0,"currency":"CNY","item_count":0.0,"status":"completed","source":null,"coupon":null,"id":2}
                [{"city":"Cork","count":1},{"city":"London","count":1},{"city":"上海","count":1},{"city":"北京","count":1},{"city":"深圳","count":1}]
                [{"name":"王小明","email":"m***@example.com","total_spent":200.5},{"name":"Ann Lee","email":"a***@example.com","total_spent":900.0}]

                """)
    }
}
