import Catalog
import LuaRuntime
import Store
import Testing

@testable import Rules

@Suite("Variables of the prompt in rules")
struct PromptVariableTests {
    private static let customers = """
        INSERT INTO customers (id, city, registered_at) VALUES (1, '上海', 1700000000), (2, 'London', 1790000000),
            (3, NULL, NULL);
        """

    /// Whether SQL alone answers a rule that is typed behind these lines, and whom it finds.
    private func ask(_ lines: String..., rule: String) throws -> (isPushed: Bool, ids: [Int64]) {
        let workshop = try Workshop(Self.customers)
        let script = ScriptFile(
            path: "scripts/near.lua",
            text: "segment \"near\" { where = function(c) return c.city == \"上海\" end }")
        return try workshop.store.read(asOf: Workshop.now) { snapshot in
            let host = try RuleHost(clock: workshop.clock)
            try host.load([script])
            host.attach(snapshot)
            try host.openPrompt([])
            for (number, line) in lines.enumerated() { _ = try host.run(line, as: "input \(number)") }
            let value = try #require(try host.run(rule, as: "rule").first)
            let (audience, _) = try host.audience(of: try host.state.value(of: value), for: "where")
            let population = try host.population(of: audience, within: nil)
            var ids: [Int64] = []
            try snapshot.forEachRow([], of: population) { id, _ in ids.append(id) }
            return (population.members == nil, ids)
        }
    }

    @Test("what a variable holds goes into SQL: numbers, texts, spans and segments")
    func pushed() throws {
        let cases: [(lines: String, rule: String, ids: [Int64])] = [
            ("least = 2", "function(c) return c.id >= least end", [2, 3]),
            ("local least = 1 + 1", "function(c) return c.id >= least end", [2, 3]),
            ("city = \"London\"", "function(c) return c.city == city end", [2]),
            (
                "span = 365",
                "function(c) return c.registered_at ~= nil and c.registered_at > days_ago(span) end", [2]
            ),
            ("near = segment.near", "function(c) return not near:includes(c) end", [2, 3]),
            ("flag = false", "function(c) return flag or c.id == 1 end", [1]),
        ]
        for (lines, rule, ids) in cases {
            let answer = try ask(lines, rule: rule)
            #expect(answer.isPushed, "\(rule)")
            #expect(answer.ids == ids, "\(rule)")
        }
    }

    @Test("one that a function changes, or that holds a table, a function or nothing plain, stays in Lua")
    func left() throws {
        let cases: [(lines: String, rule: String, ids: [Int64])] = [
            (
                "least = 2 function more() least = least + 1 return true end",
                "function(c) return more() and c.id >= least end", []
            ),
            ("least = 2 f = function() least = 3 end", "function(c) return c.id >= least end", [2, 3]),
            (
                "do local function g() least = 3 end end least = 2", "function(c) return c.id >= least end",
                [2, 3]
            ),
            (
                "names = { London = true }", "function(c) return c.city ~= nil and names[c.city] == true end",
                [2]
            ),
            ("f = function(c) return c.id == 3 end", "function(c) return f(c) end", [3]),
            (
                "least = 2; return { function() least = 3 end }", "function(c) return c.id >= least end",
                [2, 3]
            ),
            ("_ENV = _ENV least = 2", "function(c) return c.id >= least end", [2, 3]),
        ]
        for (lines, rule, ids) in cases {
            let answer = try ask(lines, rule: rule)
            #expect(!answer.isPushed, "\(rule)")
            #expect(answer.ids == ids, "\(lines)")
        }
    }

    @Test("scripts see no variables of the prompt")
    func scripts() throws {
        let workshop = try Workshop(Self.customers)
        let script = ScriptFile(
            path: "scripts/odd.lua", text: "segment \"odd\" { where = function(c) return c.id > least end }")
        try workshop.rules([script]) { host, _ in
            try host.openPrompt([])
            _ = try host.run("least = 1", as: "input")
            #expect(throws: RuleError.self) {
                try host.population(of: .named("odd", nil), within: nil)
            }
        }
    }

    @Test("a trait is SQL where all its values are of one type and none is an error")
    func traits() throws {
        let texts = [
            ("stage", "c.order_count > 0 and \"buyer\" or \"lead\"", ValueType.text),
            ("half", "c.total_spent / 2", .number), ("count", "c.order_count // 2", .integer),
            ("near", "c.city == city", .boolean), ("mixed", "c.order_count > 0 and 1 or \"none\"", nil),
            ("odd", "c.city:len()", nil), ("hidden", "string.format(\"%d\", c.id)", nil),
        ]
        let workshop = try Workshop(Self.customers)
        try workshop.rules { host, _ in
            try host.openPrompt([])
            _ = try host.run("city = \"London\"", as: "input")
            for (name, value, type) in texts {
                _ = try host.run("trait \"\(name)\" { of = function(c) return \(value) end }", as: name)
                let trait = try #require(host.traits[name])
                #expect(try host.sql(of: trait)?.type == type, "\(name)")
            }
        }
    }
}
