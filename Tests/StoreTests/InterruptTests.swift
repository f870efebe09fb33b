import Catalog
import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite("Interrupted questions")
struct InterruptTests {
    // In a process of its own, for the interruption is one of the whole process.
    @Test("every question ends when it is interrupted, and can be asked again afterwards")
    func interrupted() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
            try store.write { db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 30000)
                        INSERT INTO customers (id, name, registered_at) SELECT id, 'n' || id, id FROM n
                        """)
            }
            let questions: [@Sendable (Snapshot, Field) throws -> Void] = [
                { _ = try $0.aggregate([.median($1)], of: Population(), in: .gmt) },
                { _ = try $0.aggregate([.count], by: [.field($1)], of: Population(), in: .gmt) },
                { _ = try $0.months(of: $1, of: Population(), in: .gmt) },
                { _ = try $0.histogram($1, of: Population(), in: .gmt) },
                { snapshot, _ in _ = try snapshot.find("nobody") },
                { _ = try $0.frequencies(of: $1) },
                { _ = try $0.forEachRow([$1], of: Population(), by: [RowOrder($1)]) { _, _ in } },
                { snapshot, _ in _ = try snapshot.sample(5, seed: 1, of: Population()) },
            ]
            func ask(_ question: @Sendable (Snapshot, Field) throws -> Void) throws {
                try store.read(asOf: 40_000) { snapshot throws in
                    let field = try #require(snapshot.fields.first { $0.name == "registered_at" })
                    try question(snapshot, field)
                }
            }
            for question in questions {
                try ask(question)
                Store.interrupt()
                #expect(throws: StoreError.interrupted) { try ask(question) }
                Store.clearInterrupt()
            }
            let tag = [CustomerChange(.tag("new"), of: Array(1...30_000))]
            Store.interrupt()
            #expect(throws: StoreError.interrupted) { try store.preview(tag, at: 1) }
            // What is being written is finished.
            #expect(try store.apply(tag, by: "a", at: 1).map(\.changed) == [30_000])
        }
    }

    @Test("a question of a view that is interrupted says so in place of what SQLite says")
    func interruptedView() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
            try store.write { db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 30000)
                        INSERT INTO customers (id) SELECT id FROM n
                        """)
            }
            try store.look(asOf: 1) { view throws in
                Store.interrupt()
                #expect(throws: StoreError.interrupted) {
                    try view.naming { try view.snapshot.sample(5, seed: 1, of: Population()) }
                }
                Store.clearInterrupt()
                #expect(try view.naming { try view.snapshot.sample(5, seed: 1, of: Population()) }.count == 5)
            }
        }
    }
}
