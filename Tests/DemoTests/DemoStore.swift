import Demo
import Foundation
import GRDB
import Store

/// A filled store in a temporary file, which goes away with it.
final class DemoStore {
    /// 21 September 2026, 22:13 in Shanghai.
    static let until: Int64 = 1_790_000_000
    let store: Store

    init(customers: Int, seed: UInt64 = 1) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("demo-\(UUID()).sqlite").path
        store = try Store(creating: path, currency: "CNY")
        try fill(store, customers: customers, seed: seed)
    }

    deinit {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: store.path + suffix)
        }
    }

    func fill(_ store: Store, customers: Int = 1, seed: UInt64 = 1) throws {
        guard let zone = TimeZone(identifier: "Asia/Shanghai") else { throw CocoaError(.featureUnsupported) }
        var options = DemoOptions(until: Self.until, timeZone: zone)
        options.customers = customers
        options.seed = seed
        try fillWithDemoData(store, options)
    }

    /// How many rows `FROM source` has.
    func count(_ source: String) throws -> Int {
        try store.write { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \(source)") ?? 0 }
    }

    func strings(_ sql: String) throws -> [String] {
        try store.write { try String.fetchAll($0, sql: sql) }
    }

    /// Every row as text; only those of the first customers where asked.
    func dump(upTo customers: Int = .max) throws -> [String] {
        try store.write { db in
            let tables = try String.fetchAll(
                db,
                sql:
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'settings' ORDER BY name"
            )
            return try tables.flatMap { table in
                let columns = try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(table)')")
                let restriction =
                    table == "customers"
                    ? "id <= \(customers)"
                    : table == "suppressions"
                        ? "address IN (SELECT lower(email) FROM customers WHERE id <= \(customers))"
                        : table == "order_items"
                            ? "order_id IN (SELECT id FROM orders WHERE customer_id <= \(customers))"
                            : columns.contains("customer_id") ? "customer_id <= \(customers)" : "1"
                let quoted = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
                return try String.fetchAll(
                    db, sql: "SELECT '\(table): ' || \(quoted) FROM \(table) WHERE \(restriction) ORDER BY 1")
            }
        }
    }
}
