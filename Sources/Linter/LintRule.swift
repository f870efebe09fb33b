public import Diagnostics

/// A rule that describes itself: help, the reference and its tests are made from this entry.
public struct LintRule: Sendable {
    /// Its name in output and in comments that silence it.
    public let id: String
    /// How much a finding matters.
    public let severity: Diagnostic.Severity
    /// Why it is a rule, in one sentence.
    public let reason: String
    /// Files in which it finds something.
    public let triggering: [LintExample]
    /// Files in which it finds nothing.
    public let nonTriggering: [LintExample]
    /// How it looks at a script; nil where it does not.
    let checkScript: (@Sendable (inout LintContext) -> Void)?
    /// How it looks at a file of `templates/`; nil where it does not.
    let checkTemplate: (@Sendable (inout TemplateContext) -> Void)?

    init(
        _ id: String, _ severity: Diagnostic.Severity, _ reason: String, triggering: [LintExample],
        nonTriggering: [LintExample], inScripts checkScript: (@Sendable (inout LintContext) -> Void)? = nil,
        inTemplates checkTemplate: (@Sendable (inout TemplateContext) -> Void)? = nil
    ) {
        self.id = id
        self.severity = severity
        self.reason = reason
        self.triggering = triggering
        self.nonTriggering = nonTriggering
        self.checkScript = checkScript
        self.checkTemplate = checkTemplate
    }

    /// All rules, in the order of the reference.
    public static let all: [LintRule] =
        [syntax, templateSyntax, tooTall, tooLong]
        + [unknownField, unknownMethod, unknownWord, unknownSegment, unknownTemplate, unknownSetting]
        + [unknownVariable, unknownPartial, missingTranslation, uncalledMethod]
        + [dotCall, wrongArgument, wrongSetting, wrongAnswer, readOnly, segmentCircle, unknownScript]
        + [misplacedWord, scriptHeader]
        + [duplicateDefinition, duplicateKey, wrongType, impossibleValue]
        + [noTime, segmentWithAnd]
        + [constantCondition, uselessDefault, emptyAudience]
        + [
            globalWrite, unusedLocal, shadowedWord, shadowedLocal, unreachableCode, emptyBlock,
            deprecatedWord,
        ]
        + [oftenMissing, notPushed, unusedTemplate, ignoreComment]
}
