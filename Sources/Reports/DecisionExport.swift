internal import Catalog
public import Store

/// Every decision of a run as lines of text: JSON objects or a CSV table.
public struct DecisionExport {
    /// The columns, in the order in which both formats have them.
    public static let columns = [
        "customer", "campaign", "step", "script", "time", "local_time", "channel", "address", "outcome",
        "reason", "detail", "subject", "body_hash", "scheduled", "held_by", "displaced_by", "variant",
        "parts",
    ]

    private let file: RunFile
    private let masking: Masking

    /// The decisions of a run.
    public init(_ file: RunFile, masking: Masking) {
        self.file = file
        self.masking = masking
    }

    /// One JSON object a line; a value that is not there is null, and `displaced_by` is a list. Times are ISO
    /// 8601 in UTC.
    public func writeJSONLines(_ write: (String) -> Void) throws {
        try file.forEachDecision { decision in
            write(try ExportCell.object(Self.columns, cells(decision)))
        }
    }

    /// A header and one record a line, as RFC 4180 has it but with LF; a value that is not there is empty,
    /// and the names of a list are parted by `|`.
    public func writeCSV(_ write: (String) -> Void) throws {
        write(ExportCell.record(Self.columns.map { .text($0) }))
        try file.forEachDecision { decision in
            write(ExportCell.record(cells(decision)))
        }
    }

    private func cells(_ decision: Decision) -> [ExportCell] {
        [
            .number(decision.customer), .text(decision.campaign), .text(decision.step),
            .text(decision.script),
            .text(utcText(decision.time)), .text(decision.localTime), ExportCell(decision.channel?.rawValue),
            ExportCell(decision.address.map { masking.show($0, on: decision.channel) }),
            .text(decision.outcome.rawValue),
            ExportCell(decision.reason?.rawValue), text(decision.detail, decision),
            text(decision.subject, decision),
            ExportCell(decision.bodyHash), ExportCell(decision.scheduled.map(utcText)),
            ExportCell(decision.heldBy?.rawValue),
            .list(decision.displacedBy), ExportCell(decision.variant),
            decision.parts.map { .number(Int64($0)) } ?? .none,
        ]
    }

    /// A text that may name the customer's address.
    private func text(_ text: String?, _ decision: Decision) -> ExportCell {
        ExportCell(text.map { masking.show(text: $0, to: decision.address, on: decision.channel) })
    }
}
