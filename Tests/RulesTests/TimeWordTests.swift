import Foundation
import Testing

@testable import Rules

@Suite("Words of time")
struct TimeWordTests {
    @Test("spans are seconds, whole where they can be")
    func spans() throws {
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)")
        let cases = [
            ("minutes(30)", "1800"), ("hours(2)", "7200"), ("days(3)", "259200"), ("days(0)", "0"),
            ("days(-1)", "-86400"), ("days(0.5)", "43200"), ("minutes(0.001)", "0.06"),
            ("hours(1.5)", "5400"),
            ("now()", "1796086800"), ("days_ago(1)", "1796000400"), ("days_ago(0)", "1796086800"),
            ("days_ago(-1)", "1796173200"), ("days_ago(0.5)", "1796043600"),
            ("now() - days(90) == days_ago(90)", "true"),
            ("days()", "error: days takes a number as argument 1, got nothing"),
            ("days('3')", "error: days takes a number as argument 1, got the text '3'"),
            ("days(c.last_order_at)", "error: days takes a number as argument 1, got nothing"),
            ("days_ago(true)", "error: days_ago takes a number as argument 1, got true"),
        ]
        try workshop.expect(cases)
    }

    @Test(
        "today is midnight of the workspace's zone",
        arguments: [
            ("Asia/Shanghai", "2026-12-01 00:00"), ("Asia/Shanghai", "2026-12-01 00:01"),
            ("Asia/Shanghai", "2026-12-01 23:59"), ("UTC", "2026-12-01 23:59"),
            ("America/New_York", "2026-03-08 23:00"), ("America/New_York", "2026-11-01 12:00"),
            ("Pacific/Apia", "2026-01-01 00:00"), ("Asia/Kathmandu", "2024-02-29 13:00"),
        ])
    func today(_ zone: String, _ local: String) throws {
        let clock = RuleClock(now: 0, zone: try #require(TimeZone(identifier: zone)))
        let now = try #require(clock.instant(local))
        let midnight = try #require(clock.instant("\(local.prefix(10)) 00:00"))
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)", now: now, zone: zone)
        #expect(try workshop.value("today()") == "\(midnight)")
    }

    @Test("one second before midnight it is still the day before")
    func border() throws {
        let midnight: Int64 = 1_796_054_400  // 1 December 2026 in Shanghai
        for (now, expected) in [
            (midnight - 1, midnight - 86_400), (midnight, midnight), (midnight + 1, midnight),
        ] {
            let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)", now: now)
            #expect(try workshop.value("today()") == "\(expected)")
        }
    }

    @Test("date reads days and times of the workspace's zone, and nothing else")
    func dates() throws {
        let workshop = try Workshop("INSERT INTO customers (id, birthday) VALUES (1, '1990-02-28')")
        func bad(_ text: String) -> (String, String) {
            (
                "date '\(text)'",
                "error: date takes a day such as 2026-11-11 or 2026-11-11 10:00, got '\(text)'"
            )
        }
        let cases = [
            ("date '2026-12-01'", "1796054400"), ("date '2026-12-01 09:00'", "1796086800"),
            ("date '2026-12-01T09:00'", "1796086800"), ("date '2026-12-01 09:00:30'", "1796086830"),
            ("date '2024-02-29'", "1709136000"), ("date '1970-01-01'", "-28800"),
            ("date(nil)", "nil"), ("date(c.birthday)", "636134400"), ("date(c.city)", "nil"),
            ("c.registered_at < date(c.birthday)", "false"),
            bad("2026-02-29"), bad("2026-13-01"), bad("2026-1-1"), bad("11.11.2026"), bad("20261201"),
            bad(""),
            bad("2026-12-01 24:00"), bad("2026-12-01 9:00"), bad("2026-12-01 09"), bad("2026-12-01 09:60"),
            bad("2026-12-01 09:00 Z"), bad("+026-12-01"), bad("2026-+1-01"), bad("2026-12-01 +9:00"),
            bad("tomorrow"), bad("２０２６-12-01"),
            ("date(5)", "error: date takes a text as argument 1, got the number 5"),
        ]
        try workshop.expect(cases)
    }
}
