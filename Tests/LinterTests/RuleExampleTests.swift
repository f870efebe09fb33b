import Linter
import Testing

/// The examples of every rule are its tests.
@Suite struct RuleExampleTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let rule: String
        let files: LintExample
        let isTriggering: Bool

        var testDescription: String { "\(rule) \(isTriggering ? "finds" : "passes"): \(files)" }
    }

    static let examples: [Example] = LintRule.all.flatMap { rule in
        rule.triggering.map { Example(rule: rule.id, files: $0, isTriggering: true) }
            + rule.nonTriggering.map { Example(rule: rule.id, files: $0, isTriggering: false) }
    }

    @Test("a rule finds something in what triggers it, and nothing in what does not", arguments: examples)
    func example(_ example: Example) throws {
        let found = try LintWorld.workshop().findings(example.files)
        #expect(found.contains { $0.rule == example.rule } == example.isTriggering)
        for rule in ["syntax", "template-syntax"] where rule != example.rule {
            #expect(!found.contains { $0.rule == rule })
        }
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
