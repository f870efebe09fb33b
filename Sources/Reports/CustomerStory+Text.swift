internal import Basics
internal import Catalog
internal import Diagnostics

extension CustomerStory {
    /// The story for the terminal, day by day, in lines of so many cells where that is given; ended by a
    /// newline. `explain` is how a person asks why the customer is not in the audience of a campaign.
    public func text(width: Int? = nil, explain: ((String) -> String)? = nil) -> String {
        var lines = [
            "customer \(customer) in \(run)",
            runHeading(
                from: now, days: days, timeZone: timeZone, seed: seed, asOf: asOf, responses: responses),
        ].flatMap { hanging($0, to: width) }
        lines.append("")
        lines += entries.isEmpty ? absence(width, explain) : timeline(width: width)
        return lines.joined(separator: "\n") + "\n"
    }

    /// What happened, day by day, in lines of so many cells where that is given; none where nothing did.
    public func timeline(width: Int? = nil) -> [String] {
        var lines: [String] = []
        var day: Substring?
        var table = TextTable(columns)
        func endDay() {
            guard let day else { return }
            if !lines.isEmpty { lines.append("") }
            lines.append(dayText(day, withYear: true))
            lines += table.lines(indent: "  ", width: width)
            table = TextTable(columns)
        }
        for entry in entries {
            if entry.time.prefix(10) != day {
                endDay()
                day = entry.time.prefix(10)
            }
            let own = entry.time.dropFirst(11).prefix(5)
            for (place, line) in entry.lines.enumerated() {
                let cells = campaign == nil ? [String(own), entry.campaign] : [String(own)]
                table.add((place == 0 ? cells : cells.map { _ in "" }) + [line])
            }
        }
        endDay()
        return lines
    }

    /// Time, campaign unless it is always the same, and what there is to tell.
    private var columns: [TextTable.Column] {
        [.init("")] + (campaign == nil ? [.init("", limit: 24)] : []) + [.init("", limit: .max)]
    }

    /// What to do where the run says nothing of the customer.
    private func absence(_ width: Int?, _ explain: ((String) -> String)?) -> [String] {
        let time = "\(now.prefix(10)) \(now.dropFirst(11).prefix(5))"
        func pointer(_ name: String) -> String {
            explain?(name)
                ?? "moonletter explain \(shellWord(name)) --customer \(customer) --now \"\(time)\""
        }
        var lines: [String] = []
        switch (campaign, audiences.isEmpty) {
        case (let campaign?, true):
            lines.append("They never entered \(campaign), a follow-up: what it follows did not happen.")
        case (let campaign?, false):
            lines.append("They were never in the audience of \(campaign). Why not, says:")
        case (nil, true): lines.append("They entered none of its campaigns.")
        case (nil, false):
            lines.append("They were never in the audience of a campaign of this run. Why not, says:")
        }
        lines += audiences.map { "  \(pointer($0))" }
        return lines.flatMap { hanging($0, to: width) }
    }
}

extension CustomerStory.Entry {
    /// The sentence, and below it what belongs to it.
    fileprivate var lines: [String] {
        var lines = [(step == nil ? sentence : decision) + ownTime]
        if let scheduled {
            let holder = heldBy.map(reasonPhrase)
            lines.append("  asked for \(momentText(scheduled))\(holder.map { ", held by: \($0)" } ?? "")")
        }
        if step != nil, let subject { lines.append("  \"\(subject)\"") }
        if let detail, !detail.isEmpty { lines.append("  \(detail)") }
        if let script { lines.append("  \(script)\(source.map { "  \($0)" } ?? "")") }
        return lines
    }

    /// The customer's own time, where it is another: the day may be another one there, too.
    private var ownTime: String {
        guard let localTime, localTime.prefix(16) != time.prefix(16).replacing("T", with: " ") else {
            return ""
        }
        return ", at \(localTime.prefix(16)) where they are"
    }

    /// What was decided about a message.
    private var decision: String {
        let message = step.flatMap { $0.isEmpty ? nil : $0 } ?? "the journey"
        let way = [channel, address.map { "to \($0)" }].compactMap(\.self).joined(separator: " ")
        let phrase = reason.map(reasonPhrase) ?? ""
        let behind = displacedBy.isEmpty ? "" : ", behind \(displacedBy.joined(separator: ", "))"
        let stopped = phrase + (gate == phrase ? "" : gate.map { " (gate: \($0))" } ?? "") + behind
        var fate =
            switch Outcome(rawValue: word) {
            case .sent: "sent\(behind)"
            case .heldOut: "not sent, to compare with those who are, and the journey ends: \(stopped)"
            case .exited: "not sent, the journey ends: \(stopped)"
            case .held: "still held when the run ends: \(stopped)"
            case .failed, .skipped, nil: "not sent: \(stopped)"
            }
        if let parts, parts > 1 { fate += " (\(parts) parts)" }
        return "\(message)\(way.isEmpty ? "" : " by \(way)"): \(fate)"
    }

    /// What happened besides.
    private var sentence: String {
        let subject = subject ?? ""
        let until = due.map { momentText($0, withYear: $0.prefix(4) != time.prefix(4)) }
        return switch word {
        case "enter": subject.isEmpty ? "enters" : "enters (\(subject))"
        case "limit":
            "does not enter: the campaign has its limit of \(Int(subject).map(grouped) ?? subject) customers"
        case "open": "opens \(subject)"
        case "click": "clicks in \(subject)"
        case "order": "orders after \(subject)"
        case "unsubscribe": "unsubscribes after \(subject)"
        case "complaint": "complains of \(subject)"
        case "bounce": "\(subject) bounces for good"
        case "goal": "meets the goal, the journey ends"
        case "exit": subject.isEmpty ? "the journey ends" : "the journey ends: \(subject)"
        case "end": "reaches the end of the journey"
        case "error": "the journey ends with the error"
        case "under way":
            "under way when the run ends, waiting\(subject.isEmpty ? "" : " for \(subject)")"
                + (until.map { " until \($0)" } ?? "")
        case "pause": "no marketing messages\(until.map { " until \($0)" } ?? "")"
        default:
            "\(word)\(owner.map { " for \($0)" } ?? ""): \(subject)\(until.map { ", due \($0)" } ?? "")"
        }
    }
}
