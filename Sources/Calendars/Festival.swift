public import Basics

/// A day with a name that is another date each year, such as the Spring Festival, with the dates that are known.
public struct Festival: Sendable, Hashable {
    /// Its name, as campaigns say it.
    public let name: String
    /// The dates as day numbers, in order.
    private let days: [Int]

    /// A festival on these dates, each `YYYY-MM-DD`, in any order.
    public init(_ name: String, on dates: [String]) throws(CalendarError) {
        self.name = name
        var days: Set<Int> = []
        for text in dates {
            guard let date = CivilDate(iso: text) else {
                throw CalendarError(subject: .festival, text: text, kind: .badDate(text))
            }
            days.insert(date.daysSinceEpoch)
        }
        self.days = days.sorted()
    }

    /// The first instant after `instant` that a rule finds before one of the dates; nil behind the last that is known.
    ///
    /// A time that daylight saving skips is the first instant behind the gap, one that comes twice the first.
    public func next(_ rule: Anniversary, after instant: Int64, in clock: inout ZoneClock) -> Int64? {
        for day in days {
            let found = clock.firstInstant(
                reaching: Int64(day - rule.daysBefore) * 86_400 + rule.time.seconds)
            if found > instant { return found }
        }
        return nil
    }
}
