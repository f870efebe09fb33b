internal import Catalog
package import Store

/// In what way a decision of one run differs from the same one of another.
public enum DecisionChange: String, Sendable, CaseIterable, Codable {
    /// It is sent in the second run only.
    case gained
    /// It is sent in the first run only.
    case lost
    /// It is sent at another time.
    case time
    /// It is sent on another channel.
    case channel
    /// Something else is sent.
    case text
    /// It is sent to somebody who is told the campaign in another way.
    case variant
    /// It is not sent for another reason, or was not even asked for in one of the runs.
    case reason
    /// It is not sent for the same reason, but at another time, on another channel, with another text or
    /// variant.
    case unsent

    /// All ways in which the two differ; none where they are the same, as runs with one hash are throughout.
    static func changes(_ pair: RunFile.DecisionPair) -> [DecisionChange] {
        let (before, after) = (pair.before, pair.after)
        let wasSent = before?.outcome == .sent
        let isSent = after?.outcome == .sent
        if wasSent != isSent { return [isSent ? .gained : .lost] }
        guard fate(before) == fate(after) else { return [.reason] }
        let details = details(pair)
        return isSent || details.isEmpty ? details : [.unsent]
    }

    /// What differs besides what became of the two.
    private static func details(_ pair: RunFile.DecisionPair) -> [DecisionChange] {
        guard let before = pair.before, let after = pair.after else { return [] }
        var details: [DecisionChange] = []
        if before.time != after.time { details.append(.time) }
        if before.channel != after.channel { details.append(.channel) }
        if before.bodyHash != after.bodyHash { details.append(.text) }
        if before.variant != after.variant { details.append(.variant) }
        return details
    }

    /// What became of a decision: `sent`, the code of the reason why not, the same behind `held_by_` where it
    /// was still held when the run ended, `not_asked` where there is none.
    package static func fate(_ decision: ComparedDecision?) -> String {
        guard let decision else { return "not_asked" }
        let code = decision.reason?.rawValue ?? decision.outcome.rawValue
        return decision.outcome == .held ? "held_by_\(code)" : code
    }

    /// What of a decision this change is about, where it can be counted: what became of it, whether it comes
    /// earlier or later, its channel, its variant; of what is not sent either, why, and what else differs.
    func ends(_ pair: RunFile.DecisionPair) -> (before: String?, after: String?) {
        switch self {
        case .gained, .lost, .reason: (Self.fate(pair.before), Self.fate(pair.after))
        case .unsent: (Self.fate(pair.before), Self.details(pair).map(\.rawValue).joined(separator: ","))
        case .time:
            (nil, (pair.before?.time ?? 0) < (pair.after?.time ?? 0) ? "later" : "earlier")
        case .channel: (pair.before?.channel?.rawValue, pair.after?.channel?.rawValue)
        case .variant: (pair.before?.variant, pair.after?.variant)
        case .text: (nil, nil)
        }
    }
}
