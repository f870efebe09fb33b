public import Basics
public import Catalog

/// The arguments that depend on time: each is computed anew when a statement is to run at another instant.
public final class ComputedArguments {
    /// What is made of a value before SQL gets it.
    enum Transform: Hashable {
        /// Nothing.
        case plain
        /// A time of `since` and `before`: fractions cut.
        case instant
        /// The least whole number that is, divided, at least the value.
        case scaledAtLeast(divisor: Double)
        /// The greatest whole number that is, divided, at most the value.
        case scaledAtMost(divisor: Double)
        /// A bound of the birthdays within a span of today, as month and day (MM-DD).
        case birthday(BirthdayBound)
    }

    /// Birthdays from the first day up to the last, and where the span goes on into the next year, up to
    /// another.
    enum BirthdayBound {
        case first
        case last
        /// NULL where the span ends this year.
        case lastOfNextYear
    }

    struct Entry: Hashable {
        let expression: ConstantExpression
        let transform: Transform
    }

    private var entries: [Entry] = []

    /// Nothing yet.
    public init() {}

    func argument(_ expression: ConstantExpression, _ transform: Transform, today: CivilDate) -> SQLArgument?
    {
        let entry = Entry(expression: expression, transform: transform)
        guard let value = entry.value(of: expression.value, today) else { return nil }
        if case .birthday = transform {} else if expression.source == nil { return .value(value) }
        if let index = entries.firstIndex(of: entry) { return .computed(index) }
        entries.append(entry)
        return .computed(entries.count - 1)
    }

    /// The text of the expression that an argument is computed from; nil for today's date.
    public func source(of place: Int) -> String? { entries[place].expression.source }

    /// The values of all arguments when `evaluate` gives the constants as they are then; nil where one has
    /// become another kind of value, so that the rule has to be compiled again.
    public func values(
        today: CivilDate, evaluate: (ConstantExpression) -> LuaConstant?
    ) -> [Value]? {
        var values: [Value] = []
        for entry in entries {
            guard
                let constant = entry.expression.source == nil
                    ? entry.expression.value : evaluate(entry.expression),
                entry.expression.mayBe(constant),
                let value = entry.value(of: constant, today)
            else { return nil }
            values.append(value)
        }
        return values
    }
}

extension ComputedArguments.Entry {
    fileprivate func value(of constant: LuaConstant, _ today: CivilDate) -> Value? {
        switch transform {
        case .plain: constant.stored
        case .instant:
            switch constant {
            case .integer(let value): .integer(value)
            case .number(let value) where abs(value) < 9e15: .integer(Int64(value.rounded(.down)))
            default: nil
            }
        case .scaledAtLeast(let divisor):
            constant.double(.up).flatMap { scaledBound($0, divisor, isLeast: true) }
        case .scaledAtMost(let divisor):
            constant.double(.down).flatMap { scaledBound($0, divisor, isLeast: false) }
        case .birthday(let bound): constant.double.map { birthdays(within: $0, of: today)[bound] }
        }
    }
}

extension LuaConstant {
    /// As SQL holds it; nil for a text that it does not hold, and NaN.
    var stored: Value? {
        switch self {
        case .missing: .null
        case .boolean(let flag): .integer(flag ? 1 : 0)
        case .integer(let value): .integer(value)
        case .number(let value): value.isNaN ? nil : .number(value)
        case .text(let bytes): storedText(bytes)
        }
    }

    /// As a float; where a whole number lies between two, the one above or below, which compares with other
    /// floats as the whole number does in Lua.
    fileprivate func double(_ side: FloatingPointRoundingRule) -> Double? {
        guard case .integer(let whole) = self else { return double }
        let near = Double(whole)
        // 2^63 is the only one that is no integer.
        let isAbove = Int64(exactly: near).map { $0 > whole } ?? true
        let isBelow = Int64(exactly: near).map { $0 < whole } ?? false
        return side == .up && isBelow ? near.nextUp : side == .down && isAbove ? near.nextDown : near
    }

    /// How many binary digits a whole number has.
    var bits: Int {
        guard case .integer(let value) = self else { return 64 }
        return 64 - (value < 0 ? ~value : value).leadingZeroBitCount
    }
}

extension ConstantExpression {
    /// How many binary digits its value has at any time at which it may stand for itself.
    var bits: Int { source == nil ? value.bits : max(45, value.bits) }

    /// Whether what was said of the expression also holds for another value: of its kind, and no larger than
    /// times are.
    func mayBe(_ other: LuaConstant) -> Bool {
        guard other != value else { return true }
        guard other.kinds == value.kinds, other.bits <= bits else { return false }
        guard case .number(let number) = other, case .number(let first) = value else { return true }
        return number.isFinite && number.magnitude <= max(first.magnitude, 1e12)
    }
}

/// A text as SQL holds it; nil for one that is no UTF-8, and for one with NUL, at which some of SQL's
/// functions end.
func storedText(_ bytes: [UInt8]) -> Value? {
    bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self).map(Value.text)
}

/// Whole numbers divided never fall as they grow, so that one of them is a bound: found by halving.
private func scaledBound(_ value: Double, _ divisor: Double, isLeast: Bool) -> Value? {
    guard !value.isNaN else { return nil }
    func reaches(_ whole: Int64) -> Bool {
        isLeast ? Double(whole) / divisor >= value : Double(whole) / divisor > value
    }
    if reaches(.min) { return isLeast ? .integer(.min) : .number(-.infinity) }
    if !reaches(.max) { return isLeast ? .number(.infinity) : .integer(.max) }
    var low = Int64.min
    var high = Int64.max
    // `low` does not reach it, `high` does.
    while high &- low != 1 {
        let middle = (low & high) + ((low ^ high) >> 1)
        if reaches(middle) { high = middle } else { low = middle }
    }
    return .integer(isLeast ? high : low)
}

/// The birthdays that lie at most a span after today.
///
/// 29 February counts as 28 February in other years, and stands behind it in the order of texts.
private func birthdays(within span: Double, of today: CivilDate) -> Birthdays {
    guard span >= 0 else { return Birthdays(first: "~", last: "") }
    guard span < 365 * 86_400 else { return Birthdays(first: "", last: "~") }
    var count = Int(span / 86_400)
    if Double(count) * 86_400 > span { count -= 1 }
    let end = CivilDate(daysSinceEpoch: today.daysSinceEpoch + count)
    let isLeapDayToo = end.month == 2 && end.day == 28 && CivilDate.days(inMonth: 2, of: end.year) == 28
    let first = String(today.description.suffix(5))
    let last = isLeapDayToo ? "02-29" : String(end.description.suffix(5))
    return first <= last
        ? Birthdays(first: first, last: last)
        : Birthdays(first: first, last: "~", lastOfNextYear: last)
}

/// Bounds in the order of texts: nothing stands before "", and no day behind "~".
private struct Birthdays {
    let first: String
    let last: String
    var lastOfNextYear: String?

    subscript(_ bound: ComputedArguments.BirthdayBound) -> Value {
        switch bound {
        case .first: .text(first)
        case .last: .text(last)
        case .lastOfNextYear: lastOfNextYear.map(Value.text) ?? .null
        }
    }
}
