internal import Diagnostics
internal import ScriptSyntax

/// What a rule looks at in a file, and where it puts what it finds.
protocol LintingContext {
    /// The path of the file as it is shown.
    var path: String { get }
    /// Its text.
    var source: SourceText { get }
    /// The scripts, and what they define.
    var scripts: LintScripts { get }
    /// What scripts and templates may use.
    var world: LintWorld { get }
    /// The rule whose turn it is.
    var rule: LintRule { get set }
    /// What was found.
    var findings: [LintFinding] { get set }
}

extension LintingContext {
    /// So many findings of a rule in a file are told; a file with more is not meant for it.
    private static var limit: Int { 100 }

    /// Whether more findings would not be told.
    var isFull: Bool { findings.count >= Self.limit }

    /// Notes that something is wrong.
    mutating func report(_ range: SourceRange, _ message: String, hint: String? = nil) {
        guard !isFull else { return }
        let token = source[range].split(whereSeparator: \.isNewline).first.map(String.init)
        report(
            Diagnostic(
                message, severity: rule.severity, at: source.location(of: range.start, in: path),
                token: token, hint: hint), range)
    }

    /// Notes a diagnostic as it is.
    mutating func report(_ diagnostic: Diagnostic, _ range: SourceRange) {
        guard !isFull else { return }
        findings.append(
            LintFinding(
                rule: rule.id, range: range, diagnostic: diagnostic,
                region: LintFinding.Region(range, in: source)))
    }

    /// Drops a finding that contains another: the smaller one says it better.
    mutating func keepInnermost() {
        let all = findings
        var seen: Set<SourceRange> = []
        findings = all.filter { finding in
            seen.insert(finding.range).inserted
                && !all.contains { $0.range != finding.range && finding.range.contains($0.range) }
        }
    }

    /// Notes an error of a file that cannot be read, under the path by which the file is shown.
    mutating func report(_ error: Diagnostic) {
        var error = error
        error.location?.file = path
        let start = source.offset(line: error.location?.line ?? 1, column: error.location?.column ?? 1)
        report(error, SourceRange(start, start + (error.token?.utf8.count ?? 0)))
    }
}
