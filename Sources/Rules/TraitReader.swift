internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// The traits of the customer whose turn it is: each is computed when a rule first reads it, and kept until
/// the next turn, or until time moves or something is simulated.
///
/// What a trait is does not depend on what was read before it: it rolls dice of its own, and traits that
/// stand in a circle are errors, each of them, also where a script swallows the error of another.
final class TraitReader {
    private unowned let host: RuleHost
    private var turn: UInt64 = 0
    private var revision: UInt64 = 0
    private var known: [String: LuaReference] = [:]
    /// What is being computed, outermost first.
    private(set) var path: [String] = []
    /// The longest circle met in what is being computed: where in the path it begins, and its error.
    private var circle: (start: Int, error: RuleError)?

    init(_ host: RuleHost) {
        self.host = host
    }

    /// The value for the customer whose turn it is.
    ///
    /// - Throws: ``RuleError`` where the trait raises, gives another kind of value or asks for itself.
    func value(of trait: Trait, for row: LuaRow) throws -> LuaReference {
        if turn != row.turn || revision != host.revision {
            turn = row.turn
            revision = host.revision
            known.removeAll(keepingCapacity: true)
        }
        if let value = known[trait.name] { return value }
        if let start = path.firstIndex(of: trait.name) {
            let error = RuleError.circularTrait(path: path[start...] + [trait.name])
            if start < circle?.start ?? .max { circle = (start, error) }
            throw error
        }
        guard path.count + host.asking.count < RuleHost.segmentDepthLimit else {
            throw RuleError.traitsTooDeep(name: trait.name, limit: RuleHost.segmentDepthLimit)
        }
        let value = try compute(trait, row)
        known[trait.name] = value
        return value
    }

    /// Computes them anew: a field was given another value.
    func forget() {
        known.removeAll()
    }

    private func compute(_ trait: Trait, _ row: LuaRow) throws -> LuaReference {
        path.append(trait.name)
        defer {
            path.removeLast()
            if let circle, circle.start >= path.count { self.circle = nil }
        }
        let customer = row.current ?? 0
        let value: LuaReference
        do {
            value = try host.afresh {
                try host.state.keep(trait.function, .row(row), within: .predicate)
            }
        } catch let error as LuaError {
            throw RuleError.raised(rule: trait.owner, customer: customer, error: host.explained(error))
        }
        if let circle { throw circle.error }
        func wrong(_ got: String, _ hint: String) -> RuleError {
            .wrongTrait(
                name: trait.name, got: got, hint: hint, at: host.place(of: "of", in: trait.location),
                customer: customer)
        }
        switch host.state.type(of: value) {
        case "nil": return value
        case "boolean", "number", "string":
            if let type = trait.type { try check(host.state.value(of: value), type, trait, wrong) }
            return value
        case let type:
            throw wrong(
                type == "userdata" ? "an object" : "a \(type)",
                "a trait gives a text, a number, true, false or nothing")
        }
    }

    /// Refuses a value that is not what the trait says.
    private func check(
        _ value: LuaValue, _ type: ValueType, _ trait: Trait, _ wrong: (String, String) -> RuleError
    ) throws {
        let isRight =
            switch (value, type) {
            case (.text, .text), (.boolean, .boolean), (.integer, .integer), (.integer, .number),
                (.number, .number), (.integer, .money), (.number, .money), (.integer, .instant):
                true
            case (.text(let text), .date): CivilDate(iso: text) != nil
            default: false
            }
        guard isRight else {
            throw wrong(value.kindName, "by its type it is \(TraitType.described(type))")
        }
        if case .text(let text) = value, !trait.values.isEmpty, !trait.values.contains(text) {
            let near = nearestName(to: text, in: trait.values).map { "did you mean '\($0)'?" }
            throw wrong(
                "another text than its values\(host.mention(text, instead: ""))",
                (host.state.mayQuote(text) ? near : nil)
                    ?? "its values are: \(trait.values.joined(separator: ", "))")
        }
    }
}
