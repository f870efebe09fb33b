public import Catalog
internal import Foundation
internal import GRDB

extension Store {
    /// Records that somebody did something that leaves no other trace, such as looking at addresses.
    public func audit(_ action: String, _ detail: [String: Value], by actor: String, at now: Int64) throws {
        try write(changesData: false) { db in
            try Self.audit(db, action, detail.mapValues(AuditValue.init), by: actor, at: now)
        }
    }

    /// What was done last, the latest first.
    public func auditLog(limit: Int) throws -> [AuditEntry] {
        try StoreError.wrapping(path) {
            try queue.read { db in
                try Row.fetchAll(
                    db, sql: "SELECT * FROM audit_log ORDER BY id DESC LIMIT ?", arguments: [max(0, limit)]
                )
                .map { row in
                    AuditEntry(
                        at: row["recorded_at"], actor: row["actor"], action: row["action"],
                        detail: row["detail"])
                }
            }
        }
    }

    /// Adds an entry whose detail is a JSON object, its members by name.
    static func audit(
        _ db: Database, _ action: String, _ detail: some Encodable, by actor: String, at now: Int64
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try db.execute(
            sql: "INSERT INTO audit_log (recorded_at, actor, action, detail) VALUES (?, ?, ?, ?)",
            arguments: [now, actor, action, String(decoding: try encoder.encode(detail), as: UTF8.self)])
    }
}

/// A value as JSON has it.
struct AuditValue: Encodable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
