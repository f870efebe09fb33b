import Basics
import Calendars
import Diagnostics
import Foundation
import Testing

@Suite("Anniversaries")
struct AnniversaryTests {
    @Test(
        "a date comes round again each year, at a time some days before",
        arguments: [
            (
                "1990-12-04", 3, "10:00", "Asia/Shanghai", "2026-12-01 09:59+08:00",
                "Tue 2026-12-01 10:00+08:00"
            ),
            (
                "1990-12-04", 3, "10:00", "Asia/Shanghai", "2026-12-01 10:00+08:00",
                "Wed 2027-12-01 10:00+08:00"
            ),
            (
                "1990-12-04", 0, "0:00", "Asia/Shanghai", "2026-12-01 10:00+08:00",
                "Fri 2026-12-04 00:00+08:00"
            ),
            // Across the end of the year, both ways.
            (
                "1990-01-01", 3, "10:00", "Asia/Shanghai", "2026-12-01 10:00+08:00",
                "Tue 2026-12-29 10:00+08:00"
            ),
            (
                "1990-12-31", 365, "10:00", "Asia/Shanghai", "2026-12-01 10:00+08:00",
                "Thu 2026-12-31 10:00+08:00"
            ),
            (
                "1990-12-31", 365, "10:00", "Asia/Shanghai", "2027-12-31 10:00+08:00",
                "Sat 2028-01-01 10:00+08:00"
            ),
            // 29 February is 28 February in common years.
            (
                "2000-02-29", 0, "10:00", "Europe/Berlin", "2026-12-01 10:00+01:00",
                "Sun 2027-02-28 10:00+01:00"
            ),
            (
                "2000-02-29", 0, "10:00", "Europe/Berlin", "2027-02-28 10:00+01:00",
                "Tue 2028-02-29 10:00+01:00"
            ),
            (
                "2000-02-29", 3, "10:00", "Europe/Berlin", "2026-12-01 10:00+01:00",
                "Thu 2027-02-25 10:00+01:00"
            ),
            (
                "2000-02-29", 3, "10:00", "Europe/Berlin", "2027-12-01 10:00+01:00",
                "Sat 2028-02-26 10:00+01:00"
            ),
            (
                "2000-02-29", 0, "10:00", "Europe/Berlin", "2099-12-01 10:00+01:00",
                "Sun 2100-02-28 10:00+01:00"
            ),
            (
                "1990-03-01", 1, "10:00", "Europe/Berlin", "2028-01-01 10:00+01:00",
                "Tue 2028-02-29 10:00+01:00"
            ),
            // Times that are skipped, and those that come twice.
            (
                "1990-03-29", 0, "2:30", "Europe/Berlin", "2026-01-01 10:00+01:00",
                "Sun 2026-03-29 03:00+02:00"
            ),
            (
                "1990-10-25", 0, "2:30", "Europe/Berlin", "2026-10-25 02:29+02:00",
                "Sun 2026-10-25 02:30+02:00"
            ),
            (
                "1990-10-25", 0, "2:30", "Europe/Berlin", "2026-10-25 02:00+01:00",
                "Mon 2027-10-25 02:30+02:00"
            ),
            ("1990-12-30", 0, "9:00", "Pacific/Apia", "2011-12-29 10:00-10:00", "Sat 2011-12-31 00:00+14:00"),
            // A date still to come is its own first anniversary.
            ("2030-05-01", 30, "9:00", "UTC", "2026-12-01 10:00Z", "Mon 2030-04-01 09:00+00:00"),
            ("9999-05-01", 0, "9:00", "UTC", "9999-05-01 10:00Z", "never"),
        ])
    func next(date: String, days: Int, time: String, zone: String, after: String, expected: String) throws {
        var clock = try zoneClock(zone)
        let rule = try Anniversary(daysBefore: days, at: TimeOfDay(time))
        let date = try #require(CivilDate(iso: date))
        let found = rule.next(of: date, after: try instant(after), in: &clock)
        #expect(shown(found, &clock) == expected)
    }

    @Test("an anniversary is the one that a walk over all days finds", arguments: changes.indices)
    func scan(place: Int) throws {
        var random = SplitMix64(seed: 300 + UInt64(place))
        let (zone, near) = changes[place]
        var clock = try zoneClock(zone)
        let first = try #require(CivilDate(iso: near)).daysSinceEpoch
        for _ in 0..<40 {
            let date = CivilDate(daysSinceEpoch: Int.random(in: 0...14_000, using: &random))
            let rule = try Anniversary(
                daysBefore: Int.random(in: 0...365, using: &random),
                at: #require(TimeOfDay(minute: Int.random(in: 0..<1440, using: &random))))
            let after = Int64(first) * 86_400 + Int64.random(in: -40_000_000...40_000_000, using: &random)
            let days = Int(after / 86_400) - 3...Int(after / 86_400) + 800
            let runs = days.filter { day in
                let day = CivilDate(daysSinceEpoch: day + rule.daysBefore)
                let isLeapDay = date.month == 2 && date.day == 29 && !CivilDate.isLeap(day.year)
                return day.month == date.month && day.day == (isLeapDay ? 28 : date.day)
            }.map { clock.firstInstant(reaching: Int64($0) * 86_400 + Int64(rule.time.minute) * 60) }
            #expect(rule.next(of: date, after: after, in: &clock) == runs.first { $0 > after })
        }
    }

    @Test(
        "an anniversary describes itself",
        arguments: [
            (0, "on the day, at 10:00"), (1, "1 day before, at 10:00"), (3, "3 days before, at 10:00"),
        ])
    func descriptions(days: Int, expected: String) throws {
        let rule = try Anniversary(daysBefore: days, at: TimeOfDay("10:00"))
        #expect(rule.description == expected)
    }

    @Test("more than a year before, after the day, and 24:00 are refused")
    func errors() throws {
        let time = try TimeOfDay("10:00")
        for days in [-1, 366] {
            let error = try #require(throws: CalendarError.self) {
                try Anniversary(daysBefore: days, at: time)
            }
            let expected = """
                '\(days) days before' is no anniversary: the number of days before is from 0 to 365, got '\(days)'
                """
            #expect(error.diagnostic.message == expected)
            #expect(error.diagnostic.hint == #"write, for example, { "birthday", days(3) }"#)
        }
        let midnight = try TimeOfDay("24:00", isEnd: true)
        let error = try #require(throws: CalendarError.self) { try Anniversary(at: midnight) }
        #expect(error.diagnostic.message == "'at 24:00' is no anniversary: '24:00' is no time of day")
    }
}
