import Linter
import Testing

/// The examples of every rule are its tests.
@Suite struct RuleExampleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let rule: String
        let source: String
        let isTriggering: Bool

        var testDescription: String { "\(rule) \(isTriggering ? "finds" : "passes"): \(source)" }
    }

    static let examples: [Example] = LintRule.all.flatMap { rule in
        rule.triggering.map { Example(rule: rule.id, source: $0, isTriggering: true) }
            + rule.nonTriggering.map { Example(rule: rule.id, source: $0, isTriggering: false) }
    }

    @Test("a rule finds something in what triggers it, and nothing in what does not", arguments: examples)
    func example(_ example: Example) throws {
        let found = try LintWorld.workshop().findings(example.source)
        #expect(found.contains { $0.rule == example.rule } == example.isTriggering)
        if example.rule != "syntax" { #expect(!found.contains { $0.rule == "syntax" }) }
    }

    @Test("every rule has an id of its own, a reason and examples of both kinds")
    func entries() {
        let ids = LintRule.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for rule in LintRule.all {
            #expect(rule.id.allSatisfy { $0.isLowercase || $0 == "-" })
            #expect(rule.reason.hasSuffix("."))
            #expect(!rule.triggering.isEmpty && !rule.nonTriggering.isEmpty)
        }
    }
}
