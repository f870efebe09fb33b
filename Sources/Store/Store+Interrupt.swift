internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Set by a signal handler, read by SQLite's progress handlers.
nonisolated(unsafe) private var interruptFlag: sig_atomic_t = 0

extension Store {
    /// Makes all questions that run now, in any thread, and all later ones fail with ``StoreError/interrupted``. What
    /// is being written is not touched. May be called from a signal handler.
    public static func interrupt() {
        interruptFlag = 1
    }

    /// Lets questions be asked again after ``interrupt()``.
    public static func clearInterrupt() {
        interruptFlag = 0
    }

    /// Runs `body` so that ``interrupt()`` ends what it asks.
    static func interruptible<Result>(_ db: Database, _ body: () throws -> Result) rethrows -> Result {
        // So many instructions of SQLite take about a millisecond.
        sqlite3_progress_handler(db.sqliteConnection, 50_000, { _ in Int32(interruptFlag) }, nil)
        defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
        return try body()
    }
}
