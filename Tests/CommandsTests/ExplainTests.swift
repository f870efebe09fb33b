import Foundation
import TestSupport
import Testing

@Suite("Explain")
struct ExplainTests {
    private static let rules = """
        local near = { ["上海"] = true, ["北京"] = true }
        local function bought(c) return c.order_count > 0 end

        trait "stage" {
          of = function(c)
            if c.order_count == 0 then return "lead" end
            return "buyer"
          end,
        }

        segment "newcomers" {
          description = "Registered this autumn, near by",
          where = function(c)
            if not near[c.city] and c.city ~= "Cork" then return false end
            local long_ago = days_ago(90)
            return c.registered_at > long_ago
               and (c.stage == "lead" or bought(c))
               and c.name ~= nil and c.name:gsub("b", "") ~= c.name
          end,
        }
        segment "readers" { where = function(c) return c:consents_to "email" end }
        segment "reached" { where = segment.newcomers & segment.readers - segment.odd }
        segment "odd" { where = function(c) for _ in pairs {} do end return c.id == 5 end }
        """

    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.write(Self.rules, to: "scripts/rules.lua")
        return shop
    }

    @Test("a segment is explained: its rules, the statement, the plan and the funnel")
    func text() throws {
        let shop = try shop()
        let outcome = try shop.run("explain", "reached")
        #expect(outcome.errors == "")
        try expectGolden("$ moonletter explain reached\n" + outcome.output, "explain.txt")
    }

    @Test("as JSON it says the same")
    func json() throws {
        let shop = try shop()
        try expectGolden(try shop.run("explain", "newcomers", "--format", "json").output, "explain.json")
    }

    @Test(
        "for a customer it shows each condition with its values, and what would change the answer",
        arguments: [1, 2, 5])
    func customer(_ id: Int) throws {
        let shop = try shop()
        let outcome = try shop.run("explain", "reached", "--customer", "\(id)")
        #expect(outcome.errors == "")
        try expectGolden(outcome.output, "explain-customer-\(id).txt")
        let json = try shop.run("explain", "reached", "--customer", "\(id)", "--format", "json").output
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let members = try shop.run("segment", "reached", "--ids").output.split(separator: "\n")
        #expect(object?["member"] as? Bool == members.contains("\(id)"))
    }

    @Test("a rule that raises is explained, and not counted")
    func raising() throws {
        let shop = try shop()
        let outcome = try shop.run("explain", "function(c) return c.id > 1 and c.name > 5 end")
        #expect(outcome.status == 0)
        #expect(
            outcome.output.contains(
                "in Lua: it compares a text with a number, which is an error where both are there"))
        #expect(outcome.output.hasSuffix("not counted: attempt to compare number with string\n"))
    }

    @Test(
        "what there is not, is an error that says what there is",
        arguments: [
            (["explain", "newcomer"], "error: unknown segment 'newcomer'"),
            (["explain", "readers", "--customer", "77"], "error: there is no customer 77"),
        ])
    func errors(_ arguments: [String], _ message: String) throws {
        let shop = try shop()
        let outcome = try Program.run(arguments, in: shop.url)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(message))
    }

    @Test("the funnel counts what segments of the same conditions count")
    func funnel() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let demo = folder.url.appending(path: "demo")
        let conditions = [
            "c.order_count > 0", "c.city ~= \"上海\"", "#(c.name or \"\") > 6", "not c:has_tag \"VIP\"",
            "c.orders:last().amount * 2 > 300", "(c.name or \"\"):gsub(\"a\", \"\") ~= c.name",
        ]
        let question = "function(c) return \(conditions.joined(separator: " and ")) end"
        let json = try Program.run(["explain", question, "--format", "json"], in: demo).output
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let steps = object?["funnel"] as? [[String: Any]] ?? []
        #expect(steps.map { $0["place"] as? String } == ["sql", "sql", "sql", "sql", "sql", "lua"])
        for (index, step) in steps.enumerated() {
            let part = "function(c) return \(conditions[...index].joined(separator: " and ")) end"
            let count = try Program.run(["segment", part, "--no-pushdown"], in: demo).output
            #expect("\(step["customers"] as? Int ?? -1)\n" == count)
        }
    }
}
