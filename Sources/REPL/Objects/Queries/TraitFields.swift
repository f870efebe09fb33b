internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// The fields that traits became, as long as they are right.
final class TraitFields {
    private struct Known {
        let field: Field
        let epoch: Int
        let snapshot: ObjectIdentifier
    }

    private var numbers: [String: Int] = [:]
    private var known: [String: Known] = [:]

    /// The values of a trait for all customers, as a field that SQL reads: the expression itself, where that is all it takes.
    /// Values of scripts that are kept, are kept while customers, time and definitions stay; what is typed may read
    /// variables, and is asked each time.
    ///
    /// Cost: nothing for an expression; a row each where it may fail; the trait's function for each customer where SQL cannot
    /// give the value.
    func field(_ trait: Trait, _ session: PromptSession) throws -> Field {
        let snapshot = ObjectIdentifier(session.snapshot)
        if let kept = known[trait.name], kept.epoch == session.epoch, kept.snapshot == snapshot,
            !session.host.isTyped(trait.location)
        {
            return kept.field
        }
        let number = numbers[trait.name] ?? numbers.count
        numbers[trait.name] = number
        let field = try kept(trait, number, session)
        known[trait.name] = Known(field: field, epoch: session.epoch, snapshot: snapshot)
        return field
    }

    private func kept(_ trait: Trait, _ number: Int, _ session: PromptSession) throws -> Field {
        let snapshot = session.snapshot
        if let (sql, type, computed) = try session.host.sql(of: trait) {
            if !sql.mayFail {
                let text = sql.writtenOut(now: snapshot.now, computed: computed)
                return Field(trait.name, type, trait.doc, sql: "(\(text))", values: trait.values)
            }
            do {
                return try snapshot.keep(
                    trait.name, type, trait.doc, number: number, of: sql, computed: computed)
            } catch  where !(error is any Diagnosable) && !session.bench.isInterrupted {
                // What SQL refuses, as it does when a sum grows too large, Lua answers.
            }
        }
        return try snapshot.keep(trait.name, trait.doc, number: number) { keep in
            var types: Set<ValueType> = []
            try session.host.forEachValue(of: trait) { customer, value, type in
                if value != .null { types.insert(type) }
                try keep(customer, value)
            }
            if let type = trait.type { return type }
            if types == [.integer, .number] { return .number }
            return types.count == 1 ? types.first ?? .text : .text
        }
    }
}

extension SQLFragment {
    /// Whether it may fail for some customers: a sum of rows may grow too large.
    fileprivate var mayFail: Bool {
        pieces.contains { piece in
            if case .text(let text) = piece { text.lowercased().contains("sum(") } else { false }
        }
    }
}
