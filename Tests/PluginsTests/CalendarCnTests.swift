import Basics
import Calendars
import Foundation
import Plugins
import TestSupport
import Testing

@testable import Rules

@Suite("The plugin calendar-cn")
struct CalendarCnTests {
    private let host: RuleHost

    init() throws {
        let code = try PluginFolder(at: checkout.appending(path: "plugins/calendar-cn")).code(
            options: .object([]))
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        host = try RuleHost(clock: RuleClock(now: 0, zone: zone))
        host.load(plugins: [code])
        host.calendars.provided = "cn"
        #expect(host.pluginProblems.map(\.reason.message) == [])
    }

    /// The days of a month.
    private func days(_ year: Int, _ month: Int) throws -> [CivilDate] {
        let first = try #require(CivilDate(year: year, month: month, day: 1))
        return (0..<31).map { CivilDate(daysSinceEpoch: first.daysSinceEpoch + $0) }.filter {
            $0.month == month
        }
    }

    @Test(
        "each month has as many workdays as chinesecalendar 1.11.0 counts by the notices of the State Council",
        arguments: [
            (2020, [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]),
            (2021, [20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23]),
            (2022, [21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22]),
            (2023, [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21]),
            (2024, [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]),
            (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
            (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
        ])
    func workdays(_ year: Int, _ counts: [Int]) throws {
        let calendar = try host.holidays()
        #expect(try (1...12).map { try days(year, $0).count(where: calendar.isWorkday) } == counts)
    }

    @Test(
        "the notice of 2026 is followed day by day",
        arguments: [
            // Its dates of holidays, and the Saturdays and Sundays on which people go to work.
            (
                "off",
                [
                    "2026-01-01", "2026-01-03", "2026-02-15", "2026-02-23", "2026-04-04", "2026-04-06",
                    "2026-05-01", "2026-05-05", "2026-06-19", "2026-06-21", "2026-09-25", "2026-09-27",
                    "2026-10-01", "2026-10-07",
                ]
            ),
            (
                "worked",
                [
                    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
                    "2026-02-24", "2026-10-08",
                ]
            ),
            ("neither", ["2026-01-10", "2026-02-08", "2026-10-11"]),
        ])
    func notice(_ kind: String, _ texts: [String]) throws {
        let calendar = try host.holidays()
        for text in texts {
            let day = try #require(CivilDate(iso: text))
            #expect(calendar.isOff(day) == (kind == "off"), "\(text)")
            #expect(calendar.isWorkday(day) == (kind == "worked"), "\(text)")
        }
    }

    @Test(
        "from 2027 on each year has the 13 statutory days off, of which two may be one, and no make-up workday"
    )
    func statutory() throws {
        let calendar = try host.holidays()
        for year in 2027...2035 {
            let all = try (1...12).flatMap { try days(year, $0) }
            // The Mid-Autumn Festival lies within the National Day holiday of 2028 and 2031.
            #expect(all.count(where: calendar.isOff) == ([2028, 2031].contains(year) ? 12 : 13), "\(year)")
            #expect(!all.contains { calendar.isWorkday($0) && $0.weekday > 5 }, "\(year)")
        }
    }

    @Test(
        "festivals fall on the days that the Hong Kong Observatory and almanacs publish",
        arguments: [
            ("spring-festival", "2020-01-25"), ("spring-festival", "2033-01-31"),
            ("lantern-festival", "2026-03-03"), ("qingming", "2024-04-04"), ("qingming", "2027-04-05"),
            ("dragon-boat", "2025-05-31"), ("dragon-boat", "2028-05-28"), ("qixi", "2025-08-29"),
            ("mid-autumn", "2025-10-06"), ("mid-autumn", "2031-10-01"), ("double-ninth", "2026-10-18"),
        ])
    func festivals(_ name: String, _ date: String) throws {
        let festival = try #require(try host.festivals().first { $0.name == name })
        var clock = host.clock.local
        let day = try #require(CivilDate(iso: date))
        let noon = Int64(day.daysSinceEpoch) * 86_400 + 4 * 3600
        let found = try festival.next(Anniversary(at: TimeOfDay("12:00")), after: noon - 86_400, in: &clock)
        #expect(found == noon)
    }

    @Test("it knows seven festivals in each of sixteen years, and none of them twice in one")
    func count() throws {
        var clock = host.clock.local
        for festival in try host.festivals() {
            var years: [Int] = []
            var last: Int64 = 0
            while let next = try festival.next(Anniversary(at: TimeOfDay("12:00")), after: last, in: &clock) {
                years.append(clock.wallClock(at: next).date.year)
                last = next
            }
            #expect(years == Array(2020...2035), "\(festival.name)")
        }
        #expect(
            try host.festivals().map(\.name) == [
                "double-ninth", "dragon-boat", "lantern-festival", "mid-autumn", "qingming", "qixi",
                "spring-festival",
            ])
    }
}
