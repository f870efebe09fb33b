internal import Catalog

/// Something that conditions speak about: a field, a count of rows, a variable.
struct Subject: Hashable, Sendable {
    /// The same for what is the same.
    let key: String
    /// What it holds; nil where nobody can say.
    var type: ValueType?
    var isNeverMissing = false
    /// Whether it is never negative.
    var isCount = false
    /// The values it can have, where they are few and fixed.
    var values: [String] = []

    /// Whether it has whole numbers only.
    var isWhole: Bool { type == .integer || type == .instant }
}

/// What a condition asks of a subject. A comparison with a missing value is false, but for `~=`.
enum Test: Hashable, Sendable {
    case less(Double, fromNow: Bool, orEqual: Bool)
    case greater(Double, fromNow: Bool, orEqual: Bool)
    case equal(FixedValue)
    case notEqual(FixedValue)
    case missing
    case present
    /// A text in the order of texts.
    case textLess(String, orEqual: Bool)
    case textGreater(String, orEqual: Bool)

    /// The tests of which one holds exactly where this one does not.
    func negated(_ subject: Subject) -> [Test] {
        let missing: [Test] = subject.isNeverMissing ? [] : [.missing]
        switch self {
        case .less(let value, let fromNow, let orEqual):
            return [.greater(value, fromNow: fromNow, orEqual: !orEqual)] + missing
        case .greater(let value, let fromNow, let orEqual):
            return [.less(value, fromNow: fromNow, orEqual: !orEqual)] + missing
        case .textLess(let text, let orEqual): return [.textGreater(text, orEqual: !orEqual)] + missing
        case .textGreater(let text, let orEqual): return [.textLess(text, orEqual: !orEqual)] + missing
        case .equal(let value): return [.notEqual(value)]
        case .notEqual(let value): return [.equal(value)]
        case .missing: return [.present]
        case .present: return [.missing]
        }
    }

    /// Whether a missing value passes.
    var allowsMissing: Bool {
        switch self {
        case .missing, .notEqual: true
        default: false
        }
    }
}

extension Subject {
    /// Whether some value passes all the tests.
    func canPass(_ tests: [Test]) -> Bool {
        if !isNeverMissing, tests.allSatisfy(\.allowsMissing) { return true }
        guard !tests.contains(.missing) else { return false }
        let values = tests.compactMap { test -> FixedValue? in
            if case .equal(let value) = test { value } else { nil }
        }
        if let first = values.first {
            return isPossible(first) && values.allSatisfy { $0 == first }
                && tests.allSatisfy { Self.passes(first, $0) != false }
        }
        let excluded = Set(
            tests.compactMap { test -> FixedValue? in
                if case .notEqual(let value) = test { value } else { nil }
            })
        if !self.values.isEmpty {
            return self.values.contains { value in
                tests.allSatisfy { Self.passes(.text(value), $0) != false }
            }
        }
        if type == .boolean { return excluded.intersection([.boolean(true), .boolean(false)]).count < 2 }
        return hasNumber(tests, excluded) && hasText(tests)
    }

    /// Whether it can have a value at all.
    private func isPossible(_ value: FixedValue) -> Bool {
        switch value {
        case .missing: return !isNeverMissing
        case .text(let text): return values.isEmpty || values.contains(text)
        case .number(let number, let fromNow):
            return !(isCount && !fromNow && number < 0)
                && !(isWhole && !fromNow && number != number.rounded())
        case .boolean: return true
        }
    }

    /// Whether a value passes a test; nil where that depends on the time of the run.
    private static func passes(_ value: FixedValue, _ test: Test) -> Bool? {
        switch (test, value) {
        case (.less(let bound, let fromNow, let orEqual), .number(let number, let otherFromNow)):
            fromNow != otherFromNow ? nil : orEqual ? number <= bound : number < bound
        case (.greater(let bound, let fromNow, let orEqual), .number(let number, let otherFromNow)):
            fromNow != otherFromNow ? nil : orEqual ? number >= bound : number > bound
        case (.textLess(let bound, let orEqual), .text(let text)):
            isOrdered(text, bound) || (orEqual && text == bound)
        case (.textGreater(let bound, let orEqual), .text(let text)):
            isOrdered(bound, text) || (orEqual && text == bound)
        case (.less, _), (.greater, _), (.textLess, _), (.textGreater, _): false
        case (.equal(let other), _): value == other
        case (.notEqual(let other), _): value != other
        case (.missing, _): value == .missing
        case (.present, _): value != .missing
        }
    }

    /// As Lua orders texts, byte by byte.
    private static func isOrdered(_ a: String, _ b: String) -> Bool {
        a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    /// Whether a number lies between the bounds; those from now and those of the calendar are told apart.
    private func hasNumber(_ tests: [Test], _ excluded: Set<FixedValue>) -> Bool {
        for fromNow in [false, true] {
            var low = isCount && !fromNow ? 0 : -Double.infinity
            var high = Double.infinity
            var (isLowOpen, isHighOpen) = (false, false)
            for test in tests {
                switch test {
                case .less(let bound, fromNow, let orEqual)
                where (bound, orEqual ? 1 : 0) < (high, isHighOpen ? 0 : 1):
                    (high, isHighOpen) = (bound, !orEqual)
                case .greater(let bound, fromNow, let orEqual)
                where (-bound, orEqual ? 1 : 0) < (-low, isLowOpen ? 0 : 1):
                    (low, isLowOpen) = (bound, !orEqual)
                default: continue
                }
            }
            if isWhole, !fromNow {
                if low.isFinite {
                    (low, isLowOpen) = (isLowOpen ? low.rounded(.down) + 1 : low.rounded(.up), false)
                }
                if high.isFinite {
                    (high, isHighOpen) = (isHighOpen ? high.rounded(.up) - 1 : high.rounded(.down), false)
                }
                // What is left may be excluded number by number.
                if low <= high, high - low < 50 {
                    let all = stride(from: low, through: high, by: 1)
                    if all.allSatisfy({ excluded.contains(.number($0, fromNow: false)) }) { return false }
                }
            }
            if low > high || low == high && (isLowOpen || isHighOpen) { return false }
            if low == high, excluded.contains(.number(low, fromNow: fromNow)) { return false }
        }
        return true
    }

    private func hasText(_ tests: [Test]) -> Bool {
        var low: (text: String, isOpen: Bool)?
        var high: (text: String, isOpen: Bool)?
        for test in tests {
            switch test {
            case .textGreater(let text, let orEqual)
            where low.map({ Self.isOrdered($0.text, text) || $0.text == text && !orEqual }) ?? true:
                low = (text, !orEqual)
            case .textLess(let text, let orEqual)
            where high.map({ Self.isOrdered(text, $0.text) || $0.text == text && !orEqual }) ?? true:
                high = (text, !orEqual)
            default: continue
            }
        }
        guard let low, let high else { return true }
        return Self.isOrdered(low.text, high.text) || low.text == high.text && !low.isOpen && !high.isOpen
    }
}
