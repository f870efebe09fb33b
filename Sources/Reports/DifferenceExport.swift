internal import Catalog
public import Store

/// Every decision that differs between two runs as lines of text: JSON objects or a CSV table.
public struct DifferenceExport {
    /// The columns, in the order in which both formats have them. `number` says which message of the step to
    /// the customer it is; `changes` are the kinds of ``DecisionChange``; a fate is `sent`, the code of the
    /// reason why not, the same behind `held_by_`, or `not_asked`.
    public static let columns =
        ["customer", "campaign", "step", "number", "changes"]
        + ["before", "after"].flatMap { side in
            ["fate", "time", "channel", "variant", "body_hash"].map { "\(side)_\($0)" }
        }

    private let first: RunFile
    private let second: RunFile

    /// The differences between two runs.
    public init(_ first: RunFile, _ second: RunFile) {
        self.first = first
        self.second = second
    }

    /// One JSON object a line; a value that is not there is null, and `changes` is a list. Times are ISO 8601
    /// in UTC. Gives how many decisions differ.
    public func writeJSONLines(_ write: (String) -> Void) throws -> Int {
        try forEachDifference { write(try ExportCell.object(Self.columns, $0)) }
    }

    /// A header and one record a line, as RFC 4180 has it but with LF; a value that is not there is empty,
    /// and the kinds of changes are parted by `|`. Gives how many decisions differ.
    public func writeCSV(_ write: (String) -> Void) throws -> Int {
        write(ExportCell.record(Self.columns.map { .text($0) }))
        return try forEachDifference { write(ExportCell.record($0)) }
    }

    /// Hands over the decisions that differ, and in what ways. Cost: as ``Store/RunFile/forEachPair(_:_:_:)``.
    package func forEach(_ body: ([DecisionChange], RunFile.DecisionPair) throws -> Void) throws {
        try RunFile.forEachPair(first, second) { pair in
            let changes = DecisionChange.changes(pair)
            if !changes.isEmpty { try body(changes, pair) }
        }
    }

    private func forEachDifference(_ body: ([ExportCell]) throws -> Void) throws -> Int {
        var count = 0
        try forEach { changes, pair in
            guard let either = pair.before ?? pair.after else { return }
            count += 1
            let cells: [ExportCell] = [
                .number(either.customer), .text(either.campaign), .text(either.step),
                .number(Int64(pair.number)), .list(changes.map(\.rawValue)),
            ]
            try body(cells + side(pair.before) + side(pair.after))
        }
        return count
    }

    private func side(_ decision: ComparedDecision?) -> [ExportCell] {
        [
            .text(DecisionChange.fate(decision)), ExportCell(decision.map { utcText($0.time) }),
            ExportCell(decision?.channel?.rawValue), ExportCell(decision?.variant),
            ExportCell(decision?.bodyHash),
        ]
    }
}
