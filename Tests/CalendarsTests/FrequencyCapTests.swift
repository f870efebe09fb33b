import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Frequency caps")
struct FrequencyCapTests {
    @Test(
        "a cap allows one more, or says when it will",
        arguments: [
            // By date.
            (
                2, .day, "Asia/Shanghai", ["2026-12-01 09:00+08:00"], "2026-12-01 10:00+08:00",
                "Tue 2026-12-01 10:00+08:00"
            ),
            (
                2, .day, "Asia/Shanghai", ["2026-12-01 00:00+08:00", "2026-12-01 09:00+08:00"],
                "2026-12-01 10:00+08:00", "Wed 2026-12-02 00:00+08:00"
            ),
            (
                2, .day, "Asia/Shanghai", ["2026-11-30 23:59:59+08:00", "2026-12-01 09:00+08:00"],
                "2026-12-01 10:00+08:00", "Tue 2026-12-01 10:00+08:00"
            ),
            (
                1, .day, "Asia/Shanghai", ["2026-12-31 09:00+08:00"], "2026-12-31 23:59:59+08:00",
                "Fri 2027-01-01 00:00+08:00"
            ),
            // A date of 25 hours, one that begins at 1:00, and a date before one that never was.
            (
                1, .day, "Europe/Berlin", ["2026-10-25 00:00+02:00"], "2026-10-25 23:59:59+01:00",
                "Mon 2026-10-26 00:00+01:00"
            ),
            (
                1, .day, "America/Sao_Paulo", ["2018-11-03 10:00-03:00"], "2018-11-03 20:00-03:00",
                "Sun 2018-11-04 01:00-02:00"
            ),
            (
                1, .day, "Pacific/Apia", ["2011-12-29 10:00-10:00"], "2011-12-29 20:00-10:00",
                "Sat 2011-12-31 00:00+14:00"
            ),
            // Rolling: what was sent 24 hours ago no longer counts.
            (
                1, .rolling(seconds: 86_400), "Europe/Berlin", ["2026-10-24 12:00+02:00"],
                "2026-10-24 23:00+02:00",
                "Sun 2026-10-25 11:00+01:00"
            ),
            (
                2, .rolling(seconds: 3600), "UTC",
                ["2026-12-01 09:00Z", "2026-12-01 09:10Z", "2026-12-01 09:20Z"],
                "2026-12-01 09:30Z", "Tue 2026-12-01 10:10+00:00"
            ),
            (
                2, .rolling(seconds: 3600), "UTC", ["2026-12-01 09:00Z", "2026-12-01 09:10Z"],
                "2026-12-01 09:59:59Z", "Tue 2026-12-01 10:00+00:00"
            ),
            (
                2, .rolling(seconds: 3600), "UTC", ["2026-12-01 09:00Z", "2026-12-01 09:10Z"],
                "2026-12-01 10:00Z", "Tue 2026-12-01 10:00+00:00"
            ),
            // What is sent later does not count before.
            (
                1, .rolling(seconds: 3600), "UTC", ["2026-12-01 09:00Z"], "2026-12-01 08:59:59Z",
                "Tue 2026-12-01 08:59:59+00:00"
            ),
            (0, .day, "UTC", [], "2026-12-01 10:00Z", "never"),
            (0, .rolling(seconds: 60), "UTC", [], "2026-12-01 10:00Z", "never"),
        ] as [(Int, FrequencyCap.Span, String, [String], String, String)])
    func next(
        limit: Int, span: FrequencyCap.Span, zone: String, sends: [String], at: String, expected: String
    ) throws {
        var clock = try zoneClock(zone)
        let cap = try FrequencyCap(limit, per: span)
        let sends = try sends.map(instant)
        let at = try instant(at)
        let found = cap.nextAllowed(from: at, sends: sends, in: &clock)
        #expect(shown(found, &clock) == expected)
        #expect(cap.allows(at: at, sends: sends, in: &clock) == (found == at))
    }

    @Test("caps allow what a scan of every minute counts", arguments: changes.indices)
    func scan(place: Int) throws {
        let (zone, near) = changes[place]
        let scan = try SlowScan(zone: zone, near: near, days: 14)
        var random = SplitMix64(seed: 500 + UInt64(place))
        for _ in 0..<30 {
            let limit = Int.random(in: 1...3, using: &random)
            let length = Int.random(in: 1...4000, using: &random)
            let isByDay = Bool.random(using: &random)
            let span = isByDay ? FrequencyCap.Span.day : .rolling(seconds: Int64(length) * 60)
            let cap = try FrequencyCap(limit, per: span)
            let minutes = (0..<Int.random(in: 0...12, using: &random))
                .map { _ in Int.random(in: 1440..<7 * 1440, using: &random) }.sorted()
            let sends = minutes.map(scan.instant)
            func allows(_ minute: Int) -> Bool {
                let counted = minutes.filter { sent in
                    guard sent <= minute else { return false }
                    return isByDay
                        ? scan.walls[sent] / 1440 == scan.walls[minute] / 1440 : sent > minute - length
                }
                return counted.count < limit
            }
            var clock = try zoneClock(zone)
            for _ in 0..<10 {
                let minute = Int.random(in: 1440..<7 * 1440, using: &random)
                let at = scan.instant(minute)
                #expect(cap.allows(at: at, sends: sends, in: &clock) == allows(minute))
                let next = try #require((minute..<14 * 1440).first(where: allows))
                #expect(cap.nextAllowed(from: at, sends: sends, in: &clock) == scan.instant(next))
            }
        }
    }

    @Test(
        "a cap describes itself",
        arguments: [
            (2, .day, "2 in a day"), (3, .rolling(seconds: 604_800), "3 in 7 days (rolling)"),
            (1, .rolling(seconds: 86_400), "1 in 1 day (rolling)"),
            (1, .rolling(seconds: 43_200), "1 in 12 hours (rolling)"),
            (1, .rolling(seconds: 90), "1 in 90 seconds (rolling)"),
        ] as [(Int, FrequencyCap.Span, String)])
    func descriptions(limit: Int, span: FrequencyCap.Span, expected: String) throws {
        let cap = try FrequencyCap(limit, per: span)
        #expect(cap.description == expected)
    }

    @Test(
        "a cap below 0, and a span that is none, are refused",
        arguments: [
            (-1, .day, "'-1' is no frequency cap: the number of messages is 0 or more, got '-1'"),
            (
                2, .rolling(seconds: 0),
                "'2 in 0 seconds' is no frequency cap: the span is 1 second to 100 years, got '0'"
            ),
        ] as [(Int, FrequencyCap.Span, String)])
    func errors(limit: Int, span: FrequencyCap.Span, message: String) throws {
        let error = try #require(throws: CalendarError.self) { try FrequencyCap(limit, per: span) }
        #expect(error.diagnostic.message == message)
        #expect(error.diagnostic.hint == "write, for example, 2")
    }
}
