internal import Basics
internal import Catalog
internal import Foundation
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        try file.forEachDecision { decision in
            let values = try zip(Self.columns, cells(decision)).map { name, value in
                "\"\(name)\":\(try json(value, encoder))"
            }
            write("{\(values.joined(separator: ","))}\n")
        }
    }

    /// A header and one record a line, as RFC 4180 has it but with LF; a value that is not there is empty,
    /// and the names of a list are parted by `|`.
    public func writeCSV(_ write: (String) -> Void) throws {
        write(Self.columns.joined(separator: ",") + "\n")
        try file.forEachDecision { decision in
            let fields = cells(decision).map { cell in
                switch cell {
                case .none: ""
                case .number(let number): String(number)
                case .text(let text): csvField(text)
                case .list(let names): csvField(names.joined(separator: "|"))
                }
            }
            write(fields.joined(separator: ",") + "\n")
        }
    }

    private enum Cell {
        case none
        case number(Int64)
        case text(String)
        case list([String])

        init(_ text: String?) {
            self = text.map(Cell.text) ?? .none
        }
    }

    private func cells(_ decision: Decision) -> [Cell] {
        [
            .number(decision.customer), .text(decision.campaign), .text(decision.step),
            .text(decision.script),
            .text(utcText(decision.time)), .text(decision.localTime), Cell(decision.channel?.rawValue),
            Cell(decision.address.map { masking.show($0, on: decision.channel) }),
            .text(decision.outcome.rawValue),
            Cell(decision.reason?.rawValue), text(decision.detail, decision),
            text(decision.subject, decision),
            Cell(decision.bodyHash), Cell(decision.scheduled.map(utcText)), Cell(decision.heldBy?.rawValue),
            .list(decision.displacedBy), Cell(decision.variant),
            decision.parts.map { .number(Int64($0)) } ?? .none,
        ]
    }

    /// A text that may name the customer's address.
    private func text(_ text: String?, _ decision: Decision) -> Cell {
        Cell(text.map { masking.show(text: $0, to: decision.address, on: decision.channel) })
    }

    private func json(_ cell: Cell, _ encoder: JSONEncoder) throws -> String {
        switch cell {
        case .none: "null"
        case .number(let number): String(number)
        case .text(let text): String(decoding: try encoder.encode(text), as: UTF8.self)
        case .list(let names): String(decoding: try encoder.encode(names), as: UTF8.self)
        }
    }

    private func utcText(_ instant: Int64) -> String {
        Date(timeIntervalSince1970: Double(instant)).formatted(.iso8601)
    }
}
