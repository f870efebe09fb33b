internal import Basics

/// The days on which a schedule runs.
enum DayRule: Sendable, Hashable {
    /// Every so many days, counted from 1970-01-01.
    case every(Int)
    /// These days of every so many weeks, which begin on Mondays and are counted from that of 1970-01-01.
    case weeks(Int, Weekdays)
    /// Days of every month, a bit for each; those that a month lacks are its last day.
    case monthDays(UInt32)
    /// Of the days of a month that are of a kind, the first (1), another, or the last (nil).
    case ordinal(Int?, Weekdays)
    /// What a cron line says.
    case cron(CronDays)

    /// Whether it runs on the day that lies `day` after 1970-01-01.
    func holds(on day: Int) -> Bool {
        switch self {
        case .every(let step): return day.isMultiple(of: step)
        case .weeks(let step, let weekdays):
            // 1970-01-01 was a Thursday.
            let thursday = day - CivilDate.weekday(ofDay: day) + 4
            return weekdays.contains(day: day) && (thursday / 7).isMultiple(of: step)
        case .monthDays(let days):
            let date = CivilDate(daysSinceEpoch: day)
            if days & 1 << UInt32(date.day) != 0 { return true }
            let isLast = date.day == CivilDate.days(inMonth: date.month, of: date.year)
            return isLast && days >> UInt32(date.day) != 0
        case .ordinal(let place, let weekdays):
            guard weekdays.contains(day: day) else { return false }
            let date = CivilDate(daysSinceEpoch: day)
            guard let place else {
                let last = CivilDate.days(inMonth: date.month, of: date.year)
                return !(0..<last - date.day).contains { weekdays.contains(day: day + 1 + $0) }
            }
            return (0..<date.day).count { weekdays.contains(day: day - $0) } == place
        case .cron(let days): return days.holds(on: CivilDate(daysSinceEpoch: day))
        }
    }
}

/// Days of the month, months and weekdays of a cron line.
struct CronDays: Sendable, Hashable {
    /// A bit for each day of the month, from bit 1.
    var days: UInt32
    /// A bit for each month, from bit 1.
    var months: UInt16
    var weekdays: Weekdays
    /// Whether one of day and weekday is enough: so it is where neither field begins with `*`.
    var isEither: Bool

    static let allDays: UInt32 = 0xFFFF_FFFE
    static let allMonths: UInt16 = 0x1FFE

    func holds(on date: CivilDate) -> Bool {
        guard months & 1 << UInt16(date.month) != 0 else { return false }
        let isDay = days & 1 << UInt32(date.day) != 0
        let isWeekday = weekdays.contains(Weekdays(iso: date.weekday))
        return isEither ? isDay || isWeekday : isDay && isWeekday
    }

    /// Whether any year has such a day.
    var canHold: Bool {
        if isEither { return true }
        return (1...12).contains { month in
            // Every day of a month falls on every weekday in some year.
            months & 1 << UInt16(month) != 0
                && (1...CivilDate.days(inMonth: month, of: 2000)).contains { days & 1 << UInt32($0) != 0 }
        }
    }

    /// The same as a rule, in a simpler form where there is one.
    var rule: DayRule {
        guard months == Self.allMonths else { return .cron(self) }
        let hasAllDays = days == Self.allDays
        let hasAllWeekdays = weekdays == .all
        if isEither ? hasAllDays || hasAllWeekdays : hasAllDays && hasAllWeekdays { return .every(1) }
        return !isEither && hasAllDays ? .weeks(1, weekdays) : .cron(self)
    }
}
