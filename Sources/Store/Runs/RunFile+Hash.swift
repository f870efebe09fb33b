internal import GRDB

extension RunFile {
    /// The hash that was written with the run: of customer, campaign, step, time, channel, outcome, reason,
    /// variant and message of every decision, in whatever order.
    public func hash() throws -> String {
        try read { db in
            guard let hash = try String.fetchOne(db, sql: "SELECT value FROM run WHERE name = 'decisions'")
            else { throw RunFileError.incomplete(path: path) }
            return hash
        }
    }

    /// The same hash of the decisions as they are now; another one where somebody has changed them. Cost: one
    /// pass.
    public func hashOfDecisions() throws -> String {
        try read { db in
            var digest = RunDigest()
            try RawStatement(db, "SELECT \(ComparedDecision.columns) FROM decisions").forEach {
                digest.add(ComparedDecision($0))
            }
            return digest.hex
        }
    }
}
