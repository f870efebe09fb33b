import Catalog
import Diagnostics
import RuleCompiler
import Store
import Testing

@testable import Rules

@Suite("Traits over the whole population, and models")
struct PopulationTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop(
            """
            INSERT INTO customers (id, name, city, erased_at) VALUES (1, 'Ann', 'Bern', NULL), (2, 'Bo', 'Wuhan', NULL),
                (3, 'Cy', 'Bern', NULL), (4, 'Di', 'Cork', NULL), (5, 'Ed', 'Cork', 1);
            INSERT INTO orders (id, customer_id, placed_at, status, amount, currency) VALUES
                (1, 1, 1796000000, 'paid', 500, 'CNY'), (2, 2, 1700000000, 'paid', 700, 'CNY'),
                (3, 3, 1700000000, 'paid', 700, 'CNY'), (4, 5, 1700000000, 'paid', 900, 'CNY');
            """)
    }

    /// What each customer has of a trait, in their order, where the functions run in SQL and where they run in Lua.
    private func values(
        _ text: String, of name: String, at now: Int64? = nil
    ) throws -> [String] {
        let sql = try found(text, name, at: now)
        let inLua = text.replacing("of = function(c)", with: "of = function(c) local _ = {}")
        #expect(try found(inLua, name, at: now) == sql, "SQL and Lua differ")
        return sql
    }

    private func found(_ text: String, _ name: String, at now: Int64?) throws -> [String] {
        try workshop.rules(at: now, [script("x", text)]) { host, _ in
            let names = host.populationsNeeded(by: ["c.\(name)"])
            #expect(names.contains(name))
            _ = try host.findPopulations(names) { _ in nil }
            let walk = try CustomerWalk(host)
            var values: [String] = []
            while try walk.next() != nil {
                let trait = try #require(host.traits[name])
                let found = try walk.value(of: trait)
                values.append(host.value(found.value, of: found.type).shown)
            }
            return values
        }
    }

    @Test("who has no value, is erased or is not among them has none")
    func missing() throws {
        let spent = "of = function(c) if c.order_count > 0 then return c.total_spent end end"
        #expect(
            try values("trait \"r\" { \(spent), rank = true }", of: "r") == ["1", "2", "3", "nil", "nil"])
        #expect(
            try values("trait \"r\" { \(spent), rank = { order = \"desc\", ties = \"min\" } }", of: "r")
                == ["3", "1", "1", "nil", "nil"])
        let cork = "among = function(c) return c.city == \"Bern\" end"
        #expect(
            try values("trait \"r\" { \(spent), \(cork), share = true }", of: "r")
                == ["\(5.0 / 12)", "nil", "\(7.0 / 12)", "nil", "nil"])
        #expect(
            try values(
                """
                segment "buyers" { where = function(c) return c.order_count > 0 end }
                trait "r" { \(spent), among = segment.buyers, quantiles = 2 }
                """, of: "r") == ["1", "1", "1", "nil", "2"])
    }

    @Test("customers of one value stand in the order of a field")
    func ties() throws {
        let text = """
            trait "half" { of = function(c) return 1 end,
              quantiles = { parts = 2, by = "rank", ties = "city" } }
            """
        #expect(try values(text, of: "half") == ["1", "2", "1", "2", "nil"])
    }

    @Test("they hold for a past time as it was then")
    func past() throws {
        let text = "trait \"r\" { of = function(c) return c.order_count end, rank = { ties = \"min\" } }"
        #expect(try values(text, of: "r") == ["2", "2", "2", "1", "nil"])
        #expect(try values(text, of: "r", at: 1_750_000_000) == ["1", "3", "3", "1", "nil"])
    }

    @Test("a rule, and another trait, read them as any field, in SQL")
    func inRules() throws {
        let scripts = [
            script(
                "x",
                """
                trait "worth" { values = { "high", "low" }, of = function(c)
                  return c.spent_rank == 1 and "high" or "low" end }
                trait "spent_rank" { of = function(c) return c.total_spent * model.scale.factor end,
                  rank = { order = "desc", ties = "min" } }
                model "scale" { of = function(c) return { spent = c.total_spent } end,
                  fit = function(rows) return { factor = 2, count = rows.count, first = rows.spent[1] } end }
                segment "high" { where = function(c) return c.worth == "high" end }
                """)
        ]
        try workshop.rules(scripts) { host, _ in
            #expect(host.populationsNeeded(by: ["segment.high"]) == ["scale", "spent_rank"])
            #expect(host.populationsNeeded(by: ["c.city"]) == [])
            let computed = try host.findPopulations(["spent_rank"]) { _ in nil }
            #expect(computed.map(\.key.name) == ["scale", "spent_rank"])
            #expect(
                host.populations.numbers == [
                    "scale": ["factor": .integer(2), "count": .integer(4), "first": .number(5)]
                ])
            let compiled = try host.compiled("segment.high")
            #expect(compiled.isWhole)
            let walk = try CustomerWalk(host)
            let audience = try host.audience(host.expression("segment.high"))
            var found: [Int64] = []
            while let id = try walk.next() { if try walk.isIn(audience) { found.append(id) } }
            #expect(found == [2, 3])
            // The same definitions are not computed again.
            let keys = Dictionary(uniqueKeysWithValues: computed.map { ($0.key, $0) })
            let again = try host.findPopulations(["spent_rank"]) { keys[$0].map(KeptPopulation.held) }
            #expect(again.isEmpty)
        }
    }

    @Test(
        "what is wrong is told with its place and the next step",
        arguments: [
            (
                "trait \"a\" { of = function(c) return c.b end, rank = true } trait \"b\" { of = function(c) return c.a end, rank = true }",
                "trait 'a' asks for itself: a → b → a"
            ),
            (
                "trait \"a\" { of = function(c) return c.name end, rank = true }",
                "trait 'a' returned a text = a trait over the whole population is made of numbers"
            ),
            (
                "trait \"a\" { of = function(c) return 1 end, quantiles = { parts = 2, by = \"rank\", ties = \"citty\" } }",
                "customers have no field 'citty' = did you mean 'city'?"
            ),
            (
                "model \"a\" { of = function(c) return { x = c.name } end, fit = function(rows) end }",
                "'of' of model 'a' returned a text for 'x' = a row is a table of numbers by name, the same names for each customer, or nothing"
            ),
            (
                "model \"a\" { of = function(c) return { x = 1 } end, fit = function(rows) return 5 end }",
                "'fit' of model 'a' takes a function that gives numbers by name, got one that gave a number"
            ),
        ])
    func mistakes(text: String, expected: String) throws {
        try workshop.rules([script("x", text)]) { host, _ in
            let error = try failure { try host.findPopulations(["a"]) { _ in nil } }
            let diagnostic = diagnostic(of: error)
            let hint = diagnostic.hint.map { " = \($0)" } ?? ""
            #expect("\(diagnostic.message)\(hint)".hasPrefix(expected))
        }
    }

    @Test(
        "a setting that says something else than it may stops the load",
        arguments: [
            ("rank = true, share = true", "'share' of trait 'a' takes no value beside 'rank'"),
            ("rank = 5", "'rank' of trait 'a' takes true, or a table"),
            (
                "rank = { ties = \"last\" }",
                "'rank' of trait 'a' takes ties = \"first\" or \"min\" or \"dense\""
            ),
            ("rank = { odrer = \"asc\" }", "'rank' of trait 'a' has no setting 'odrer'"),
            ("quantiles = 1", "'quantiles' of trait 'a' takes a number of parts from 2 to 1000"),
            (
                "quantiles = { parts = 5, closed = \"both\" }",
                "'quantiles' of trait 'a' takes closed = \"left\" or"
            ),
            ("share = false", "'share' of trait 'a' takes true, got false"),
            ("share = true, type = \"text\"", "'type' of trait 'a' takes 'number' here, got 'text'"),
            ("rank = true, among = segment.none", "unknown segment 'none'"),
            ("among = segment.none", "'among' of trait 'a' takes nothing beside an 'of' alone"),
            ("values = \"lead\"", "'values' of trait 'a' takes a list of texts"),
            ("type = \"instant\"", "'type' of trait 'a' takes 'text', 'number',"),
        ])
    func settings(text: String, expected: String) throws {
        let scripts = [script("x", "trait \"a\" { of = function(c) return 1 end, \(text) }")]
        let error = try failure { try workshop.rules(scripts) { _, _ in } }
        #expect(message(of: error).hasPrefix(expected))
    }

    @Test("a trait that declares its type and values raises where it gives others, in SQL as in Lua")
    func declared() throws {
        let stage = """
            trait "stage" { values = { "lead", "buyer" }, of = function(c) return c.order_count > 0 and "buyer" or %@ end }
            """
        func scripts(_ other: String) -> [ScriptFile] {
            [script("x", stage.replacing("%@", with: other))]
        }
        #expect(
            try workshop.members("function(c) return c.stage == \"lead\" end", scripts("\"lead\"")) == [4])
        try workshop.rules(scripts("\"lead\"")) { host, _ in
            let compiled = try host.compiled("function(c) return c.stage == \"lead\" end")
            #expect(compiled.isWhole)
        }
        for (value, expected) in [
            ("\"laed\"", "trait 'stage' returned another text than its values 'laed' = did you mean 'lead'?"),
            ("c.city", "trait 'stage' returned another text than its values = its values are: lead, buyer"),
            ("5", "trait 'stage' returned a number = by its type it is a text"),
        ] {
            let error = try failure {
                try workshop.members("function(c) return c.stage == \"lead\" end", scripts(value))
            }
            let diagnostic = diagnostic(of: error)
            #expect("\(diagnostic.message) = \(diagnostic.hint ?? "")" == expected)
        }
    }
}
