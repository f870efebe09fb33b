import Catalog
import Testing

@testable import Rules

@Suite("Traits")
struct TraitTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop(
            """
            INSERT INTO customers (id, name, city) VALUES (1, 'Ann', 'Bern'), (2, '王小明', NULL), (3, 'Bo', 'Wuhan');
            INSERT INTO orders (id, customer_id, placed_at, status, amount, currency) VALUES
                (1, 2, 1796000000, 'paid', 500, 'CNY'), (2, 3, 1700000000, 'paid', 700, 'CNY');
            """)
    }

    private static let stage = script(
        "stage",
        """
        trait "stage" {
          doc = "Where the customer stands",
          of = function(c)
            if c.order_count == 0 then return "lead" end
            if c.last_order_at < days_ago(180) then return "lapsed" end
            return "active"
          end,
        }
        """)

    @Test("every rule reads a trait as a field")
    func inRules() throws {
        let scripts = [
            Self.stage,
            script("a", "segment \"active\" { where = function(c) return c.stage == \"active\" end }"),
        ]
        #expect(try workshop.members("segment.active", scripts) == [2])
        #expect(try workshop.members("function(c) return c.stage == \"lead\" end", scripts) == [1])
        #expect(try workshop.value("c.stage", of: 3, scripts) == "'lapsed'")
        #expect(try workshop.rules(scripts) { host, _ in host.traits["stage"]?.doc } != nil)
    }

    @Test("campaigns and templates read traits")
    func inCampaigns() throws {
        let scripts = [
            Self.stage,
            script(
                "x",
                """
                campaign "x" {
                  audience = function(c) return c.stage ~= "lead" end,
                  content = function(c) return { from = c.stage } end,
                  goal = function(c) return c.stage == "active" end,
                  journey = function(c)
                    if c.stage == "active" then send { template = c.stage } end
                  end,
                }
                """),
        ]
        let templates = [template("active", "{{ customer.stage }} {{ from }}")]
        try workshop.rules(scripts, templates: templates) { host, walk in
            #expect(try walk.go(to: 2))
            let campaign = try host.campaign("x")
            #expect(try walk.isIn(host.audience(#require(campaign.audience))))
            #expect(try host.isGoalMet(of: campaign, enteredAt: host.clock.now, in: walk))
            let journey = try Journey(host, campaign, Entry(time: host.clock.now))
            let step = try #require(try journey.next(in: walk))
            guard case .send(let request) = step.request else {
                Issue.record("\(step)")
                return
            }
            #expect(request.template == "active")
            #expect(try journey.next(.sent(true), in: walk) == nil)
            let content = try host.content(of: campaign, in: walk)
            let rendering = try host.render("active", .email, content, campaign: campaign, in: walk)
            #expect(rendering.message?.html == "active active")
        }
    }

    @Test(
        "a trait is what its function gives, byte by byte",
        arguments: [
            ("nil", "nil"), ("true", "true"), ("false", "false"), ("5", "5"), ("5.0", "5.0"), ("'x'", "'x'"),
            ("math.mininteger", "-9223372036854775808"), ("''", "''"),
        ])
    func values(_ value: String, _ shown: String) throws {
        let scripts = [script("a", "trait \"x\" { of = function(c) return \(value) end }")]
        #expect(try workshop.values(["c.x", "rawequal(c.x, c.x)"], scripts) == [shown, "true"])
    }

    @Test("a piece of a character stays what it is")
    func bytes() throws {
        let scripts = [script("a", "trait \"x\" { of = function(c) return c.name:sub(1, 1) end }")]
        #expect(try workshop.value("#c.x == 1 and c.x:byte() == 0xE7", of: 2, scripts) == "true")
    }

    @Test("a trait is computed once for each customer and turn, when it is first read")
    func once() throws {
        let scripts = [
            script(
                "a",
                """
                local count = 0
                trait "counted" { of = function(c) count = count + 1 return count end }
                segment "unread" { where = function(c) return c.id == 3 end }
                segment "twice" { where = function(c) return c.counted == c.counted end }
                segment "first" { where = function(c) return c.counted == 1 end }
                """)
        ]
        #expect(try workshop.members("segment.unread", scripts) == [3])
        #expect(try workshop.members("segment.twice & segment.first", scripts) == [1])
        try workshop.rules(scripts) { host, walk in
            let trait = try #require(host.traits["counted"])
            for (id, value) in [(1, 1), (1, 2), (2, 3)] as [(Int64, Int64)] {
                #expect(try walk.go(to: id))
                #expect(try walk.value(of: trait).value == .integer(value))
                #expect(try walk.value(of: trait).value == .integer(value))
            }
        }
    }

    @Test("a trait that was missing is not computed again")
    func missing() throws {
        let scripts = [
            script(
                "a",
                """
                local count = 0
                trait "none" { of = function(c) count = count + 1 end }
                segment "x" { where = function(c) return c.none == nil and c.none == nil and count == c.id end }
                """)
        ]
        #expect(try workshop.members("segment.x", scripts) == [1, 2, 3])
    }

    @Test("traits read other traits, those of other files too")
    func chain() throws {
        let scripts = [
            script("a", "trait \"shout\" { of = function(c) return c.stage:upper() .. c.mark end }"),
            script("z", "trait \"mark\" { of = function(c) return \"!\" end }"), Self.stage,
        ]
        #expect(try workshop.value("c.shout", scripts) == "'LEAD!'")
    }

    @Test(
        "the dice of a trait are its own: the same whoever reads it first",
        arguments: [
            "c.die", "(function() math.random() return c.die end)()", "(c.other and c.die)", "c.through",
        ])
    func dice(_ expression: String) throws {
        let scripts = [
            script(
                "a",
                """
                trait "die" { of = function(c) return math.random(1000000) end }
                trait "other" { of = function(c) return math.random(1000000) end }
                trait "through" { of = function(c) math.random() return c.die end }
                """)
        ]
        for customer in [1, 2] as [Int64] {
            let alone = try workshop.value("c.die", of: customer, scripts)
            #expect(try workshop.value(expression, of: customer, scripts) == alone)
            #expect(try workshop.value("c.other", of: customer, scripts) != alone)
        }
    }

    @Test("a rule's own dice roll on behind a trait as they would have without it")
    func diceOfTheReader() throws {
        let scripts = [script("a", "trait \"die\" { of = function(c) return math.random(1000000) end }")]
        let with = "(function() math.random() local _ = c.die return math.random(1000000) end)()"
        let without = with.replacing("c.die", with: "c.city")
        #expect(try workshop.value(with, scripts) == workshop.value(without, scripts))
    }

    // MARK: Circles

    private static let circle = script(
        "circle",
        """
        trait "a" { of = function(c) return c.b end }
        trait "b" { of = function(c) local ok, value = pcall(function() return c.a end) return ok end }
        trait "outside" { of = function(c) return (pcall(function() return c.a end)) end }
        trait "itself" { of = function(c) return c.itself end }
        trait "asks" { of = function(c) return segment.asked:includes(c) end }
        segment "asked" { where = function(c) return c.asks end }
        """)

    @Test(
        "a trait that asks for itself is an error that names the chain, swallowed or not, whichever is read first",
        arguments: [
            ("c.itself", "trait 'itself' asks for itself"), ("c.a", "trait 'a' asks for itself: a → b → a"),
            ("c.b", "trait 'b' asks for itself: b → a → b"),
            ("(pcall(function() return c.a end)) or c.b", "trait 'b' asks for itself: b → a → b"),
            ("c.asks", "trait 'asks' asks for itself"),
        ])
    func circles(_ expression: String, _ expected: String) throws {
        let text = try workshop.value(expression, [Self.circle])
        #expect(
            text == "error: \(expected) = nobody can say what it is; take one of the traits out of the circle"
        )
    }

    @Test("a trait beside a circle may swallow its error")
    func besideCircle() throws {
        #expect(try workshop.values(["c.outside", "c.outside"], [Self.circle]) == ["false", "false"])
        #expect(
            try workshop.value(
                "(function() pcall(function() return c.a end) return c.outside end)()", [Self.circle])
                == "false")
    }

    @Test("a segment that asks for itself through a trait is a circle")
    func circleOfSegments() throws {
        let error = try failure { try workshop.members("segment.asked", [Self.circle]) }
        #expect(message(of: error) == "segment 'asked' asks for itself")
    }

    @Test("fifty traits may read each other in a row, and one more is refused")
    func depth() throws {
        func chain(_ length: Int) -> [ScriptFile] {
            let links = (1..<length).map { number in
                "trait \"t\(number)\" { of = function(c) return c.t\(number + 1) end }"
            }
            let last = "trait \"t\(length)\" { of = function(c) return c.id end }"
            return [script("chain", (links + [last]).joined(separator: "\n"))]
        }
        #expect(try workshop.value("c.t1", of: 3, chain(50)) == "3")
        let text = try workshop.value("c.t1", chain(51))
        #expect(
            text
                == "error: trait 't51' is the last of more than 50 traits and segments that ask for each other = compute several traits in one"
        )
    }

    @Test("a chain of traits and segments has the same end")
    func mixedDepth() throws {
        let links = (1..<60).map { number in
            """
            trait "t\(number)" { of = function(c) return segment.s\(number):includes(c) end }
            segment "s\(number)" { where = function(c) return c.t\(number + 1) end }
            """
        }
        let scripts = [
            script(
                "chain",
                (links + ["trait \"t60\" { of = function(c) return true end }"]).joined(separator: "\n"))
        ]
        #expect(try workshop.value("c.t40", scripts) == "true")
        #expect(try workshop.value("c.t1", scripts).contains("more than 50"))
    }

    // MARK: Names

    @Test("a trait may not have the name of a custom attribute")
    func attribute() throws {
        let workshop = try Workshop(
            "INSERT INTO attribute_definitions (id, name, type, doc) VALUES (1, 'stage', 'text', '')")
        let error = try failure { try workshop.members("function(c) return true end", [Self.stage]) }
        #expect(
            rendered(error, [Self.stage]) == """
                error: trait 'stage' has the name of a custom attribute of customers
                 --> scripts/stage.lua:1:8
                  |
                1 | trait "stage" {
                  |        ^^^^^
                  = c.stage can be only one of the two; rename the trait
                """)
    }

    @Test("traits are among the nearest names")
    func nearest() throws {
        #expect(
            try workshop.value("c.stagee", [Self.stage])
                == "error: unknown field 'stagee' of a customer = did you mean 'stage'?")
    }
}
