import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Holiday calendars")
struct HolidayCalendarTests {
    @Test(
        "days off are no workdays, and make-up days are",
        arguments: [
            ("2026-09-30", false, true), ("2026-10-01", true, false), ("2026-10-04", true, false),
            ("2026-10-07", true, false), ("2026-10-08", false, true), ("2026-10-10", false, true),
            ("2026-10-11", false, false), ("2026-10-17", false, false), ("2026-12-25", true, false),
            ("2027-01-01", true, false), ("2026-12-31", true, false), ("2027-01-02", false, false),
        ])
    func days(date: String, isOff: Bool, isWorkday: Bool) throws {
        let calendar = try HolidayCalendar(
            ["2026-12-25", "2026-10-01..2026-10-07", "2026-10-03 .. 2026-10-04", "2026-12-31..2027-01-01"],
            workdays: ["2026-10-10", "2026-09-20"])
        let date = try #require(CivilDate(iso: date))
        #expect(calendar.isOff(date) == isOff)
        #expect(calendar.isWorkday(date) == isWorkday)
    }

    @Test("random calendars answer as their lists do")
    func scan() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<60 {
            var off: Set<Int> = []
            let entries = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                let first = Int.random(in: 20_000...20_100, using: &random)
                let last = first + Int.random(in: 0...6, using: &random)
                off.formUnion(first...last)
                let from = CivilDate(daysSinceEpoch: first)
                return first == last ? "\(from)" : "\(from)..\(CivilDate(daysSinceEpoch: last))"
            }
            let worked = (20_000...20_100).filter { day in
                CivilDate(daysSinceEpoch: day).weekday > 5 && !off.contains(day)
                    && Bool.random(using: &random)
            }
            let calendar = try HolidayCalendar(
                entries,
                workdays: worked.map { CivilDate(daysSinceEpoch: $0).description }.shuffled(using: &random))
            for day in 19_990...20_120 {
                let date = CivilDate(daysSinceEpoch: day)
                #expect(calendar.isOff(date) == off.contains(day))
                let isWorkday = date.weekday <= 5 ? !off.contains(day) : worked.contains(day)
                #expect(calendar.isWorkday(date) == isWorkday)
            }
        }
    }

    @Test(
        "what is no holiday is told with the next step",
        arguments: [
            (
                ["2026-02-29"], [],
                "'2026-02-29' is no day or range of days: the calendar has no such day, or it is written in another way",
                "write a day of the calendar such as 2026-10-01"
            ),
            (
                [""], [], "expected a day or range of days, got nothing",
                #"write, for example, { "2026-10-01..2026-10-07" }"#
            ),
            (
                ["2026-10-01..2026-10-32"], [],
                "'2026-10-01..2026-10-32' is no day or range of days: '2026-10-32' is no date",
                "write a day of the calendar such as 2026-10-01"
            ),
            (
                ["2026-10-07..2026-10-01"], [],
                "'2026-10-07..2026-10-01' is no day or range of days: the range ends before it begins",
                "write the earlier day first, such as 2026-10-01..2026-10-07"
            ),
            (
                ["2026-10-01..2036-10-07"], [],
                "'2026-10-01..2036-10-07' is no day or range of days: the range is longer than a year",
                "list each year's days for themselves"
            ),
            (
                ["2026-10-01..2026-10-03..2026-10-07"], [],
                "'2026-10-01..2026-10-03..2026-10-07' is no day or range of days: it is whole before '..2026-10-07'",
                "remove '..2026-10-07' and what follows it"
            ),
            (
                ["2026-10-01..2026-10-07"], ["2026-10-04"],
                "'2026-10-04' is no day or range of days: 2026-10-04 is both a holiday and a workday",
                "remove it from one of the two lists"
            ),
            (
                [], ["2026-10-13"],
                "'2026-10-13' is no day or range of days: 2026-10-13 is a Tuesday, a workday without being listed",
                "list only workdays that fall on a weekend, or correct the date"
            ),
        ] as [([String], [String], String, String)])
    func errors(off: [String], workdays: [String], message: String, hint: String) throws {
        let error = try #require(throws: CalendarError.self) { try HolidayCalendar(off, workdays: workdays) }
        #expect(error.diagnostic.message == message)
        #expect(error.diagnostic.hint == hint)
    }
}
