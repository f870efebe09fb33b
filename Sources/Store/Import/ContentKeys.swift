internal import Basics
internal import GRDB

/// Tells equal rows of one import apart by counting them, so that importing a file twice changes nothing
/// and two equal rows of one file stay two.
///
/// The counts lie in a temporary table, for there may be as many as rows.
final class ContentKeys {
    private let firstNewID: Int64
    private let find: RawStatement
    private let count: RawStatement
    private let setCount: RawStatement

    /// `firstNewID` is the first id that this import gives.
    init(_ db: Database, table: String, firstNewID: Int64) throws {
        self.firstNewID = firstNewID
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS import_ordinals
                    (meaning BLOB PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
                DELETE FROM temp.import_ordinals;
                """)
        find = try RawStatement(db, "SELECT id FROM main.\(table) WHERE content_key = ?1")
        count = try RawStatement(db, "SELECT count FROM temp.import_ordinals WHERE meaning = ?1")
        setCount = try RawStatement(db, "INSERT OR REPLACE INTO temp.import_ordinals VALUES (?1, ?2)")
    }

    /// The key of the row that is the `ordinal`-th of its meaning.
    static func key(_ meaning: StableHash, ordinal: Int64) -> [UInt8] {
        var hash = meaning
        hash.combine(ordinal)
        return hash.bytes
    }

    /// Which of its meaning the current row is, given that the store has the first.
    func ordinal(afterCollisionOf meaning: StableHash) throws -> Int64 {
        find.bind(1, blob: Self.key(meaning, ordinal: 1))
        let id = try find.first { $0.integer(0) } ?? 0
        let bytes = meaning.bytes
        count.bind(1, blob: bytes)
        // A first one that this import made is not in the table.
        let before = try count.first { $0.integer(0) } ?? (id >= firstNewID ? 1 : 0)
        setCount.bind(1, blob: bytes)
        setCount.bind(2, before + 1)
        try setCount.run()
        return before + 1
    }
}
