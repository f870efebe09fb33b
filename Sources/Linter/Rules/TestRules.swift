internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let misplacedWord = LintRule(
        "misplaced-word", .error,
        "What a test is made of works only inside a test, and nothing is defined inside of one.",
        triggering: [
            "test(\"who\", function() segment \"big\" { where = segment.vip } end)",
            "test(\"a\", function() test(\"b\", function() expect(1).is(1) end) end)",
            "expect(1 + 1).is(2)",
            "local c = customer_like { city = \"Cork\" } test(\"x\", function() expect(c.city).is(\"Cork\") end)",
        ],
        nonTriggering: [
            "test(\"who\", function() expect(segment.vip:includes(customer_like { order_count = 4 })).is(true) end)",
            "local function buyer() return customer_like { order_count = 4 } end test(\"x\", function() expect(buyer().order_count).is(4) end)",
            "for _, city in ipairs({ \"Cork\", \"Bonn\" }) do test(city, function() expect(customer_like { city = city }.city).is(city) end) end",
        ]
    ) { context in
        let script = context.script
        let tests = script.bodiesOfTests
        for definition in script.definitions where tests.contains(where: { $0.holds(definition.wordRange) }) {
            context.report(
                definition.wordRange, "\(definition.word) '\(definition.name)' is defined inside a test",
                hint: "define it at the top of a script, where campaigns can use it too")
        }
        for expression in script.index.expressions {
            guard case .name(let name) = expression.kind, name.variable == nil else { continue }
            switch name.text {
            case "test" where tests.contains { $0.holds(name.range) }:
                context.report(name.range, "a test stands inside another", hint: "write it behind that one")
            case "expect", "customer_like", "simulate", "at":
                guard !script.outermostFunctions.contains(where: { $0.holds(name.range) }) else { continue }
                context.report(
                    name.range, "\(name.text) works only inside a test",
                    hint: "write it inside test(\"…\", function() … end)")
            default: continue
            }
        }
    }
}

extension LintScript {
    /// Where the functions stand that tests are.
    fileprivate var bodiesOfTests: [SourceRange] {
        index.expressions.compactMap { expression in
            guard case .call(let callee, let arguments) = expression.kind, arguments.count == 2,
                case .name(let word) = callee.kind, word.variable == nil, word.text == "test"
            else { return nil }
            return arguments[1].range
        }
    }
}

extension SourceRange {
    fileprivate func holds(_ other: SourceRange) -> Bool { start <= other.start && other.end <= end }
}
