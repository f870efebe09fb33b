import Catalog
import Diagnostics
import Foundation
import GRDB
import Store
import Testing
import TestSupport

@Suite("Opening and writing a store")
struct StoreOpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("crm.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Opens the file with SQLite alone, as another program would.
    private func behindTheStore(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("a new store is empty, whole, and keeps its currency")
    func fresh() throws {
        do {
            let store = try Store(creating: path, currency: "JPY")
            #expect(store.currency == "JPY")
            try store.write { try $0.execute(sql: "INSERT INTO customers (id, name) VALUES (1, '张经理')") }
        }
        let store = try Store(opening: path)
        #expect(store.currency == "JPY")
        #expect(try store.rowCounts().filter { $0.rows > 0 }.map(\.table) == ["customers"])
        #expect(try store.integrityProblems().isEmpty)
        #expect(try store.foreignKeyProblems().isEmpty)
        #expect(try store.verifyFacts().isEmpty)
    }

    @Test("a store is made only where there is no file, and opened only where there is one")
    func presence() throws {
        #expect(throws: StoreError.missing(path: path)) { try Store(opening: path) }
        _ = try Store(creating: path, currency: "CNY")
        #expect(throws: StoreError.exists(path: path)) { try Store(creating: path, currency: "CNY") }
        let nowhere = folder.path("no/such/folder/crm.sqlite")
        #expect(throws: StoreError.readOnly(path: nowhere)) { try Store(creating: nowhere, currency: "CNY") }
    }

    @Test("a database of another program is refused and left as it was", arguments: [false, true])
    func foreign(isEmpty: Bool) throws {
        if isEmpty {
            try folder.write("", to: "crm.sqlite")
        } else {
            try behindTheStore("CREATE TABLE settings (name TEXT, value TEXT); PRAGMA application_id = 1")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.foreign(path: path)) { try Store(opening: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("a file that is no database is refused and left as it was")
    func noDatabase() throws {
        let text = String(repeating: "name,email\n", count: 200)
        try folder.write(text, to: "crm.sqlite")
        #expect(throws: StoreError.notADatabase(path: path)) { try Store(opening: path) }
        #expect(try folder.read("crm.sqlite") == text)
    }

    @Test("a store of a newer version is refused")
    func newer() throws {
        _ = try Store(creating: path, currency: "CNY")
        try behindTheStore("INSERT INTO grdb_migrations (identifier) VALUES ('999 the future')")
        #expect(throws: StoreError.newerSchema(path: path)) { try Store(opening: path) }
    }

    @Test(
        "a file that must not be written can be read; writing says what is wrong",
        .enabled(if: geteuid() != 0))
    func readOnly() throws {
        _ = try Store(creating: path, currency: "CNY")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        let store = try Store(opening: path)
        #expect(throws: StoreError.readOnly(path: path)) {
            try store.write { try $0.execute(sql: "INSERT INTO customers (id) VALUES (1)") }
        }
    }

    @Test("a connection that may not write says so")
    func queryOnly() throws {
        let store = try Store(creating: path, currency: "CNY")
        #expect(throws: StoreError.readOnly(path: path)) {
            try store.write { db in
                try db.execute(sql: "PRAGMA query_only = 1")
                defer { try? db.execute(sql: "PRAGMA query_only = 0") }
                try db.execute(sql: "INSERT INTO customers (id) VALUES (1)")
            }
        }
    }

    @Test("a full disk is told as such, and nothing is changed")
    func fullDisk() throws {
        let store = try Store(creating: path, currency: "CNY")
        try store.write { try $0.execute(sql: "INSERT INTO customers (id, name) VALUES (1, 'a')") }
        let pages = try store.write { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        _ = try store.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages + 8)") }
        #expect(throws: StoreError.diskFull(path: path)) {
            try store.write { db in
                try db.execute(sql: "UPDATE customers SET name = 'b'")
                for id in 2...10_000 {
                    try db.execute(
                        sql: "INSERT INTO customers (id, name) VALUES (?, ?)",
                        arguments: [id, String(repeating: "x", count: 500)])
                }
            }
        }
        _ = try store.write { try Int.fetchOne($0, sql: "PRAGMA max_page_count = 1000000") }
        #expect(try store.read(asOf: .max) { try $0.customerCount() } == 1)
        #expect(try store.write { try String.fetchAll($0, sql: "SELECT name FROM customers") } == ["a"])
        #expect(try store.verifyFacts().isEmpty)
        #expect(try store.integrityProblems().isEmpty)
    }

    @Test("a write that throws is rolled back whole, with its facts")
    func rollback() throws {
        struct Stop: Error {}
        let store = try Store(creating: path, currency: "CNY")
        try store.write { db in
            try db.execute(sql: "INSERT INTO customers (id) VALUES (1)")
            try db.execute(
                sql: "INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 5, 10)")
        }
        #expect(throws: Stop.self) {
            try store.write { db in
                try db.execute(
                    sql: "INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 7, 99)")
                try db.execute(sql: "INSERT INTO customers (id, registered_at) VALUES (2, 1000)")
                throw Stop()
            }
        }
        #expect(
            throws: StoreError.sqlite(path: path, message: "FOREIGN KEY constraint failed")
        ) {
            try store.write { db in
                try db.execute(
                    sql: "INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 7, 99)")
                try db.execute(
                    sql: "INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (5, 7, 99)")
            }
        }
        let points = try #require(factFields.first { $0.name == "points" })
        try store.read(asOf: 50) { snapshot throws in
            #expect(!snapshot.isHistorical)
            #expect(try snapshot.customerCount() == 1)
            #expect(try snapshot.values([points], of: 1) == [.integer(5)])
        }
        #expect(try store.verifyFacts().isEmpty)
    }

    @Test(
        "every error names the file and offers the next step",
        arguments: [
            (
                .missing(path: "a/b.sqlite"), "there is no database at a/b.sqlite",
                "make a workspace with: moonletter init DIR"
            ),
            (
                .exists(path: "b"), "there is a database at b already",
                "choose another folder, or remove it first"
            ),
            (.newerSchema(path: "b"), "b was made by a newer version of Moonletter", "update Moonletter"),
            (
                .readOnly(path: "b"), "b cannot be written",
                "check the permissions of the file and its folder .; SQLite writes beside it"
            ),
            (
                .diskFull(path: "/a/b"), "the disk of /a is full; nothing was changed",
                "free some space and run the command again"
            ),
            (
                .busy(path: "b"), "another program is writing to b",
                "wait until it has finished, then try again"
            ),
            (
                .sqlite(path: "b", message: "m"), "b: SQLite reports: m",
                "moonletter doctor checks the database"
            ),
        ] as [(StoreError, String, String)])
    func words(error: StoreError, message: String, hint: String) {
        #expect(error.diagnostic == Diagnostic(message, hint: hint))
    }

    @Test("a view says that its file was moved or replaced, and goes on where it is back")
    func movedUnderView() throws {
        let store = try Store(creating: path, currency: "CNY")
        let moved = StoreError.moved(path: path)
        let files = FileManager.default
        try store.look(asOf: 1) { view throws in
            try view.rest()
            #expect(try !view.begin(asOf: 1))
            try view.rest()
            try files.moveItem(atPath: path, toPath: path + ".away")
            #expect(throws: moved) { try view.begin(asOf: 1) }
            try files.copyItem(atPath: path + ".away", toPath: path)
            #expect(throws: moved) { try view.begin(asOf: 1) }
            try files.removeItem(atPath: path)
            try files.moveItem(atPath: path + ".away", toPath: path)
            #expect(try !view.begin(asOf: 1))
        }
        #expect(
            moved.diagnostic
                == Diagnostic(
                    "\(path) was moved or replaced after it was opened",
                    hint: "leave, and run the command again"
                ))
    }
}
