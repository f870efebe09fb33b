internal import CStore
internal import Catalog
internal import Foundation
package import GRDB

/// The customer database of a workspace: one SQLite file, its schema, and the facts that it keeps current.
///
/// Every write is one transaction, which brings the facts of the customers that it touched up to date before it
/// ends; every question is asked of a ``Snapshot``.
public final class Store {
    /// Marks the file as Moonletter's own (`PRAGMA application_id`, "MnLt").
    static let applicationID: Int32 = 0x4D6E_4C74

    /// Where the file lies.
    public let path: String
    let queue: DatabaseQueue
    /// Whether what is written is noted for the facts; few commands write.
    private var hasFactTriggers = false
    /// ISO 4217 code of the currency that all amounts are in.
    public let currency: String

    /// Opens the store of a workspace.
    ///
    /// - Throws: ``StoreError`` where the file is missing, belongs to another program, was made by a newer
    ///   Moonletter, or cannot be written.
    public convenience init(opening path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
        try self.init(path: path, newCurrency: nil)
    }

    /// Makes a new store for amounts in `currency` (ISO 4217).
    ///
    /// - Throws: ``StoreError/exists(path:)`` where the file is there already.
    public convenience init(creating path: String, currency: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw StoreError.exists(path: path) }
        try self.init(path: path, newCurrency: currency)
    }

    private init(path: String, newCurrency: String?) throws {
        mls_forget_memory_statistics()
        self.path = path
        (queue, currency) = try StoreError.wrapping(path) {
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            if newCurrency == nil { try Self.checkIdentity(of: queue, path: path) }
            try Self.migrate(queue, path: path, newCurrency: newCurrency)
            let currency = try queue.read { db in
                try String.fetchOne(db, sql: "SELECT value FROM settings WHERE name = 'currency'")
            }
            guard let currency else { throw StoreError.foreign(path: path) }
            return (queue, currency)
        }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            // 64 MiB of pages: enough for the inner pages of a million customers, flat for any import.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            // A crash of the machine may lose the last transaction, never the database (sqlite.org/wal.html).
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
            // Without it, a row that INSERT OR REPLACE removes fires no trigger, and its facts would stay.
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
            LuaArithmetic.install(db.sqliteConnection)
            CustomerSet.install(db.sqliteConnection)
            PopulationFunctions.install(db.sqliteConnection)
        }
        return configuration
    }

    private static func checkIdentity(of queue: DatabaseQueue, path: String) throws {
        let identity = try queue.read { try Int32.fetchOne($0, sql: "PRAGMA application_id") }
        guard identity == applicationID else { throw StoreError.foreign(path: path) }
    }

    private static func migrate(_ queue: DatabaseQueue, path: String, newCurrency: String?) throws {
        let migrator = makeMigrator(newCurrency: newCurrency)
        if try queue.read({ try migrator.hasBeenSuperseded($0) }) { throw StoreError.newerSchema(path: path) }
        if newCurrency != nil {
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        }
        if try !queue.read({ try migrator.hasCompletedMigrations($0) }) { try migrator.migrate(queue) }
        try refreshFactDefinitions(queue)
    }

    static func makeMigrator(newCurrency: String?) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 schema") { db in
            try db.execute(sql: sqlResource(PackageResources._01_schema_sql))
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            if let newCurrency {
                try db.execute(
                    sql: "INSERT INTO settings (name, value) VALUES ('currency', ?)", arguments: [newCurrency]
                )
            }
        }
        migrator.registerMigration("002 approvals") { db in
            try db.execute(sql: sqlResource(PackageResources._02_approvals_sql))
        }
        migrator.registerMigration("003 populations") { db in
            try db.execute(sql: sqlResource(PackageResources._03_populations_sql))
        }
        return migrator
    }

    /// Changes the store in one transaction; the facts of the customers it touches follow before it ends.
    ///
    /// What was computed over the whole population holds no more afterwards, unless nothing about customers is changed.
    ///
    /// - Throws: what `body` throws, after everything was rolled back; ``StoreError`` for the store's own.
    package func write<Result>(changesData: Bool = true, _ body: (Database) throws -> Result) throws -> Result
    {
        try StoreError.wrapping(path) {
            if !hasFactTriggers {
                // Where what is written fails, they stay; of themselves, all are there or none.
                try queue.writeWithoutTransaction { db in
                    try db.inTransaction(.deferred) {
                        try Self.installFactTriggers(db)
                        return .commit
                    }
                }
                hasFactTriggers = true
            }
            return try queue.write { db in
                let result = try body(db)
                try Self.refreshTouchedFacts(db)
                if changesData { try Self.noteChange(db) }
                return result
            }
        }
    }

    /// Asks the store, as of the instant `now`, within one read transaction.
    public func read<Result>(asOf now: Int64, _ body: (Snapshot) throws -> Result) throws -> Result {
        try StoreError.wrapping(path) {
            try queue.writeWithoutTransaction { db in
                var result: Result?
                // Rolled back, for the facts of an earlier time are made in a temporary table.
                try db.inTransaction(.deferred) {
                    result = try Self.interruptible(db) {
                        let snapshot = try Snapshot(db, currency: currency, now: now)
                        defer { snapshot.close() }
                        return try body(snapshot)
                    }
                    return .rollback
                }
                guard let result else {
                    throw StoreError.sqlite(path: path, message: "the transaction did not run")
                }
                return result
            }
        }
    }

    /// Whether a snapshot as of `now` has to compute every fact anew, because later rows exist.
    public func isHistorical(at now: Int64) throws -> Bool {
        try StoreError.wrapping(path) { try queue.read { try Snapshot.isHistorical($0, at: now) } }
    }

    static func sqlResource(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
