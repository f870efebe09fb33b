import Diagnostics
import Foundation
import Templates
import TestSupport
import Testing

/// The cross-implementation suite golden-liquid, where the workspace has it.
@Suite struct GoldenLiquidTests {
    /// Cases in scope that are not passed, each with its reason.
    private static let knownLimits = [
        "tags, case, unexpected when token":
            "lax parsing; the strict2 case of the same template wants an error"
    ]

    private static let file = sharedFile("conformance/golden-liquid/golden_liquid.json")

    private struct Case {
        var name: String
        var expected: [String]?
        var scope: String
        var template: CompiledTemplate
    }

    // The two counts are printed for the person who reads the run.
    @Test(
        "every case whose tags and filters are here passes",
        .enabled(if: file != nil && LuaProgram.isInstalled))
    func golden() throws {
        let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
        var cases: [Case] = []
        var passed = 0
        var refused = 0
        var failures: [String] = []
        for entry in JSONValue(parsing: text)["tests"]?.items ?? [] {
            let name = entry["name"]?.text ?? ""
            let results = entry["results"]?.items.compactMap(\.text)
            let expected = entry["result"]?.text.map { [$0] } ?? results
            do throws(TemplateError) {
                let template = try LiquidCompiler.compile(
                    entry["template"]?.text ?? "", file: "golden.liquid", firstLine: 1, escaping: .none)
                let scope = entry["data"]?.lua ?? "{}"
                cases.append(Case(name: name, expected: expected, scope: scope, template: template))
            } catch {
                switch error.kind {
                case .unsupportedTag, .unsupportedFilter: refused += 1
                case _ where expected == nil: passed += 1
                case _ where Self.knownLimits[name] != nil: break
                default: failures.append("\(name): \(error.diagnostic.message)")
                }
            }
        }
        for (test, rendered) in zip(cases, try LuaProgram.render(cases.map { ($0.template, $0.scope) })) {
            let isRight =
                test.expected.map { rendered.error == nil && $0.contains(rendered.output) }
                ?? (rendered.error != nil)
            if isRight {
                passed += 1
            } else if Self.knownLimits[test.name] == nil {
                failures.append("\(test.name): \(rendered), expected \(test.expected ?? ["an error"])")
            }
        }
        print("golden-liquid: \(passed) passed, \(refused) refused for a tag or filter that is not supported")
        #expect(failures == [])
        #expect(passed > 0 && refused > 0)
    }
}
