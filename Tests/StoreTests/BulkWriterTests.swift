import Catalog
import Foundation
import GRDB
import Store
import Testing
import TestSupport

@Suite("Bulk writes")
struct BulkWriterTests {
    private let folder: TemporaryFolder
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
    }

    @Test("values arrive as they are: missing, empty, long, and with a zero byte inside")
    func values() throws {
        let texts = ["", "a\0b", "张经理 🌙", String(repeating: "x", count: 100_000)]
        try store.bulkWrite { writer in
            let customers = try writer.table("customers", columns: ["id", "name", "registered_at"])
            for (id, text) in texts.enumerated() {
                try customers.insert([.integer(Int64(id)), .text(text), .null])
            }
            let feedback = try writer.table("feedback", columns: ["customer_id", "score", "given_at"])
            try feedback.insert([.integer(0), .number(0.1), .integer(.max)])
        }
        let stored = try store.write { db in
            // As bytes, for GRDB reads a text up to its first zero.
            try Data.fetchAll(
                db,
                sql: "SELECT CAST(name AS BLOB) FROM customers WHERE registered_at IS NULL ORDER BY id")
        }
        #expect(stored == texts.map { Data($0.utf8) })
        let score = try store.write { try Double.fetchOne($0, sql: "SELECT score FROM feedback") }
        #expect(score == 0.1)
        #expect(try store.verifyFacts() == [])
    }

    @Test("a row that breaks a rule of the table undoes everything and says which rule")
    func failure() throws {
        #expect(
            throws: StoreError.sqlite(path: store.path, message: "UNIQUE constraint failed: customers.id")
        ) {
            try store.bulkWrite { writer in
                let customers = try writer.table("customers", columns: ["id"])
                try customers.insert([.integer(1)])
                try customers.insert([.integer(1)])
            }
        }
        #expect(try store.rowCounts().allSatisfy { $0.rows == 0 })
    }
}
