internal import Basics
internal import Catalog
internal import Diagnostics
internal import Messages
package import Rules
package import Simulator

/// The messages of a preview as text.
package struct PreviewText {
    private let masking: Masking

    /// How many customers a preview has at most.
    package static let sampleLimit = 200
    private static let width = 76

    /// Messages whose addresses are shown as this masking shows them.
    package init(_ masking: Masking) {
        self.masking = masking
    }

    /// Who the message is for, and by which way.
    package func heading(_ message: CampaignPreview.Message) -> String {
        let address =
            message.address.map { masking.show($0, on: message.channel) }
            ?? "no address" + (message.refusal.map { " (\($0))" } ?? "")
        return "customer \(message.customer) · \(message.template) · \(message.channel.rawValue) · \(address)"
    }

    /// What its author should know.
    package func notes(_ message: CampaignPreview.Message) -> [String] {
        switch message.rendering {
        case .written(let written):
            written.missing.map { "{{ \($0.path) }} is empty (\($0.location))" }
                + written.problems.map { "\($0.message) (\($0.location))" }
        case .heldBack(let reason, let detail, _):
            ["held back: \(reason.phrase)\(detail.isEmpty ? "" : ": \(detail)")"]
        }
    }

    /// What the sample of so many customers does not show; `more` says how to ask for so many.
    package func notes(
        on sample: CampaignPreview.Sample, of count: Int, more: (Int) -> String
    ) -> [String] {
        var notes: [String] = []
        if sample.enough > count, count < Self.sampleLimit {
            notes.append(
                "\(sample.enough) customers show all that differs: \(more(min(sample.enough, Self.sampleLimit)))"
            )
        }
        if !sample.unseen.isEmpty {
            let count = sample.lookedAt
            notes.append(
                "None of \(count == 1 ? "the one customer" : "\(grouped(count)) customers") looked at takes")
            notes += sample.unseen.map { "  \($0.phrase)" }
        }
        return notes
    }

    /// A message for the terminal, ended by an empty line.
    package func text(of message: CampaignPreview.Message) -> String {
        var lines = ["── \(withoutControls(heading(message)))"]
        let reasons = message.reasons.joined(separator: ", ")
        if !reasons.isEmpty { lines += wrapped(withoutControls(reasons), to: Self.width).map { "   \($0)" } }
        if let written = message.written {
            let length = written.parts.map { parts in
                counted(parts, "part") + (written.length.map { " of \($0.encoding.rawValue)" } ?? "")
            }
            let heads = [
                ("From", written.fromName), ("Reply to", written.replyTo), ("Subject", written.subject),
                ("Preview", written.preheader), ("Length", length),
            ]
            for case (let name, let value?) in heads { lines.append("   \(name): \(withoutControls(value))") }
            lines.append("")
            let body = written.text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in body.flatMap({ wrapped(withoutControls(String($0)), to: Self.width) }) {
                lines.append(line.isEmpty ? "" : "   \(line)")
            }
        }
        lines += notes(message).map { "   ! \(withoutControls($0))" }
        return lines.joined(separator: "\n") + "\n\n"
    }
}

extension CampaignPreview.Message {
    /// What would be sent; nil where it is held back.
    package var written: RenderedMessage? {
        if case .written(let written) = rendering { written } else { nil }
    }
}
