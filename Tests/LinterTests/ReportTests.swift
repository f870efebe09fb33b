import Foundation
import Linter
import ScriptSyntax
import Testing

/// Findings for programs.
@Suite struct ReportTests {
    private static func report() throws -> LintReport {
        let source = "local é = 1\nlocal 数 = 2 x = \"数\" limit = 5"
            .replacing("é", with: "e").replacing("local 数", with: "--[[数]] local d")
        let chunk = LuaChunk(parsing: source, path: "scripts/with blank.lua")
        return Linter(try LintWorld.workshop()).lint([chunk])
    }

    @Test("JSON has file, line, column, id, severity, message and suggestion of each finding")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(Self.report().json().utf8)) as? [String: Any]
        let findings = try #require(object?["findings"] as? [[String: Any]])
        #expect(object?["files"] as? Int == 1)
        #expect(findings.count == 4)
        #expect(
            Set(findings[0].keys) == ["file", "line", "column", "id", "severity", "message", "suggestion"])
        #expect(findings[0]["id"] as? String == "unused-local")
        #expect(findings[0]["file"] as? String == "scripts/with blank.lua")
        #expect(findings.map { $0["line"] as? Int } == [1, 2, 2, 2])
        #expect(findings.map { $0["column"] as? Int } == [7, 15, 21, 29])
    }

    @Test("SARIF has what the schema requires: version, driver with rules, and results that point at them")
    func sarif() throws {
        let text = try Self.report().sarif(version: "1.2.3")
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["version"] as? String == "2.1.0")
        #expect((object?["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
        let run = try #require((object?["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "moonletter")
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.count == LintRule.all.count)
        let levels = ["error", "warning", "note"]
        for rule in rules {
            #expect(((rule["shortDescription"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
            let level = (rule["defaultConfiguration"] as? [String: Any])?["level"] as? String
            #expect(level.map(levels.contains) == true)
        }
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 4)
        for result in results {
            let place = try #require(result["ruleIndex"] as? Int)
            #expect(rules[place]["id"] as? String == result["ruleId"] as? String)
            #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
            #expect((result["level"] as? String).map(levels.contains) == true)
            let location = try #require((result["locations"] as? [[String: Any]])?.first)
            let physical = try #require(location["physicalLocation"] as? [String: Any])
            #expect(
                (physical["artifactLocation"] as? [String: Any])?["uri"] as? String
                    == "scripts/with%20blank.lua")
            let region = try #require(physical["region"] as? [String: Int])
            #expect(Set(region.keys) == ["startLine", "startColumn", "endLine", "endColumn"])
            #expect(region.values.allSatisfy { $0 >= 1 })
        }
    }

    @Test("a report without findings is valid too")
    func empty() throws {
        let report = Linter(try LintWorld.workshop()).lint([LuaChunk(parsing: "", path: "a.lua")])
        #expect(report.summary == "nothing found in 1 script")
        #expect(try report.json().contains("\"findings\" : ["))
        #expect(try report.sarif(version: "1").contains("\"results\" : ["))
    }
}
