/// A condition as far as logic goes.
indirect enum Formula: Sendable {
    case fixed(Bool)
    /// A test of a subject.
    case test(Subject, Test)
    /// Something that holds or does not; the same key means the same.
    case opaque(String)
    case and(Formula, Formula)
    case or(Formula, Formula)
    case not(Formula)

    /// A test or something opaque, as it is or negated.
    private enum Literal {
        case test(Subject, Test)
        case opaque(String, Bool)
    }

    /// So many ways to fulfil a condition are looked at.
    private static var clauseLimit: Int { 200 }

    /// Whether nothing fulfils it.
    var isImpossible: Bool {
        guard let clauses = clauses(true) else { return false }
        return !clauses.contains(where: Self.isPossible)
    }

    /// Whether everything fulfils it.
    var isCertain: Bool { Formula.not(self).isImpossible }

    /// The ways to fulfil it, or its contrary; nil where there are too many.
    private func clauses(_ wanted: Bool) -> [[Literal]]? {
        switch self {
        case .fixed(let value): return value == wanted ? [[]] : []
        case .test(let subject, let test):
            return (wanted ? [test] : test.negated(subject)).map { [.test(subject, $0)] }
        case .opaque(let key): return [[.opaque(key, wanted)]]
        case .not(let inner): return inner.clauses(!wanted)
        case .and(let a, let b): return Self.joined(a, b, wanted, isProduct: wanted)
        case .or(let a, let b): return Self.joined(a, b, wanted, isProduct: !wanted)
        }
    }

    private static func joined(_ a: Formula, _ b: Formula, _ wanted: Bool, isProduct: Bool) -> [[Literal]]? {
        guard let left = a.clauses(wanted), let right = b.clauses(wanted) else { return nil }
        guard (isProduct ? left.count * right.count : left.count + right.count) <= clauseLimit else {
            return nil
        }
        return isProduct ? left.flatMap { clause in right.map { clause + $0 } } : left + right
    }

    private static func isPossible(_ clause: [Literal]) -> Bool {
        var flags: [String: Bool] = [:]
        var tests: [String: (subject: Subject, tests: [Test])] = [:]
        for literal in clause {
            switch literal {
            case .opaque(let key, let value):
                if flags.updateValue(value, forKey: key) == !value { return false }
            case .test(let subject, let test):
                tests[subject.key, default: (subject, [])].tests.append(test)
            }
        }
        return tests.values.allSatisfy { $0.subject.canPass($0.tests) }
    }
}
