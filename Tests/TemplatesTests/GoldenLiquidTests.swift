import Basics
import Diagnostics
import Foundation
import Templates
import TestSupport
import Testing

/// The cross-implementation suite golden-liquid, where the workspace has it.
@Suite struct GoldenLiquidTests {
    private static let file = sharedFile("conformance/golden-liquid/golden_liquid.json")

    private struct Case {
        var name: String
        var expected: [String]?
        var job: LuaProgram.Job
    }

    @Test("every case passes", .enabled(if: file != nil && LuaProgram.isInstalled))
    func golden() throws {
        let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
        var cases: [Case] = []
        var total = 0
        var failures: [String] = []
        for entry in try JSON(parsing: text)["tests"]?.items ?? [] {
            total += 1
            let name = entry["name"]?.text ?? ""
            let results = entry["results"]?.items.compactMap(\.text)
            let expected = entry["result"]?.text.map { [$0] } ?? results
            // One template is an error only in the stricter of Shopify's modes.
            let isStrict2 = entry["tags"]?.items.contains { $0.text == "strict2" } ?? false
            do throws(TemplateError) {
                let job = try LuaProgram.Job(
                    entry["template"]?.text ?? "", entry["data"]?.lua ?? "{}",
                    partials: entry["templates"]?.texts ?? [:], strictness: isStrict2 ? .strict2 : .strict)
                cases.append(Case(name: name, expected: expected, job: job))
            } catch {
                if expected != nil { failures.append("\(name): \(error.diagnostic.message)") }
            }
        }
        for (test, rendered) in zip(cases, try LuaProgram.render(cases.map(\.job))) {
            let isRight =
                test.expected.map { rendered.error == nil && $0.contains(rendered.output) }
                ?? (rendered.error != nil)
            if !isRight {
                failures.append("\(test.name): \(rendered), expected \(test.expected ?? ["an error"])")
            }
        }
        #expect(failures == [])
        #expect(total == 1054)
    }
}
