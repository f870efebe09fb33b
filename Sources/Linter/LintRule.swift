public import Diagnostics

/// A rule that describes itself: help, the reference and its tests are made from this entry.
public struct LintRule: Sendable {
    /// Its name in output and in comments that silence it.
    public let id: String
    /// How much a finding matters.
    public let severity: Diagnostic.Severity
    /// Why it is a rule, in one sentence.
    public let reason: String
    /// Scripts in which it finds something.
    public let triggering: [String]
    /// Scripts in which it finds nothing.
    public let nonTriggering: [String]
    let check: @Sendable (inout LintContext) -> Void

    init(
        _ id: String, _ severity: Diagnostic.Severity, _ reason: String, triggering: [String],
        nonTriggering: [String], check: @escaping @Sendable (inout LintContext) -> Void
    ) {
        self.id = id
        self.severity = severity
        self.reason = reason
        self.triggering = triggering
        self.nonTriggering = nonTriggering
        self.check = check
    }

    /// All rules, in the order of the reference.
    public static let all: [LintRule] =
        [syntax, tooTall, tooLong]
        + [unknownField, unknownMethod, unknownWord, unknownSegment, unknownTemplate, unknownSetting]
        + [dotCall, wrongArgument, wrongSetting, wrongAnswer, readOnly, segmentCircle, unknownScript]
        + [duplicateDefinition, duplicateKey, wrongType, impossibleValue]
        + [noTime, segmentWithAnd]
        + [constantCondition, uselessDefault, emptyAudience]
        + [
            globalWrite, unusedLocal, shadowedWord, shadowedLocal, unreachableCode, emptyBlock,
            deprecatedWord,
        ]
        + [oftenMissing, notPushed, ignoreComment]
}
