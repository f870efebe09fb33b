internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation

/// A run as the terminal shows it: the funnel from all customers to messages, what was held back and why,
/// example messages, and problems.
public struct TerminalPreview {
    private let summary: RunSummary
    private let barWidth = 24

    /// The preview of a run.
    public init(_ summary: RunSummary) {
        self.summary = summary
    }

    /// The whole text, ended by a newline.
    public func text() -> String {
        var lines: [String] = []
        for campaign in summary.campaigns {
            lines += ["\(campaign.name) · dry run at \(moment), \(summary.timeZone) · seed \(summary.seed)"]
            if !campaign.description.isEmpty { lines.append(campaign.description) }
            lines += ["", "Audience"] + funnel(campaign)
            lines += ["", "Messages"] + messages(campaign)
            lines += [""]
        }
        if !summary.samples.isEmpty { lines += ["Samples"] + summary.samples.flatMap(sample) + [""] }
        if !summary.problems.isEmpty {
            lines += ["Problems"] + problems() + [""]
        }
        lines.append(summary.run)
        return lines.joined(separator: "\n") + "\n"
    }

    /// `Tue 1 Dec 2026 09:00`, from the ISO text.
    private var moment: String {
        guard let date = CivilDate(iso: summary.now.prefix(10)) else { return summary.now }
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = summary.now.dropFirst(11).prefix(5)
        return "\(days[date.weekday - 1]) \(date.day) \(months[date.month - 1]) \(date.year) \(time)"
    }

    private func funnel(_ campaign: RunSummary.CampaignSummary) -> [String] {
        var table = TextTable([
            .init("", alignRight: true), .init("", limit: 60), .init("", limit: barWidth),
        ])
        func step(_ count: Int, _ label: String) {
            table.add([
                grouped(count), label,
                bar(Double(count) / Double(max(1, campaign.customers)), width: barWidth),
            ])
        }
        step(campaign.customers, "customers")
        step(campaign.audienceCount, "in the audience: \(campaign.audience)")
        if campaign.silentCount > 0 {
            step(campaign.audienceCount - campaign.silentCount, "with a message to decide on")
        }
        step(campaign.sent, campaign.sent == 1 ? "message to send" : "messages to send")
        return table.lines(indent: "  ")
    }

    private func messages(_ campaign: RunSummary.CampaignSummary) -> [String] {
        guard !campaign.steps.isEmpty else {
            return [
                campaign.audienceCount == 0
                    ? "  none: the audience is empty" : "  none: the journey asks for no message"
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
            let reasons = step.heldBack.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                code, count in
                "\(grouped(count)) \(Reason(rawValue: code)?.phrase ?? code)"
            }
            table.add([
                step.step.isEmpty ? "(journey)" : step.step, step.channel ?? "–", grouped(step.sent),
                grouped(step.requested - step.sent), reasons.joined(separator: " · "),
            ])
        }
        return table.lines(indent: "  ")
    }

    private func sample(_ sample: RunSummary.Sample) -> [String] {
        // Blank lines would push the text out of the few lines there are.
        let body = (sample.text ?? sample.body).split(separator: "\n").map {
            "    │ \(withoutControls(String($0)))"
        }
        var lines = [
            "  \(sample.campaign) to customer \(sample.customer), \(sample.channel) \(sample.address)"
                + (sample.parts.map { $0 > 1 ? ", \($0) parts" : "" } ?? "")
        ]
        if let name = sample.fromName { lines.append("    │ From: \(withoutControls(name))") }
        if let address = sample.replyTo { lines.append("    │ Reply to: \(withoutControls(address))") }
        if let subject = sample.subject { lines.append("    │ Subject: \(withoutControls(subject))") }
        if let preheader = sample.preheader { lines.append("    │ Preview: \(withoutControls(preheader))") }
        lines += body.prefix(12)
        if body.count > 12 { lines.append("    │ … \(body.count - 12) more lines") }
        return lines
    }

    private func problems() -> [String] {
        summary.problems.prefix(10).map { problem in
            let people = problem.count == 1 ? "1 customer" : "\(grouped(problem.count)) customers"
            return
                "  \(people): \(withoutControls(problem.message)) (\(problem.location)), such as customer "
                + "\(problem.customer)"
        }
            + (summary.problems.count > 10
                ? ["  … \(summary.problems.count - 10) more kinds of problems"] : [])
    }
}
