internal import Diagnostics
public import ScriptSyntax

/// Looks for mistakes in scripts without running them.
public struct Linter {
    private let world: LintWorld
    private let rules: [LintRule]

    /// A linter that knows the words and fields of `world`; `onlySyntax` leaves out every rule but `syntax`.
    public init(_ world: LintWorld, onlySyntax: Bool = false) {
        self.world = world
        rules = onlySyntax ? [.syntax] : LintRule.all
    }

    /// What is wrong with scripts; `others` are read for what they define, and not told about.
    ///
    /// Cost: some walks over each tree for each rule.
    public func lint(_ chunks: [LuaChunk], others: [LuaChunk] = []) -> LintReport {
        var world = world
        let parts = (chunks + others).map { [world] chunk in
            let index = SyntaxIndex(chunk)
            return (chunk: chunk, index: index, definitions: Definition.all(in: index, world))
        }
        // A field that one script defines, all others read.
        world.traits = Set(parts.flatMap(\.definitions).filter { $0.word == "trait" }.map(\.name))
        let all = parts.map { [world] in LintScript($0.chunk, $0.index, $0.definitions, world) }
        let scripts = LintScripts(all)
        let findings = all.prefix(chunks.count).flatMap { [world] in lint($0, scripts, world) }
        return LintReport(findings: findings, fileCount: chunks.count)
    }

    private func lint(
        _ script: LintScript, _ scripts: LintScripts, _ world: LintWorld
    ) -> [LintFinding] {
        var context = LintContext(script, scripts, world, rule: .syntax)
        LintRule.syntax.check(&context)
        // A script that is broken has nothing else to look at.
        guard context.findings.isEmpty, rules.count > 1 else { return context.findings }
        guard !script.chunk.isTooTall else {
            var context = LintContext(script, scripts, world, rule: .tooTall)
            LintRule.tooTall.check(&context)
            // Comments that silence what would be found are left alone.
            return silenced(context.findings, script, scripts).kept
        }
        let found = rules.flatMap { rule in
            var context = LintContext(script, scripts, world, rule: rule)
            rule.check(&context)
            return context.findings
        }
        let (kept, comments) = silenced(Self.withoutEchoes(found), script, scripts)
        return (kept + comments).enumerated()
            .sorted { ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset) }.map(
                \.element)
    }

    /// Without notes that a mistake in the same place stays in Lua: it is to be mended anyway.
    private static func withoutEchoes(_ findings: [LintFinding]) -> [LintFinding] {
        let mistakes = findings.filter { $0.diagnostic.severity != .note }.map(\.range)
        return findings.filter { finding in
            finding.rule != LintRule.notPushed.id
                || !mistakes.contains { finding.range.contains($0) || $0.contains(finding.range) }
        }
    }

    /// What no comment silences, and what is wrong with the comments.
    private func silenced(
        _ findings: [LintFinding], _ script: LintScript, _ scripts: LintScripts
    ) -> (kept: [LintFinding], comments: [LintFinding]) {
        var kept = findings
        var context = LintContext(script, scripts, world, rule: .ignoreComment)
        let ids = rules.map(\.id)
        for silence in Silence.all(in: script.chunk) {
            if let mistake = silence.mistake {
                context.report(
                    silence.range, mistake, hint: "write '-- check: ignore ID' or '-- check: ignore-file ID'")
            }
            for id in silence.ids where !context.isFull {
                guard ids.contains(id.text) else {
                    context.report(
                        id.range, "unknown rule '\(id.text)'", hint: suggestion(id.text, ids, what: "rule"))
                    continue
                }
                func isSilenced(_ finding: LintFinding) -> Bool {
                    guard finding.rule == id.text else { return false }
                    return silence.line.map { $0 == finding.diagnostic.location?.line } ?? true
                }
                if !findings.contains(where: isSilenced), isDecidable(id.text, scripts) {
                    let place = silence.line == nil ? "in this file" : "in this line"
                    context.report(
                        id.range, "'\(id.text)' finds nothing \(place)", hint: "remove the comment")
                }
                kept.removeAll(where: isSilenced)
            }
        }
        return (kept, context.findings)
    }

    /// Whether a rule that finds nothing here would not find more where more is known.
    private func isDecidable(_ rule: String, _ scripts: LintScripts) -> Bool {
        switch rule {
        case LintRule.oftenMissing.id, LintRule.notPushed.id: false
        case LintRule.unknownField.id:
            world.attributes != nil && world.hasAllScripts && scripts.areAllSeen("trait")
        case LintRule.unknownTemplate.id: world.templates != nil
        case LintRule.unknownSegment.id: world.hasAllScripts && scripts.areAllSeen("segment")
        case LintRule.duplicateDefinition.id, LintRule.emptyAudience.id, LintRule.unknownScript.id,
            LintRule.segmentCircle.id:
            world.hasAllScripts && scripts.areWhole
        default: true
        }
    }
}
