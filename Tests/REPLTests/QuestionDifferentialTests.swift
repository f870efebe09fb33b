import Foundation
import TestSupport
import Testing

/// What SQL answers, against a loop over the same customers; and what SQL has of a rule, against the rule in Lua.
@Suite("Questions against loops")
struct QuestionDifferentialTests {
    /// Conditions, each as SQL can say it and as it cannot: `opaque` is a function that the compiler does not see through.
    private static let conditions = [
        "c.order_count > 2", "c.city == \"上海\"", "c.city == nil", "c.total_spent >= limit and c.level ~= nil",
        "c.registered_at ~= nil and c.registered_at > days_ago(span)", "not (c.level == level)",
        "c.order_count > 0 and c.total_spent / c.order_count > limit", "c.orders:since(days_ago(span)):any()",
        "rich:includes(c) or c.city == \"北京\"", "c.stage == \"lead\"", "(c.name or \"\"):lower() < \"m\"",
    ]

    private static let script = """
        limit, level, span = 300, "金卡", 200
        rich = segment.vip
        trait "stage" { of = function(c) return c.order_count == 0 and "lead" or c.order_count < 3 and "new" or "old" end }
        trait "label" { of = function(c) if c.city == "上海" then return c.level end return c.city end }
        trait "near" { of = function(c) return c.city and c.city == "上海" end }
        trait "spent" { of = function(c) if c.order_count > 1 then return c.total_spent / 2 end end }
        trait "months" { of = function(c) return c.order_count // 3 end }
        trait "slow" { of = function(c) return hidden.trait(c) end }
        -- In a table, a rule is hidden from the compiler.
        hidden = { trait = function(c) return c.order_count > limit // 100 and "many" or nil end }

        function same(what, a, b)
          local near = a == b
          if type(a) == "number" and type(b) == "number" then
            near = math.abs(a - b) <= 1e-9 * math.max(1, math.abs(a), math.abs(b))
          end
          if not near then print("differs:", what, a, b) end
        end

        function check(text, plain, rule)
          hidden.rule = rule
          local slow = function(c) return hidden.rule(c) end
          local query, asked = customers:where(plain), customers:where(slow)
          same(text .. " count", query:count(), asked:count())
          for _, field in ipairs { "total_spent", "order_count", "registered_at" } do
            local count, sum, low, high = 0, 0, math.huge, -math.huge
            asked:each(function(c)
              local value = c[field]
              if value ~= nil then
                count, sum = count + 1, sum + value
                low, high = math.min(low, value), math.max(high, value)
              end
            end)
            if count > 0 then
              if field ~= "registered_at" then same(text .. " sum " .. field, query:sum(field), sum) end
              if field ~= "registered_at" then same(text .. " avg " .. field, query:avg(field), sum / count) end
              same(text .. " min " .. field, query:min(field), low)
              same(text .. " max " .. field, query:max(field), high)
              local values = {}
              asked:each(function(c) values[#values + 1] = c[field] end)
              table.sort(values)
              local middle = #values // 2
              local median = #values % 2 == 1 and values[middle + 1] or (values[middle] + values[middle + 1]) / 2
              if field ~= "registered_at" then same(text .. " median " .. field, query:median(field), median) end
            end
          end
          for _, field in ipairs { "city", "level", "stage", "label", "near", "spent", "months", "slow" } do
            local counts, groups = {}, 0
            asked:each(function(c)
              local key = tostring(c[field])
              if not counts[key] then groups = groups + 1 end
              counts[key] = (counts[key] or 0) + 1
            end)
            local found = query:group_by(field)
            same(text .. " groups " .. field, #found, groups)
            for _, row in ipairs(found) do
              same(text .. " " .. field, row.count, counts[tostring(row[field])])
            end
          end
          local ids, others = query:ids(), asked:ids()
          same(text .. " ids", table.concat(ids, " "), table.concat(others, " "))
          print(text, query:count())
        end

        """

    @Test("sums, groups and members are those of a loop, with variables of the prompt in the rule")
    func loops() throws {
        let folder = try TemporaryFolder()
        let made = try Program.run(["init", "demo", "--demo", "--customers", "600"], in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        var text = Self.script
        for condition in Self.conditions {
            text += """
                check([[\(condition)]], function(c)
                  return \(condition)
                end, function(c)
                  return \(condition)
                end)

                """
        }
        try folder.write(text, to: "demo/check.lua")
        let said = try Program.run(["repl", "check.lua"], in: folder.url.appending(path: "demo"))
        #expect(said.errors == "")
        #expect(!said.output.contains("differs"), "\(said.output)")
        #expect(said.output.split(separator: "\n").count == Self.conditions.count)
    }

    @Test(
        "a variable of the prompt is in SQL unless a function changes it, and is what it is when it is asked")
    func variables() throws {
        let shop = try Shop.market()
        let said = try shop.say(
            "limit = 100", "query = customers:where(function(c) return c.total_spent > limit end)",
            "query:count()",
            "limit = 1000", "query:count()",
            "limit = 0; print(query:count()); limit = 5000; print(query:count())",
            "limit = 100", "count = 0", "function raise() limit = limit + 1000 end",
            "customers:where(function(c) raise(); return c.total_spent < limit end):ids()", "limit",
            "rich = segment.buyers", "customers:where(function(c) return not rich:includes(c) end):ids()",
            "names = { [\"上海\"] = true }",
            "customers:where(function(c) return names[c.city] == true end):ids()",
            "customers:where(function(c) return c.total_spent > lmit end):count()")
        #expect(
            said.output == """
                3
                1
                4
                0
                { 1, 2, 3, 4, 5, 6 }
                6100
                { 4, 6 }
                { 1, 3, 4 }

                """)
        #expect(said.errors.contains("unknown name 'lmit'"))
    }
}
