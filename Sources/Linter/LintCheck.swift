public import Diagnostics
internal import ScriptSyntax

/// A check that a plugin adds, and what it found: a rule like those of the linter, which comments silence as they do any.
public struct LintCheck: Sendable {
    /// One thing that it found in a file.
    public struct Mistake: Sendable {
        /// The line, from 1.
        public let line: Int
        /// What is wrong.
        public let message: String
        /// The next step; nil where the check tells none.
        public let hint: String?

        /// A mistake from its parts.
        public init(line: Int, message: String, hint: String?) {
            self.line = line
            self.message = message
            self.hint = hint
        }
    }

    /// Its name in output and in comments: `PLUGIN/CHECK`.
    public let id: String
    /// How much a mistake matters.
    public let severity: Diagnostic.Severity
    /// Why it is checked, in one sentence.
    public let reason: String
    /// What it found, by the paths of files.
    public let mistakes: [String: [Mistake]]

    /// A check from its parts.
    public init(
        id: String, severity: Diagnostic.Severity, reason: String, mistakes: [String: [Mistake]] = [:]
    ) {
        self.id = id
        self.severity = severity
        self.reason = reason
        self.mistakes = mistakes
    }

    /// It as a rule of the linter.
    var rule: LintRule {
        LintRule(
            id, severity, reason, triggering: [], nonTriggering: [], inScripts: { report(in: &$0) },
            inTemplates: { report(in: &$0) })
    }

    private func report(in context: inout some LintingContext) {
        for mistake in mistakes[context.path] ?? [] {
            context.report(context.source.range(ofLine: mistake.line), mistake.message, hint: mistake.hint)
        }
    }
}

extension SourceText {
    /// A line without the blanks around it; the last one where there are not so many.
    fileprivate func range(ofLine number: Int) -> SourceRange {
        let line = min(max(number, 1), self.line(of: bytes.count))
        var (start, end) = (offset(line: line, column: 1), offset(line: line + 1, column: 1))
        func isBlank(_ place: Int) -> Bool { [0x09, 0x0A, 0x0D, 0x20].contains(bytes[place]) }
        while start < end, isBlank(end - 1) { end -= 1 }
        while start < end, isBlank(start) { start += 1 }
        return SourceRange(start, end)
    }
}

extension LintFinding {
    /// What a check of a plugin found among the customers, or what is wrong with the check; it stands where the check is
    /// defined.
    public init(_ check: LintCheck, _ message: String, at place: SourceLocation, hint: String? = nil) {
        self.init(
            rule: check.id, range: SourceRange(0, 0),
            diagnostic: Diagnostic(message, severity: check.severity, at: place, hint: hint),
            region: Region(startOf: place.line))
    }
}
