import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Time windows")
struct TimeWindowTests {
    private static func window(
        _ from: String, _ to: String, _ days: TimeWindow.Days = .every, _ holidays: HolidayCalendar = .none
    ) throws -> TimeWindow {
        try TimeWindow(from: TimeOfDay(from), to: TimeOfDay(to, isEnd: true), days: days, holidays: holidays)
    }

    @Test(
        "a window is open from its first minute to before its last, and opens next",
        arguments: [
            ("10:00", "11:30", "UTC", "2026-12-01 09:59:59Z", false, "Tue 2026-12-01 10:00+00:00"),
            ("10:00", "11:30", "UTC", "2026-12-01 10:00Z", true, "Tue 2026-12-01 10:00+00:00"),
            ("10:00", "11:30", "UTC", "2026-12-01 11:29:59Z", true, "Tue 2026-12-01 11:29:59+00:00"),
            ("10:00", "11:30", "UTC", "2026-12-01 11:30Z", false, "Wed 2026-12-02 10:00+00:00"),
            (
                "10:00", "11:30", "Asia/Shanghai", "2026-12-31 23:59+08:00", false,
                "Fri 2027-01-01 10:00+08:00"
            ),
            // Across midnight.
            ("22:00", "6:00", "UTC", "2026-12-01 21:59Z", false, "Tue 2026-12-01 22:00+00:00"),
            ("22:00", "6:00", "UTC", "2026-12-02 00:00Z", true, "Wed 2026-12-02 00:00+00:00"),
            ("22:00", "6:00", "UTC", "2026-12-02 05:59:59Z", true, "Wed 2026-12-02 05:59:59+00:00"),
            ("22:00", "6:00", "UTC", "2026-12-02 06:00Z", false, "Wed 2026-12-02 22:00+00:00"),
            ("18:00", "24:00", "UTC", "2026-12-01 23:59:59Z", true, "Tue 2026-12-01 23:59:59+00:00"),
            ("18:00", "0:00", "UTC", "2026-12-02 00:00Z", false, "Wed 2026-12-02 18:00+00:00"),
            ("0:00", "24:00", "UTC", "2026-12-02 00:00Z", true, "Wed 2026-12-02 00:00+00:00"),
            // The hour that is skipped, and the one that comes twice.
            ("2:15", "2:45", "Europe/Berlin", "2026-03-29 01:00+01:00", false, "Mon 2026-03-30 02:15+02:00"),
            ("2:15", "3:45", "Europe/Berlin", "2026-03-29 01:00+01:00", false, "Sun 2026-03-29 03:00+02:00"),
            ("2:15", "2:45", "Europe/Berlin", "2026-10-25 02:45+02:00", false, "Sun 2026-10-25 02:15+01:00"),
            ("2:15", "2:45", "Europe/Berlin", "2026-10-25 02:45+01:00", false, "Mon 2026-10-26 02:15+01:00"),
            (
                "2:00", "4:00", "America/New_York", "2026-03-08 01:59:59-05:00", false,
                "Sun 2026-03-08 03:00-04:00"
            ),
            (
                "1:15", "1:45", "America/New_York", "2026-11-01 01:50-04:00", false,
                "Sun 2026-11-01 01:15-05:00"
            ),
            (
                "1:45", "2:15", "Australia/Lord_Howe", "2026-10-04 01:00+10:30", false,
                "Sun 2026-10-04 01:45+10:30"
            ),
            (
                "2:00", "2:30", "Australia/Lord_Howe", "2026-10-04 01:00+10:30", false,
                "Mon 2026-10-05 02:00+11:00"
            ),
            ("10:00", "11:00", "Pacific/Apia", "2011-12-29 12:00-10:00", false, "Sat 2011-12-31 10:00+14:00"),
            (
                "22:00", "6:00", "Pacific/Apia", "2011-12-29 23:59:59-10:00", true,
                "Thu 2011-12-29 23:59:59-10:00"
            ),
        ])
    func hours(from: String, to: String, zone: String, at: String, isOpen: Bool, next: String) throws {
        var clock = try zoneClock(zone)
        let window = try Self.window(from, to)
        let at = try instant(at)
        #expect(window.isOpen(at: at, in: &clock) == isOpen)
        #expect(shown(window.nextOpening(from: at, in: &clock), &clock) == next)
    }

    /// The first week of October is off, and the Saturday behind it is worked.
    private static func china() throws -> HolidayCalendar {
        try HolidayCalendar(["2026-10-01..2026-10-07"], workdays: ["2026-10-10"])
    }

    @Test(
        "a window opens on its days",
        arguments: [
            (.workdays, false, "2026-10-02 18:00+08:00", "Mon 2026-10-05 10:00+08:00"),
            (.workdays, false, "2026-10-09 18:00+08:00", "Mon 2026-10-12 10:00+08:00"),
            (.workdays, true, "2026-09-30 18:00+08:00", "Thu 2026-10-08 10:00+08:00"),
            (.workdays, true, "2026-10-09 18:00+08:00", "Sat 2026-10-10 10:00+08:00"),
            (.workdays, true, "2026-10-10 18:00+08:00", "Mon 2026-10-12 10:00+08:00"),
            (.every, true, "2026-09-30 18:00+08:00", "Thu 2026-10-08 10:00+08:00"),
            (.every, true, "2026-10-10 18:00+08:00", "Sun 2026-10-11 10:00+08:00"),
            // A made-up Saturday is a Saturday.
            (.named(.workweek), true, "2026-10-09 18:00+08:00", "Mon 2026-10-12 10:00+08:00"),
            (.named(.weekend), true, "2026-09-30 18:00+08:00", "Sat 2026-10-10 10:00+08:00"),
        ] as [(TimeWindow.Days, Bool, String, String)])
    func days(days: TimeWindow.Days, exceptHolidays: Bool, from: String, next: String) throws {
        var clock = try zoneClock("Asia/Shanghai")
        let window = try Self.window("10:00", "12:00", days, exceptHolidays ? Self.china() : .none)
        #expect(shown(window.nextOpening(from: try instant(from), in: &clock), &clock) == next)
    }

    @Test("a window across midnight belongs to the day on which it opens")
    func night() throws {
        var clock = try zoneClock("UTC")
        let friday = try Self.window("22:00", "6:00", .named(Weekdays(named: ["Friday"])))
        #expect(friday.isOpen(at: try instant("2026-12-05 05:59Z"), in: &clock))
        #expect(!friday.isOpen(at: try instant("2026-12-04 05:59Z"), in: &clock))
        let next = friday.nextOpening(from: try instant("2026-12-05 06:00Z"), in: &clock)
        #expect(shown(next, &clock) == "Fri 2026-12-11 22:00+00:00")
    }

    @Test("a window that stays closed for 400 days never opens")
    func never() throws {
        var clock = try zoneClock("Asia/Shanghai")
        let always = try HolidayCalendar(["2026-01-01..2026-12-31", "2027-01-01..2027-12-31"])
        let window = try Self.window("10:00", "12:00", .every, always)
        #expect(window.nextOpening(from: try instant("2026-06-01 10:00Z"), in: &clock) == nil)
        let from = try instant("2026-12-01 10:00Z")
        #expect(shown(window.nextOpening(from: from, in: &clock), &clock) == "Sat 2028-01-01 10:00+08:00")
    }

    @Test("windows that must be open together open when the last of them does, or never")
    func together() throws {
        var clock = try zoneClock("Asia/Shanghai")
        let workdays = try Self.window("7:00", "11:00", .workdays, Self.china())
        let evenings = try Self.window("17:00", "22:00")
        let awake = try TimeWindow(quietFrom: TimeOfDay("21:00"), until: TimeOfDay("8:00"))
        let from = try instant("2026-09-30 22:00+08:00")
        #expect(
            shown([workdays, awake].nextOpening(from: from, in: &clock), &clock)
                == "Thu 2026-10-08 08:00+08:00")
        #expect(
            shown([awake, evenings].nextOpening(from: from, in: &clock), &clock)
                == "Thu 2026-10-01 17:00+08:00")
        #expect([workdays, awake, evenings].nextOpening(from: from, in: &clock) == nil)
        #expect([].nextOpening(from: from, in: &clock) == from)
        #expect([].areOpen(at: from, in: &clock))
        #expect(![workdays, evenings].areOpen(at: try instant("2026-10-08 08:00+08:00"), in: &clock))
    }

    @Test(
        "quiet hours leave the other hours open",
        arguments: [
            ("21:00", "8:00", "8:00 to 21:00, every day"), ("13:00", "15:00", "15:00 to 13:00, every day"),
            ("21:00", "24:00", "0:00 to 21:00, every day"), ("0:00", "8:00", "8:00 to 24:00, every day"),
        ])
    func quietHours(from: String, until: String, open: String) throws {
        let window = try TimeWindow(quietFrom: TimeOfDay(from), until: TimeOfDay(until, isEnd: true))
        #expect(window.description == open)
    }

    @Test("a window describes itself")
    func descriptions() throws {
        let weekend = try Self.window("0:00", "24:00", .named(.weekend))
        #expect(weekend.description == "0:00 to 24:00, Saturday and Sunday")
        let plain = try Self.window("9:30", "18:00", .workdays)
        #expect(plain.description == "9:30 to 18:00, Monday to Friday")
        let holidays = try Self.window("9:30", "18:00", .workdays, Self.china())
        #expect(holidays.description == "9:30 to 18:00, workdays except holidays")
    }

    @Test("windows are open when a scan of every minute says so", arguments: changes.indices)
    func scan(place: Int) throws {
        let (zone, near) = changes[place]
        let scan = try SlowScan(zone: zone, near: near, days: 40)
        var random = SplitMix64(seed: 400 + UInt64(place))
        for _ in 0..<4 {
            let drawn = try (0..<Int.random(in: 1...3, using: &random)).map { _ in
                try Self.random(near: near, &random)
            }
            let windows = drawn.map(\.window)
            let nextOpen = scan.next { minute in drawn.allSatisfy { $0.isOpen(scan.walls[minute]) } }
            var clock = try zoneClock(zone)
            for _ in 0..<40 {
                let minutes = Bool.random(using: &random) ? 1440..<5 * 1440 : 1440..<20 * 1440
                let minute = Int.random(in: minutes, using: &random)
                let start = scan.instant(minute)
                let second = start + Int64.random(in: 0...59, using: &random)
                let isOpen = nextOpen[minute] == start
                #expect(windows.areOpen(at: second, in: &clock) == isOpen)
                let found = windows.nextOpening(from: second, in: &clock)
                guard let next = isOpen ? second : nextOpen[minute] else {
                    #expect(found.map { $0 > scan.instant(40 * 1440 - 1) } ?? true)
                    continue
                }
                #expect(found == next, "\(windows) in \(zone) from \(shown(second, &clock))")
                if windows.count == 1 {
                    #expect(windows[0].isOpen(at: second, in: &clock) == isOpen)
                    #expect(windows[0].nextOpening(from: second, in: &clock) == next)
                }
            }
        }
    }

    /// A random window, and what it means minute by minute.
    private static func random(
        near: String, _ random: inout SplitMix64
    ) throws -> (window: TimeWindow, isOpen: (Int64) -> Bool) {
        let from = Int.random(in: 0..<1440, using: &random)
        let to = (from + Int.random(in: 1..<1440, using: &random)) % 1440
        let first = try #require(CivilDate(iso: near)).daysSinceEpoch
        let off = Set((0..<5).map { _ in Int.random(in: first...first + 20, using: &random) })
        let worked = (first...first + 20).filter { day in
            CivilDate(daysSinceEpoch: day).weekday > 5 && !off.contains(day) && Bool.random(using: &random)
        }
        func texts(_ days: some Sequence<Int>) -> [String] { days.map { "\(CivilDate(daysSinceEpoch: $0))" } }
        let holidays = try HolidayCalendar(texts(off), workdays: texts(worked))
        let weekday = Int.random(in: 1...7, using: &random)
        let days: TimeWindow.Days
        let opens: (Int) -> Bool
        switch Int.random(in: 0..<3, using: &random) {
        case 0: (days, opens) = (.every, { _ in true })
        case 1:
            (days, opens) = (.workdays, { CivilDate(daysSinceEpoch: $0).weekday <= 5 || worked.contains($0) })
        default:
            days = .named(try Weekdays(named: [Weekdays.names[weekday - 1], Weekdays.names[weekday % 7]]))
            opens = { [weekday, weekday % 7 + 1].contains(CivilDate(daysSinceEpoch: $0).weekday) }
        }
        let window = try TimeWindow(
            from: #require(TimeOfDay(minute: from)), to: #require(TimeOfDay(minute: to)), days: days,
            holidays: holidays)
        return (
            window,
            { wall in
                let (day, minute) = SlowScan.split(wall)
                // The day on which a window that is open now has opened.
                let opened = from > to && minute < to ? day - 1 : day
                let isHour = from < to ? (from..<to).contains(minute) : minute >= from || minute < to
                return isHour && opens(opened) && !off.contains(opened)
            }
        )
    }

    @Test("what is no window is told with the next step")
    func errors() throws {
        let noTime = "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
        let whole = "write 0:00 to 24:00 for the whole day, or leave the window out"
        try expect("'10:00 to 10:00' is no time window: it ends when it begins", whole) {
            _ = try Self.window("10:00", "10:00")
        }
        try expect("'quiet from 0:00 to 24:00' is no time window: it ends when it begins", whole) {
            _ = try TimeWindow(quietFrom: TimeOfDay("0:00"), until: TimeOfDay("24:00", isEnd: true))
        }
        try expect("'24:00 to 8:00' is no time window: '24:00' is no time of day", noTime) {
            _ = try TimeWindow(from: TimeOfDay("24:00", isEnd: true), to: TimeOfDay("8:00"))
        }
        try expect("'10:60' is no time of day: hours and minutes make one, from 0:00 to 23:59", noTime) {
            _ = try Self.window("10:60", "12:00")
        }
        try expect(
            "'monday, tusday' is no list of weekdays: unknown word 'tusday'", "did you mean 'tuesday'?"
        ) {
            _ = try Weekdays(named: ["monday", "tusday"])
        }
        try expect(
            "expected a list of weekdays, got nothing", #"write, for example, { "monday", "thursday" }"#
        ) {
            _ = try Weekdays(named: [])
        }
    }

    private func expect(_ message: String, _ hint: String, _ make: () throws -> Void) throws {
        let error = try #require(throws: CalendarError.self) { try make() }
        #expect(error.diagnostic.message == message)
        #expect(error.diagnostic.hint == hint)
    }
}
