internal import Basics

extension Schedule {
    /// When it runs, in words that need no knowledge of cron: `on the last Friday of every month at 10:00`.
    public var description: String {
        if let interval { return days == .every(1) ? interval : "\(interval), \(days.description)" }
        return "\(days.description) at \(times)"
    }

    /// `every 30 minutes from 9:00 to 17:30`; nil for single times.
    private var interval: String? {
        guard minutes.count > 1, repeats || minutes.count > 4 else { return nil }
        let step = minutes[1] - minutes[0]
        guard zip(minutes, minutes.dropFirst()).allSatisfy({ $1 - $0 == step }) else { return nil }
        let (hours, rest) = step.quotientAndRemainder(dividingBy: 60)
        let every =
            switch (hours, rest) {
            case (1, 0): "every hour"
            case (_, 0): "every \(hours) hours"
            case (0, 1): "every minute"
            default: "every \(step) minutes"
            }
        if minutes[0] == 0, step * minutes.count == 1440 { return every }
        return "\(every) from \(clock(minutes[0])) to \(clock(minutes[minutes.count - 1]))"
    }

    private var times: String {
        if minutes.count <= 12 { return listed(minutes.map(clock)) }
        return "\(minutes.count) times from \(clock(minutes[0])) to \(clock(minutes[minutes.count - 1]))"
    }

    private func clock(_ minute: Int) -> String { "\(minute / 60):\(digits(minute % 60, 2))" }
}

extension DayRule {
    /// `every Monday`, `on the 1st of every month`.
    fileprivate var description: String {
        switch self {
        case .every(1): "every day"
        case .every(let step): "every \(step) days"
        case .weeks(1, .workweek): "\(Weekdays.workweek)"
        case .weeks(1, let weekdays): "every \(weekdays)"
        case .weeks(let step, let weekdays): "every \(step) weeks on \(weekdays)"
        case .monthDays(let days): monthDays(days)
        case .ordinal(let place, let weekdays):
            "on the \(word(place)) \(weekdays == .workweek ? "weekday" : "\(weekdays)") of every month"
        case .cron(let days): days.description
        }
    }

    private func monthDays(_ days: UInt32) -> String {
        let numbers = (1...31).filter { days & 1 << UInt32($0) != 0 }
        let names = numbers.map { $0 == 31 ? "last day" : nth($0) }
        let shortened = numbers.filter { (29...30).contains($0) }
        let note = shortened.isEmpty ? "" : " (its last day where it is shorter)"
        return "on the \(listed(names)) of every month\(note)"
    }

    private func word(_ place: Int?) -> String {
        place.map { ScheduleSentence.places[$0 - 1] } ?? "last"
    }
}

extension CronDays {
    fileprivate var description: String {
        let numbers = (1...31).filter { days & 1 << UInt32($0) != 0 }
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        let chosen = (1...12).filter { months & 1 << UInt16($0) != 0 }.map { names[$0 - 1] }
        let month = months == Self.allMonths ? "every month" : listed(chosen)
        let inMonth = months == Self.allMonths ? "" : " in \(month)"
        let monthDay = "on the \(listed(numbers.map(nth))) of \(month)"
        let weekday = weekdays == .workweek ? "Monday to Friday" : "every \(weekdays)"
        let hasAllDays = days == Self.allDays
        let hasAllWeekdays = weekdays == .all
        if isEither {
            return hasAllDays || hasAllWeekdays
                ? "every day\(inMonth)" : "\(monthDay), and \(weekday)\(inMonth)"
        }
        return switch (hasAllDays, hasAllWeekdays) {
        case (true, true): "every day\(inMonth)"
        case (true, false): "\(weekday)\(inMonth)"
        case (false, true): monthDay
        case (false, false): "\(monthDay) where that is a \(weekdays.titles.joined(separator: " or "))"
        }
    }
}
