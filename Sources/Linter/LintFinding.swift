public import Diagnostics
public import ScriptSyntax

/// One thing that a rule found in a script.
public struct LintFinding: Sendable {
    /// The id of the rule.
    public let rule: String
    /// Where it is.
    public let range: SourceRange
    /// What to tell; its location is the beginning of the range.
    public let diagnostic: Diagnostic
    /// Line and column behind its last character, both from 1.
    public let end: (line: Int, column: Int)

    /// The path of the script.
    public var file: String { diagnostic.location?.file ?? "" }
}

/// What the linter found in some scripts.
public struct LintReport: Sendable {
    /// The findings, by file and place.
    public let findings: [LintFinding]
    /// How many scripts were read.
    public let fileCount: Int

    /// How many findings of a severity there are.
    public func count(_ severity: Diagnostic.Severity) -> Int {
        findings.count { $0.diagnostic.severity == severity }
    }

    /// `2 errors, 1 note in 7 scripts`.
    public var summary: String {
        let counts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
            let count = count(severity)
            return count > 0 ? "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")" : nil
        }
        let scripts = "\(fileCount) script\(fileCount == 1 ? "" : "s")"
        return counts.isEmpty ? "nothing found in \(scripts)" : "\(counts.joined(separator: ", ")) in \(scripts)"
    }
}
