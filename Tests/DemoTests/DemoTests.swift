import Catalog
import Demo
import Foundation
import GRDB
import Store
import Testing

@Suite("Demo data")
struct DemoTests {
    @Test("the same options give the same rows, byte for byte")
    func sameSeed() throws {
        let first = try DemoStore(customers: 300).dump()
        #expect(first == (try DemoStore(customers: 300).dump()))
        #expect(first != (try DemoStore(customers: 300, seed: 2).dump()))
    }

    @Test("a customer is the same however many others there are, down to the numbers of the rows")
    func prefix() throws {
        let small = try DemoStore(customers: 300)
        let large = try DemoStore(customers: 1_000)
        #expect(try small.dump() == large.dump(upTo: 300))
    }

    @Test("facts are current and every reference leads somewhere")
    func consistency() throws {
        let demo = try DemoStore(customers: 500)
        #expect(try demo.store.verifyFacts() == [])
        #expect(try demo.count("pragma_foreign_key_check") == 0)
        #expect(try demo.count("customer_facts WHERE order_count > 0 AND message_count > 0") > 100)
    }

    @Test("facts still follow ordinary writes after a bulk write")
    func triggersAreBack() throws {
        let demo = try DemoStore(customers: 50)
        let before = try demo.count("customer_facts WHERE order_count > 0")
        try demo.store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO orders (customer_id, placed_at, amount, currency)
                    SELECT id, 1, 100, 'CNY' FROM customers WHERE id NOT IN (
                        SELECT customer_id FROM customer_facts WHERE order_count > 0)
                    """)
        }
        #expect(before < 50)
        #expect(try demo.count("customer_facts WHERE order_count > 0") == 50)
        #expect(try demo.store.verifyFacts() == [])
    }

    @Test("nothing that happened lies at or after the end")
    func noFuture() throws {
        let demo = try DemoStore(customers: 1_000)
        for table in try demo.strings("SELECT name FROM sqlite_schema WHERE type = 'table'") {
            let columns = try demo.strings(
                "SELECT name FROM pragma_table_info('\(table)') WHERE type = 'INTEGER'")
            // Open work may be due later.
            for column in columns where column.hasSuffix("_at") && column != "due_at" {
                #expect(
                    try demo.count("\(table) WHERE \(column) >= \(DemoStore.until)") == 0,
                    "\(table).\(column)")
                guard table != "customers", columns.contains("customer_id") else { continue }
                let early = "\(table) AS r JOIN customers AS c ON c.id = r.customer_id"
                #expect(
                    try demo.count("\(early) WHERE r.\(column) < c.registered_at") == 0, "\(table).\(column)")
            }
        }
    }

    @Test("an order costs what its lines cost, and a purchase earns its points")
    func sums() throws {
        let demo = try DemoStore(customers: 500)
        let lines = "SELECT SUM(amount) FROM order_items AS i WHERE i.order_id = o.id"
        #expect(try demo.count("orders AS o WHERE amount IS NOT (\(lines))") == 0)
        #expect(try demo.count("customer_facts WHERE points < 0") == 0)
    }

    @Test("messages go only where consent was given by then")
    func consent() throws {
        let demo = try DemoStore(customers: 1_000)
        let last = """
            SELECT status FROM consents AS c WHERE c.customer_id = m.customer_id AND c.channel = m.channel \
            AND c.recorded_at <= m.sent_at ORDER BY c.recorded_at DESC LIMIT 1
            """
        #expect(try demo.count("messages AS m WHERE (\(last)) IS NOT 'granted'") == 0)
    }

    @Test("no address can reach anyone")
    func addresses() throws {
        let demo = try DemoStore(customers: 1_000)
        for source in [
            "customers WHERE email", "suppressions WHERE address",
            "messages WHERE channel = 'email' AND address",
        ] {
            let column = source.hasSuffix("email") ? "email" : "address"
            let mails = try demo.strings("SELECT DISTINCT lower(\(column)) FROM \(source) IS NOT NULL")
            let reserved = mails.filter { mail in
                ["com", "net", "org"].contains {
                    mail.hasSuffix("@example.\($0)") || mail.hasSuffix(".example.\($0)")
                }
            }
            #expect(!mails.isEmpty && reserved == mails)
        }
        #expect(
            try demo.count("customers WHERE phone NOT GLOB '154????????' AND phone NOT GLOB '+1555???????'")
                == 0)
    }

    @Test("a store that has customers, or another currency, is left alone")
    func refusals() throws {
        let demo = try DemoStore(customers: 10)
        #expect(throws: DemoError.notEmpty(path: demo.store.path)) { try demo.fill(demo.store) }
        let path = demo.store.path + "-euro"
        let euro = try Store(creating: path, currency: "EUR")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DemoError.currency("EUR")) { try demo.fill(euro) }
    }
}
