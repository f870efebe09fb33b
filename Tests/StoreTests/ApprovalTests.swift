import Catalog
import GRDB
import Store
import TestSupport
import Testing

@Suite("Approvals")
struct ApprovalTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("crm.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func approval(_ number: Int, by: String) -> Approval {
        Approval(
            run: "runs/\(number).run", hash: "h\(number)", campaigns: ["生日", "b"], from: -5, days: 30,
            decisions: 7, sent: 3, by: by, at: Int64(number))
    }

    @Test("approvals read back as they were written, the latest first, and the same one again")
    func roundTrip() throws {
        let approvals = [approval(2, by: "李娜"), approval(1, by: "b"), approval(2, by: "李娜")]
        let store = try Store(creating: path, currency: "CNY")
        for approval in approvals { try store.approve(approval) }
        #expect(try Store(opening: path).approvals() == approvals.reversed())
        #expect(try store.schemaProblems().isEmpty)
    }

    @Test("a store of the version before has none, and keeps some from then on")
    func olderStore() throws {
        _ = try Store(creating: path, currency: "CNY")
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(
                sql: "DROP TABLE approvals; DELETE FROM grdb_migrations WHERE identifier = '002 approvals'")
        }
        try queue.close()
        let store = try Store(opening: path)
        #expect(try store.approvals() == [])
        try store.approve(approval(1, by: "a"))
        #expect(try store.approvals() == [approval(1, by: "a")])
        #expect(try store.schemaProblems().isEmpty)
    }
}
