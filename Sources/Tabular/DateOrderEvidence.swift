internal import Basics

/// Collects from the values of a column whether the day or the month comes first.
public struct DateOrderEvidence: Sendable, Hashable {
    /// What the values say.
    public enum Verdict: Sendable, Hashable {
        /// No value has day and month in an open order.
        case notNeeded
        /// Every value in an open order reads both ways, as the example does.
        case undecided(example: String)
        /// Some value reads only with the month first.
        case monthFirst
        /// Some value reads only with the day first.
        case dayFirst
        /// One value reads only with the day first, another only with the month first.
        case contradictory(dayFirst: String, monthFirst: String)
    }

    private var dayFirst: String?
    private var monthFirst: String?
    private var either: String?

    /// No evidence yet.
    public init() {}

    /// Adds a value; what is not a date is passed over.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let form = try? DateForm(bytes), case .ordered(let first, let second, let year) = form.day
        else { return }
        let isMonthFirst = CivilDate(year: year, month: first, day: second) != nil
        let isDayFirst = CivilDate(year: year, month: second, day: first) != nil
        switch (isDayFirst, isMonthFirst) {
        case (true, false):
            if dayFirst == nil { dayFirst = String(decoding: bytes, as: UTF8.self) }
        case (false, true):
            if monthFirst == nil { monthFirst = String(decoding: bytes, as: UTF8.self) }
        case (true, true):
            if either == nil, first != second { either = String(decoding: bytes, as: UTF8.self) }
        case (false, false): break
        }
    }

    /// Adds a value.
    public mutating func add(_ text: String) {
        withBytes(of: text) { add($0) }
    }

    /// What all values so far say.
    public var verdict: Verdict {
        switch (dayFirst, monthFirst) {
        case (let day?, let month?): .contradictory(dayFirst: day, monthFirst: month)
        case (_?, nil): .dayFirst
        case (nil, _?): .monthFirst
        case (nil, nil): either.map { .undecided(example: $0) } ?? .notNeeded
        }
    }
}
