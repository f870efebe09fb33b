import Catalog
import GRDB
import LuaRuntime
import Store
import Testing

@testable import Rules

/// What rules see of a simulation against what they see of a store that holds the same.
@Suite("A simulation as if it were stored")
struct SimulationDifferentialTests {
    private static let rules = script(
        "rules",
        """
        trait "worth" { of = function(c) return c.total_spent + c.points + c.open_count end }
        trait "kind_of" { of = function(c)
          if c.orders:since(now() - 15):any() then return "buyer of " .. tostring(c.city) end
          return c.messages:opened():count() > 1 and "reader" or nil
        end }
        segment "busy" { where = function(c) return c.worth > 100 or c.click_count > 0 end }
        """)

    /// Questions about everything but relations.
    private static let questions =
        factGroups.flatMap(\.facts).map { fact in
            // How broken numbers are added differs in the last place.
            fact.type == .number ? "('%.6f'):format(c.\(fact.name))" : "c.\(fact.name)"
        } + [
            "c.city, c.level, c.name", "c.first_name, c.last_name, c.birthday", "c.size, c.member",
            "c:has_tag 'VIP', c:has_tag 'new'", "c:consents_to 'email', c:consents_to 'sms'",
            "now(), today(), days_ago(1)", "c:birthday_within(days(1))", "c.worth", "c.kind_of",
            "c.worth, c.kind_of, c.last_open_at", "c.last_order_at > now() - 10, c.last_cart_at",
        ]

    /// Audiences that SQL answers whole, in part, or not at all.
    private static let audiences = [
        "segment.busy", "function(c) return c.order_count > 2 end",
        "function(c) return c.last_order_at > now() - 12 and c.city ~= '2' end",
        "function(c) return c.messages:opened():since(now() - 10):any() and (c.name or ''):len() > 2 end",
        "function(c) return c:has_tag 'VIP' or c.feedback:sum 'score' > 5 end",
        "function(c) return c:consents_to 'email' and c.kind_of ~= nil end",
    ]

    private func explanations(_ host: RuleHost, of customers: [Int64]) throws -> [String] {
        try Self.audiences.flatMap { audience in
            let expression = try host.expression(audience)
            return try customers.map { "\(String(describing: try host.explain(expression, customer: $0)))" }
        }
    }

    @Test(
        "every question has the answer that a store gives into which the same was written",
        arguments: 1...12 as ClosedRange<UInt64>)
    func differential(_ seed: UInt64) throws {
        var simulated = SimulatedWorld(seed: seed)
        let start = SimulatedWorld.start
        let stage = try Workshop(simulated.sql, now: start)
        let mirror = try Workshop(simulated.sql, now: start)
        let expressions = Self.questions + (0..<25).map { _ in simulated.world.expression() }
        try stage.rules([Self.rules]) { host, _ in
            let history = SimulatedHistory()
            host.attach(try host.requireData(), history)
            history.begin(simulated.chosen)
            let walk = try CustomerWalk(host)
            let audiences = try Self.audiences.map { try host.audience(host.expression($0)) }
            let members = try CustomerWalk(host, for: [audiences[1]])
            var now = start
            for round in 0..<5 {
                // Rules have asked already when something happens to the customer whose turn it is.
                let own = simulated.world.one(of: simulated.chosen)
                let all = Array(expressions.indices)
                let before = StreamQuestions(
                    expressions: expressions, visits: [.init(way: .to(own), questions: all)])
                _ = try before.answers(host, walk)
                now += Int64(simulated.world.choose(6))
                let steps = (0..<simulated.world.choose(round == 0 ? 1 : 8)).map { _ in
                    simulated.step(by: now)
                }
                host.moveTime(to: now)
                for step in steps { try step.tell(history, host.requireData().fields) }
                try mirror.store.write { db in for step in steps { try db.execute(sql: step.sql) } }

                var visits: [StreamQuestions.Visit] = [.init(way: .nowhere, questions: all)]
                for _ in 0..<40 {
                    let jump = simulated.world.choose(3)
                    let target = simulated.world.one(
                        of: jump == 0 ? simulated.chosen : simulated.world.customers)
                    visits.append(
                        .init(
                            way: jump < 2 ? .to(target) : .next,
                            questions: (0..<4).map { _ in simulated.world.choose(expressions.count) }))
                }
                let questions = StreamQuestions(expressions: expressions, visits: visits)
                let streamed = try questions.answers(host, walk)
                _ = try walk.go(to: own)
                host.streams.isOn = false
                let asked = try questions.answers(host, walk)
                host.streams.isOn = true
                let known = try Self.audiences.indices.map { index in
                    try (index == 1 ? members : CustomerWalk(host, for: [audiences[index]])).all(
                        audiences[index])
                }
                let explained = try explanations(host, of: simulated.chosen)

                try mirror.rules(at: now, [Self.rules]) { host, walk in
                    _ = try walk.go(to: own)
                    let expected = try questions.answers(host, walk)
                    #expect(streamed.count == expected.count && asked.count == expected.count)
                    for (index, expected) in expected.enumerated() {
                        #expect(streamed[index] == expected, "streamed, round \(round)")
                        #expect(asked[index] == expected, "asked, round \(round)")
                    }
                    for (text, known) in zip(Self.audiences, known) {
                        let audience = try host.audience(host.expression(text))
                        #expect(try CustomerWalk(host).all(audience) == known, "\(text), round \(round)")
                    }
                    #expect(try explanations(host, of: simulated.chosen) == explained)
                }
            }
        }
    }
}

extension CustomerWalk {
    /// All customers in an audience, from the first on.
    fileprivate func all(_ audience: Audience) throws -> [Int64] {
        try restart(over: .min ... .max)
        var found: [Int64] = []
        try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3) { buffer in
            while case let count = try next(in: audience, into: buffer), count > 0 {
                found.append(contentsOf: buffer.prefix(count))
            }
        }
        return found
    }
}
