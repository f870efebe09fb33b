internal import Basics
internal import Diagnostics
internal import Formats
internal import Foundation

/// The parts of a campaign behind its audience.
extension TerminalPreview {
    func messages(_ campaign: RunSummary.CampaignSummary) -> [String] {
        if campaign.isWithoutMessages { return [] }
        guard !campaign.steps.isEmpty else {
            return [
                campaign.audienceCount == 0
                    ? "  none: \(summary.days > 0 ? "nobody enters" : "the audience is empty")"
                    : "  none: the journey asks for no message"
            ]
        }
        var table = TextTable([
            .init(""), .init(""), .init("sent", alignRight: true), .init("held back", alignRight: true),
            .init("", limit: .max),
        ])
        // What the journey itself did comes last, and of a step the channels before what found none.
        let steps = campaign.steps.sorted { a, b in
            func key(_ step: RunSummary.StepSummary) -> (Int, String, Int, String) {
                (step.step.isEmpty ? 1 : 0, step.step, step.channel == nil ? 1 : 0, step.channel ?? "")
            }
            return key(a) < key(b)
        }
        for step in steps {
            table.add([
                step.step.isEmpty ? "(journey)" : step.step, step.channel ?? "–", grouped(step.sent),
                grouped(step.heldBack.values.reduce(0, +)), reasonPhrases(step.heldBack),
            ])
            if !step.moved.isEmpty {
                table.add(["", "", "", "", "sent later: \(reasonPhrases(step.moved))"])
            }
            if !step.waiting.isEmpty {
                table.add(["", "", "", "", "still held: \(reasonPhrases(step.waiting))"])
            }
        }
        return table.lines(indent: "  ", width: width)
    }

    /// What the messages cost, and when they are sent.
    func sums(_ campaign: RunSummary.CampaignSummary) -> [String] {
        var lines: [String] = []
        if !campaign.costs.isEmpty {
            let format = MoneyFormat(currency: summary.currency)
            let least = pow(10, -Double(format.places))
            func text(_ cost: Double) -> String {
                cost > 0 && cost < least / 2 ? "under \(format.text(least))" : format.text(cost)
            }
            let costs = campaign.costs.sorted { $0.key < $1.key }.map { "\($0.key) \(text($0.value))" }
            let free = campaign.channels.keys.filter { campaign.costs[$0] == nil }.sorted()
            let total = text(campaign.costs.values.reduce(0, +))
            lines.append(
                "  cost \(costs.count == 1 ? costs[0] : "\(total): \(costs.joined(separator: " · "))")"
                    + (free.isEmpty ? "" : ", without \(free.joined(separator: " and "))"))
        }
        guard summary.days > 0, let hour = campaign.calendar.busiestHour,
            let day = campaign.calendar.days.max(by: { $0.sent < $1.sent }),
            let busiest = campaign.calendar.days.first(where: { $0.sent == day.sent })
        else { return lines }
        let start = hour.hour.suffix(5)
        guard busiest.sent < campaign.sent else {
            let hours = hour.sent == busiest.sent ? "at \(start)" : "most at \(start): \(grouped(hour.sent))"
            return lines + ["  all on \(dayText(busiest.day)), \(hours)"]
        }
        let room = max(10, min(62, (width ?? .max) - 10))
        return lines + [
            "  by day  \(sparkline(campaign.calendar.days.map(\.sent), width: room))",
            "  busiest day \(dayText(busiest.day)): \(grouped(busiest.sent)) · busiest hour "
                + "\(dayText(hour.hour.prefix(10))) \(start): \(grouped(hour.sent))",
        ]
    }

    func responses(_ campaign: RunSummary.CampaignSummary) -> [String] {
        guard !campaign.responses.isEmpty else { return [] }
        let reactions = campaign.reactions
        var table = TextTable(
            [.init("")] + (["sent"] + reactions.map(\.title)).map { .init($0, alignRight: true) })
        for step in campaign.responses {
            table.add(
                [step.step, grouped(step.sent)]
                    + reactions.map { withShare(step[keyPath: $0.count], of: step.sent) })
        }
        return table.lines(indent: "  ")
    }

    func variants(_ campaign: RunSummary.CampaignSummary) -> [String] {
        guard !campaign.variants.isEmpty else { return [] }
        let hasResponses = !campaign.responses.isEmpty
        var table = TextTable(
            [.init("")]
                + (["customers", "sent"] + (hasResponses ? ["opened", "clicked", "ordered"] : [])).map {
                    .init($0, alignRight: true)
                })
        for variant in campaign.variants {
            let reactions = [variant.opens, variant.clicks, variant.orders].map {
                withShare($0, of: variant.sent)
            }
            table.add(
                [variant.name, grouped(variant.customers), grouped(variant.sent)]
                    + (hasResponses ? reactions : []))
        }
        return table.lines(indent: "  ")
    }

    func goals(_ campaign: RunSummary.CampaignSummary) -> [String] {
        guard !campaign.goals.isEmpty else { return [] }
        let isCompared = campaign.comparesGoal
        var table = TextTable(
            [.init("")]
                + (["reached", "met it"] + (isCompared ? ["held out", "met it", "points"] : [])).map {
                    .init($0, alignRight: true)
                })
        for goal in campaign.goals.map(GoalLine.init) {
            table.add(
                [goal.label, goal.reached, goal.reachedMet]
                    + (isCompared ? [goal.heldOut, goal.heldOutMet, goal.difference] : []))
        }
        let note = isCompared ? summary.goalNote.map { ["  \($0)"] } : nil
        return table.lines(indent: "  ") + (note ?? [])
    }

    /// The lines of the journey as the script has them, with how many came to each and where they went.
    func journey(_ campaign: RunSummary.CampaignSummary) -> [String] {
        let steps = campaign.journey.dropFirst()
        // A journey of one message is told by the messages.
        guard let first = steps.first, steps.count > 1 || first.word != "send" else { return [] }
        let home = campaign.journey.lazy.compactMap(\.script).first.map { ScriptLines.parts(of: $0).file }
        // In a narrow terminal, what became of the journeys needs room too.
        let textLimit = max(20, min(56, (width ?? .max) - 36))
        var table = TextTable([
            .init("", alignRight: true), .init("", alignRight: true, limit: 24), .init("", limit: textLimit),
            .init("", limit: .max),
        ])
        var last: String?
        for step in campaign.journey {
            let (file, line) = step.script.map(ScriptLines.parts) ?? ("", 0)
            let place =
                line == 0 ? "" : file == home ? "\(line)" : "\(file.split(separator: "/").last ?? ""):\(line)"
            var text = step.script == nil ? "enter" : step.text ?? step.word
            // Of several steps of a line, the others are told by their words.
            if step.script != nil, step.script == last { text = step.word }
            if !text.contains(step.word) { text = "\(step.word): \(text)" }
            last = step.script
            table.add([
                grouped(step.count), place, String(repeating: "  ", count: step.depth) + text,
                ways(step.next),
            ])
        }
        return (home.map { ["  \($0)"] } ?? []) + table.lines(indent: "  ", width: width)
    }

    /// The answers that journeys got, and how those that ended there did.
    private func ways(_ next: [RunSummary.Next]) -> String {
        func sums(_ ways: [RunSummary.Next], _ key: (RunSummary.Next) -> String) -> [String] {
            let sums = ways.reduce(into: [:]) { $0[key($1), default: 0] += $1.count }
            return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                "\(grouped($0.value)) \(withoutControls($0.key))"
            }
        }
        let answers = sums(next.filter { !$0.answer.isEmpty }, \.answer)
        let ends = sums(next.filter { $0.script == nil }) { endingPhrase($0.word) }
        return [answers.joined(separator: " · "), ends.isEmpty ? "" : "→ " + ends.joined(separator: " · ")]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    func work(_ campaign: RunSummary.CampaignSummary) -> [String] {
        let shown = 10
        var table = TextTable([.init(""), .init(""), .init("", alignRight: true), .init("", limit: .max)])
        for work in campaign.work.prefix(shown) {
            table.add([
                work.word, work.owner ?? "for nobody", grouped(work.count),
                work.busiestCount == work.count
                    ? "all on \(dayText(work.busiestDay))"
                    : work.busiestCount > 1
                        ? "most on \(dayText(work.busiestDay)): \(grouped(work.busiestCount))"
                        : "one a day at most",
            ])
        }
        return table.lines(indent: "  ", width: width) + more(campaign.work.count - shown, "owner", "owners")
    }
}

extension RunSummary.CampaignSummary {
    /// Whether the journey does other things than to ask for messages, as follow-ups do.
    var isWithoutMessages: Bool { steps.isEmpty && journey.count > 1 }

    /// What people do with messages, in the order of the columns; what hardly happens is told only where it does.
    var reactions: [(title: String, count: KeyPath<RunSummary.Response, Int>)] {
        let rare: [(String, KeyPath<RunSummary.Response, Int>)] = [
            ("unsubscribed", \.unsubscribes), ("complained", \.complaints), ("bounced", \.bounces),
        ]
        return [("opened", \.opens), ("clicked", \.clicks), ("ordered", \.orders)]
            + rare.filter { _, count in responses.contains { $0[keyPath: count] > 0 } }
    }
}
