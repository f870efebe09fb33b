public import Diagnostics
internal import ScriptSyntax

extension LintFinding {
    /// A file that cannot be read as text; told as one that is no Lua.
    public init(unreadable path: String, _ reason: Diagnostic) {
        self.init(
            rule: LintRule.syntax.id, range: SourceRange(0, 0),
            diagnostic: Diagnostic(
                reason.message, at: SourceLocation(file: path, line: 1, column: 1), hint: reason.hint),
            region: Region(SourceRange(0, 0), in: SourceText("")))
    }
}

extension LintReport {
    /// The report with what is wrong with files that could not be read.
    public func adding(_ unreadable: [LintFinding]) -> LintReport {
        LintReport(
            findings: findings + unreadable,
            fileCount: fileCount + unreadable.count)
    }
}
