public import Basics

/// A date as a text gave it, with the time and the zone where it had them.
public struct DateTime: Sendable, Hashable {
    /// The day.
    public var date: CivilDate
    /// Seconds since midnight, 0 to 86,399; nil where the text had no time. Fractions are dropped.
    public var secondOfDay: Int?
    /// Seconds that the clock of the text is ahead of UTC; nil where the text did not say.
    public var utcOffset: Int?

    /// A date and time from its parts.
    public init(date: CivilDate, secondOfDay: Int? = nil, utcOffset: Int? = nil) {
        self.date = date
        self.secondOfDay = secondOfDay
        self.utcOffset = utcOffset
    }
}

/// What comes first in dates like 3/4/2024.
public enum DateOrder: String, Sendable, Hashable, CaseIterable {
    /// The month: 4 March.
    case monthFirst
    /// The day: 3 April.
    case dayFirst
}

/// Why a text is not a date.
public enum DateProblem: Error, Hashable, CaseIterable {
    /// It has none of the known forms.
    case notADate
    /// The form of a date, but the calendar has no such day.
    case noSuchDay
    /// The form of a time, but the clock never shows it.
    case noSuchTime
    /// Day and month could be either way round and the order is not known.
    case ambiguous
}
