import Basics
import Calendars
import Catalog
import Foundation
import Testing

@testable import Simulator

@Suite("The gates that look at the clock")
struct PolicyTimeTests {
    /// The clock of a zone as customers' data name it, in a workspace in Shanghai.
    private static func clock(_ zone: String?) throws -> ZoneClock {
        ZoneClock(named: zone, else: ZoneClock(try #require(TimeZone(identifier: "Asia/Shanghai"))))
    }

    /// The instant of a time with its offset, such as `2026-12-01 10:00+01:00`.
    private static func instant(_ text: String) throws -> Int64 {
        var utc = ZoneClock(.gmt)
        return try Moment(text).instant(in: &utc)
    }

    /// `quiet_hours until 2026-12-01 08:00:00`; `never` for the end of time, nothing where it is not held.
    private static func shown(_ hold: Policy.Hold?, _ clock: inout ZoneClock) -> String {
        guard let hold else { return "" }
        return "\(hold.reason.rawValue) until \(hold.until == .max ? "never" : clock.text(at: hold.until))"
    }

    private static func window(_ from: String, _ to: String, _ days: TimeWindow.Days = .every) throws
        -> TimeWindow
    {
        try TimeWindow(
            from: TimeOfDay(from), to: TimeOfDay(to, isEnd: true), days: days,
            holidays: HolidayCalendar(["2026-10-01..2026-10-07"], workdays: ["2026-10-10"]))
    }

    @Test(
        "quiet hours from 21:00 to 8:00 hold a message until they are over where the customer is",
        arguments: [
            ("Asia/Shanghai", "2026-12-01 20:59:59+08:00", ""),
            ("Asia/Shanghai", "2026-12-01 21:00+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            ("Asia/Shanghai", "2026-12-02 00:00+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            ("Asia/Shanghai", "2026-12-02 07:59:59+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            ("Asia/Shanghai", "2026-12-02 08:00+08:00", ""),
            // Zones that there are not, and customers without one, are in the workspace's.
            ("Mars/Base", "2026-12-01 21:00+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            (nil, "2026-12-02 07:59+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            ("", "2026-12-02 08:00+08:00", ""),
            ("Europe/Berlin", "2026-12-02 08:00+08:00", "quiet_hours until 2026-12-02 08:00:00"),
            // The nights in which the clocks change, and that of a leap day.
            ("Europe/Berlin", "2026-03-28 23:00+01:00", "quiet_hours until 2026-03-29 08:00:00"),
            ("Europe/Berlin", "2026-10-25 02:30+02:00", "quiet_hours until 2026-10-25 08:00:00"),
            ("Europe/Berlin", "2026-10-25 02:30+01:00", "quiet_hours until 2026-10-25 08:00:00"),
            ("America/New_York", "2026-03-08 01:59:59-05:00", "quiet_hours until 2026-03-08 08:00:00"),
            ("Asia/Kathmandu", "2028-02-28 22:00+05:45", "quiet_hours until 2028-02-29 08:00:00"),
            ("Asia/Kathmandu", "2028-02-29 23:00+05:45", "quiet_hours until 2028-03-01 08:00:00"),
        ] as [(String?, String, String)])
    func quietHours(zone: String?, at: String, expected: String) throws {
        var clock = try Self.clock(zone)
        let awake = try TimeWindow(quietFrom: TimeOfDay("21:00"), until: TimeOfDay("8:00", isEnd: true))
        let hold = Policy.windows(at: try Self.instant(at), awake: awake, sendWindow: nil, in: &clock)
        #expect(Self.shown(hold, &clock) == expected)
    }

    @Test("how long quiet hours hold a message in the nights in which the clocks change")
    func daylight() throws {
        var clock = try Self.clock("Europe/Berlin")
        let awake = try TimeWindow(quietFrom: TimeOfDay("21:00"), until: TimeOfDay("8:00", isEnd: true))
        func hours(_ from: String) throws -> Int64? {
            let time = try Self.instant(from)
            return Policy.windows(at: time, awake: awake, sendWindow: nil, in: &clock).map {
                ($0.until - time) / 3600
            }
        }
        #expect(try hours("2026-03-27 21:00+01:00") == 11)
        #expect(try hours("2026-03-28 21:00+01:00") == 10)
        #expect(try hours("2026-10-24 21:00+02:00") == 12)
    }

    @Test(
        "a send window holds a message until it opens, with quiet hours until both are open; what is closed first is named",
        arguments: [
            (
                ("10:00", "18:00"), .every, nil, "2026-12-01 09:00+08:00",
                "send_window until 2026-12-01 10:00:00"
            ),
            (
                ("10:00", "18:00"), .every, nil, "2026-12-01 18:00+08:00",
                "send_window until 2026-12-02 10:00:00"
            ),
            (("10:00", "18:00"), .every, nil, "2026-12-01 17:59:59+08:00", ""),
            // Across midnight it belongs to the day on which it opens.
            (("22:00", "2:00"), .workdays, nil, "2026-12-05 01:59+08:00", ""),
            (
                ("22:00", "2:00"), .workdays, nil, "2026-12-06 01:00+08:00",
                "send_window until 2026-12-07 22:00:00"
            ),
            // The first week of October is off, and the Saturday behind it is worked.
            (
                ("10:00", "18:00"), .workdays, nil, "2026-10-01 12:00+08:00",
                "send_window until 2026-10-08 10:00:00"
            ),
            (
                ("10:00", "18:00"), .workdays, nil, "2026-10-09 18:00+08:00",
                "send_window until 2026-10-10 10:00:00"
            ),
            (
                ("10:00", "18:00"), .every, nil, "2026-10-07 12:00+08:00",
                "send_window until 2026-10-08 10:00:00"
            ),
            // With quiet hours.
            (
                ("6:00", "9:00"), .every, ("21:00", "8:00"), "2026-12-01 06:30+08:00",
                "quiet_hours until 2026-12-01 08:00:00"
            ),
            (
                ("6:00", "9:00"), .every, ("21:00", "8:00"), "2026-12-01 09:30+08:00",
                "send_window until 2026-12-02 08:00:00"
            ),
            (("6:00", "9:00"), .every, ("21:00", "8:00"), "2026-12-01 08:30+08:00", ""),
            (
                ("6:00", "7:00"), .every, ("21:00", "8:00"), "2026-12-01 06:30+08:00",
                "quiet_hours until never"
            ),
        ] as [((String, String), TimeWindow.Days, (String, String)?, String, String)])
    func sendWindow(
        hours: (String, String), days: TimeWindow.Days, quiet: (String, String)?, at: String, expected: String
    ) throws {
        var clock = try Self.clock(nil)
        let hold = Policy.windows(
            at: try Self.instant(at),
            awake: try quiet.map {
                try TimeWindow(quietFrom: TimeOfDay($0.0), until: TimeOfDay($0.1, isEnd: true))
            },
            sendWindow: try Self.window(hours.0, hours.1, days), in: &clock)
        #expect(Self.shown(hold, &clock) == expected)
    }

    private static func cap(_ limit: Int?, hours: Int64? = nil) throws -> FrequencyCap? {
        try limit.map { try FrequencyCap($0, per: hours.map { .rolling(seconds: $0 * 3600) } ?? .day) }
    }

    /// `a email 2026-12-01 10:00+08:00`, or without a campaign what was sent before the run.
    private static func counted(_ text: String) throws -> Policy.Counted {
        let parts = text.split(separator: " ").map(String.init)
        return Policy.Counted(
            time: try instant(parts.suffix(2).joined(separator: " ")),
            channel: try #require(Channel(rawValue: parts[parts.count - 3])),
            campaign: parts.count > 3 ? parts[0] : nil)
    }

    @Test(
        "the cap holds a message until the customer's next day, and names the campaigns that used it up",
        arguments: [
            (nil, "Asia/Shanghai", "2026-12-01 12:00+08:00", ["a email 2026-12-01 10:00+08:00"], "", []),
            (0, "Asia/Shanghai", "2026-12-01 12:00+08:00", [], "frequency_cap until never", []),
            (2, "Asia/Shanghai", "2026-12-01 12:00+08:00", ["a email 2026-12-01 10:00+08:00"], "", []),
            // Of two at one instant the first takes the place; both are of one day with the one before the
            // run.
            (
                2, "Asia/Shanghai", "2026-12-01 10:00+08:00",
                ["sms 2026-12-01 00:00+08:00", "b email 2026-12-01 10:00+08:00"],
                "frequency_cap until 2026-12-02 00:00:00", ["b"]
            ),
            (
                2, "Asia/Shanghai", "2026-12-01 12:00+08:00",
                [
                    "b email 2026-12-01 10:00+08:00", "a sms 2026-12-01 10:00+08:00",
                    "b sms 2026-12-01 11:00+08:00",
                ], "frequency_cap until 2026-12-02 00:00:00", ["b", "a"]
            ),
            // Midnight is where the customer is, and begins a day.
            (1, "Asia/Shanghai", "2026-12-02 00:00+08:00", ["a email 2026-12-01 23:59:59+08:00"], "", []),
            (
                1, "Europe/Berlin", "2026-12-02 00:00+08:00", ["a email 2026-12-01 23:59:59+08:00"],
                "frequency_cap until 2026-12-02 00:00:00", ["a"]
            ),
            (1, "Mars/Base", "2026-12-02 00:00+08:00", ["a email 2026-12-01 23:59:59+08:00"], "", []),
            // Days of 23 and 25 hours, and one that only leap years have.
            (
                1, "Europe/Berlin", "2026-03-29 23:30+02:00", ["a email 2026-03-29 00:30+01:00"],
                "frequency_cap until 2026-03-30 00:00:00", ["a"]
            ),
            (
                1, "Europe/Berlin", "2026-10-25 23:30+01:00", ["a email 2026-10-25 00:30+02:00"],
                "frequency_cap until 2026-10-26 00:00:00", ["a"]
            ),
            (
                1, "Asia/Kathmandu", "2028-02-29 12:00+05:45", ["a email 2028-02-29 00:00+05:45"],
                "frequency_cap until 2028-03-01 00:00:00", ["a"]
            ),
            (1, "Asia/Kathmandu", "2028-02-29 12:00+05:45", ["a email 2028-02-28 23:59+05:45"], "", []),
        ] as [(Int?, String, String, [String], String, [String])])
    func cap(
        limit: Int?, zone: String, at: String, sent: [String], expected: String, displacedBy: [String]
    ) throws {
        var clock = try Self.clock(zone)
        let hold = Policy.cap(
            try Self.cap(limit), ofChannel: nil, by: .email, at: try Self.instant(at),
            sent: try sent.map(Self.counted), in: &clock)
        #expect(Self.shown(hold, &clock) == expected)
        #expect(hold?.displacedBy ?? [] == displacedBy)
    }

    @Test(
        "a cap of a channel counts its own messages, and a message waits until both caps allow it",
        arguments: [
            (2, 1, nil, Channel.sms, "frequency_cap until 2026-12-02 00:00:00", ["b"]),
            (2, 1, nil, .email, "", []),
            (nil, 1, nil, .sms, "frequency_cap until 2026-12-02 00:00:00", ["b"]),
            (nil, 1, nil, .wecom, "", []), (nil, 0, nil, .wecom, "frequency_cap until never", []),
            // The day lets it go at midnight, the span of the channel at 6:00 the day after.
            (1, 1, 48, .sms, "frequency_cap until 2026-12-03 06:00:00", ["b"]),
            (1, 2, 48, .sms, "frequency_cap until 2026-12-02 00:00:00", ["b"]),
            (2, 2, nil, .sms, "", []),
        ] as [(Int?, Int, Int64?, Channel, String, [String])])
    func channelCap(
        limit: Int?, channelLimit: Int, hours: Int64?, channel: Channel, expected: String,
        displacedBy: [String]
    ) throws {
        var clock = try Self.clock(nil)
        let hold = Policy.cap(
            try Self.cap(limit), ofChannel: try Self.cap(channelLimit, hours: hours), by: channel,
            at: try Self.instant("2026-12-01 12:00+08:00"),
            sent: [
                try Self.counted("a email 2026-11-30 09:00+08:00"),
                try Self.counted("b sms 2026-12-01 06:00+08:00"),
            ], in: &clock)
        #expect(Self.shown(hold, &clock) == expected)
        #expect(hold?.displacedBy ?? [] == displacedBy)
    }

    @Test(
        "the best hour is that of most opens, where it is three ahead of the hour in which the message was asked for",
        arguments: [
            (0, 0, nil, 10), (2, 0, nil, 10), (3, 0, nil, 20), (4, 2, nil, 10), (5, 2, nil, 20),
            // Where the windows do not allow it, the hour of asking stands, or the next that they allow.
            (9, 0, ("9:00", "18:00"), 10), (9, 0, ("14:30", "18:00"), 14), (9, 0, ("20:45", "9:00"), 20),
        ] as [(Int, Int, (String, String)?, Int)])
    func bestHour(evening: Int, asked: Int, hours: (String, String)?, expected: Int) throws {
        var clock = try Self.clock("Europe/Berlin")
        // Half of the evenings are in summer time.
        let opens = try (0..<evening).map {
            try Self.instant($0.isMultiple(of: 2) ? "2026-07-01 20:59:59+02:00" : "2026-11-01 20:00+01:00")
        }
        let others = try (0..<asked).map { _ in try Self.instant("2026-11-02 10:30+01:00") }
        let found = try Policy.bestHour(
            opens: opens + others, asked: try Self.instant("2026-12-01 10:15+01:00"),
            windows: try hours.map { [try Self.window($0.0, $0.1)] } ?? [], in: &clock)
        #expect(found == expected)
    }

    @Test(
        "a message is held to the next best hour, unless it would be too old then",
        arguments: [
            (20, 48, "2026-12-01 10:15+01:00", "best_hour until 2026-12-01 20:00:00"),
            (20, 48, "2026-12-01 20:00+01:00", ""), (20, 48, "2026-12-01 20:59:59+01:00", ""),
            (20, 48, "2026-12-01 21:00+01:00", "best_hour until 2026-12-02 20:00:00"),
            (0, 48, "2026-12-01 10:15+01:00", "best_hour until 2026-12-02 00:00:00"),
            (20, 9, "2026-12-01 10:15+01:00", ""),
            (20, 10, "2026-12-01 10:00+01:00", "best_hour until 2026-12-01 20:00:00"),
            // An hour that is skipped comes the next day, and one that comes twice is good both times.
            (2, 48, "2026-03-29 00:15+01:00", "best_hour until 2026-03-30 02:00:00"),
            (2, 48, "2026-10-25 02:30+02:00", ""), (2, 48, "2026-10-25 02:30+01:00", ""),
            (7, 48, "2028-02-28 08:00+01:00", "best_hour until 2028-02-29 07:00:00"),
        ] as [(Int, Int64, String, String)])
    func nextBestHour(hour: Int, ageHours: Int64, at: String, expected: String) throws {
        var clock = try Self.clock("Europe/Berlin")
        let time = try Self.instant(at)
        let hold = Policy.bestHour(
            hour, at: time, asked: time, maxAge: ageHours * 3600, windows: [], in: &clock)
        #expect(Self.shown(hold, &clock) == expected)
    }

    @Test(
        "a message waits no longer than its greatest age, counted from when it was asked for",
        arguments: [(100, nil), (3700, nil), (3701, .expired), (.max, .expired)] as [(Int64, Reason?)])
    func age(until: Int64, expected: Reason?) {
        let hold = Policy.Hold(reason: .sendWindow, until: until)
        #expect(Policy.age(hold, asked: 100, maxAge: 3600) == expected)
    }

    @Test(
        "a pause ends at its instant",
        arguments: [(99, .paused), (100, nil), (101, nil)] as [(Int64, Reason?)])
    func pause(time: Int64, expected: Reason?) {
        #expect(Policy.pause(until: 100, at: time) == expected)
    }
}
