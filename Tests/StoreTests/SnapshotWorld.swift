import Basics
import Catalog
import GRDB
import Store
import TestSupport

/// A small store that random transactions change, and its rows as Swift sees them, to compute every answer a
/// second time without SQL.
struct SnapshotWorld {
    typealias Record = [String: Value]

    let store: Store
    private let folder: TemporaryFolder
    private var random: SplitMix64

    /// The tables that belong to customers, with the columns that chance fills; the first is the time.
    private static let tables:
        [(name: String, time: String, columns: [(String, @Sendable (inout SplitMix64) -> Value)])] = [
            (
                "orders", "placed_at",
                [
                    (
                        "status",
                        {
                            one(
                                of: ["pending", "paid", "shipped", "completed", "cancelled", "refunded"], &$0)
                        }
                    ),
                    ("amount", { .integer(Int64.random(in: -500...5_000, using: &$0)) }),
                    ("currency", { _ in .text("CNY") }),
                    ("item_count", { .number(Double(Int.random(in: 0...20, using: &$0)) / 4) }),
                    ("source", { one(of: ["shop", "店", nil], &$0) }),
                ]
            ),
            (
                "events", "occurred_at",
                [
                    ("type", { one(of: ["cart", "page_view", "login"], &$0) }),
                    ("category", { one(of: ["shoes", nil], &$0) }),
                ]
            ),
            (
                "messages", "sent_at",
                [
                    ("channel", { one(of: ["email", "sms"], &$0) }),
                    ("campaign", { one(of: ["a", "b", nil], &$0) }),
                    ("step", { one(of: ["1", "2", nil], &$0) }),
                    ("address", { one(of: ["x@a", "y@a", nil], &$0) }),
                ]
            ),
            (
                "message_events", "occurred_at",
                [
                    ("message_id", { _ in .null }),
                    (
                        "type",
                        {
                            one(
                                of: [
                                    "delivered", "open", "click", "soft_bounce", "hard_bounce", "complaint",
                                    "unsubscribe",
                                ], &$0)
                        }
                    ),
                ]
            ),
            ("interactions", "occurred_at", [("type", { one(of: ["call", "visit"], &$0) })]),
            (
                "feedback", "given_at",
                [("score", { .number(Double.random(in: 0...10, using: &$0).rounded()) })]
            ),
            (
                "points_ledger", "occurred_at",
                [("points", { .integer(Int64.random(in: -50...100, using: &$0)) })]
            ),
            (
                "tasks", "created_at",
                [
                    ("title", { _ in .text("call") }),
                    ("status", { one(of: ["open", "done", "cancelled"], &$0) }),
                ]
            ),
        ]

    private static func one(of values: [String?], _ random: inout SplitMix64) -> Value {
        (values.randomElement(using: &random) ?? nil).map(Value.text) ?? .null
    }

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        random = SplitMix64(seed: seed)
        try store.write { db in
            for id in 1...8 { try Self.insert(["id": .integer(Int64(id))], into: "customers", db) }
        }
    }

    /// An instant at which something may happen.
    mutating func instant() -> Int64 { Int64.random(in: 0...1_000, using: &random) }

    mutating func choose(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// One transaction of some changes; every sixth throws at its end.
    mutating func change() throws {
        struct Stop: Error {}
        var random = random
        defer { self.random = random }
        do {
            try store.write { db in
                for _ in 0..<Int.random(in: 1...12, using: &random) { try Self.step(db, &random) }
                if Int.random(in: 0..<6, using: &random) == 0 { throw Stop() }
            }
        } catch is Stop {}
    }

    private static func step(_ db: Database, _ random: inout SplitMix64) throws {
        let customers = try Int64.fetchAll(db, sql: "SELECT id FROM customers ORDER BY id")
        let table = tables.randomElement(using: &random) ?? tables[0]
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM \(table.name) ORDER BY id")
        let customer = customers.randomElement(using: &random) ?? 1
        var row: Record = [
            "customer_id": .integer(customer), table.time: .integer(.random(in: 0...1_000, using: &random)),
        ]
        for (name, make) in table.columns { row[name] = make(&random) }
        if table.name == "message_events" {
            let messages = try Int64.fetchAll(db, sql: "SELECT id FROM messages ORDER BY id")
            guard let message = messages.randomElement(using: &random) else { return }
            row["message_id"] = .integer(message)
        }
        switch Int.random(in: 0..<20, using: &random) {
        case 0: try db.execute(sql: "DELETE FROM \(table.name) WHERE customer_id = ?", arguments: [customer])
        case 1 where customers.count > 5:
            try db.execute(sql: "DELETE FROM customers WHERE id = ?", arguments: [customer])
        case 2:
            let registered: Value =
                Bool.random(using: &random) ? .null : .integer(.random(in: 0...1_000, using: &random))
            try insert(
                ["id": .integer((customers.last ?? 0) + 1), "registered_at": registered], into: "customers",
                db)
        case 3...5:
            // REPLACE removes the row that was there without saying DELETE.
            if let id = ids.randomElement(using: &random) {
                row["id"] = .integer(id)
                try insert(row, into: table.name, db, verb: "INSERT OR REPLACE")
            }
        case 6...8:
            if let id = ids.randomElement(using: &random) {
                let names = row.keys.sorted()
                try db.execute(
                    sql:
                        "UPDATE \(table.name) SET \(names.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = \(id)",
                    arguments: StatementArguments(names.map { argument(row[$0] ?? .null) }))
            }
        case 9, 10:
            if let id = ids.randomElement(using: &random) {
                try db.execute(sql: "DELETE FROM \(table.name) WHERE id = ?", arguments: [id])
            }
        default: try insert(row, into: table.name, db)
        }
    }

    private static func insert(_ row: Record, into table: String, _ db: Database, verb: String = "INSERT")
        throws
    {
        let names = row.keys.sorted()
        try db.execute(
            sql: """
                \(verb) INTO \(table) (\(names.joined(separator: ", ")))
                VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
                """, arguments: StatementArguments(names.map { argument(row[$0] ?? .null) }))
    }

    private static func argument(_ value: Value) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let number): number
        case .number(let number): number
        case .text(let text): text
        }
    }

    /// All rows of a table.
    func rows(_ table: String) throws -> [Record] {
        try store.write { db in
            try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
                var record: Record = [:]
                for (name, value) in row {
                    switch value.storage {
                    case .int64(let number): record[name] = .integer(number)
                    case .double(let number): record[name] = .number(number)
                    case .string(let text): record[name] = .text(text)
                    default: record[name] = .null
                    }
                }
                return record
            }
        }
    }

    /// Every fact of every customer as of an instant, by the words of its definition and without SQL.
    func facts(asOf now: Int64) throws -> [Int64: [String: Value]] {
        var all: [String: [Record]] = [:]
        for table in Self.tables {
            all[table.name] = try rows(table.name).filter { ($0[table.time]?.whole ?? 0) <= now }
        }
        var result: [Int64: [String: Value]] = [:]
        for customer in try rows("customers") {
            guard let id = customer["id"]?.whole, (customer["registered_at"]?.whole ?? 0) <= now else {
                continue
            }
            result[id] = Self.facts { table in (all[table] ?? []).filter { $0["customer_id"] == .integer(id) }
            }
        }
        return result
    }

    private static func facts(_ own: (String) -> [Record]) -> [String: Value] {
        func latest(_ rows: [Record], _ column: String) -> Value {
            rows.compactMap { $0[column]?.whole }.max().map(Value.integer) ?? .null
        }
        func sum(_ rows: [Record], _ column: String) -> Value {
            .integer(rows.compactMap { $0[column]?.whole }.reduce(0, +))
        }
        let purchases = own("orders").filter { order in
            ["paid", "shipped", "completed"].contains { order["status"] == .text($0) }
        }
        let events = own("events")
        let messages = own("messages")
        let reactions = own("message_events")
        func reacted(_ type: String) -> [Record] { reactions.filter { $0["type"] == .text(type) } }
        return [
            "order_count": .integer(Int64(purchases.count)), "total_spent": sum(purchases, "amount"),
            "item_count": .number(purchases.map { $0["item_count"]?.real ?? 0 }.reduce(0, +)),
            "first_order_at": purchases.compactMap { $0["placed_at"]?.whole }.min().map(Value.integer)
                ?? .null,
            "last_order_at": latest(purchases, "placed_at"), "largest_order": latest(purchases, "amount"),
            "event_count": .integer(Int64(events.count)), "last_event_at": latest(events, "occurred_at"),
            "last_cart_at": latest(events.filter { $0["type"] == .text("cart") }, "occurred_at"),
            "message_count": .integer(Int64(messages.count)), "last_message_at": latest(messages, "sent_at"),
            "open_count": .integer(Int64(Set(reacted("open").map { $0["message_id"] }).count)),
            "click_count": .integer(Int64(Set(reacted("click").map { $0["message_id"] }).count)),
            "last_open_at": latest(reacted("open"), "occurred_at"),
            "last_click_at": latest(reacted("click"), "occurred_at"),
            "last_contact_at": latest(own("interactions"), "occurred_at"),
            "feedback_count": .integer(Int64(own("feedback").count)),
            "last_feedback_at": latest(own("feedback"), "given_at"),
            "points": sum(own("points_ledger"), "points"),
            "open_task_count": .integer(Int64(own("tasks").filter { $0["status"] == .text("open") }.count)),
        ]
    }
}

extension Value {
    var whole: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    var real: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}
