import Catalog
import RuleCompiler
import ScriptSyntax
import TestSupport
import Testing

@Suite("The compiler of rules")
struct RuleCompilerTests {
    @Test("predicates become these conditions in SQL, and this is left to Lua for these reasons")
    func golden() throws {
        let text = Example.all.map { section in
            "==== \(section.title)\n\n\(section.examples.map(described).joined(separator: "\n"))"
        }
        try expectGolden(text.joined(separator: "\n\n") + "\n", "rule-compiler.txt")
    }

    @Test("behind a condition that never holds, nothing is left to Lua")
    func never() throws {
        let example = Example("return c.email < nil and c.order_count > 0 and c.city == 'Wuhan'")
        let rules = FakeRules(example.script, minorUnits: example.minorUnits)
        let rule = RuleCompiler(rules, rules.computed).compile(try #require(rules.predicate("x")))
        #expect(rule.parts.map(\.place) == [.sql, .sql, .sql])
    }

    @Test("what earlier conditions say costs a rule of thousands little")
    func long() throws {
        let leaves = (0..<3000).map { "if c.order_count == \($0) then return false end" }
        let example = Example("\(leaves.joined(separator: " ")) return true")
        let rules = FakeRules(example.script, minorUnits: example.minorUnits)
        let function = try #require(rules.predicate("x"))
        let time = ContinuousClock().measure {
            _ = RuleCompiler(rules, rules.computed).compile(function)
        }
        // A tenth of it on a busy machine; more where each condition is held against all others.
        #expect(time < .seconds(5), "\(time)")
    }

    /// Input and output, one below the other.
    private func described(_ example: Example) -> String {
        let rules = FakeRules(example.script, minorUnits: example.minorUnits)
        var lines = [example.shown]
        if let function = rules.predicate("x") {
            let compiler = RuleCompiler(rules, rules.computed)
            let whole = compiler.compile(.predicate(0, function, reason: ""))
            let place = whole.isWhole ? "SQL" : whole.wanted == nil ? "Lua" : "both"
            lines.append("    \(place): \(sql(whole.wanted, rules))")
            let rule = compiler.compile(function)
            if !rule.masks.isEmpty, !whole.isWhole {
                lines.append("    left: \(residual(rule.masks, function))")
            }
            lines += rule.reasons.map { reason in
                let place = reason.range.map { "\(function.script.chunk.source[$0].joinedLines): " } ?? ""
                return "    why: \(place)\(reason.text)"
            }
        } else if let tree = rules.segment("x") {
            let audience = RuleCompiler(rules, rules.computed).compile(tree)
            lines.append("    \(audience.isWhole ? "SQL" : "both"): \(sql(audience.wanted, rules))")
            if !audience.isWhole { lines.append("    then: \(described(audience.plan, rules))") }
        }
        return lines.joined(separator: "\n")
    }

    private func sql(_ fragment: SQLFragment?, _ rules: FakeRules) -> String {
        guard let fragment else { return "every customer" }
        let computed = rules.computed.values(today: rules.today) {
            $0.source.flatMap { rules.evaluate($0, names: [], values: []) }
        }
        return fragment.text { argument in
            switch argument {
            case .now: ":now"
            case .value(let value): value.literal
            case .computed(let place): computed.map { "{\($0[place].literal)}" } ?? "{?}"
            }
        }.joinedLines
    }

    private func residual(_ masks: [RuleMask], _ function: RuleFunction) -> String {
        let source = function.script.chunk.source
        var bytes = source.bytes[..<function.body.body.range.end]
        for mask in masks.sorted(by: { $0.range.start > $1.range.start }) {
            bytes.replaceSubrange(mask.range.start..<mask.range.end, with: mask.text.utf8)
        }
        return String(decoding: bytes[function.body.body.range.start...], as: UTF8.self).joinedLines
    }

    private func described(_ plan: AudiencePlan, _ rules: FakeRules) -> String {
        switch plan {
        case .everyone: "everyone"
        case .flag(let flag): "[\(sql(flag, rules))]"
        case .predicate(_, let masks): masks.isEmpty ? "Lua" : "Lua, the rest"
        case .named(let name, let members): "\(name)(\(described(members, rules)))"
        case .segment(let name): "\(name) in Lua"
        case .both(let a, let b): "(\(described(a, rules)) & \(described(b, rules)))"
        case .either(let a, let b): "(\(described(a, rules)) | \(described(b, rules)))"
        case .without(let a, let b): "(\(described(a, rules)) - \(described(b, rules)))"
        case .not(let a): "~\(described(a, rules))"
        }
    }
}

extension Value {
    fileprivate var literal: String {
        switch self {
        case .null: "NULL"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .text(let text): "'\(text)'"
        }
    }
}

extension StringProtocol {
    /// On one line.
    fileprivate var joinedLines: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
