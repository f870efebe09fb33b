public import Diagnostics

extension CalendarError: Diagnosable {
    /// The words for the error, with the next step. The location is the caller's to add.
    public var diagnostic: Diagnostic {
        Diagnostic(message, token: token, hint: hint)
    }

    private var message: String {
        if kind == .empty { return "expected \(article(subject.rawValue)), got nothing" }
        return "'\(text)' is no \(subject.rawValue): \(reason)"
    }

    private var reason: String {
        switch kind {
        case .empty: "nothing stands there"
        case .unknownWord(let word, _): "unknown word '\(word)'"
        case .expected(let what, let found?): "expected \(what), found '\(found)'"
        case .expected(let what, nil): "it ends before \(what)"
        case .extra(let word): "it is whole before '\(word)'"
        case .badNumber(let number, let of, let allowed): "\(of) is \(allowed), got '\(number)'"
        case .wrongFieldCount(let count): "it has \(count) field\(count == 1 ? "" : "s"), not five"
        case .backwardCronRange(let range, let field): "the \(field) range '\(range)' runs backward"
        case .neverRuns: "no year has such a day"
        case .emptyWindow: "it ends when it begins"
        case .badTime(text): "hours and minutes make one, from 0:00 to 23:59"
        case .badTime(let time): "'\(time)' is no time of day"
        case .badDate(text): "the calendar has no such day, or it is written in another way"
        case .badDate(let date): "'\(date)' is no date"
        case .backwardRange: "the range ends before it begins"
        case .longRange: "the range is longer than a year"
        case .offAndWorked(let date): "\(date) is both a holiday and a workday"
        case .ordinaryWorkday(let date, let weekday):
            "\(date) is a \(weekday), a workday without being listed"
        }
    }

    private var token: String? {
        switch kind {
        case .unknownWord(let word, _), .extra(let word), .badDate(let word), .badTime(let word): word
        case .expected(_, let found): found
        case .badNumber(let number, _, _): number
        case .backwardCronRange(let range, _): range
        default: nil
        }
    }

    private var hint: String {
        switch kind {
        case .unknownWord("every", _): "leave it out: the key says so already"
        case .unknownWord(let word, let known):
            nearestName(to: word, in: known).map { "did you mean '\($0)'?" }
                ?? (known.count > 12
                    ? "write, for example, \(subject.example)"
                    : "write one of \(known.joined(separator: ", "))")
        case .extra(let word): "remove '\(word)' and what follows it"
        case .backwardCronRange(let range, _):
            "write it as two ranges, joined by a comma, instead of '\(range)'"
        case .emptyWindow: "write 0:00 to 24:00 for the whole day, or leave the window out"
        case .badTime: "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
        case .badDate: "write a day of the calendar such as 2026-10-01"
        case .backwardRange: "write the earlier day first, such as 2026-10-01..2026-10-07"
        case .longRange: "list each year's days for themselves"
        case .offAndWorked: "remove it from one of the two lists"
        case .ordinaryWorkday: "list only workdays that fall on a weekend, or correct the date"
        case .empty, .expected, .badNumber, .wrongFieldCount, .neverRuns:
            "write, for example, \(subject.example)"
        }
    }
}

extension CalendarError.Subject {
    /// One that can be read, as it stands in a script.
    var example: String {
        switch self {
        case .schedule: #""day at 10:00""#
        case .cron: #""0 10 * * 1-5", which is minute, hour, day, month and weekday"#
        case .moment: #""2026-12-01 10:00""#
        case .timeOfDay: #""10:00""#
        case .weekdays: #"{ "monday", "thursday" }"#
        case .window: #"{ from = "10:00", to = "18:00" }"#
        case .holidays: #"{ "2026-10-01..2026-10-07" }"#
        case .festival: #"{ "2026-02-17" }"#
        case .anniversary: #"{ "birthday", days(3) }"#
        case .bestHour: "10"
        case .frequencyCap: "2"
        }
    }
}
