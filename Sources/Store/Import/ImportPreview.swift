public import Catalog
public import Tabular

/// What an import would make of its files.
public struct ImportPreview: Sendable, Equatable {
    /// A column of a file.
    public struct Column: Sendable, Equatable {
        /// Its header.
        public let header: String
        /// What it means.
        public let target: ImportTarget
        /// The type of its values; nil for a column that is left out or has no values.
        public let type: ValueType?
        /// What comes first in its dates, where that matters.
        public let dates: DateOrder?
        /// How many values of the sample are missing.
        public let missing: Int
    }

    /// A row as it would be stored.
    public struct Row: Sendable, Equatable {
        /// Its line in the file.
        public let line: Int
        /// The values of the columns that are kept, in the order of the columns.
        public let values: [Value]
        /// Why it would be rejected; nil where it would not, as far as can be told without the store.
        public let problem: String?
    }

    /// A file.
    public struct File: Sendable, Equatable {
        /// Where it is.
        public let path: String
        /// Its encoding.
        public let encoding: TextEncoding
        /// What separates its fields; nil where an importer reads its lines.
        public let delimiter: Delimiter?
        /// Whether its first record names the columns.
        public let hasHeader: Bool
        /// Its columns.
        public let columns: [Column]
        /// How many records `missing` was counted in.
        public let sampled: Int
        /// Its first five rows.
        public let rows: [Row]
    }

    /// What the rows are.
    public let kind: ImportKind
    /// The files.
    public let files: [File]
}
