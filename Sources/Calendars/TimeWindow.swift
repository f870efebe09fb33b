public import Basics

/// A part of the day in which messages may go out, on some days: the half-open interval from `from` to `to`
/// on the wall clock of the customer.
///
/// A window across midnight belongs to the day on which it opens: that of Friday 22:00 to 6:00 is open on
/// Saturday at 5:00, whatever Saturday is. Whether it is open hangs on what the wall clock shows and on
/// nothing else: an hour that daylight saving skips shortens it, one that comes twice is open both times.
public struct TimeWindow: Sendable, Hashable, CustomStringConvertible {
    /// The days on which it opens.
    public enum Days: Sendable, Hashable {
        /// Every day.
        case every
        /// Monday to Friday and the make-up workdays of the holiday calendar.
        case workdays
        /// These days of the week; a make-up workday counts as the day that it is.
        case named(Weekdays)
    }

    /// Seconds of the day at which it opens.
    let start: Int64
    /// Seconds that it is open, 60 to 86,400.
    let length: Int64
    /// The days on which it opens, but for the days off of `holidays`.
    public let days: Days
    /// The days on which it stays closed.
    public let holidays: HolidayCalendar

    /// How far openings are looked for, in days.
    public static let horizon = 400

    /// The window; it goes across midnight where `to` is not later than `from`.
    ///
    /// `0:00` to `24:00` is the whole day. Any other time to itself is an error: some would read it as the
    /// whole day and some as never.
    public init(
        from: TimeOfDay, to: TimeOfDay, days: Days = .every, holidays: HolidayCalendar = .none
    ) throws(CalendarError) {
        guard from != to else {
            throw CalendarError(subject: .window, text: "\(from) to \(to)", kind: .emptyWindow)
        }
        guard from.minute < 1440 else {
            throw CalendarError(subject: .window, text: "\(from) to \(to)", kind: .badTime("\(from)"))
        }
        start = from.seconds
        length = to.seconds - from.seconds + (to < from ? 86_400 : 0)
        self.days = days
        self.holidays = holidays
    }

    /// The window that quiet hours leave open every day: that of 21:00 until 8:00 is from 8:00 to 21:00.
    ///
    /// Quiet hours of the whole day are an error: nothing would ever be sent.
    public init(quietFrom from: TimeOfDay, until: TimeOfDay) throws(CalendarError) {
        // The end of a day is the beginning of the next.
        guard let opens = TimeOfDay(minute: until.minute % 1440), opens.minute != from.minute % 1440 else {
            throw CalendarError(subject: .window, text: "quiet from \(from) to \(until)", kind: .emptyWindow)
        }
        try self.init(from: opens, to: from)
    }

    /// One hour of every day, 0 to 23.
    init(hour: Int) {
        start = Int64(hour) * 3600
        length = 3600
        days = .every
        holidays = .none
    }

    /// Whether it is open at an instant.
    public func isOpen(at instant: Int64, in clock: inout ZoneClock) -> Bool {
        isOpen(wall: clock.wallSeconds(at: instant))
    }

    /// The first instant from `instant` on at which it is open, that itself included; nil where it stays
    /// closed for ``horizon`` days.
    public func nextOpening(from instant: Int64, in clock: inout ZoneClock) -> Int64? {
        clock.firstInstant(from: instant, before: Self.end(from: instant)) { nextOpen(from: $0) }
    }

    /// `10:00 to 18:00, Monday to Friday except holidays`.
    public var description: String {
        let end = (start + length) % 86_400
        let hours = "\(clockText(start)) to \(end == 0 ? "24:00" : clockText(end))"
        let except = holidays == .none ? "" : " except holidays"
        return switch days {
        case .every: "\(hours), every day\(except)"
        case .workdays: "\(hours), \(holidays == .none ? "Monday to Friday" : "workdays")\(except)"
        case .named(let weekdays): "\(hours), \(weekdays)\(except)"
        }
    }

    private func clockText(_ second: Int64) -> String {
        TimeOfDay(minute: Int(second / 60))?.description ?? ""
    }

    static func end(from instant: Int64) -> Int64 { instant + Int64(horizon) * 86_400 }

    func isOpen(wall: Int64) -> Bool {
        let (day, second) = dayAndSecond(wall)
        let sinceOpening = Int64(second) - start
        if sinceOpening >= 0 { return sinceOpening < length && opens(on: day) }
        return sinceOpening + 86_400 < length && opens(on: day - 1)
    }

    /// The first wall seconds from `wall` on at which it is open.
    func nextOpen(from wall: Int64) -> Int64? {
        if isOpen(wall: wall) { return wall }
        let (today, second) = dayAndSecond(wall)
        let first = Int64(second) > start ? today + 1 : today
        for day in first...first + Self.horizon where opens(on: day) { return Int64(day) * 86_400 + start }
        return nil
    }

    private func opens(on day: Int) -> Bool {
        switch days {
        case .every: !holidays.isOff(day: day)
        case .workdays: holidays.isWorkday(day: day)
        case .named(let weekdays): weekdays.contains(day: day) && !holidays.isOff(day: day)
        }
    }

    /// Whether it is open at a second of the day, on a day on which it opens or the next.
    func contains(secondOfDay second: Int64) -> Bool {
        let sinceOpening = second - start
        return (sinceOpening < 0 ? sinceOpening + 86_400 : sinceOpening) < length
    }
}
