internal import Catalog

/// When something holds, as SQL: a leaf is 1 exactly where it does, and otherwise 0 or NULL, so that `AND`
/// and `OR` of them are Lua's two-valued logic, and an index stays usable.
indirect enum Condition: Hashable, Sendable {
    case always
    case never
    case sql(SQLFragment)
    /// The value is there.
    case present(SQLFragment)
    /// The value is NULL.
    case missing(SQLFragment)
    case all([Condition])
    case any([Condition])

    static func and(_ parts: Condition...) -> Condition { conjunction(parts) }

    static func conjunction(_ parts: [Condition]) -> Condition {
        var result: [Condition] = []
        for part in parts {
            switch part {
            case .always: continue
            case .never: return .never
            case .all(let inner): result += inner
            default: result.append(part)
            }
        }
        result = absorbed(result) { if case .any(let parts) = $0 { parts } else { [$0] } }
        if result.count < 2 { return result.first ?? .always }
        return .all(result)
    }

    static func or(_ parts: Condition...) -> Condition { disjunction(parts) }

    static func disjunction(_ parts: [Condition]) -> Condition {
        var result: [Condition] = []
        for part in parts {
            switch part {
            case .never: continue
            case .always: return .always
            case .any(let inner): result += inner
            default: result.append(part)
            }
        }
        result = absorbed(result) { if case .all(let parts) = $0 { parts } else { [$0] } }
        if result.count < 2 { return result.first ?? .never }
        return .any(result)
    }

    /// So many parts are compared with each other.
    private static var partLimit: Int { 40 }

    /// Without what another part says already: of `A or (A and B)`, and of `A and (A or B)`, A is left.
    private static func absorbed(_ parts: [Condition], _ inner: (Condition) -> [Condition]) -> [Condition] {
        guard (2...partLimit).contains(parts.count) else { return parts }
        let sets = parts.map { Set(inner($0)) }
        return parts.indices.filter { index in
            !parts.indices.contains { other in
                other != index && sets[other].isSubset(of: sets[index])
                    && (sets[other] != sets[index] || other < index)
            }
        }.map { parts[$0] }
    }

    /// What holds wherever it holds; of very many parts none is told, so that long rules take no long time.
    /// What never holds says nothing.
    var conjuncts: Set<Condition> {
        switch self {
        case .always, .never: []
        case .all(let parts): parts.count > Self.partLimit ? [] : Set(parts)
        default: [self]
        }
    }

    /// What is left to ask where other conditions are known to hold.
    ///
    /// Behind `c.email and …`, and behind `if not c.email then return false end`, nothing needs the address
    /// in vain.
    func assuming(_ known: Set<Condition>) -> Condition {
        switch self {
        case .all(let parts) where parts.count > Self.partLimit: return self
        case .any(let parts) where parts.count > Self.partLimit: return self
        default: if known.contains(self) { return .always }
        }
        switch self {
        case .always, .never, .sql: return self
        case .present(let value): return known.contains(.missing(value)) ? .never : self
        case .missing(let value): return known.contains(.present(value)) ? .never : self
        case .all(let parts): return .conjunction(parts.map { $0.assuming(known) })
        case .any(let parts): return .disjunction(parts.map { $0.assuming(known) })
        }
    }

    /// About how long it is as SQL.
    var length: Int {
        switch self {
        case .always, .never: 1
        case .present(let fragment), .missing(let fragment): fragment.length + 10
        case .sql(let fragment): fragment.length
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.length + 5 }
        }
    }

    /// As SQL that is 1 where it holds. Cheap parts stand first: parts cannot fail, so that the order is
    /// free.
    var fragment: SQLFragment {
        switch self {
        case .always: "1"
        case .never: "0"
        case .sql(let fragment): fragment
        case .present(let value): "\(value) IS NOT NULL"
        case .missing(let value): "\(value) IS NULL"
        case .all(let parts): Self.joined(Self.ordered(parts).map(\.operand), " AND ")
        case .any(let parts): Self.joined(Self.ordered(parts).map(\.operand), " OR ")
        }
    }

    /// Hundreds of parts are joined in groups: SQLite takes expressions that are nested 1000 deep, and reads
    /// `a AND b AND c` as `(a AND b) AND c`.
    private static func joined(_ parts: [SQLFragment], _ word: String) -> SQLFragment {
        let size = 50
        guard parts.count > size else { return parts.joined(separator: word) }
        let groups = stride(from: 0, to: parts.count, by: size).map { start -> SQLFragment in
            "(\(parts[start..<min(start + size, parts.count)].joined(separator: word)))"
        }
        return joined(groups, word)
    }

    /// As SQL that is 1 where it holds and 0 elsewhere.
    var flag: SQLFragment {
        switch self {
        case .always: "1"
        case .never: "0"
        default: "((\(fragment)) IS TRUE)"
        }
    }

    private var operand: SQLFragment {
        switch self {
        case .all, .any: "(\(fragment))"
        default: fragment
        }
    }

    /// What reads other tables costs more than what the row has.
    private var cost: Int {
        switch self {
        case .always, .never: 0
        case .sql(let fragment), .present(let fragment), .missing(let fragment):
            fragment.pieces.reduce(1) { sum, piece in
                guard case .text(let text) = piece else { return sum }
                return sum + 100 * (text.components(separatedBy: "SELECT") - 1)
            }
        case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.cost }
        }
    }

    private static func ordered(_ parts: [Condition]) -> [Condition] {
        parts.enumerated()
            .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
            .map(\.element)
    }
}

extension String {
    /// How many pieces the text falls into.
    fileprivate func components(separatedBy word: String) -> Int {
        split(separator: word, omittingEmptySubsequences: false).count
    }
}
