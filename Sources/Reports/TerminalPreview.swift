internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation

/// A run as the terminal shows it: the funnel from all customers to messages, what was held back and why,
/// what people and journeys did, example messages, and problems. Only what there is, is shown.
public struct TerminalPreview {
    let summary: RunSummary
    /// How many cells a line has; nil for any number.
    let width: Int?
    private let barWidth = 24

    /// The preview of a run, for lines of so many cells where that is given.
    public init(_ summary: RunSummary, width: Int? = nil) {
        self.summary = summary
        self.width = width
    }

    /// The whole text, ended by a newline.
    public func text() -> String {
        var lines: [String] = []
        let isAlone = summary.campaigns.count == 1
        if !isAlone { lines += [heading, ""] }
        for campaign in summary.campaigns {
            lines.append(isAlone ? "\(campaign.name) · \(heading)" : campaign.name)
            if !campaign.description.isEmpty { lines.append(campaign.description) }
            lines += ["", "Audience"] + funnel(campaign)
            lines += section("Messages", messages(campaign) + sums(campaign))
            lines += section("Responses", responses(campaign))
            lines += section("Variants", variants(campaign))
            lines += section("Goal", goals(campaign))
            lines += section("Journey", journey(campaign))
            lines += section("Tasks and tickets", work(campaign))
            lines.append("")
        }
        let run =
            section("Displaced by the frequency cap", displaced()) + section("Most messages", mostMessages())
        if !run.isEmpty { lines += run.dropFirst() + [""] }
        for section in summary.sections {
            lines += [withoutControls(section.title)] + rows(of: section) + [""]
        }
        if !summary.samples.isEmpty { lines += ["Samples"] + samples(isAlone: isAlone) + [""] }
        if !summary.problems.isEmpty {
            lines += ["Problems"] + problems() + [""]
        }
        lines.append("\(summary.run) · \(shortHash(summary.decisionsHash))")
        return lines.flatMap { hanging($0, to: width) }.joined(separator: "\n") + "\n"
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines
    }

    private var heading: String {
        runHeading(
            from: summary.now, days: summary.days, timeZone: summary.timeZone, seed: summary.seed,
            asOf: summary.asOf, responses: summary.responses)
    }

    private func funnel(_ campaign: RunSummary.CampaignSummary) -> [String] {
        let rows = campaign.funnelLines(days: summary.days)
        let numbers = rows.map { $0.number.count }.max() ?? 0
        let labels = min(60, rows.map { displayWidth(of: $0.label) }.max() ?? 0)
        // A bar in few cells would say nothing.
        let room = width.map { $0 - numbers - labels - 6 } ?? barWidth
        let barWidth = room < 8 ? 0 : min(barWidth, room)
        var table = TextTable([.init("", alignRight: true), .init("", limit: 60), .init("", limit: barWidth)])
        for row in rows {
            table.add([
                row.number, row.label,
                bar(Double(row.count ?? 0) / Double(max(1, campaign.customers)), width: barWidth),
            ])
        }
        return table.lines(indent: "  ")
    }

    private func displaced() -> [String] {
        summary.displaced.prefix(10).map { displaced in
            let total = displaced.lost + displaced.moved + displaced.waiting
            let parts = [
                (displaced.lost, "not sent"), (displaced.moved, "sent later"),
                (displaced.waiting, "still held"),
            ]
            let fates = parts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: " · ")
            return
                "  \(counted(total, "message")) of \(displaced.campaign) behind \(displaced.rival): \(fates)"
        } + more(summary.displaced.count - 10, "pair of campaigns", "pairs of campaigns")
    }

    private func mostMessages() -> [String] {
        let most = summary.mostMessages.filter { $0.messages > 1 }
        guard !most.isEmpty else { return [] }
        return [
            "  "
                + most.map { "customer \($0.customer): \($0.messages)" }.joined(
                    separator: " · ")
        ]
    }

    private func rows(of section: RunSection) -> [String] {
        if let problem = section.problem {
            return ["  left out: \(withoutControls(problem)) (plugin \(section.plugin))"]
        }
        guard !section.rows.isEmpty else { return ["  nothing"] }
        var table = TextTable(
            section.columns.enumerated().map { place, title in
                .init(withoutControls(title), alignRight: section.isNumeric(place))
            })
        for row in section.rows.prefix(Self.sectionLimit) { table.add(row.map(\.text)) }
        return table.lines(indent: "  ", width: width)
            + more(section.rows.count - Self.sectionLimit, "row", "rows")
    }

    /// So many rows of a section are shown.
    private static let sectionLimit = 40

    /// All of one campaign; of several, the first of each.
    private func samples(isAlone: Bool) -> [String] {
        guard !isAlone else { return summary.samples.flatMap(sample) }
        return summary.campaigns.flatMap { campaign in
            summary.samples.first { $0.campaign == campaign.name }.map(sample) ?? []
        }
    }

    private func sample(_ sample: RunSummary.Sample) -> [String] {
        let margin = "    │ "
        let room = width.map { max(20, $0 - margin.count) }
        func quoted(_ text: String) -> [String] {
            let text = withoutControls(text)
            return (room.map { wrapped(text, to: $0) } ?? [text]).map { margin + $0 }
        }
        // Blank lines would push the text out of the few lines there are.
        let body = (sample.text ?? sample.body).split(separator: "\n").flatMap { quoted(String($0)) }
        var lines = [
            "  \(sample.campaign) to customer \(sample.customer), \(sample.channel) \(sample.address)"
                + (sample.parts.map { $0 > 1 ? ", \($0) parts" : "" } ?? "")
        ]
        if let name = sample.fromName { lines += quoted("From: \(name)") }
        if let address = sample.replyTo { lines += quoted("Reply to: \(address)") }
        if let subject = sample.subject { lines += quoted("Subject: \(subject)") }
        if let preheader = sample.preheader { lines += quoted("Preview: \(preheader)") }
        lines += body.prefix(12)
        if body.count > 12 { lines.append("\(margin)… \(body.count - 12) more lines") }
        return lines
    }

    private func problems() -> [String] {
        summary.problems.prefix(10).map { problem in
            let campaign = summary.campaigns.count > 1 ? " in \(problem.campaign)" : ""
            return
                "  \(counted(problem.count, "customer"))\(campaign): \(withoutControls(problem.message)) (\(problem.location)), "
                + "such as customer \(problem.customer)"
        } + more(summary.problems.count - 10, "kind of problems", "kinds of problems")
    }

    /// How many there are besides those that are shown.
    func more(_ count: Int, _ one: String, _ many: String) -> [String] {
        count > 0 ? ["  … \(grouped(count)) more \(count == 1 ? one : many)"] : []
    }
}
