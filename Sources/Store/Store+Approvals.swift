public import Catalog
internal import Foundation
internal import GRDB

extension Store {
    /// Records that somebody approved a run. The same run may be approved by several people, and again.
    public func approve(_ approval: Approval) throws {
        let campaigns = String(decoding: try JSONEncoder().encode(approval.campaigns), as: UTF8.self)
        try write(changesData: false) { db in
            try db.execute(
                sql: """
                    INSERT INTO approvals (run, hash, campaigns, starts_at, days, decisions, sent, approved_by,
                        approved_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    approval.run, approval.hash, campaigns, approval.from, approval.days, approval.decisions,
                    approval.sent, approval.by, approval.at,
                ])
        }
    }

    /// All approvals, the latest first.
    public func approvals() throws -> [Approval] {
        try StoreError.wrapping(path) {
            try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT * FROM approvals ORDER BY id DESC").map { row in
                    Approval(
                        run: row["run"], hash: row["hash"],
                        campaigns: try JSONDecoder().decode(
                            [String].self, from: Data((row["campaigns"] as String).utf8)),
                        from: row["starts_at"], days: row["days"], decisions: row["decisions"],
                        sent: row["sent"], by: row["approved_by"], at: row["approved_at"])
                }
            }
        }
    }
}
