internal import Basics
public import Diagnostics
public import ScriptSyntax

/// One thing that a rule found in a script or a template.
public struct LintFinding: Sendable {
    /// The id of the rule.
    public let rule: String
    /// Where it is.
    public let range: SourceRange
    /// What to tell; its location is the beginning of the range.
    public let diagnostic: Diagnostic
    /// The range in lines and Unicode scalars, both from 1; the end is behind its last one.
    public let region: Region

    /// A stretch as tools count it, while ``diagnostic`` counts characters as a person sees them.
    public struct Region: Hashable, Sendable {
        let startLine, startColumn, endLine, endColumn: Int

        /// The beginning of a line of a file that is not looked into.
        init(startOf line: Int) {
            (startLine, startColumn, endLine, endColumn) = (line, 1, line, 1)
        }

        init(_ range: SourceRange, in source: SourceText) {
            func place(_ offset: Int) -> (line: Int, column: Int) {
                let line = source.line(of: offset)
                let start = source.offset(line: line, column: 1)
                return (line, source[SourceRange(start, offset)].unicodeScalars.count + 1)
            }
            (startLine, startColumn) = place(range.start)
            (endLine, endColumn) = place(range.end)
        }
    }

    /// The path of the file.
    public var file: String { diagnostic.location?.file ?? "" }
}

/// What the linter found in some files.
public struct LintReport: Sendable {
    /// The findings, by file and place.
    public let findings: [LintFinding]
    /// How many scripts were read.
    public let scriptCount: Int
    /// How many files of `templates/` were read.
    public let templateCount: Int
    /// How many customers plugins looked at.
    public private(set) var customerCount = 0

    /// How many findings of a severity there are.
    public func count(_ severity: Diagnostic.Severity) -> Int {
        findings.count { $0.diagnostic.severity == severity }
    }

    /// `2 errors, 1 note in 7 scripts and 10 templates`.
    public var summary: String {
        let counts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
            let count = count(severity)
            return count > 0 ? "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")" : nil
        }
        let all = [(scriptCount, "script"), (templateCount, "template"), (customerCount, "customer")]
            .filter { $0.0 > 0 }.map { "\(grouped($0)) \($1)\($0 == 1 ? "" : "s")" }
        let beginning = all.dropLast().joined(separator: ", ")
        let place =
            all.isEmpty ? "0 scripts" : (beginning.isEmpty ? "" : "\(beginning) and ") + all[all.count - 1]
        return "\(counts.isEmpty ? "nothing found" : counts.joined(separator: ", ")) in \(place)"
    }

    /// The report with what plugins found among so many customers.
    public func adding(_ found: [LintFinding], amongCustomers count: Int) -> LintReport {
        var report = LintReport(
            findings: findings + found, scriptCount: scriptCount, templateCount: templateCount)
        report.customerCount = count
        return report
    }
}
