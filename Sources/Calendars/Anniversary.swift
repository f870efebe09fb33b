public import Basics

/// When a date comes round again, as `before = { "birthday", days(3) }` has it: one rule for the dates of all
/// customers.
public struct Anniversary: Sendable, Hashable, CustomStringConvertible {
    /// Whole days before the anniversary; 0 for the day itself.
    public let daysBefore: Int
    /// The time of that day on the wall clock.
    public let time: TimeOfDay

    /// The rule; `daysBefore` is from 0 to 365, the time is not 24:00.
    public init(daysBefore: Int = 0, at time: TimeOfDay) throws(CalendarError) {
        guard (0...365).contains(daysBefore) else {
            throw CalendarError(
                subject: .anniversary, text: "\(daysBefore) days before",
                kind: .badNumber("\(daysBefore)", of: "the number of days before", allowed: "from 0 to 365"))
        }
        guard time.minute < 1440 else {
            throw CalendarError(
                subject: .anniversary, text: "at \(time)",
                kind: .badTime("\(time)"))
        }
        self.daysBefore = daysBefore
        self.time = time
    }

    /// The first instant after `instant` that lies so many days before an anniversary of `date`; nil behind
    /// the year 9999.
    ///
    /// The date itself is the first of its anniversaries, which matters for dates still to come. That of 29
    /// February is 28 February in common years (``CivilDate/anniversary(in:)``), from which the days are
    /// counted back. A time that daylight saving skips is the first instant behind the gap, one that comes
    /// twice the first.
    public func next(of date: CivilDate, after instant: Int64, in clock: inout ZoneClock) -> Int64? {
        let (today, _) = dayAndSecond(clock.wallSeconds(at: instant))
        // A clock that is set back over midnight shows a day again: hence the day before.
        let earliest = CivilDate(daysSinceEpoch: today + daysBefore - 1).year
        var year = max(date.year, earliest)
        while let day = date.anniversary(in: year) {
            let wall = Int64(day.daysSinceEpoch - daysBefore) * 86_400 + time.seconds
            let found = clock.firstInstant(reaching: wall)
            if found > instant { return found }
            year += 1
        }
        return nil
    }

    /// `3 days before, at 10:00`.
    public var description: String {
        switch daysBefore {
        case 0: "on the day, at \(time)"
        case 1: "1 day before, at \(time)"
        default: "\(daysBefore) days before, at \(time)"
        }
    }
}
