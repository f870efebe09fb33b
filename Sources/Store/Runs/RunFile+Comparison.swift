public import Catalog
internal import GRDB

extension RunFile {
    /// The same decision in two runs; nil where a run does not have it.
    public struct DecisionPair: Sendable, Equatable {
        /// In the first run.
        public let before: ComparedDecision?
        /// In the second.
        public let after: ComparedDecision?
        /// Which decision of the customer about this step of the campaign it is, from 1.
        public let number: Int
    }

    /// Hands over the decisions of two runs side by side, by customer, campaign, step and how often it came
    /// before.
    ///
    /// Both files are read once, in an order for which SQLite sorts them on disk: memory does not grow with
    /// the runs.
    public static func forEachPair(
        _ first: RunFile, _ second: RunFile, _ body: (DecisionPair) throws -> Void
    ) throws {
        // Of one file, two readers are needed.
        let second = first === second ? try RunFile(path: second.path) : second
        try first.withSortedDecisions { before in
            try second.withSortedDecisions { after in
                try merge(before, after, body)
            }
        }
    }

    private static func merge(
        _ first: RawStatement, _ second: RawStatement, _ body: (DecisionPair) throws -> Void
    ) throws {
        func next(_ rows: RawStatement) throws -> ComparedDecision? {
            try rows.next() ? ComparedDecision(rows) : nil
        }
        var (before, after) = (try next(first), try next(second))
        var last: ComparedDecision?
        var number = 0
        while let lower = before ?? after {
            // Which of the two has its turn: the earlier place, or both where it is the same.
            var takes = (before: before != nil, after: after != nil)
            if let before, let after, let isBefore = before.isBefore(after) { takes = (isBefore, !isBefore) }
            let current = takes.before ? lower : after ?? lower
            number = last.map { $0.isBefore(current) == nil } == true ? number + 1 : 1
            last = current
            try body(
                DecisionPair(
                    before: takes.before ? before : nil, after: takes.after ? after : nil, number: number))
            if takes.before { before = try next(first) }
            if takes.after { after = try next(second) }
        }
    }

    private func withSortedDecisions(_ body: (RawStatement) throws -> Void) throws {
        try read { db in
            try body(
                RawStatement(
                    db,
                    """
                    SELECT \(ComparedDecision.columns) FROM decisions
                    ORDER BY customer_id, campaign, step, time, place, id
                    """))
        }
    }

    /// A decision by its number; nil where there is none.
    public func decision(_ id: Int64) throws -> Decision? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM decisions WHERE id = ?", arguments: [id]).map {
                try Decision($0)
            }
        }
    }
}
