/// A text or a number that is no schedule, time, date, window or cap.
public struct CalendarError: Error, Sendable, Hashable {
    /// What was to be read.
    public enum Subject: String, Sendable, Hashable {
        case schedule
        case cron = "cron line"
        case moment = "date with a time"
        case timeOfDay = "time of day"
        case weekdays = "list of weekdays"
        case window = "time window"
        case holidays = "day or range of days"
        case festival = "day of a festival"
        case anniversary = "anniversary"
        case bestHour = "best hour"
        case frequencyCap = "frequency cap"
    }

    /// What is wrong with it.
    public enum Kind: Sendable, Hashable {
        /// There is nothing to read.
        case empty
        /// A word where only some are known.
        case unknownWord(String, known: [String])
        /// Something else than must stand there; nil where the text ends.
        case expected(String, found: String?)
        /// More behind what is whole already.
        case extra(String)
        /// A number that is not one of those that fit; they are told in words.
        case badNumber(String, of: String, allowed: String)
        /// A cron line with another number of fields than five.
        case wrongFieldCount(Int)
        /// A range of a cron line whose end stands before its beginning.
        case backwardCronRange(String, of: String)
        /// Days that no year has, such as 30 February.
        case neverRuns
        /// Beginning and end are the same.
        case emptyWindow
        /// No hours and minutes of a day.
        case badTime(String)
        /// No day of the calendar, or not as `YYYY-MM-DD`.
        case badDate(String)
        /// A range of dates whose end stands before its beginning.
        case backwardRange
        /// A range of more than a year.
        case longRange
        /// A date that is both off and worked on.
        case offAndWorked(String)
        /// A make-up workday that is a workday anyway, with its weekday.
        case ordinaryWorkday(String, weekday: String)
    }

    /// What was to be read.
    public let subject: Subject
    /// The whole of what was given.
    public let text: String
    /// What is wrong.
    public let kind: Kind
}
