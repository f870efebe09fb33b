import Basics
import Diagnostics
import Foundation
import Linter
import LuaRuntime
import ScriptSyntax
import Testing

/// What the linter says of conditions, compared with what Lua answers for many customers.
@Suite struct LogicTests {
    /// Fields, and values at and beside every bound that conditions have.
    private static let customers = """
        local list = {}
        for _, orders in ipairs { 0, 1, 2, 3, 4, 5, 6 } do
          for _, largest in ipairs { "nil", -1, 0, 1.5, 2, 2.5, 3, 5, 7 } do
            for _, city in ipairs { "nil", "A", "B", "C", "Cork", "Z" } do
              for _, channel in ipairs { "nil", "email", "sms", "wecom" } do
                list[#list + 1] = {
                  id = 1, order_count = orders, preferred_channel = channel ~= "nil" and channel or nil,
                  largest_order = largest ~= "nil" and largest or nil, city = city ~= "nil" and city or nil,
                }
              end
            end
          end
        end
        return list
        """

    private static func condition(_ random: inout some RandomNumberGenerator, depth: Int) -> String {
        func pick(_ items: [String]) -> String { items.randomElement(using: &random) ?? "" }
        if depth < 3, Int.random(in: 0..<10, using: &random) < 6 {
            let left = condition(&random, depth: depth + 1)
            let right = condition(&random, depth: depth + 1)
            return pick(["(\(left) and \(right))", "(\(left) or \(right))", "not (\(left))"])
        }
        let numberSign = pick(["<", "<=", ">", ">=", "==", "~="])
        return pick([
            "c.order_count \(numberSign) \(pick(["0", "1", "2", "2.5", "3", "5", "-1"]))",
            "\(pick(["0", "2", "3"])) \(numberSign) c.order_count",
            "c.largest_order \(numberSign) \(pick(["0", "2", "2.5", "3"]))",
            "c.city \(numberSign) \(pick(["'A'", "'B'", "'Cork'"]))",
            "c.preferred_channel \(pick(["==", "~="])) \(pick(["'email'", "'sms'", "'wecom'"]))",
            "c.\(pick(["city", "largest_order", "order_count", "id"])) \(pick(["==", "~="])) nil",
            "c.\(pick(["city", "largest_order", "preferred_channel"]))",
        ])
    }

    /// The condition that a message speaks of, and what it says of it; its parts have quotes of their own.
    private static func claim(_ message: String) -> (text: String, expected: Bool)? {
        let whole = message.dropFirst()
        for (words, sign, tail) in [
            ("' is never true where '", "and", "' is"), ("' is always true where '", "or", "' is not"),
        ] {
            guard let range = whole.firstRange(of: words) else { continue }
            let first = whole[range.upperBound...].dropLast(tail.count)
            return ("(\(first)) \(sign) (\(whole[..<range.lowerBound]))", sign == "or")
        }
        for (tail, expected) in [("' is never true", false), ("' is always true", true)]
        where message.hasSuffix(tail) {
            return (String(whole.dropLast(tail.count)), expected)
        }
        return nil
    }

    @Test("a condition that is said to be never or always true is so for every customer")
    func claims() throws {
        let world = try LintWorld.workshop()
        let state = try LuaState()
        let factor = Int(ProcessInfo.processInfo.environment["MOONLETTER_FUZZ"] ?? "") ?? 1
        var random = SplitMix64(seed: 42)
        var claims: [(text: String, expected: Bool)] = []
        for _ in 0..<(1500 * factor) {
            let text = Self.condition(&random, depth: 0)
            for finding in world.findings("segment \"x\" { where = function(c) return \(text) end }")
            where finding.rule == "constant-condition" {
                claims += Self.claim(finding.diagnostic.message).map { [$0] } ?? []
            }
        }
        #expect(claims.count > 300)
        for start in stride(from: 0, to: claims.count, by: 50) {
            let part = claims[start..<min(start + 50, claims.count)].filter { !$0.text.contains("…") }
            let checks = part.map { claim in
                "if (not (\(claim.text))) == \(claim.expected) then return [==[\(claim.text)]==] end"
            }
            let script = """
                local customers = (function() \(Self.customers) end)()
                for _, c in ipairs(customers) do
                  \(checks.joined(separator: "\n  "))
                end
                return "all hold"
                """
            #expect(try state.call(try state.load(script, name: "claims")).described == "the text 'all hold'")
        }
    }
}
