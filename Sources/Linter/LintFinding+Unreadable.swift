public import Diagnostics
internal import ScriptSyntax

extension LintFinding {
    /// A file that cannot be read as text; told as one that is no Lua, or no template.
    public init(unreadable path: String, _ reason: Diagnostic) {
        self.init(
            rule: (Self.isScript(path) ? LintRule.syntax : .templateSyntax).id, range: SourceRange(0, 0),
            diagnostic: Diagnostic(
                reason.message, at: SourceLocation(file: path, line: 1, column: 1), hint: reason.hint),
            region: Region(SourceRange(0, 0), in: SourceText("")))
    }

    fileprivate static func isScript(_ path: String) -> Bool {
        !TemplateSource.suffixes.contains { path.hasSuffix($0) }
    }
}

extension LintReport {
    /// The report with what is wrong with files that could not be read.
    public func adding(_ unreadable: [LintFinding]) -> LintReport {
        let newScripts = unreadable.count { LintFinding.isScript($0.file) }
        return LintReport(
            findings: findings + unreadable, scriptCount: scriptCount + newScripts,
            templateCount: templateCount + unreadable.count - newScripts)
    }
}
