internal import Diagnostics
internal import ScriptSyntax

/// What a rule looks at, and where it puts what it finds.
struct LintContext {
    /// The script.
    let script: LintScript
    /// The others, and what they define.
    let scripts: LintScripts
    /// What scripts may use.
    let world: LintWorld
    /// The rule whose turn it is.
    var rule: LintRule
    private(set) var findings: [LintFinding] = []

    /// So many findings of a rule in a script are told; a script with more is not meant for it.
    private static var limit: Int { 100 }

    init(_ script: LintScript, _ scripts: LintScripts, _ world: LintWorld, rule: LintRule) {
        self.script = script
        self.scripts = scripts
        self.world = world
        self.rule = rule
    }

    /// Notes that something is wrong.
    mutating func report(_ range: SourceRange, _ message: String, hint: String? = nil) {
        guard !isFull else { return }
        let source = script.chunk.source
        let token = source[range].split(whereSeparator: \.isNewline).first.map(String.init)
        report(
            Diagnostic(
                message, severity: rule.severity, at: source.location(of: range.start, in: script.chunk.path),
                token: token, hint: hint), range)
    }

    /// Whether more findings would not be told.
    var isFull: Bool { findings.count >= Self.limit }

    /// Notes a diagnostic as it is.
    mutating func report(_ diagnostic: Diagnostic, _ range: SourceRange) {
        guard !isFull else { return }
        findings.append(
            LintFinding(
                rule: rule.id, range: range, diagnostic: diagnostic,
                region: LintFinding.Region(range, in: script.chunk.source)))
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
}
