internal import Diagnostics
internal import Foundation

extension LintReport {
    /// The findings in the Static Analysis Results Interchange Format 2.1.0, with every rule; `version` is
    /// the program's.
    ///
    /// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    public func sarif(version: String) throws -> String {
        let rules = LintRule.all.map { rule in
            SARIF.Rule(
                id: rule.id, shortDescription: SARIF.Message(text: rule.reason),
                help: SARIF.Message(text: "moonletter check --explain \(rule.id)"),
                defaultConfiguration: SARIF.Configuration(level: rule.severity.rawValue))
        }
        let places = Dictionary(uniqueKeysWithValues: LintRule.all.enumerated().map { ($1.id, $0) })
        let results = findings.map { finding in
            let diagnostic = finding.diagnostic
            let text = diagnostic.hint.map { "\(diagnostic.message); \($0)" } ?? diagnostic.message
            return SARIF.Result(
                ruleId: finding.rule, ruleIndex: places[finding.rule] ?? -1,
                level: diagnostic.severity.rawValue, message: SARIF.Message(text: text),
                locations: [SARIF.Location(finding)])
        }
        let driver = SARIF.Driver(name: "moonletter", version: version, rules: rules)
        return try encoded(
            SARIF(runs: [SARIF.Run(tool: SARIF.Tool(driver: driver), results: results)]))
    }
}

/// The parts of the format that are used.
private struct SARIF: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        let tool: Tool
        var columnKind = "unicodeCodePoints"
        let results: [Result]
    }

    struct Tool: Encodable { let driver: Driver }

    struct Driver: Encodable {
        let name, version: String
        let rules: [Rule]
    }

    struct Rule: Encodable {
        let id: String
        let shortDescription, help: Message
        let defaultConfiguration: Configuration
    }

    struct Configuration: Encodable { let level: String }

    struct Message: Encodable { let text: String }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Message
        let locations: [Location]
    }

    struct Location: Encodable {
        let physicalLocation: PhysicalLocation

        init(_ finding: LintFinding) {
            // Blanks and letters of other scripts have no place in an address.
            let path =
                finding.file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? finding.file
            physicalLocation = PhysicalLocation(
                artifactLocation: ArtifactLocation(uri: path.hasPrefix("/") ? "file://\(path)" : path),
                region: Region(finding.region))
        }
    }

    struct PhysicalLocation: Encodable {
        let artifactLocation: ArtifactLocation
        let region: Region
    }

    struct ArtifactLocation: Encodable { let uri: String }

    struct Region: Encodable {
        let startLine, startColumn, endLine, endColumn: Int

        init(_ region: LintFinding.Region) {
            (startLine, startColumn) = (region.startLine, region.startColumn)
            (endLine, endColumn) = (region.endLine, region.endColumn)
        }
    }
}
