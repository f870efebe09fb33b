import Catalog
import Diagnostics
import Testing

@testable import Rules

/// A program and the whole text that a person reads about its mistake.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let program: String
    let message: String
    var testDescription: String { name }

    init(_ name: String, _ program: String, _ message: String) {
        self.name = name
        self.program = program
        self.message = message
    }
}

@Suite("Errors while scripts load")
struct LoadErrorTests {
    @Test("each names the thing, points at it and says the next step", arguments: cases)
    func text(_ example: Case) throws {
        let files = [script("x", example.program)]
        let error = try failure { try Workshop().rules(files) { _, _ in } }
        #expect(rendered(error, files) == example.message)
    }

    private static let cases = [
        Case(
            "a syntax error",
            """
            segment "x" {
              where = function(c) return c.id > end,
            }
            """,
            """
            error: unexpected symbol near 'end'
             --> scripts/x.lua:2:37
              |
            2 |   where = function(c) return c.id > end,
              |                                     ^^^
            """),
        Case(
            "a missing brace",
            """
            segment "x" {
              where = function(c) return true end,

            """,
            """
            error: unexpected symbol near <eof>
             --> scripts/x.lua:3
              |
            3 | 
            """),
        Case(
            "an unknown segment",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyrs,
              journey = function(c) end,
            }
            """,
            """
            error: unknown segment 'buyrs'
             --> scripts/x.lua:5:22
              |
            5 |   audience = segment.buyrs,
              |                      ^^^^^
              = did you mean 'buyers'?
            """),
        Case(
            "an unknown segment without a near one",
            """
            segment "x" {
              where = segment.vip - segment["big spenders"],
            }
            """,
            """
            error: unknown segment 'vip'
             --> scripts/x.lua:2:19
              |
            2 |   where = segment.vip - segment["big spenders"],
              |                   ^^^
              = known are: x
            """),
        Case(
            "an unknown word",
            """
            segmnt "x" {
              where = function(c) return true end,
            }
            """,
            """
            error: unknown word 'segmnt'
             --> scripts/x.lua:1:1
              |
            1 | segmnt "x" {
              | ^^^^^^
              = did you mean 'segment'?
            """),
        Case(
            "an unknown word of one letter",
            """
            local scope = {}
            local x = c.order_count
            """,
            """
            error: unknown word 'c'
             --> scripts/x.lua:2:11
              |
            2 | local x = c.order_count
              |           ^
              = known are: assert, at, award, campaign, customer_like, date, days, days_ago, error, exit, expect, follow_up, …
            """),
        Case(
            "a word of Lua that scripts do not have",
            """
            local f = io.open("x")
            """,
            """
            error: unknown word 'io'
             --> scripts/x.lua:1:11
              |
            1 | local f = io.open("x")
              |           ^^
              = known are: assert, at, award, campaign, customer_like, date, days, days_ago, error, exit, expect, follow_up, …
            """),
        Case(
            "a global",
            """
            local a = 1
            threshold = 5
            """,
            """
            error: 'threshold' is global, and scripts share nothing
             --> scripts/x.lua:2:1
              |
            2 | threshold = 5
              | ^^^^^^^^^
              = write local before it
            """),
        Case(
            "two segments of a name",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            segment "buyers" {
              where = function(c) return true end,
            }
            """,
            """
            error: there are two segments named 'buyers'
             --> scripts/x.lua:4:10
              |
            4 | segment "buyers" {
              |          ^^^^^^
              = the other is at scripts/x.lua:1; rename one of them
            """),
        Case(
            "two campaigns of a name",
            """
            campaign "x" { audience = segment.b, journey = function(c) end }

            campaign "x" {
              audience = segment.b,
              journey = function(c) end,
            }
            """,
            """
            error: there are two campaigns named 'x'
             --> scripts/x.lua:3:11
              |
            3 | campaign "x" {
              |           ^
              = the other is at scripts/x.lua:1; rename one of them
            """),
        Case(
            "a campaign without audience",
            """
            campaign "x" {
              journey = function(c) end,
            }
            """,
            """
            error: campaign 'x' has no 'audience'
             --> scripts/x.lua:1
              |
            1 | campaign "x" {
              = add one, for example: audience = segment.buyers
            """),
        Case(
            "a campaign without journey",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
            }
            """,
            """
            error: campaign 'x' has no 'journey'
             --> scripts/x.lua:4
              |
            4 | campaign "x" {
              = add one, for example: journey = function(c) send { template = "x" } end
            """),
        Case(
            "a segment without where",
            """
            segment "x" {
              description = "all",
            }
            """,
            """
            error: segment 'x' has no 'where'
             --> scripts/x.lua:1
              |
            1 | segment "x" {
              = add one, for example: where = function(c) return c.order_count > 0 end
            """),
        Case(
            "an unknown setting",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              jurney = function(c) end,
            }
            """,
            """
            error: campaign 'x' has no setting 'jurney'
             --> scripts/x.lua:6:3
              |
            6 |   jurney = function(c) end,
              |   ^^^^^^
              = did you mean 'journey'?
            """),
        Case(
            "an unknown setting without a near one",
            """
            segment "x" {
              where = function(c) return true end,
              every = "day",
            }
            """,
            """
            error: segment 'x' has no setting 'every'
             --> scripts/x.lua:3:3
              |
            3 |   every = "day",
              |   ^^^^^
              = known are: description, where
            """),
        Case(
            "a setting of the wrong type",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              journey = function(c) end,
              holdout = "10%",
            }
            """,
            """
            error: 'holdout' of campaign 'x' takes a number, got the text '10%'
             --> scripts/x.lua:7:3
              |
            7 |   holdout = "10%",
              |   ^^^^^^^
            """),
        Case(
            "a share above 1",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              journey = function(c) end,
              holdout = 10,
            }
            """,
            """
            error: 'holdout' of campaign 'x' takes a share from 0 to 1, got 10
             --> scripts/x.lua:7:3
              |
            7 |   holdout = 10,
              |   ^^^^^^^
            """),
        Case(
            "a share that is no number",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" { audience = segment.buyers, journey = function(c) end, holdout = 0/0 }
            """,
            """
            error: 'holdout' of campaign 'x' takes a share from 0 to 1, got no number
             --> scripts/x.lua:4:70
              |
            4 | campaign "x" { audience = segment.buyers, journey = function(c) end, holdout = 0/0 }
              |                                                                      ^^^^^^^
            """),
        Case(
            "an endless span",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              journey = function(c) end,
              reentry = math.huge,
            }
            """,
            """
            error: 'reentry' of campaign 'x' takes a span such as days(180), got inf
             --> scripts/x.lua:7:3
              |
            7 |   reentry = math.huge,
              |   ^^^^^^^
            """),
        Case(
            "a negative span",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              journey = function(c) end,
              reentry = days(-1),
            }
            """,
            """
            error: 'reentry' of campaign 'x' takes a span such as days(180), got -86400
             --> scripts/x.lua:7:3
              |
            7 |   reentry = days(-1),
              |   ^^^^^^^
            """),
        Case(
            "an unknown channel",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              channels = { "email", "fax" },
              journey = function(c) end,
            }
            """,
            """
            error: 'channels' of campaign 'x' takes a list of 'email', 'sms', 'wecom', got the text 'fax'
             --> scripts/x.lua:6:3
              |
            6 |   channels = { "email", "fax" },
              |   ^^^^^^^^
            """),
        Case(
            "no channel",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              channels = {},
              journey = function(c) end,
            }
            """,
            """
            error: 'channels' of campaign 'x' takes a list of 'email', 'sms', 'wecom', got an empty one; leave it out for all
             --> scripts/x.lua:6:3
              |
            6 |   channels = {},
              |   ^^^^^^^^
            """),
        Case(
            "an unknown kind",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              kind = "promo",
              journey = function(c) end,
            }
            """,
            """
            error: 'kind' of campaign 'x' takes 'marketing', 'transactional', got 'promo'
             --> scripts/x.lua:6:3
              |
            6 |   kind = "promo",
              |   ^^^^
            """),
        Case(
            "an audience that is a text",
            """
            campaign "x" {
              audience = "buyers",
              journey = function(c) end,
            }
            """,
            """
            error: 'audience' of campaign 'x' takes a segment or a function, got the text 'buyers'
             --> scripts/x.lua:2:3
              |
            2 |   audience = "buyers",
              |   ^^^^^^^^
            """),
        Case(
            "content that is a table",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            campaign "x" {
              audience = segment.buyers,
              content = { a = 1 },
              journey = function(c) end,
            }
            """,
            """
            error: 'content' of campaign 'x' takes a function, got a table
             --> scripts/x.lua:6:3
              |
            6 |   content = { a = 1 },
              |   ^^^^^^^
            """),
        Case(
            "settings without names",
            """
            segment "x" {
              function(c) return true end,
            }
            """,
            """
            error: segment 'x' takes settings by name only, got a function
             --> scripts/x.lua:1:10
              |
            1 | segment "x" {
              |          ^
            """),
        Case(
            "a definition without a table",
            """
            segment "x" (function(c) return true end)
            """,
            """
            error: segment 'x' takes a table as argument 1, got a function
             --> scripts/x.lua:1:10
              |
            1 | segment "x" (function(c) return true end)
              |          ^
            """),
        Case(
            "a name that is no text",
            """
            segment(5) { where = function(c) return true end }
            """,
            """
            error: segment takes a text as argument 1, got the number 5
             --> scripts/x.lua:1
              |
            1 | segment(5) { where = function(c) return true end }
            """),
        Case(
            "an empty name",
            """
            campaign "" { }
            """,
            """
            error: campaign takes a name of 1 to 100 characters without '/', got ''
             --> scripts/x.lua:1
              |
            1 | campaign "" { }
            """),
        Case(
            "a name with a slash",
            """
            campaign "a/b" { }
            """,
            """
            error: campaign takes a name of 1 to 100 characters without '/', got 'a/b'
             --> scripts/x.lua:1:12
              |
            1 | campaign "a/b" { }
              |            ^
            """),
        Case(
            "customers while scripts load",
            """
            segment "x" { where = segment.y }
            segment "y" { where = function(c) return true end }
            local n = segment.x:includes(5)
            """,
            """
            error: includes takes a customer as argument 1, got the number 5
             --> scripts/x.lua:3
              |
            3 | local n = segment.x:includes(5)
            """),
        Case(
            "a wrong operand",
            """
            segment "buyers" {
              where = function(c) return c.order_count > 0 end,
            }
            segment "x" { where = segment.buyers - "vip" }
            """,
            """
            error: a segment is combined with segments only, got the text 'vip'
             --> scripts/x.lua:4:41
              |
            4 | segment "x" { where = segment.buyers - "vip" }
              |                                         ^^^
            """),
        Case(
            "a circle",
            """
            segment "x" {
              where = segment.y,
            }
            segment "y" {
              where = segment.x - segment.x,
            }
            """,
            """
            error: segment 'x' asks for itself: x → y → x
             --> scripts/x.lua:5:19
              |
            5 |   where = segment.x - segment.x,
              |                   ^
              = nobody can say who is in it; take one of the segments out of the circle
            """),
        Case(
            "a script that is not there",
            """
            local prices = require "lib.prices"
            """,
            """
            error: there is no script scripts/lib/prices.lua to require
             --> scripts/x.lua:1
              |
            1 | local prices = require "lib.prices"
              = require takes a name such as lib.prices
            """),
        Case(
            "an error of its own",
            """
            local function check(x)
              error("no price for " .. x)
            end
            check("tea")
            """,
            """
            error: no price for tea
             --> scripts/x.lua:2
              |
            2 |   error("no price for " .. x)
              = called at scripts/x.lua:4
            """),
        Case(
            "an error value",
            """
            error({})
            """,
            """
            error: an error value that is a table
             --> scripts/x.lua:1
              |
            1 | error({})
            """),
        Case(
            "send at the top level",
            """
            send { template = "x" }
            """,
            """
            error: send works only inside the journey of a campaign
             --> scripts/x.lua:1
              |
            1 | send { template = "x" }
            """),
        Case(
            "a trait with the name of a field",
            """
            trait "city" { of = function(c) return "Bern" end }
            """,
            """
            error: trait 'city' has the name of a field of customers
             --> scripts/x.lua:1:8
              |
            1 | trait "city" { of = function(c) return "Bern" end }
              |        ^^^^
              = c.city can be only one of the two; rename the trait
            """),
        Case(
            "a trait with the name of a fact",
            """
            trait "order_count" { of = function(c) return 5 end }
            """,
            """
            error: trait 'order_count' has the name of a field of customers
             --> scripts/x.lua:1:8
              |
            1 | trait "order_count" { of = function(c) return 5 end }
              |        ^^^^^^^^^^^
              = c.order_count can be only one of the two; rename the trait
            """),
        Case(
            "a trait with the name of a relation",
            """
            local x = 1
            trait "orders" { of = function(c) return 5 end }
            """,
            """
            error: trait 'orders' has the name of a relation of customers
             --> scripts/x.lua:2:8
              |
            2 | trait "orders" { of = function(c) return 5 end }
              |        ^^^^^^
              = c.orders can be only one of the two; rename the trait
            """),
        Case(
            "a trait with the name of a method",
            """
            trait "likes" { of = function(c) return 5 end }
            """,
            """
            error: trait 'likes' has the name of a method of customers
             --> scripts/x.lua:1:8
              |
            1 | trait "likes" { of = function(c) return 5 end }
              |        ^^^^^
              = c.likes can be only one of the two; rename the trait
            """),
        Case(
            "a trait whose name is no identifier",
            """
            trait "life stage" { of = function(c) return 5 end }
            """,
            """
            error: trait takes a name that Lua reads behind a dot, got 'life stage'
             --> scripts/x.lua:1:8
              |
            1 | trait "life stage" { of = function(c) return 5 end }
              |        ^^^^^^^^^^
              = letters without accents, digits and _, such as stage
            """),
        Case(
            "a trait whose name is a keyword",
            """
            trait "end" { of = function(c) return 5 end }
            """,
            """
            error: trait takes a name that Lua reads behind a dot, got 'end'
             --> scripts/x.lua:1:8
              |
            1 | trait "end" { of = function(c) return 5 end }
              |        ^^^
              = letters without accents, digits and _, such as stage
            """),
        Case(
            "a trait whose name begins with a digit",
            """
            trait "2nd" { of = function(c) return 5 end }
            """,
            """
            error: trait takes a name that Lua reads behind a dot, got '2nd'
             --> scripts/x.lua:1:8
              |
            1 | trait "2nd" { of = function(c) return 5 end }
              |        ^^^
              = letters without accents, digits and _, such as stage
            """),
        Case(
            "two traits of a name",
            """
            trait "stage" { of = function(c) return 5 end }
            trait "stage" { of = function(c) return 6 end }
            """,
            """
            error: there are two traits named 'stage'
             --> scripts/x.lua:2:8
              |
            2 | trait "stage" { of = function(c) return 6 end }
              |        ^^^^^
              = the other is at scripts/x.lua:1; rename one of them
            """),
        Case(
            "a trait without a function",
            """
            trait "stage" { doc = "Where they stand" }
            """,
            """
            error: trait 'stage' has no 'of'
             --> scripts/x.lua:1
              |
            1 | trait "stage" { doc = "Where they stand" }
              = add one, for example: of = function(c) return c.order_count > 0 end
            """),
        Case(
            "an unknown setting of a trait",
            """
            trait "stage" {
              dco = function(c) return 5 end,
            }
            """,
            """
            error: trait 'stage' has no setting 'dco'
             --> scripts/x.lua:2:3
              |
            2 |   dco = function(c) return 5 end,
              |   ^^^
              = did you mean 'doc'?
            """),
        Case(
            "a trait of no function",
            """
            trait "stage" {
              of = "lead",
            }
            """,
            """
            error: 'of' of trait 'stage' takes a function, got the text 'lead'
             --> scripts/x.lua:2:3
              |
            2 |   of = "lead",
              |   ^^
            """),
        Case(
            "a trait by the setting's former name",
            """
            trait "stage" {
              value = function(c) return 5 end,
            }
            """,
            """
            error: trait 'stage' has no setting 'value'
             --> scripts/x.lua:2:3
              |
            2 |   value = function(c) return 5 end,
              |   ^^^^^
              = it is called 'of'
            """),
        Case(
            "the former name of a trait's sentence",
            """
            trait "stage" {
              description = "Where they stand", of = function(c) return 5 end,
            }
            """,
            """
            error: trait 'stage' has no setting 'description'
             --> scripts/x.lua:2:3
              |
            2 |   description = "Where they stand", of = function(c) return 5 end,
              |   ^^^^^^^^^^^
              = it is called 'doc'
            """),
        Case(
            "a trait without body",
            """
            trait "stage"
            """,
            """
            error: trait 'stage' has no body
             --> scripts/x.lua:1:8
              |
            1 | trait "stage"
              |        ^^^^^
              = write trait "stage" { … }
            """),
        Case(
            "a word of Chinese",
            """
            local 价格 = 5
            """,
            """
            error: <name> expected near '<\\228>'
             --> scripts/x.lua:1
              |
            1 | local 价格 = 5
            """),
    ]

    @Test("two definitions of a name in two files name both places")
    func twoFiles() throws {
        let text = "\nsegment \"x\" { where = function(c) return true end }"
        let files = [script("a", text), script("lib/b", "\n" + text)]
        let error = try failure { try Workshop().rules(files) { _, _ in } }
        #expect(
            rendered(error, files) == """
                error: there are two segments named 'x'
                 --> scripts/lib/b.lua:3:10
                  |
                3 | segment "x" { where = function(c) return true end }
                  |          ^
                  = the other is at scripts/a.lua:2; rename one of them
                """)
    }

    @Test("a template with a mistake, or two templates for one channel, are refused")
    func templates() throws {
        let broken = [template("a", "Hi\n{{ customer.name | uppcase }}")]
        let error = try failure { try Workshop().rules(templates: broken) { _, _ in } }
        #expect(
            rendered(error, broken) == """
                error: unknown filter 'uppcase'
                 --> templates/a.liquid:2:20
                  |
                2 | {{ customer.name | uppcase }}
                  |                    ^^^^^^^
                  = did you mean 'upcase'?
                """)
        let twice = [template("a", "Hi"), template("a.email", "Hi")]
        let second = try failure { try Workshop().rules(templates: twice) { _, _ in } }
        #expect(
            rendered(second, twice) == """
                error: there are two templates named 'a'
                 --> templates/a.liquid:1
                  |
                1 | Hi
                  = the other is at templates/a.email.liquid:1; rename one of them
                """)
    }

    @Test("names that are asked for by the command line have a nearest name too")
    func names() throws {
        let scripts = [script("a", "segment \"dormant\" { where = function(c) return true end }")]
        let errors = try Workshop().rules(scripts) { host, _ in
            [
                try failure { try host.segment("dormnt") }, try failure { try host.campaign("dormant") },
                try failure { try host.expression("segment.dormat") },
                try failure { try host.expression("5") },
            ]
        }
        #expect(
            errors.map { rendered($0, []) } == [
                "error: unknown segment 'dormnt'\n  did you mean 'dormant'?",
                "error: unknown campaign 'dormant'\n  there is no campaign yet",
                "error: unknown segment 'dormat'\n --> the command line:1\n  = did you mean 'dormant'?",
                "error: an audience is a segment or a function, got the number 5",
            ])
    }
}
