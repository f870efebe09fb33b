/// What an import did.
public struct ImportReport: Sendable, Equatable {
    /// Rows made besides those that the file states, such as customers of orders.
    public struct Created: Sendable, Equatable {
        /// `customers`, `orders`, `products` or `attributes`.
        public let what: String
        /// How many.
        public let count: Int
    }

    /// Rejected rows with one reason.
    public struct Reason: Sendable, Equatable {
        /// Why.
        public let reason: String
        /// How many rows.
        public let count: Int
        /// The file of the first of them.
        public let firstFile: String
        /// Its line in the file.
        public let firstLine: Int
    }

    /// How many rows the files have.
    public var rows = 0
    /// Rows that were not in the store.
    public var new = 0
    /// Rows that changed what was in the store.
    public var updated = 0
    /// Rows that were in the store already.
    public var unchanged = 0
    /// Rows that were not taken.
    public var rejected = 0
    /// What was made besides, in the order of the names.
    public var created: [Created] = []
    /// Why rows were rejected, the most frequent first.
    public var reasons: [Reason] = []
    /// What the person should know: what was left out or rounded, and what changed that no row shows.
    public var warnings: [String] = []
    /// Where the rejected rows are; nil where there are none.
    public var rejectsFile: String?
    /// Whether everything was rolled back, for a row was rejected and all or nothing was wanted.
    public var rolledBack = false
}

/// How far an import has come.
public struct ImportProgress: Sendable, Equatable {
    /// What is going on.
    public enum Phase: String, Sendable {
        /// The files are read to find the types and the order of dates.
        case analysing
        /// Rows are stored.
        case storing
    }

    /// What is going on.
    public let phase: Phase
    /// Bytes of all files read in this phase.
    public let bytesDone: Int64
    /// Bytes of all files.
    public let bytesTotal: Int64
    /// Rows read in this phase.
    public let rows: Int
}
