public import Catalog
internal import GRDB

/// What a person changes of many customers at once. The prompt, which holds a read transaction on its own connection, opens
/// a second store on the same file for it.
extension Store {
    /// What the changes would do, one after the other: they are made and taken back.
    ///
    /// - Throws: a ``Diagnostic`` where a change cannot be made; ``StoreError/busy(path:)`` while somebody else writes. Cost:
    ///   that of ``apply(_:by:at:)``.
    public func preview(_ changes: [CustomerChange], at now: Int64) throws -> [ChangeOutcome] {
        try StoreError.wrapping(path) {
            try queue.writeWithoutTransaction { db in
                var outcomes: [ChangeOutcome] = []
                try db.inTransaction(.immediate) {
                    outcomes = try Self.interruptible(db) {
                        try changes.map { try ChangeWriter(db, $0.action, at: now).change($0.customers) }
                    }
                    return .rollback
                }
                return outcomes
            }
        }
    }

    /// Makes the changes, all of them or none, and records each in the audit log; facts follow.
    ///
    /// - Throws: as ``preview(_:at:)``.
    public func apply(_ changes: [CustomerChange], by actor: String, at now: Int64) throws -> [ChangeOutcome]
    {
        try write { db in
            try changes.map { change in
                let outcome = try ChangeWriter(db, change.action, at: now).change(change.customers)
                var detail = Self.detail(of: change.action)
                detail["customers"] = .integer(Int64(outcome.asked))
                detail["changed"] = .integer(Int64(outcome.changed))
                try Self.audit(
                    db, change.action.name, detail.mapValues(AuditValue.init), by: actor, at: now)
                return outcome
            }
        }
    }

    private static func detail(of action: CustomerChange.Action) -> [String: Value] {
        switch action {
        case .tag(let tag), .untag(let tag): ["tag": .text(tag)]
        case .set(let field, let value): ["field": .text(field), "value": value]
        case .task(let title, let owner, let due):
            [
                "title": .text(title), "owner": owner.map(Value.text) ?? .null,
                "due": due.map(Value.integer) ?? .null,
            ]
        }
    }
}
