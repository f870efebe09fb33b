internal import Foundation
internal import GRDB

/// The store as a person looks at it for a long time: what others write meanwhile is seen as soon as it is asked for.
///
/// Between questions no transaction is open, so that nobody has to wait. Valid only inside
/// ``Store/look(asOf:_:)``, on its thread.
public final class StoreView {
    /// The customers now; another object after each change of the data or the time.
    public private(set) var snapshot: Snapshot
    private let db: Database
    private let currency: String
    /// Another number after each change of the data by another connection, as ``begin(asOf:)`` has seen it.
    public private(set) var version: Int64

    fileprivate init(_ db: Database, currency: String, now: Int64) throws {
        self.db = db
        self.currency = currency
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
    public func begin(asOf now: Int64) throws -> Bool {
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
                // Pages are mapped, so that a small cache is enough; and what SQLite sorts at a stretch, which nothing can
                // interrupt, is no more than the cache.
                try Access.scan.prepare(db)
                try db.execute(sql: "PRAGMA cache_size = -4096")
                let view = try StoreView(db, currency: currency, now: now)
                defer { view.close() }
                return try Self.interruptible(db) { try body(view) }
            }
        }
    }
}
