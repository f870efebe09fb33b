import Foundation
import TestSupport
import Testing

@Suite("The program answers the same each time")
struct DeterminismTests {
    private static let count = 400

    /// A workspace whose rules ask for all that could differ from run to run.
    private func shop() throws -> Shop {
        let shop = try Shop()
        let rows = (1...Self.count).map { "\($0),Customer \($0),c\($0)@example.com,2026-01-02" }
        try shop.write(
            "id,name,email,registered_at\n" + rows.joined(separator: "\n") + "\n", to: "customers.csv")
        let made = try shop.run("import", "customers", "customers.csv")
        #expect(made.status == 0, "\(made.errors)")
        return shop
    }

    private static let rules = [
        "function(c) return math.random() < 0.5 end",
        "function(c) return math.random(1, 3) == 2 and math.random(0) % 2 == 0 end",
        """
        function(c)
          local t, order = { b = 1, a = 2, [3] = 4, [2.5] = 1, [true] = 1, [c.name] = 5 }, {}
          for i = 1, 20 do t["k" .. math.random(1000)] = i end
          for key in pairs(t) do order[#order + 1] = tostring(key) end
          for key in next, t do order[#order + 1] = tostring(key) end
          local text = table.concat(order) .. tostring({}) .. tostring(type) .. string.format("%s", {})
          local sum = 0
          for i = 1, #text do sum = (sum * 31 + text:byte(i)) % 65521 end
          return sum % 2 == 0
        end
        """,
        """
        function(c)
          local list = {}
          for i = 1, 50 do list[i] = { math.random(4), i } end
          table.sort(list, function(a, b) return a[1] < b[1] end)
          return list[10][2] % 2 == 0
        end
        """,
    ]

    @Test("in two processes, and on any number of threads", arguments: rules)
    func threads(rule: String) throws {
        let shop = try shop()
        let first = try shop.run("segment", rule, "--ids", "--threads", "1")
        #expect(first.status == 0, "\(first.errors)")
        let ids = first.output.split(separator: "\n").count
        #expect(ids > 10 && ids < Self.count)
        for threads in ["1", "2", "3", "8"] {
            let again = try shop.run("segment", rule, "--ids", "--threads", threads)
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output == first.output, "\(threads) threads")
        }
    }
}
