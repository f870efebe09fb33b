internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The store as a person looks at it for a long time: what others write meanwhile is seen as soon as it is asked for.
///
/// Between questions no transaction is open, so that nobody has to wait. Valid only inside
/// ``Store/look(asOf:_:)``, on its thread.
public final class StoreView {
    /// The customers now; another object after each change of the data or the time.
    public private(set) var snapshot: Snapshot
    private let db: Database
    private let path: String
    private let currency: String
    /// Another number after each change of the data by another connection, as ``begin(asOf:)`` has seen it.
    public private(set) var version: Int64

    /// In KiB. SQLite sorts so much at once, and notices ``Store/interrupt()`` only between two such sorts; the bytes of a
    /// larger one lie too far apart for the processor, too.
    private static let cacheSize = 4096

    fileprivate init(_ db: Database, at path: String, currency: String, now: Int64) throws {
        self.db = db
        self.path = path
        self.currency = currency
        try db.execute(sql: "PRAGMA cache_size = -\(Self.cacheSize)")
        try db.beginTransaction(.deferred)
        version = try Self.version(db)
        snapshot = try Snapshot(db, currency: currency, now: now)
    }

    private static func version(_ db: Database) throws -> Int64 {
        // The transaction begins with its first read.
        _ = try Row.fetchOne(db, sql: "SELECT 1 FROM settings LIMIT 1")
        return try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0
    }

    /// Opens a transaction for the next questions, as of an instant. Where the store has later rows, so that all facts have to
    /// be computed for the instant, it stays the one before until the data changes.
    ///
    /// - Returns: whether ``snapshot`` is another one.
    /// - Throws: ``StoreError/moved(path:)`` where the file is no longer that of the others: what is changed there would
    ///   not be seen here.
    public func begin(asOf now: Int64) throws -> Bool {
        var isMoved: CInt = 0
        sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_HAS_MOVED, &isMoved)
        guard isMoved == 0 else { throw StoreError.moved(path: path) }
        return try naming { try beginFound(asOf: now) }
    }

    private func beginFound(asOf now: Int64) throws -> Bool {
        if !db.isInsideTransaction { try db.beginTransaction(.deferred) }
        let version = try Self.version(db)
        guard version != self.version || (now != snapshot.now && !snapshot.isHistorical) else { return false }
        snapshot.close()
        // The facts of another time.
        try db.execute(sql: "DROP TABLE IF EXISTS temp.customer_facts")
        snapshot = try Snapshot(db, currency: currency, now: now)
        self.version = version
        return true
    }

    /// Runs `body`, and says what SQLite reports there as a ``StoreError``.
    public func naming<Result>(_ body: () throws -> Result) throws -> Result {
        try StoreError.wrapping(path, body)
    }

    /// Ends the transaction; nothing may be under way.
    public func rest() throws {
        if db.isInsideTransaction { try db.commit() }
    }

    fileprivate func close() {
        snapshot.close()
        if db.isInsideTransaction { try? db.rollback() }
    }
}

extension Store {
    /// Looks at the store for as long as `body` runs, beginning as of the instant `now`. ``interrupt()`` ends a question,
    /// and ``clearInterrupt()`` allows for the next one.
    public func look<Result>(asOf now: Int64, _ body: (StoreView) throws -> Result) throws -> Result {
        try StoreError.wrapping(path) {
            try queue.writeWithoutTransaction { db in
                let view = try StoreView(db, at: path, currency: currency, now: now)
                defer { view.close() }
                return try Self.interruptible(db) { try body(view) }
            }
        }
    }
}
