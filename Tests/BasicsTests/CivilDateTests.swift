import Basics
import Foundation
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test("the day number and the date lead to each other for every day of the years 1 to 9999")
    func roundTrip() throws {
        let first = try #require(CivilDate(year: 1, month: 1, day: 1)).daysSinceEpoch
        let last = try #require(CivilDate(year: 9999, month: 12, day: 31)).daysSinceEpoch
        #expect(last - first == 3_652_058)
        var previous = CivilDate(daysSinceEpoch: first - 1)
        var wrong = 0
        for day in first...last {
            let date = CivilDate(daysSinceEpoch: day)
            if date.daysSinceEpoch != day || date <= previous { wrong += 1 }
            if CivilDate(year: date.year, month: date.month, day: date.day) != date { wrong += 1 }
            if date.weekday != previous.weekday % 7 + 1 { wrong += 1 }
            previous = date
        }
        #expect(wrong == 0)
    }

    @Test("dates agree with Foundation's Gregorian calendar after 1600")
    func foundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        var random = SplitMix64(seed: 1)
        for _ in 0..<2_000 {
            let day = Int.random(in: -135_000...1_000_000, using: &random)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date.year == parts.year && date.month == parts.month && date.day == parts.day)
            // Foundation counts from Sunday as 1.
            #expect(date.weekday % 7 + 1 == parts.weekday)
        }
    }

    @Test(
        "a leap year is every fourth, but of the centuries only every fourth",
        arguments: [
            (2024, true), (2026, false), (1900, false), (2000, true), (2100, false), (4, true), (1, false),
        ])
    func leapYears(year: Int, isLeap: Bool) {
        #expect(CivilDate.isLeap(year) == isLeap)
        #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
        #expect(CivilDate.days(inMonth: 2, of: year) == (isLeap ? 29 : 28))
    }

    @Test(
        "a text that is no day of the calendar gives no date",
        arguments: [
            "", "2026", "2026-11", "2026-11-21-", "2026-1-1", "26-11-21", "2026-13-01", "2026-00-10",
            "2026-02-29",
            "2026-04-31", "2026-01-00", "2026-01-32", "0000-01-01", "+123-01-01", "2026-+1-01", "2026-01-+1",
            "-026-01-01", "2026/01/01", " 2026-01-01", "2026-01-01 ", "２０２６-01-01", "2026-0１-01",
            "2026-1e-01",
        ])
    func badTexts(text: String) {
        #expect(CivilDate(iso: text) == nil)
    }

    @Test(
        "a date is read from and written as YYYY-MM-DD",
        arguments: ["0001-01-01", "0987-06-05", "1970-01-01", "2024-02-29", "2026-11-21", "9999-12-31"])
    func iso(text: String) throws {
        #expect(try #require(CivilDate(iso: text)).description == text)
    }

    @Test(
        "weekdays count from Monday",
        arguments: [
            ("1970-01-01", 4), ("2026-11-21", 6), ("2000-02-29", 2), ("2026-11-22", 7), ("2026-11-23", 1),
        ])
    func weekdays(text: String, weekday: Int) throws {
        #expect(try #require(CivilDate(iso: text)).weekday == weekday)
    }

    @Test(
        "29 February comes round on 28 February in common years",
        arguments: [
            ("2000-02-29", 2027, "2027-02-28"), ("2000-02-29", 2028, "2028-02-29"),
            ("2000-02-29", 2100, "2100-02-28"), ("2001-02-28", 2028, "2028-02-28"),
            ("2001-12-31", 2028, "2028-12-31"),
        ])
    func anniversaries(text: String, year: Int, expected: String) throws {
        #expect(try #require(CivilDate(iso: text)).anniversary(in: year)?.description == expected)
    }

    @Test(
        "seconds before 1970 belong to the days before it",
        arguments: [(0, 0, 0), (86_399, 0, 86_399), (86_400, 1, 0), (-1, -1, 86_399), (-86_400, -1, 0)])
    func days(seconds: Int64, day: Int, second: Int) {
        #expect(dayAndSecond(seconds) == (day, second))
    }

    @Test(
        "digits fills up with zeros and never cuts",
        arguments: [(7, 2, "07"), (0, 4, "0000"), (12345, 2, "12345")])
    func zeros(number: Int, width: Int, text: String) {
        #expect(digits(number, width) == text)
    }
}
