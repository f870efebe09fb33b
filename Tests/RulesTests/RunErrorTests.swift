import Catalog
import Diagnostics
import Testing

@testable import Rules

@Suite("Errors while rules run")
struct RunErrorTests {
    @Test("a predicate's error points at its line and names segment and customer", arguments: predicates)
    func predicate(_ example: Case) throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (7, NULL)")
        let files = [script("x", Self.segment(example.program))]
        let error = try failure { try workshop.members("segment.x", files) }
        #expect(rendered(error, files) == example.message)
    }

    private static func segment(_ body: String) -> String {
        "segment \"x\" {\n  description = \"\",\n  where = function(c)\n    \(body)\n  end,\n}"
    }

    @Test("an error of a campaign's own functions points at its line", arguments: campaigns)
    func campaign(_ example: Case) throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (7, NULL)")
        let templates = [
            template("hello", "Hello {{ customer.name }}"), template("hello.sms", "Hi"),
        ]
        let files = [
            script(
                "x", "campaign \"x\" {\n  audience = function(c) return true end,\n  \(example.program),\n}")
        ]
        try workshop.rules(files, templates: templates) { host, walk in
            _ = try walk.next()
            let campaign = try host.campaign("x")
            let error = try failure {
                let journey = try Journey(host, campaign, Entry(time: host.clock.now))
                while try journey.next(.sent(true), in: walk) != nil {}
                _ = try host.isGoalMet(of: campaign, enteredAt: host.clock.now, in: walk)
                _ = try host.exitRuleHolds(of: campaign, enteredAt: host.clock.now, in: walk)
                _ = try host.content(of: campaign, in: walk)
            }
            #expect(rendered(error, files) == example.message)
        }
    }

    @Test("an unknown field points at its line, in a rule and in a template")
    func unknownField() throws {
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (7)")
        let files = [script("x", Self.segment("return c.order_cuont > 0"))]
        let error = try failure { try workshop.members("segment.x", files) }
        #expect(
            rendered(error, files) == """
                error: unknown field 'c.order_cuont' of a customer
                 --> scripts/x.lua:4:14
                  |
                4 |     return c.order_cuont > 0
                  |              ^^^^^^^^^^^
                  = did you mean 'order_count'?
                  = in segment 'x', for customer 7
                """)
        let templates = [template("bye", "Hello,\n{{ customer.name }} and {{ customer.nmae }}")]
        let campaign = [
            script("x", "campaign 'x' { audience = function(c) return true end, journey = function(c) end }")
        ]
        let inTemplate = try workshop.rules(campaign, templates: templates) { host, walk in
            _ = try walk.next()
            let campaign = try host.campaign("x")
            let content = try host.content(of: campaign, in: walk)
            return try failure {
                _ = try host.render("bye", .email, content, campaign: campaign, in: walk)
            }
        }
        #expect(
            rendered(inTemplate, templates) == """
                error: unknown field 'nmae' of a customer
                 --> templates/bye.liquid:2:37
                  |
                2 | {{ customer.name }} and {{ customer.nmae }}
                  |                                     ^^^^
                  = did you mean 'name'?
                """)
    }

    @Test("a segment that fails inside another names both")
    func nested() throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (7, NULL)")
        let files = [
            script(
                "a",
                "segment \"outer\" {\n  where = function(c)\n    return segment.inner:includes(c)\n  end\n}"),
            script("b", "segment \"inner\" {\n  where = function(c)\n    return \"x\" .. c.name\n  end\n}"),
        ]
        let error = try failure { try workshop.members("segment.outer", files) }
        #expect(
            rendered(error, files) == """
                error: attempt to concatenate a nil value (field 'c.name')
                 --> scripts/b.lua:3:21
                  |
                3 |     return "x" .. c.name
                  |                     ^^^^
                  = the value is missing for this customer: write (value or "…"), or test it first
                  = called at scripts/a.lua:3, in segment 'outer'
                  = in segment 'inner', for customer 7
                  = in segment 'outer', for customer 7
                """)
    }

    @Test("an error is told as it is, whatever was swallowed or asked before it")
    func afterOthers() throws {
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (6), (7)")
        let files = [
            script(
                "a",
                """
                segment "inner" { where = function(c) local name = c.name return name() end }
                local function swallowed(c) pcall(function() return segment.inner:includes(c) end) end
                segment "outer" { where = function(c)
                  swallowed(c)
                  return c.id == 7 and segment.inner:includes(c)
                end }
                """)
        ]
        try workshop.rules(files) { host, walk in
            for _ in 1...2 {
                try walk.restart(over: 1...9)
                let audience = try host.audience(host.expression("segment.outer"))
                let error = try failure {
                    while try walk.next() != nil { _ = try walk.isIn(audience) }
                }
                #expect(
                    diagnostic(of: error).notes == [
                        "called at scripts/a.lua:5, in segment 'outer'",
                        "in segment 'inner', for customer 7", "in segment 'outer', for customer 7",
                    ])
            }
        }
        let scanned = try failure { try workshop.members("segment.outer", files) }
        #expect(diagnostic(of: scanned).notes.count == 3)
    }

    @Test("a trait that fails names itself and who read it", arguments: traits)
    func trait(_ example: Case) throws {
        let workshop = try Workshop("INSERT INTO customers (id, name) VALUES (7, NULL)")
        let files = [
            script("a", "segment \"x\" {\n  where = function(c) return c.greeting ~= nil end,\n}"),
            script("b", "trait \"greeting\" {\n  of = function(c)\n    \(example.program)\n  end,\n}"),
        ]
        let error = try failure { try workshop.members("segment.x", files) }
        #expect(rendered(error, files) == example.message)
    }

    private static let traits = [
        Case(
            "a trait that raises",
            """
            return "Dear " .. c.name
            """,
            """
            error: attempt to concatenate a nil value (field 'c.name')
             --> scripts/b.lua:3:25
              |
            3 |     return "Dear " .. c.name
              |                         ^^^^
              = the value is missing for this customer: write (value or "…"), or test it first
              = called at scripts/a.lua:2, in segment 'x'
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that reads an unknown field",
            """
            return c.order_cuont
            """,
            """
            error: unknown field 'c.order_cuont' of a customer
             --> scripts/b.lua:3:14
              |
            3 |     return c.order_cuont
              |              ^^^^^^^^^^^
              = did you mean 'order_count'?
              = called at scripts/a.lua:2, in segment 'x'
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that gives a table",
            """
            return { c.name }
            """,
            """
            error: trait 'greeting' returned a table
             --> scripts/b.lua:2:3
              |
            2 |   of = function(c)
              |   ^
              = a trait gives a text, a number, true, false or nothing
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that gives a function",
            """
            return tostring
            """,
            """
            error: trait 'greeting' returned a function
             --> scripts/b.lua:2:3
              |
            2 |   of = function(c)
              |   ^
              = a trait gives a text, a number, true, false or nothing
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that gives a relation",
            """
            return c.orders
            """,
            """
            error: trait 'greeting' returned an object
             --> scripts/b.lua:2:3
              |
            2 |   of = function(c)
              |   ^
              = a trait gives a text, a number, true, false or nothing
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that sends",
            """
            send { template = "x" }
            """,
            """
            error: send works only inside the journey of a campaign
             --> scripts/b.lua:3
              |
            3 |     send { template = "x" }
              = called at scripts/a.lua:2, in segment 'x'
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait without end",
            """
            while true do end
            """,
            """
            error: too long: a rule may take 20,000,000 steps for a customer
             --> scripts/b.lua:3
              |
            3 |     while true do end
              = look for a loop without end, or raise budgets.predicate.steps in workspace.lua
              = called at scripts/a.lua:2, in segment 'x'
              = in segment 'x', for customer 7
            """),
        Case(
            "a trait that reads itself",
            """
            return c.greeting
            """,
            """
            error: trait 'greeting' asks for itself
             --> scripts/b.lua:3:14
              |
            3 |     return c.greeting
              |              ^^^^^^^^
              = nobody can say what it is; take one of the traits out of the circle
              = called at scripts/a.lua:2, in segment 'x'
              = in trait 'greeting', for customer 7
              = in segment 'x', for customer 7
            """),
    ]

    private static let predicates = [
        Case(
            "a rule that returns a text",
            """
            return "yes"
            """,
            """
            error: segment 'x' returned a text
             --> scripts/x.lua:3:3
              |
            3 |   where = function(c)
              |   ^
              = a rule answers true or false; compare the value with something
              = in segment 'x', for customer 7
            """),
        Case(
            "a rule that returns a number",
            """
            return 1
            """,
            """
            error: segment 'x' returned a number
             --> scripts/x.lua:3:3
              |
            3 |   where = function(c)
              |   ^
              = a rule answers true or false; compare the value with something
              = in segment 'x', for customer 7
            """),
        Case(
            "a rule that returns a customer",
            """
            return c
            """,
            """
            error: segment 'x' returned a customer
             --> scripts/x.lua:3:3
              |
            3 |   where = function(c)
              |   ^
              = a rule answers true or false; compare the value with something
              = in segment 'x', for customer 7
            """),
        Case(
            "a rule that returns a function",
            """
            return c.has_tag
            """,
            """
            error: segment 'x' returned a function
             --> scripts/x.lua:3:3
              |
            3 |   where = function(c)
              |   ^
              = a rule answers true or false; compare the value with something
              = in segment 'x', for customer 7
            """),
        Case(
            "a missing field in a text",
            """
            return "Dear " .. c.name == "x"
            """,
            """
            error: attempt to concatenate a nil value (field 'c.name')
             --> scripts/x.lua:4:25
              |
            4 |     return "Dear " .. c.name == "x"
              |                         ^^^^
              = the value is missing for this customer: write (value or "…"), or test it first
              = in segment 'x', for customer 7
            """),
        Case(
            "a text compared with a number",
            """
            return c.order_count > "5"
            """,
            """
            error: attempt to compare string with number
             --> scripts/x.lua:4
              |
            4 |     return c.order_count > "5"
              = the two sides are of different types: compare a number with a number, a text with a text
              = in segment 'x', for customer 7
            """),
        Case(
            "a number compared with a day",
            """
            return c.registered_at or 1 > c.birthday or "1990-01-01"
            """,
            """
            error: segment 'x' returned a text
             --> scripts/x.lua:3:3
              |
            3 |   where = function(c)
              |   ^
              = a rule answers true or false; compare the value with something
              = in segment 'x', for customer 7
            """),
        Case(
            "a time compared with a text",
            """
            return now() > "2026-01-01"
            """,
            """
            error: attempt to compare string with number
             --> scripts/x.lua:4
              |
            4 |     return now() > "2026-01-01"
              = the two sides are of different types: compare a number with a number, a text with a text
              = in segment 'x', for customer 7
            """),
        Case(
            "an unknown segment inside a function",
            """
            return segment.nobody:includes(c)
            """,
            """
            error: unknown segment 'nobody'
             --> scripts/x.lua:4:20
              |
            4 |     return segment.nobody:includes(c)
              |                    ^^^^^^
              = known are: x
              = in segment 'x', for customer 7
            """),
        Case(
            "includes without a customer",
            """
            return segment.x:includes()
            """,
            """
            error: includes takes a customer as argument 1, got nothing
             --> scripts/x.lua:4
              |
            4 |     return segment.x:includes()
              = in segment 'x', for customer 7
            """),
        Case(
            "a wrong method of a segment",
            """
            return segment.x:count()
            """,
            """
            error: a segment has no method 'count'
             --> scripts/x.lua:4:22
              |
            4 |     return segment.x:count()
              |                      ^^^^^
              = it has :includes(c)
              = in segment 'x', for customer 7
            """),
        Case(
            "a circle through a function",
            """
            return segment.x:includes(c)
            """,
            """
            error: segment 'x' asks for itself
             --> scripts/x.lua:4:20
              |
            4 |     return segment.x:includes(c)
              |                    ^
              = nobody can say who is in it; take one of the segments out of the circle
              = in segment 'x', for customer 7
            """),
        Case(
            "a send",
            """
            return send { template = "x" }
            """,
            """
            error: send works only inside the journey of a campaign
             --> scripts/x.lua:4
              |
            4 |     return send { template = "x" }
              = in segment 'x', for customer 7
            """),
        Case(
            "a global written",
            """
            seen = true return true
            """,
            """
            error: 'seen' is global, and scripts share nothing
             --> scripts/x.lua:4:5
              |
            4 |     seen = true return true
              |     ^^^^
              = write local before it
              = in segment 'x', for customer 7
            """),
        Case(
            "a word that is not there",
            """
            return day_ago(3)
            """,
            """
            error: unknown word 'day_ago'
             --> scripts/x.lua:4:12
              |
            4 |     return day_ago(3)
              |            ^^^^^^^
              = did you mean 'days_ago'?
              = in segment 'x', for customer 7
            """),
        Case(
            "a bad date",
            """
            return now() > date "2026-02-30"
            """,
            """
            error: date takes a day such as 2026-11-11 or 2026-11-11 10:00, got '2026-02-30'
             --> scripts/x.lua:4:26
              |
            4 |     return now() > date "2026-02-30"
              |                          ^^^^^^^^^^
              = in segment 'x', for customer 7
            """),
        Case(
            "a call of nothing",
            """
            return c.name:upper() == "X"
            """,
            """
            error: attempt to call a nil value (method 'upper')
             --> scripts/x.lua:4:19
              |
            4 |     return c.name:upper() == "X"
              |                   ^^^^^
              = in segment 'x', for customer 7
            """),
        Case(
            "endless recursion",
            """
            local function f() return 1 + f() end return f()
            """,
            """
            error: stack overflow
             --> scripts/x.lua:4
              |
            4 |     local function f() return 1 + f() end return f()
              = in segment 'x', for customer 7
            """),
    ]

    private static let campaigns = [
        Case(
            "an unknown template",
            """
            journey = function(c)
                send { template = "helo" }
              end
            """,
            """
            error: unknown template 'helo'
             --> scripts/x.lua:4:24
              |
            4 |     send { template = "helo" }
              |                        ^^^^
              = did you mean 'hello'?
            """),
        Case(
            "an unknown template without a near one",
            """
            journey = function(c)
                send { template = "voucher" }
              end
            """,
            """
            error: unknown template 'voucher'
             --> scripts/x.lua:4:24
              |
            4 |     send { template = "voucher" }
              |                        ^^^^^^^
              = known are: hello
            """),
        Case(
            "a template not written for the channel",
            """
            journey = function(c)
                send { template = "hello", channel = "wecom" }
              end
            """,
            """
            error: the template 'hello' is not written for wecom
             --> scripts/x.lua:4:24
              |
            4 |     send { template = "hello", channel = "wecom" }
              |                        ^^^^^
              = add templates/hello.wecom.liquid
            """),
        Case(
            "a send by an unknown channel",
            """
            journey = function(c)
                send { template = "hello", channel = "fax" }
              end
            """,
            """
            error: unknown channel 'fax'
             --> scripts/x.lua:4:43
              |
            4 |     send { template = "hello", channel = "fax" }
              |                                           ^^^
              = channels are email, sms and wecom
            """),
        Case(
            "a channel that is no text",
            """
            journey = function(c)
                send { template = "hello", channel = 5 }
              end
            """,
            """
            error: the channel of send is a text, got the number 5
             --> scripts/x.lua:4
              |
            4 |     send { template = "hello", channel = 5 }
            """),
        Case(
            "a channel the campaign does not use",
            """
            channels = { "email" },
              journey = function(c)
                send { template = "hello", channel = "sms" }
              end
            """,
            """
            error: the channel 'sms' is not one of campaign 'x'
             --> scripts/x.lua:5:43
              |
            5 |     send { template = "hello", channel = "sms" }
              |                                           ^^^
              = add it to the campaign's channels, or leave it out of send
            """),
        Case(
            "a send without template",
            """
            journey = function(c)
                send { channel = "sms" }
              end
            """,
            """
            error: send takes the name of a template
             --> scripts/x.lua:4
              |
            4 |     send { channel = "sms" }
              = write send { template = "NAME" }
            """),
        Case(
            "an unknown setting of send",
            """
            journey = function(c)
                send { template = "hello", chanel = "sms" }
              end
            """,
            """
            error: send has no setting 'chanel'
             --> scripts/x.lua:4:32
              |
            4 |     send { template = "hello", chanel = "sms" }
              |                                ^^^^^^
              = it takes template, channel, best_hour
            """),
        Case(
            "a send without table",
            """
            journey = function(c)
                send "hello"
              end
            """,
            """
            error: send takes a table such as { template = "win-back" } as argument 1, got the text 'hello'
             --> scripts/x.lua:4:11
              |
            4 |     send "hello"
              |           ^^^^^
            """),
        Case(
            "content that returns a number",
            """
            journey = function(c) end,
              content = function(c)
                return 5
              end
            """,
            """
            error: 'content' of campaign 'x' takes a function that returns a table, got one that returned a number
             --> scripts/x.lua:4:3
              |
            4 |   content = function(c)
              |   ^^^^^^^
            """),
        Case(
            "content that raises",
            """
            journey = function(c) end,
              content = function(c)
                return { greeting = "Dear " .. c.name }
              end
            """,
            """
            error: attempt to concatenate a nil value (field 'c.name')
             --> scripts/x.lua:5:38
              |
            5 |     return { greeting = "Dear " .. c.name }
              |                                      ^^^^
              = the value is missing for this customer: write (value or "…"), or test it first
            """),
        Case(
            "a goal that returns a text",
            """
            journey = function(c) end,
              goal = function(c) return "yes" end
            """,
            """
            error: 'goal' of campaign 'x' returned a text
             --> scripts/x.lua:4:3
              |
            4 |   goal = function(c) return "yes" end,
              |   ^
              = a rule answers true or false; compare the value with something
              = in 'goal' of campaign 'x', for customer 7
            """),
        Case(
            "an exit rule that returns a number",
            """
            journey = function(c) end,
              exit_when = function(c) return 1 end
            """,
            """
            error: 'exit_when' of campaign 'x' returned a number
             --> scripts/x.lua:4:3
              |
            4 |   exit_when = function(c) return 1 end,
              |   ^
              = a rule answers true or false; compare the value with something
              = in 'exit_when' of campaign 'x', for customer 7
            """),
        Case(
            "a send in content",
            """
            journey = function(c) end,
              content = function(c) send { template = "hello" } end
            """,
            """
            error: send works only inside the journey of a campaign
             --> scripts/x.lua:4
              |
            4 |   content = function(c) send { template = "hello" } end,
            """),
    ]
}
