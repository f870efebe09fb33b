internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation

/// Two runs side by side as the terminal shows them: for each campaign what differs, with counts, reasons and
/// examples.
public struct TerminalComparison {
    private let comparison: RunComparison
    /// How many cells a line has; nil for any number.
    private let width: Int?

    /// A comparison for lines of so many cells where that is given.
    public init(_ comparison: RunComparison, width: Int? = nil) {
        self.comparison = comparison
        self.width = width
    }

    /// The whole text, ended by a newline.
    public func text() -> String {
        var lines = headings
        let differing = comparison.campaigns.filter { $0.differing > 0 }
        for campaign in differing {
            lines += ["", title(campaign), "  \(summary(campaign))"] + changes(campaign) + examples(campaign)
            lines += texts(campaign)
        }
        let same = comparison.campaigns.count - differing.count
        if differing.isEmpty {
            lines += ["", "no difference in \(counted(comparison.decisions, "decision"))"]
        } else if same > 0 {
            lines += ["", "no difference in \(counted(same, "other campaign"))"]
        }
        return lines.flatMap { hanging($0, to: width) }.joined(separator: "\n") + "\n"
    }

    /// One heading where the runs had the same questions, else one for each.
    private var headings: [String] {
        let (before, after) = (comparison.before, comparison.after)
        let (first, second) = (heading(before), heading(after))
        var lines = ["\(name(before)) → \(name(after))"]
        lines += first == second ? [first] : ["before: \(first)", "after:  \(second)"]
        if before.sources != after.sources { lines.append("scripts or templates differ") }
        return lines
    }

    private func name(_ side: RunComparison.Side) -> String {
        "\(side.run) · \(shortHash(side.decisionsHash))"
    }

    private func heading(_ side: RunComparison.Side) -> String {
        runHeading(
            from: side.now, days: side.days, timeZone: side.timeZone, seed: side.seed,
            asOf: side.asOf, responses: side.responses)
    }

    private func title(_ campaign: RunComparison.Campaign) -> String {
        func isIn(_ side: RunComparison.Side) -> Bool { side.campaigns.contains(campaign.name) }
        if !isIn(comparison.before) { return "\(campaign.name) · only in the second run" }
        return isIn(comparison.after) ? campaign.name : "\(campaign.name) · only in the first run"
    }

    private func summary(_ campaign: RunComparison.Campaign) -> String {
        let share = percent(Double(campaign.differing) / Double(max(1, campaign.decisions)))
        return
            "\(counted(campaign.sentBefore, "message")) to send before, \(grouped(campaign.sentAfter)) after · "
            + "\(grouped(campaign.differing)) of \(counted(campaign.decisions, "decision")) "
            + "\(campaign.differing == 1 ? "differs" : "differ") (\(share))"
    }

    private func changes(_ campaign: RunComparison.Campaign) -> [String] {
        var table = TextTable([.init(""), .init("", alignRight: true), .init("", limit: .max)])
        for change in campaign.changes {
            table.add([change.kind.phrase, grouped(change.count), ways(change)])
        }
        return table.lines(indent: "  ", width: width)
    }

    /// What they changed from and to, most first; texts by step.
    private func ways(_ change: RunComparison.Change) -> String {
        var sums: [String: Int] = [:]
        for way in change.ways { sums[phrase(way, change.kind), default: 0] += way.count }
        if sums.count == 1, let only = sums.keys.first { return only }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { phrase, count in
            "\(grouped(count)) \(phrase)"
        }.joined(separator: " · ")
    }

    private func phrase(_ way: RunComparison.Way, _ kind: DecisionChange) -> String {
        let (before, after) = (way.before.map(phrase(ofFate:)) ?? "–", way.after.map(phrase(ofFate:)) ?? "–")
        return switch kind {
        case .gained: before
        case .lost, .time: after
        case .unsent: "\(before), \(details(way.after ?? ""))"
        case .channel, .reason, .variant: "\(before) → \(after)"
        case .text: way.step
        }
    }

    /// What differs, by commas: `other time, other text`.
    private func details(_ kinds: String) -> String {
        kinds.split(separator: ",").map { DecisionChange(rawValue: String($0))?.phrase ?? String($0) }
            .joined(separator: ", ")
    }

    private func phrase(ofFate code: String) -> String {
        if code == "not_asked" { return "not asked for" }
        if let reason = Reason(rawValue: code) { return reason.phrase }
        let held = "held_by_"
        guard code.hasPrefix(held), let reason = Reason(rawValue: String(code.dropFirst(held.count))) else {
            return code
        }
        return "still held: \(reason.phrase)"
    }

    private func examples(_ campaign: RunComparison.Campaign) -> [String] {
        let lines = campaign.changes.filter { $0.kind != .text }.flatMap { change in
            change.examples.map { example in
                "  \(change.kind.phrase): customer \(example.customer), \(step(example)): "
                    + state(example.before)
                    + (example.details.map { ", \(details($0))" } ?? " → \(state(example.after))")
            }
        }
        return lines.isEmpty ? [] : ["", "  Examples"] + lines
    }

    private func step(_ example: RunComparison.Example) -> String {
        let step = example.step.isEmpty ? "(journey)" : example.step
        return example.number > 1 ? "\(step) (\(example.number))" : step
    }

    private func state(_ state: RunComparison.State?) -> String {
        guard let state else { return phrase(ofFate: "not_asked") }
        var parts = [phrase(ofFate: state.fate)]
        if state.fate == "sent", let channel = state.channel { parts.append("by \(channel)") }
        if let variant = state.variant { parts.append("as \(variant)") }
        return "\(parts.joined(separator: " ")), \(momentText(state.time))"
    }

    /// What changed in messages, and how to see it where the runs did not keep them.
    private func texts(_ campaign: RunComparison.Campaign) -> [String] {
        let examples = campaign.changes.filter { $0.kind == .text }.flatMap(\.examples)
        guard !examples.isEmpty else { return [] }
        let shown = 16
        var lines = ["", "  Texts"]
        for example in examples {
            lines.append("  customer \(example.customer), \(step(example))")
            let changes = example.text ?? []
            lines += changes.prefix(shown).map { line in
                var line = "    │ \(withoutControls(line))"
                while line.last == " " { line.removeLast() }
                return line
            }
            if changes.count > shown { lines.append("    │ … \(changes.count - shown) more lines") }
        }
        if comparison.lacksTexts {
            lines.append("  what changed in them is kept by: moonletter dry-run --bodies")
        }
        return lines
    }
}

extension DecisionChange {
    /// As reports say it.
    var phrase: String {
        switch self {
        case .gained: "gained"
        case .lost: "lost"
        case .time: "other time"
        case .channel: "other channel"
        case .text: "other text"
        case .variant: "other variant"
        case .reason: "other reason"
        case .unsent: "still not sent"
        }
    }
}
