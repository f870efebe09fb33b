internal import Catalog
internal import LuaRuntime

/// Looks for the change of one field that would change an answer, and for the least of such changes.
///
/// It is looked for among the values that conditions compare fields with, those next to them, and a missing
/// value. A number changes by a share of its old value, a time by months; a text, a truth value or a missing
/// value counts as changed whole.
struct LeastChange {
    private struct Candidate: Hashable {
        let field: Field
        let value: Value
    }

    private let host: RuleHost
    private var candidates: [Candidate] = []

    init(_ host: RuleHost) {
        self.host = host
    }

    /// The fields that may change.
    var fields: [Field] { candidates.map(\.field) }

    /// What no change takes away: every customer has it. A name is made up of other fields where it is
    /// missing.
    private static let certainFields: Set<String> = Set(
        factGroups.flatMap(\.facts).filter(\.isZeroWithoutRows).map(\.name) + ["name"])

    /// A field that is read: it may be missing, or the other truth value.
    mutating func consider(_ field: Field) {
        consider(field, .null)
        if field.type == .boolean { for flag: Int64 in [0, 1] { consider(field, .integer(flag)) } }
    }

    /// A field that is compared with a value: it may be that value, or one next to it.
    mutating func consider(_ field: Field, near value: LuaValue) {
        guard let stored = host.store(value, as: field.type) else { return }
        switch stored {
        case .integer(let number) where field.type != .boolean:
            for step: Int64 in [-1, 0, 1] { consider(field, .integer(number &+ step)) }
        case .number(let number) where field.type == .money:
            guard abs(number) < 9e15 else { return }
            for step: Int64 in [-1, 0, 1] { consider(field, .integer(Int64(number.rounded()) + step)) }
        case .number(let number):
            for near in [number.nextDown, number, number.nextUp] { consider(field, .number(near)) }
        default: consider(field, stored)
        }
    }

    private mutating func consider(_ field: Field, _ value: Value) {
        // The id is who the customer is.
        if field.name == "id" || value == .null && Self.certainFields.contains(field.name) { return }
        let candidate = Candidate(field: field, value: value)
        if !candidates.contains(candidate) { candidates.append(candidate) }
    }

    /// The least change of the customer whose turn it is that gives another answer; nil where there is none.
    func found(
        among walk: CustomerWalk, of audience: Audience, from isMember: Bool
    ) throws -> CustomerExplanation.Change? {
        var best: (distance: Double, change: CustomerExplanation.Change)?
        for candidate in candidates {
            let (field, value) = (candidate.field, candidate.value)
            let now = try host.requireData().values([field], of: walk.current)?.first ?? .null
            guard now != value else { continue }
            let distance = distance(from: now, to: value, field)
            if let best, best.distance <= distance { continue }
            walk.row.pretend(field.name, is: host.value(value, of: field.type))
            walk.traits.forget()
            defer {
                walk.row.pretend(field.name, is: nil)
                walk.traits.forget()
            }
            guard let answer = try? walk.isIn(audience), answer != isMember else { continue }
            best = (distance, CustomerExplanation.Change(field: field, from: now, to: value))
        }
        return best?.change
    }

    private func distance(from old: Value, to new: Value, _ field: Field) -> Double {
        guard let a = old.double, let b = new.double, field.type != .boolean else { return 1 }
        if field.type == .instant { return abs(b - a) / (30 * 86_400) }
        return abs(b - a) / max(1, abs(a))
    }
}

extension Value {
    fileprivate var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: nil
        }
    }
}
