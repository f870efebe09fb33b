import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Best hours")
struct BestHourTests {
    private static func opens(_ counts: [Int: Int]) -> [Int] { (0..<24).map { counts[$0] ?? 0 } }

    private static func window(_ from: String, _ to: String) throws -> TimeWindow {
        try TimeWindow(from: TimeOfDay(from), to: TimeOfDay(to, isEnd: true))
    }

    @Test(
        "the hour of most opens is chosen where it is clearly ahead of the fallback",
        arguments: [
            ([:], 10), ([20: 1], 10), ([20: 2], 10), ([20: 3], 20), ([20: 3, 7: 3], 7), ([20: 4, 7: 3], 20),
            ([20: 12, 10: 10], 10), ([20: 13, 10: 10], 20), ([0: 5, 23: 5], 0),
        ] as [([Int: Int], Int)])
    func choice(counts: [Int: Int], hour: Int) throws {
        let chosen = try BestHour(fallback: 10).hour(opens: Self.opens(counts), within: [])
        #expect(chosen == hour)
    }

    @Test("only hours count in which all windows can be open")
    func windows() throws {
        let rule = try BestHour(fallback: 10)
        let counts = Self.opens([3: 50, 9: 5, 20: 8, 22: 30])
        let awake = try TimeWindow(quietFrom: TimeOfDay("21:00"), until: TimeOfDay("8:00"))
        #expect(rule.hour(opens: counts, within: []) == 3)
        #expect(rule.hour(opens: counts, within: [awake]) == 20)
        #expect(rule.hour(opens: counts, within: [awake, try Self.window("9:30", "20:00")]) == 9)
        // The fallback is closed: the next hour that is not stands in for it.
        #expect(rule.hour(opens: Self.opens([:]), within: [try Self.window("14:30", "18:00")]) == 14)
        #expect(rule.hour(opens: Self.opens([:]), within: [try Self.window("6:00", "9:00")]) == 6)
        // No hour has both.
        let apart = [try Self.window("9:00", "9:30"), try Self.window("9:30", "10:00")]
        #expect(rule.hour(opens: counts, within: apart) == nil)
        let part = [try Self.window("9:00", "9:31"), try Self.window("9:30", "10:00")]
        #expect(rule.hour(opens: counts, within: part) == 9)
    }

    @Test(
        "the next instant at an hour is within it, where all windows are open",
        arguments: [
            (20, "2026-12-01 09:00+01:00", "Tue 2026-12-01 20:00+01:00"),
            (20, "2026-12-01 20:10+01:00", "Tue 2026-12-01 20:10+01:00"),
            (20, "2026-12-01 20:30+01:00", "Wed 2026-12-02 20:00+01:00"),
            (8, "2026-12-01 06:00+01:00", "Tue 2026-12-01 08:15+01:00"),
            (2, "2026-12-01 06:00+01:00", "never"),
        ])
    func next(hour: Int, from: String, expected: String) throws {
        var clock = try zoneClock("Europe/Berlin")
        let windows = [try Self.window("8:15", "20:30")]
        let found = BestHour.next(hour: hour, from: try instant(from), within: windows, in: &clock)
        #expect(shown(found, &clock) == expected)
    }

    @Test("a skipped hour comes the next day, and one that comes twice is taken as it comes")
    func daylight() throws {
        var clock = try zoneClock("Europe/Berlin")
        let spring = try instant("2026-03-29 00:00+01:00")
        let skipped = BestHour.next(hour: 2, from: spring, within: [], in: &clock)
        #expect(shown(skipped, &clock) == "Mon 2026-03-30 02:00+02:00")
        let autumn = try instant("2026-10-25 02:30+01:00")
        #expect(BestHour.next(hour: 2, from: autumn, within: [], in: &clock) == autumn)
    }

    @Test("a fallback that is no hour is refused", arguments: [-1, 24])
    func errors(hour: Int) throws {
        let error = try #require(throws: CalendarError.self) { try BestHour(fallback: hour) }
        #expect(
            error.diagnostic.message == "'\(hour)' is no best hour: the hour is from 0 to 23, got '\(hour)'")
        #expect(error.diagnostic.hint == "write, for example, 10")
    }
}
