import Catalog
import Foundation
import GRDB
import Store
import Testing
import TestSupport

@Suite("Facts")
struct FactsTests {
    private func facts(_ store: Store, asOf now: Int64) throws -> [Int64: [String: Value]] {
        try store.read(asOf: now) { snapshot throws in
            var result: [Int64: [String: Value]] = [:]
            for id in Int64(1)...300 {
                guard let values = try snapshot.values(factFields, of: id) else { continue }
                result[id] = Dictionary(uniqueKeysWithValues: zip(factFields.map(\.name), values))
            }
            #expect(try snapshot.customerCount() == result.count)
            return result
        }
    }

    @Test(
        "after any transaction the facts are what the rows say, today and as of any instant", arguments: 1...6
    )
    func property(seed: UInt64) throws {
        var world = try SnapshotWorld(seed: seed)
        for _ in 0..<25 {
            try world.change()
            let wrong = try world.store.verifyFacts().map { "\($0.fact) \($0.customers) \($0.example)" }
            #expect(wrong == [])
            for now in [1_000, world.instant()] {
                let (stored, expected) = (try facts(world.store, asOf: now), try world.facts(asOf: now))
                #expect(stored == expected, "as of \(now)")
            }
        }
        #expect(try world.store.foreignKeyProblems().isEmpty)
    }

    @Test("a fact that was damaged is found, and mended by a rebuild")
    func damage() throws {
        var world = try SnapshotWorld(seed: 9)
        for _ in 0..<10 { try world.change() }
        let store = world.store
        let ids = try world.rows("customers").compactMap { $0["id"]?.whole }.sorted()
        try store.write { db in
            try db.execute(
                sql: """
                    UPDATE customer_facts SET order_count = order_count + 1, last_open_at = -1
                    WHERE customer_id IN (\(ids[0]), \(ids[2]));
                    UPDATE customer_facts SET points = points - 1 WHERE customer_id = \(ids[1]);
                    """)
        }
        let damaged = try store.verifyFacts().map { "\($0.fact) \($0.customers) \($0.example)" }
        #expect(damaged == ["order_count 2 \(ids[0])", "last_open_at 2 \(ids[0])", "points 1 \(ids[1])"])
        try store.write { try $0.execute(sql: "DELETE FROM customer_facts WHERE customer_id = \(ids[3])") }
        let missing = try store.verifyFacts().map { "\($0.fact) \($0.customers)" }
        #expect(missing.contains("order_count 3") && missing.contains("open_task_count 1"))
        try store.rebuildFacts()
        #expect(try store.verifyFacts().isEmpty)
        let (stored, expected) = (try facts(store, asOf: 1_000), try world.facts(asOf: 1_000))
        #expect(stored == expected)
    }

    @Test("what the first transaction of a store leaves undone, the facts of the next ones do not count")
    func failedFirst() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("crm.sqlite")
        _ = try Store(creating: path, currency: "CNY")
        let store = try Store(opening: path)
        func add(_ customer: Int, at time: Int, failing: Bool) throws {
            try store.write { db in
                try db.execute(
                    sql: """
                        INSERT OR IGNORE INTO customers (id) VALUES (\(customer));
                        INSERT INTO points_ledger (customer_id, points, occurred_at)
                        VALUES (\(customer), 5, \(time));
                        """)
                if failing { throw CancellationError() }
            }
        }
        #expect(throws: CancellationError.self) { try add(1, at: 900, failing: true) }
        try add(1, at: 30, failing: false)
        #expect(throws: CancellationError.self) { try add(2, at: 900, failing: true) }
        try add(3, at: 40, failing: false)
        #expect(try store.verifyFacts().isEmpty)
        #expect(try facts(store, asOf: 50).mapValues { $0["points"] } == [1: .integer(5), 3: .integer(5)])
        // The latest row is the one that stayed.
        #expect(try !store.isHistorical(at: 40) && store.isHistorical(at: 39))
    }

    @Test("a latest time that is too low is found, and mended by a rebuild", arguments: ["'40'", nil])
    func latestTime(stored: String?) throws {
        let folder = try TemporaryFolder()
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customers (id, registered_at) VALUES (1, 20), (2, 60), (3, NULL);
                    INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 5, 30), (3, 5, 50);
                    """)
        }
        #expect(try store.read(asOf: 45) { $0.isHistorical })
        try store.write { db in
            let sql = stored.map { "UPDATE settings SET value = \($0)" } ?? "DELETE FROM settings"
            try db.execute(sql: "\(sql) WHERE name = 'latest_row_at'")
        }
        #expect(try !store.read(asOf: 45) { $0.isHistorical })
        let wrong = try store.verifyFacts().map { "\($0.fact) \($0.customers) \($0.example)" }
        #expect(wrong == [stored == nil ? "latest_row_at 3 1" : "latest_row_at 2 2"])
        try store.rebuildFacts()
        #expect(try store.verifyFacts() == [])
        #expect(try store.read(asOf: 59) { $0.isHistorical })
        #expect(try !store.read(asOf: 60) { $0.isHistorical })
        // A rebuild lowers it again when what was latest is gone.
        try store.write { try $0.execute(sql: "DELETE FROM customers WHERE id > 1") }
        #expect(try store.verifyFacts() == [])
        try store.rebuildFacts()
        #expect(try !store.read(asOf: 30) { $0.isHistorical })
        try store.write { try $0.execute(sql: "DELETE FROM customers") }
        try store.rebuildFacts()
        #expect(try !store.read(asOf: .min) { $0.isHistorical })
    }

    @Test("what a purchase is has one definition")
    func purchases() throws {
        #expect(purchaseCondition() == "status IN ('paid', 'shipped', 'completed')")
        #expect(purchaseCondition(alias: "r") == "r.status IN ('paid', 'shipped', 'completed')")
        #expect(factGroups.first { $0.table == "orders" }?.condition?.sql() == purchaseCondition())
    }

    @Test("facts are made anew when their definitions have changed since the file was written")
    func definitions() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("crm.sqlite")
        do {
            let store = try Store(creating: path, currency: "CNY")
            try store.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO customers (id) VALUES (1);
                        INSERT INTO points_ledger (customer_id, points, occurred_at) VALUES (1, 5, 10);
                        UPDATE customer_facts SET points = 99;
                        """)
            }
        }
        #expect(try Store(opening: path).verifyFacts().isEmpty)
        do {
            let store = try Store(opening: path)
            try store.write { db in
                try db.execute(
                    sql: """
                        UPDATE customer_facts SET points = 99;
                        ALTER TABLE customer_facts ADD COLUMN old INTEGER;
                        """)
            }
            // The same definitions: what is there is trusted.
            #expect(try !Store(opening: path).verifyFacts().isEmpty)
            try store.write {
                try $0.execute(
                    sql: """
                        UPDATE settings SET value = 'x' WHERE name = 'fact_definitions';
                        UPDATE settings SET value = '9' WHERE name = 'latest_row_at';
                        """)
            }
        }
        let store = try Store(opening: path)
        #expect(try store.verifyFacts().isEmpty)
        try store.write { try $0.execute(sql: "INSERT INTO customers (id) VALUES (2)") }
        #expect(try facts(store, asOf: 10).mapValues { $0["points"] } == [1: .integer(5), 2: .integer(0)])
    }

    @Test("the doctor counts orders in another currency and rows without a parent")
    func doctor() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("crm.sqlite")
        do {
            let store = try Store(creating: path, currency: "CNY")
            try store.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO customers (id) VALUES (1);
                        INSERT INTO orders (customer_id, placed_at, amount, currency)
                        VALUES (1, 1, 1, 'CNY'), (1, 1, 1, 'USD'), (1, 1, 1, 'EUR');
                        """)
            }
            #expect(try store.foreignCurrencyOrders() == 2)
            #expect(
                try store.rowCounts().filter { $0.rows > 0 }.map { "\($0.table) \($0.rows)" } == [
                    "customers 1", "orders 3",
                ])
        }
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: path, configuration: configuration).write { db in
            try db.execute(
                sql:
                    "INSERT INTO events (customer_id, type, occurred_at) VALUES (7, 'cart', 1), (8, 'cart', 1)"
            )
        }
        let store = try Store(opening: path)
        #expect(try store.foreignKeyProblems() == ["2 rows of events refer to missing customers"])
        #expect(try store.sqliteVersion().hasPrefix("3."))
    }
}
