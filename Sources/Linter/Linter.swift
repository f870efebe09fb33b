internal import Diagnostics
public import ScriptSyntax

/// Looks for mistakes in scripts and templates without running them.
public struct Linter {
    private let world: LintWorld
    private let onlySyntax: Bool
    private let rules: [LintRule]

    /// A linter that knows the words and fields of `world`; `onlySyntax` leaves out every rule but `syntax` and
    /// `template-syntax`.
    public init(_ world: LintWorld, onlySyntax: Bool = false) {
        self.world = world
        self.onlySyntax = onlySyntax
        rules = onlySyntax ? [.syntax, .templateSyntax] : LintRule.all + world.checks.map(\.rule)
    }

    /// What is wrong with scripts and templates; the others are read for what they define and use, and not told
    /// about.
    ///
    /// Cost: some walks over each tree for each rule.
    public func lint(
        _ chunks: [LuaChunk], templates: [TemplateSource] = [], others: [LuaChunk] = [],
        otherTemplates: [TemplateSource] = []
    ) -> LintReport {
        let (scripts, world) = Self.read(chunks + others, world)
        let inScripts = scripts.scripts.prefix(chunks.count).flatMap { lint($0, scripts, world) }
        let allTemplates = LintTemplates(templates + otherTemplates, scripts, world)
        let inTemplates = allTemplates.all.prefix(templates.count).flatMap {
            lint($0, allTemplates, scripts, world)
        }
        return LintReport(
            findings: inScripts + inTemplates, scriptCount: chunks.count, templateCount: templates.count)
    }

    /// Scripts that are loaded together, and the world with the fields that they define.
    static func read(_ chunks: [LuaChunk], _ world: LintWorld) -> (scripts: LintScripts, world: LintWorld) {
        var world = world
        let parts = chunks.map { [world] chunk in
            let index = SyntaxIndex(chunk)
            return (chunk: chunk, index: index, definitions: Definition.all(in: index, world))
        }
        // A field that one script defines, all others read.
        for definition in parts.flatMap(\.definitions) where definition.word == "trait" {
            if world.traits[definition.name] == nil {
                world.traits[definition.name] = definition.declaredField
            }
        }
        let all = parts.map { [world] in LintScript($0.chunk, $0.index, $0.definitions, world) }
        return (LintScripts(all), world)
    }

    private func lint(
        _ script: LintScript, _ scripts: LintScripts, _ world: LintWorld
    ) -> [LintFinding] {
        var context = LintContext(script, scripts, world, rule: .syntax)
        LintRule.syntax.checkScript?(&context)
        // A script that is broken has nothing else to look at.
        guard context.findings.isEmpty, !onlySyntax else { return context.findings }
        let comments = Silence.all(
            LintComment.all(in: script.chunk), in: script.chunk.source, rules: Set(rules.map(\.id)))
        guard !script.chunk.isTooTall else {
            var context = LintContext(script, scripts, world, rule: .tooTall)
            LintRule.tooTall.checkScript?(&context)
            // Comments that silence what would be found are left alone.
            return silenced(context.findings, comments, context) { _ in false }.kept
        }
        let found = rules.flatMap { rule in
            var context = LintContext(script, scripts, world, rule: rule)
            rule.checkScript?(&context)
            return context.findings
        }
        let (kept, mistakes) = silenced(Self.withoutEchoes(found), comments, context) { rule in
            isDecidable(rule, scripts)
        }
        return Self.sorted(kept + mistakes)
    }

    private func lint(
        _ template: LintTemplate, _ templates: LintTemplates, _ scripts: LintScripts, _ world: LintWorld
    ) -> [LintFinding] {
        var context = TemplateContext(template, templates, scripts, world, rule: .templateSyntax)
        LintRule.templateSyntax.checkTemplate?(&context)
        guard context.findings.isEmpty, !onlySyntax else { return Self.sorted(context.findings) }
        let found = rules.flatMap { rule in
            var context = TemplateContext(template, templates, scripts, world, rule: rule)
            rule.checkTemplate?(&context)
            return context.findings
        }
        let comments = Silence.all(
            template.comments, in: template.source, rules: Set(rules.map(\.id)))
        let isAllKnown =
            templates.areWhole && templates.sent.areAllSeen
            && template.parts.allSatisfy { !templates.scope(of: $0, in: template).isOpen }
        let (kept, mistakes) = silenced(found, comments, context) { rule in
            isAllKnown && isDecidable(rule, scripts)
        }
        return Self.sorted(kept + mistakes)
    }

    /// By their places in the file.
    private static func sorted(_ findings: [LintFinding]) -> [LintFinding] {
        findings.enumerated()
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

    /// What no comment silences, and what is wrong with the comments; a rule is decidable where it would not
    /// find more if more were known.
    private func silenced(
        _ findings: [LintFinding], _ silences: [Silence], _ context: some LintingContext,
        isDecidable: (String) -> Bool
    ) -> (kept: [LintFinding], mistakes: [LintFinding]) {
        var kept = findings
        var context = context
        context.rule = .ignoreComment
        context.findings = []
        let ids = rules.map(\.id)
        for silence in silences {
            if let mistake = silence.mistake {
                context.report(
                    silence.range, mistake, hint: "write 'check: ignore ID' or 'check: ignore-file ID'")
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
                if !findings.contains(where: isSilenced), isDecidable(id.text) {
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
