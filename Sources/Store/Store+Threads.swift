internal import Foundation
internal import GRDB

/// Snapshots for other threads, all of the same commit as the one they came with.
public final class SnapshotTeam: Sendable {
    private let readers: [DatabaseQueue]
    private let currency: String
    private let now: Int64

    init(_ readers: [DatabaseQueue], currency: String, now: Int64) {
        self.readers = readers
        self.currency = currency
        self.now = now
    }

    /// How many threads there are.
    public var count: Int { readers.count }

    /// Runs `body` on every thread at once, each with a snapshot of its own, and waits for all of them.
    ///
    /// - Throws: the error of the first thread, by number, that threw one.
    public func run(_ body: @escaping @Sendable (Snapshot) throws -> Void) throws {
        let ending = Ending()
        for (number, reader) in readers.enumerated() {
            let thread = Thread { [currency, now] in
                ending.note(number) {
                    try reader.writeWithoutTransaction { db in
                        try Store.interruptible(db) {
                            let snapshot = try Snapshot(db, currency: currency, now: now)
                            defer { snapshot.close() }
                            try body(snapshot)
                        }
                    }
                }
            }
            // Rules that call each other through the host go deep.
            thread.stackSize = 64 << 20
            thread.start()
        }
        try ending.wait(for: readers.count)
    }

    /// How threads have ended.
    private final class Ending: @unchecked Sendable {
        private let condition = NSCondition()
        private var failures: [Int: any Error] = [:]
        private var count = 0

        func note(_ number: Int, _ body: () throws -> Void) {
            var failure: (any Error)?
            do { try body() } catch { failure = error }
            condition.withLock {
                failures[number] = failure
                count += 1
                condition.signal()
            }
        }

        func wait(for all: Int) throws {
            try condition.withLock {
                while count < all { condition.wait() }
                if let first = failures.keys.min(), let error = failures[first] { throw error }
            }
        }
    }
}

extension Store {
    /// How pages of the file are come by.
    public enum Access: Sendable {
        /// Mapped, for who goes through the file once: a page is neither copied nor kept twice, and threads share it. A
        /// disk that fails while it is read then ends the program (sqlite.org/mmap.html).
        case scan
        /// Copied to a cache of 16 MiB for each thread, for who comes back to the same customers: memory stays flat.
        case visits

        @Sendable fileprivate func prepare(_ db: Database) throws {
            switch self {
            case .scan: try db.execute(sql: "PRAGMA mmap_size = \(Int64(1) << 40)")
            case .visits: try db.execute(sql: "PRAGMA cache_size = -16384")
            }
        }
    }

    /// Asks the store, as of the instant `now`, with a team of so many threads that may ask at the same time.
    public func read<Result>(
        asOf now: Int64, threads: Int, _ access: Access = .scan,
        _ body: (Snapshot, SnapshotTeam) throws -> Result
    ) throws -> Result {
        guard threads > 0 else {
            try StoreError.wrapping(path) { try queue.writeWithoutTransaction(access.prepare) }
            return try read(asOf: now) { try body($0, SnapshotTeam([], currency: currency, now: now)) }
        }
        return try StoreError.wrapping(path) {
            let readers = try openReaders(threads + 1, access)
            defer { for reader in readers { try? reader.writeWithoutTransaction { try $0.rollback() } } }
            let team = SnapshotTeam(Array(readers.dropFirst()), currency: currency, now: now)
            return try readers[0].writeWithoutTransaction { db in
                try Self.interruptible(db) {
                    let snapshot = try Snapshot(db, currency: currency, now: now)
                    defer { snapshot.close() }
                    return try body(snapshot, team)
                }
            }
        }
    }

    /// Connections with a read transaction each, all of the same commit.
    private func openReaders(_ count: Int, _ access: Access) throws -> [DatabaseQueue] {
        var configuration = Self.configuration
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase(access.prepare)
        // Another process may commit between two of them, which changes the data version that this connection
        // sees.
        for _ in 0..<20 {
            let before = try dataVersion()
            let readers = try (0..<count).map { _ in
                let reader = try DatabaseQueue(path: path, configuration: configuration)
                try reader.writeWithoutTransaction { db in
                    try db.beginTransaction(.deferred)
                    _ = try Row.fetchOne(db, sql: "SELECT 1 FROM settings LIMIT 1")
                }
                return reader
            }
            if try dataVersion() == before { return readers }
            for reader in readers { try reader.writeWithoutTransaction { try $0.rollback() } }
        }
        throw StoreError.sqlite(path: path, message: "another program writes to it without a pause")
    }

    private func dataVersion() throws -> Int64 {
        try queue.writeWithoutTransaction { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
    }
}
