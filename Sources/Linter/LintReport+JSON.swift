internal import Diagnostics
internal import Foundation

extension LintReport {
    /// The findings as JSON: `{ "files": …, "findings": [{ "file", "line", "column", "id", "severity",
    /// "message", "suggestion" }] }`; columns count characters, and the suggestion may be null.
    public func json() throws -> String {
        try encoded(
            JSONReport(
                files: scriptCount + templateCount,
                findings: findings.map { finding in
                    JSONReport.Finding(
                        file: finding.file, line: finding.diagnostic.location?.line ?? 1,
                        column: finding.diagnostic.location?.column ?? 1, id: finding.rule,
                        severity: finding.diagnostic.severity.rawValue, message: finding.diagnostic.message,
                        suggestion: finding.diagnostic.hint)
                }))
    }

    /// JSON whose keys are in their order, so that the same findings give the same text.
    func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

private struct JSONReport: Encodable {
    let files: Int
    let findings: [Finding]

    struct Finding: Encodable {
        let file: String
        let line: Int
        let column: Int
        let id: String
        let severity: String
        let message: String
        let suggestion: String?

        enum CodingKeys: CodingKey {
            case file, line, column, id, severity, message, suggestion
        }

        /// A suggestion that is missing is null, and not left out.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(file, forKey: .file)
            try container.encode(line, forKey: .line)
            try container.encode(column, forKey: .column)
            try container.encode(id, forKey: .id)
            try container.encode(severity, forKey: .severity)
            try container.encode(message, forKey: .message)
            try container.encode(suggestion, forKey: .suggestion)
        }
    }
}
