import Catalog
import Diagnostics
import LuaRuntime
import Testing

@testable import Rules

@Suite("What a simulation has done to a customer")
struct SimulationTests {
    private static let now = Workshop.now
    private static let day: Int64 = 86_400
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop(
            """
            INSERT INTO customers (id, name, first_name, last_name, email, city, birthday) VALUES
                (1, NULL, 'Ann', 'Lee', 'ann@example.com', 'Wuhan', '1990-12-09'),
                (2, 'Bob', NULL, NULL, 'ANN@example.com', NULL, NULL), (3, 'Cy', NULL, NULL, NULL, NULL, NULL);
            INSERT INTO attribute_definitions (id, name, type, doc) VALUES (1, 'member', 'boolean', '');
            INSERT INTO orders (id, customer_id, placed_at, amount, currency, status) VALUES
                (1, 1, \(Self.now - 100), 2500, 'CNY', 'paid'), (2, 3, \(Self.now - 100), 100, 'CNY', 'paid');
            INSERT INTO messages (id, customer_id, campaign, channel, sent_at) VALUES
                (1, 1, 'old', 'email', \(Self.now - 50)), (2, 1, 'older', 'email', \(Self.now - 90));
            INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES
                (2, 1, 'open', \(Self.now - 80));
            INSERT INTO tags VALUES (1, 'VIP', NULL);
            INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES
                (1, 'email', 'granted', 5), (2, 'email', 'granted', 5);
            """)
    }

    private static func relation(_ name: String) throws -> Relation {
        try #require(relations.first { $0.name == name })
    }

    private static func message(_ campaign: String) -> [String: Value] {
        ["campaign": .text(campaign), "channel": .text("email"), "kind": .text("marketing")]
    }

    /// A host at the first customer, whose history has begun for the first two.
    private func simulating(
        _ scripts: [ScriptFile] = [], templates: [ScriptFile] = [],
        _ body: (RuleHost, CustomerWalk, SimulatedHistory) throws -> Void
    ) throws {
        try workshop.rules(scripts, templates: templates) { host, _ in
            let history = SimulatedHistory()
            host.attach(try host.requireData(), history)
            history.begin([1, 2])
            let walk = try CustomerWalk(host)
            #expect(try walk.go(to: 1))
            try body(host, walk, history)
        }
    }

    /// The value of a Lua expression over `c`, with and without streams.
    private func value(_ expression: String, _ host: RuleHost, _ walk: CustomerWalk) throws -> String {
        func answer() throws -> String {
            let questions = StreamQuestions(
                expressions: [expression], visits: [.init(way: .nowhere, questions: [0])])
            let log = try questions.answers(host, walk).joined()
            return String(log.dropFirst("\(walk.current) \(expression): {".count).dropLast())
        }
        let streamed = try answer()
        host.streams.isOn = false
        defer { host.streams.isOn = true }
        #expect(try answer() == streamed, "\(expression)")
        return streamed
    }

    private func field(_ name: String, _ host: RuleHost) throws -> Field {
        try #require(try host.requireData().fields.first { $0.name == name })
    }

    @Test("rows stand among those of the store by time, whenever they were added, and facts follow")
    func rows() throws {
        try simulating { host, walk, history in
            let seen = """
                c.orders:count(), c.orders:sum 'amount', c.orders:first().amount, c.orders:last().amount, c.order_count,
                c.total_spent, c.first_order_at == c.orders:first().placed_at, c.last_order_at - now()
                """
            #expect(try value(seen, host, walk) == "1, 25.0, 25.0, 25.0, 1, 25.0, true, -100")
            host.moveTime(to: Self.now + 60)
            let orders = try Self.relation("orders")
            for (id, ago, amount) in [(-1, 20, 1000), (-2, 200, 3000), (-3, 40, 500)]
                as [(Int64, Int64, Int64)]
            {
                try history.add(
                    orders, of: 1, id: id, at: Self.now + 60 - ago,
                    [
                        "amount": .integer(amount), "currency": .text("CNY"), "status": .text("paid"),
                        "item_count": .integer(1),
                    ])
            }
            #expect(try value(seen, host, walk) == "4, 70.0, 30.0, 10.0, 4, 70.0, true, -20")
            let questions = [
                ("texts(c.orders:list(), 'amount', 'id')", "'30.0/-2 25.0/1 5.0/-3 10.0/-1'"),
                ("c.orders:since(now() - 40):count(), c.orders:before(now() - 40):count()", "2, 2"),
                ("c.orders:where { amount = 5 }:last().id, c.orders:where { id = -1 }:any()", "-3, true"),
                ("#c.orders:last().items, c.orders:purchased():sum 'item_count'", "0, 3.0"),
                ("c.orders:where { category = 'shoes' }:count()", "0"),
            ]
            for (question, answer) in questions {
                #expect(try value(question, host, walk) == answer, "\(question)")
            }
            try history.add(
                orders, of: 1, id: -4, at: Self.now, ["status": .text("pending"), "amount": .integer(1)])
            #expect(
                try value("c.orders:count(), c.orders:purchased():count(), c.order_count", host, walk)
                    == "5, 4, 4")
        }
    }

    @Test("an event opens a message, stored or simulated, and is counted once for each")
    func messageEvents() throws {
        try simulating { host, walk, history in
            host.moveTime(to: Self.now + 100)
            let seen = """
                c.messages:count(), c.messages:opened():count(), c.messages:opened():since(now() - 20):any(),
                c.open_count, now() - c.last_open_at
                """
            #expect(try value(seen, host, walk) == "2, 1, false, 1, 180")
            try history.add(Self.relation("messages"), of: 1, id: -1, at: Self.now, Self.message("new"))
            try history.addMessageEvent("open", of: -1, customer: 1, at: Self.now + 90)
            #expect(try value(seen, host, walk) == "3, 2, true, 2, 10")
            // The second has been opened before.
            for message in [1, 2, 1, -1] as [Int64] {
                try history.addMessageEvent("open", of: message, customer: 1, at: Self.now + 95)
            }
            #expect(try value(seen, host, walk) == "3, 3, true, 3, 5")
            try history.addMessageEvent("click", of: 1, customer: 1, at: Self.now + 97)
            let questions = [
                ("texts(c.messages:opened():list(), 'campaign', 'step')", "'older/nil old/nil new/nil'"),
                ("texts(c.messages:clicked():opened():list(), 'campaign', 'step')", "'old/nil'"),
                (
                    "texts(c.messages:opened():before(now() - 9):list(), 'campaign', 'step')",
                    "'older/nil new/nil'"
                ),
                ("c.messages:clicked():since(now() - 2):any(), c.click_count", "false, 1"),
            ]
            for (question, answer) in questions {
                #expect(try value(question, host, walk) == answer, "\(question)")
            }
        }
    }

    @Test("fields, tags, points, answers and tasks are what they have become")
    func others() throws {
        try simulating { host, walk, history in
            let seen = """
                c.name, c.city, c.member, c:has_tag 'VIP', c:has_tag 'new', c.points, c.feedback_count, c.open_task_count
                """
            #expect(try value(seen, host, walk) == "'Ann Lee', 'Wuhan', nil, true, false, 0, 0, 0")
            try history.set(field("city", host), of: 1, to: .null)
            try history.set(field("member", host), of: 1, to: .integer(1))
            try history.set(field("last_name", host), of: 1, to: .text("王"))
            history.untag("VIP", 1)
            history.tag("new", 1)
            try history.award(50, to: 1)
            try history.award(-20, to: 1)
            try history.add(Self.relation("feedback"), of: 1, id: -1, at: Self.now, ["score": .integer(9)])
            try history.add(
                Self.relation("tasks"), of: 1, id: -2, at: Self.now,
                ["title": .text("Call"), "status": .text("open")])
            #expect(try value(seen, host, walk) == "'王Ann', nil, true, false, true, 30, 1, 1")
            #expect(try value("c.feedback:last().score, c.tasks:first().title", host, walk) == "9.0, 'Call'")
        }
    }

    @Test("a sum that 64 bits do not hold is an error of the rule that reads it")
    func overflow() throws {
        try simulating { host, walk, history in
            for id in [-1, -2] as [Int64] {
                try history.add(
                    Self.relation("orders"), of: 1, id: id, at: Self.now,
                    ["status": .text("paid"), "amount": .integer(.max)])
            }
            #expect(try value("c.order_count", host, walk) == "3")
            let audience = try host.audience(host.expression("function(c) return c.total_spent > 5 end"))
            #expect(
                try diagnostic(of: failure { try walk.isIn(audience) }).message
                    == "the field 'c.total_spent' of a simulated customer has become too large")
        }
    }

    @Test("another customer sees nothing of it, and neither does anybody when it begins anew")
    func customers() throws {
        try simulating { host, walk, history in
            try history.set(field("city", host), of: 1, to: .text("Xi'an"))
            try history.add(Self.relation("messages"), of: 1, id: -1, at: Self.now, Self.message("new"))
            let seen = "c.city, c.messages:count(), c.message_count"
            #expect(try value(seen, host, walk) == "'Xi'an', 3, 3")
            #expect(try walk.go(to: 3))
            #expect(try value(seen, host, walk) == "nil, 0, 0")
            #expect(try walk.go(to: 1))
            #expect(try value(seen, host, walk) == "'Xi'an', 3, 3")
            history.begin([3])
            #expect(try value(seen, host, walk) == "'Wuhan', 2, 2")
            #expect(history.isEmpty)
        }
    }

    @Test("who unsubscribes, does so for all who share the address")
    func consent() throws {
        try simulating { host, walk, history in
            try history.add(Self.relation("messages"), of: 2, id: -1, at: Self.now, Self.message("new"))
            try history.addMessageEvent("unsubscribe", of: -1, customer: 2, at: Self.now)
            #expect(try value("c:consents_to 'email'", host, walk) == "false")
            history.begin([1, 2])
            #expect(try value("c:consents_to 'email'", host, walk) == "true")
        }
    }

    @Test("time moves for words, traits, templates and audiences, and back")
    func time() throws {
        let rules = script(
            "x",
            """
            trait "age" { of = function(c) return now() - c.last_order_at end }
            campaign 'x' { audience = function(c) return true end, journey = function(c) end }
            """)
        try simulating([rules], templates: [template("t", "{{ 'now' | date: '%F %R' }}")]) { host, walk, _ in
            let seen =
                "now() - \(Self.now), today() - now(), days_ago(1) - now(), c:birthday_within(days(3)), c.age"
            let audience = try host.audience(
                host.expression("function(c) return c.last_order_at < days_ago(1) end"))
            let pushed = try CustomerWalk(host, for: [audience])
            #expect(try pushed.next() == nil)
            func check(_ expected: String, _ date: String, isOld: Bool) throws {
                #expect(try value(seen, host, walk) == expected)
                #expect(try walk.isIn(audience) == isOld)
                try pushed.restart(over: 1...3)
                #expect(try pushed.next() == (isOld ? 1 : nil))
                let rendering = try host.render(
                    "t", .email, host.content(of: host.campaign("x"), in: walk), campaign: nil, in: walk)
                #expect(rendering.message?.text == date)
            }
            try check("0, -32400, -86400, false, 100", "2026-12-01 09:00", isOld: false)
            host.moveTime(to: Self.now + 6 * Self.day)
            try check("518400, -32400, -86400, true, 518500", "2026-12-07 09:00", isOld: true)
            host.moveTime(to: Self.now)
            try check("0, -32400, -86400, false, 100", "2026-12-01 09:00", isOld: false)
        }
    }

    @Test("a walk for audiences asks about time and history as they are, whatever SQL said before")
    func walks() throws {
        try simulating { host, _, history in
            let audiences = try ["c.order_count > 1", "c.last_order_at < days_ago(1)"].map {
                try host.audience(host.expression("function(c) return \($0) end"))
            }
            let walk = try CustomerWalk(host, for: audiences)
            func members() throws -> [[Int64]] {
                try walk.restart(over: .min ... .max)
                var found: [[Int64]] = [[], []]
                while let id = try walk.next() {
                    for index in 0...1 where try walk.isIn(audiences[index]) { found[index].append(id) }
                }
                return found
            }
            #expect(try members() == [[], []])
            host.moveTime(to: Self.now + 2 * Self.day)
            #expect(try members() == [[], [1, 3]])
            #expect(try walk.go(to: 1))
            try history.add(
                Self.relation("orders"), of: 1, id: -1, at: Self.now + Self.day + 1,
                ["status": .text("paid"), "amount": .integer(1)])
            #expect(try walk.isIn(audiences[0]))
            #expect(try !walk.isIn(audiences[1]))
            #expect(try members() == [[1], [3]])
            history.begin([1])
            host.moveTime(to: Self.now)
            #expect(try members() == [[], []])
        }
    }

    @Test("a host that takes the place of another has its time and its history")
    func replacement() throws {
        try simulating { host, walk, history in
            host.moveTime(to: Self.now + 5)
            try history.set(field("city", host), of: 1, to: .text("Xi'an"))
            try history.add(Self.relation("messages"), of: 1, id: -1, at: Self.now, Self.message("new"))
            try history.addMessageEvent("open", of: -1, customer: 1, at: Self.now)
            let seen =
                "now() - \(Self.now), c.city, c.messages:opened():count(), c.open_count, c.message_count"
            #expect(try value(seen, host, walk) == "5, 'Xi'an', 2, 2, 3")
            let other = try host.makeReplacement()
            let otherWalk = try CustomerWalk(other)
            #expect(try otherWalk.go(to: 1))
            #expect(try value(seen, other, otherWalk) == "5, 'Xi'an', 2, 2, 3")
            try history.addMessageEvent("open", of: 1, customer: 1, at: Self.now)
            #expect(try value(seen, other, otherWalk) == "5, 'Xi'an', 3, 3, 3")
        }
    }

    @Test("what a script has kept of a customer stays what it was")
    func kept() throws {
        try simulating { host, walk, history in
            try history.add(
                Self.relation("messages"), of: 1, id: -1, at: Self.now - 60, Self.message("first"))
            let made = try host.state.call(
                try host.state.load(
                    """
                    local kept
                    return function(c)
                      kept = kept or c.messages:where { campaign = "first" }:last()
                      return kept.campaign .. " of " .. #c.messages:list() .. ", " .. c.messages:last().campaign
                    end
                    """, name: "x"))
            guard case .function(let function) = made else { return }
            func answer() throws -> String { try host.state.call(function, .row(walk.row)).shown }
            #expect(try answer() == "'first of 3, old'")
            try history.add(
                Self.relation("messages"), of: 1, id: -2, at: Self.now - 95, Self.message("second"))
            try history.add(Self.relation("messages"), of: 1, id: -3, at: Self.now, Self.message("third"))
            #expect(try answer() == "'first of 5, third'")
            history.begin([1])
            #expect(try answer() == "'first of 2, old'")
        }
    }

    @Test("templates print what has become of the customer")
    func templates() throws {
        let text =
            "{{ customer.city }} {{ customer.order_count }} {{ customer.total_spent }} {{ customer.name }}"
        try simulating(templates: [template("t", text)]) { host, walk, history in
            try history.set(field("city", host), of: 1, to: .text("Xi'an"))
            try history.set(field("first_name", host), of: 1, to: .text("Eve"))
            try history.add(
                Self.relation("orders"), of: 1, id: -1, at: Self.now,
                ["status": .text("paid"), "amount": .integer(150)])
            let rendering = try host.render("t", .email, MessageContent.none, campaign: nil, in: walk)
            #expect(rendering.message?.text == "Xi'an 2 26.5 Eve Lee")
        }
    }
}
