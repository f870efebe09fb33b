import Basics
import Foundation
import Testing

@Suite("Zone clocks")
struct ZoneClockTests {
    private static func clock(_ name: String) throws -> ZoneClock {
        ZoneClock(try #require(TimeZone(identifier: name)))
    }

    @Test(
        "an instant shows the wall clock of its zone, on both sides of every change",
        arguments: [
            ("Europe/Berlin", 1_774_745_999, "2026-03-29 01:59:59"),
            ("Europe/Berlin", 1_774_746_000, "2026-03-29 03:00:00"),
            ("Europe/Berlin", 1_792_889_999, "2026-10-25 02:59:59"),
            ("Europe/Berlin", 1_792_890_000, "2026-10-25 02:00:00"),
            ("America/New_York", 1_772_953_199, "2026-03-08 01:59:59"),
            ("America/New_York", 1_772_953_200, "2026-03-08 03:00:00"),
            ("America/New_York", 1_793_512_799, "2026-11-01 01:59:59"),
            ("America/New_York", 1_793_512_800, "2026-11-01 01:00:00"),
            ("Australia/Lord_Howe", 1_775_314_799, "2026-04-05 01:59:59"),
            ("Australia/Lord_Howe", 1_775_314_800, "2026-04-05 01:30:00"),
            ("Australia/Lord_Howe", 1_791_041_399, "2026-10-04 01:59:59"),
            ("Australia/Lord_Howe", 1_791_041_400, "2026-10-04 02:30:00"),
            ("Asia/Shanghai", 1_792_890_000, "2026-10-25 09:00:00"),
            ("Asia/Shanghai", -1, "1970-01-01 07:59:59"),
            ("UTC", -1, "1969-12-31 23:59:59"),
        ] as [(String, Int64, String)])
    func wallClock(zone: String, instant: Int64, text: String) throws {
        var clock = try Self.clock(zone)
        #expect(clock.text(at: instant) == text)
    }

    @Test(
        "a skipped time is moved on by what was skipped; a time that comes twice is its first",
        arguments: [
            ("Europe/Berlin", "2026-03-29", 9_000, "2026-03-29 03:30:00"),
            ("America/New_York", "2026-03-08", 7_200, "2026-03-08 03:00:00"),
            ("Australia/Lord_Howe", "2026-10-04", 7_200, "2026-10-04 02:30:00"),
            ("Pacific/Apia", "2011-12-30", 43_200, "2011-12-31 12:00:00"),
        ])
    func skipped(zone: String, date: String, second: Int, shown: String) throws {
        var clock = try Self.clock(zone)
        let instant = clock.instant(try #require(CivilDate(iso: date)), second: second)
        #expect(clock.text(at: instant) == shown)
    }

    @Test(
        "a time that comes twice is its first",
        arguments: [
            ("Europe/Berlin", "2026-10-25", 9_000, 1_792_888_200),
            ("America/New_York", "2026-11-01", 3_600, 1_793_509_200),
            ("Australia/Lord_Howe", "2026-04-05", 6_300, 1_775_313_900),
        ] as [(String, String, Int, Int64)])
    func doubled(zone: String, date: String, second: Int, instant: Int64) throws {
        var clock = try Self.clock(zone)
        #expect(clock.instant(try #require(CivilDate(iso: date)), second: second) == instant)
    }

    @Test(
        "the wall clock of an instant leads back to it, or to the first time of a doubled hour",
        arguments: [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Kathmandu",
            "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "Europe/Moscow", "UTC",
        ])
    func roundTrip(zone: String) throws {
        var clock = try Self.clock(zone)
        var random = SplitMix64(seed: 2)
        for _ in 0..<1_500 {
            let instant = Int64.random(in: 0...2_145_916_800, using: &random)
            let (date, second) = clock.wallClock(at: instant)
            let back = clock.instant(date, second: second)
            #expect(clock.text(at: back) == clock.text(at: instant))
            #expect(back == instant || (instant - 86_400..<instant).contains(back))
        }
    }

    @Test(
        "offsets agree with Foundation from 1970 to 2037, in any order of asking",
        arguments: [
            "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Europe/Moscow",
        ])
    func foundation(zone: String) throws {
        var clock = try Self.clock(zone)
        var random = SplitMix64(seed: 3)
        var instant: Int64 = 0
        for _ in 0..<1_500 {
            // Half of the steps are short, so that the remembered offset is used.
            instant =
                Bool.random(using: &random)
                ? Int64.random(in: 0...2_145_916_800, using: &random)
                : instant + Int64.random(in: -3_000_000...3_000_000, using: &random)
            let expected = clock.zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
            #expect(clock.offset(at: instant) == expected)
        }
    }

    @Test(
        "a time is reached behind the gap that skips it, and the first time that it is shown",
        arguments: [
            ("Europe/Berlin", "2026-03-29", 9_000, 1_774_746_000),
            ("Europe/Berlin", "2026-03-29", 10_800, 1_774_746_000),
            ("Europe/Berlin", "2026-10-25", 9_000, 1_792_888_200),
            ("Europe/Berlin", "2026-10-25", 10_800, 1_792_893_600),
            ("America/New_York", "2026-03-08", 9_000, 1_772_953_200),
            ("America/New_York", "2026-11-01", 3_600, 1_793_509_200),
            ("Australia/Lord_Howe", "2026-10-04", 8_100, 1_791_041_400),
            ("Australia/Lord_Howe", "2026-04-05", 6_300, 1_775_313_900),
            ("Asia/Shanghai", "1970-01-01", 0, -28_800),
            ("Pacific/Apia", "2011-12-30", 43_200, 1_325_239_200),
            ("Pacific/Apia", "2011-12-31", 0, 1_325_239_200),
        ] as [(String, String, Int64, Int64)])
    func reaching(zone: String, date: String, second: Int64, instant: Int64) throws {
        var clock = try Self.clock(zone)
        let day = Int64(try #require(CivilDate(iso: date)).daysSinceEpoch)
        #expect(clock.firstInstant(reaching: day * 86_400 + second) == instant)
    }

    @Test(
        "a search finds the first instant that shows a wanted time, in doubled hours too",
        arguments: [
            // Half past each hour in Berlin, in the night of the doubled hour and in that of the skipped one.
            ("2026-10-25", ["00:30", "01:30", "02:30", "02:30", "03:30"]),
            ("2026-03-29", ["00:30", "01:30", "03:30", "04:30", "05:30"]),
        ])
    func showing(date: String, expected: [String]) throws {
        var clock = try Self.clock("Europe/Berlin")
        let day = Int64(try #require(CivilDate(iso: date)).daysSinceEpoch)
        var instant = clock.firstInstant(reaching: day * 86_400)
        var found: [String] = []
        while found.count < expected.count {
            let next = clock.firstInstant(from: instant, before: .max) { wall in
                let half = wall - wall % 3600 + 1800
                return half < wall ? half + 3600 : half
            }
            instant = try #require(next)
            found.append(String(clock.text(at: instant).dropFirst(11).prefix(5)))
            instant += 1
        }
        #expect(found == expected)
    }

    @Test("a search ends where it is told to, and where nothing is wanted")
    func searchEnds() throws {
        var clock = try Self.clock("Europe/Berlin")
        #expect(clock.firstInstant(from: 0, before: 10) { $0 + 10 } == nil)
        #expect(clock.firstInstant(from: 0, before: 11) { $0 + 10 } == 10)
        #expect(clock.firstInstant(from: 0, before: 1_792_890_000) { _ in nil } == nil)
    }

    @Test(
        "a name that is no zone, and a missing one, give the clock of the workspace",
        arguments: [
            ("Europe/Berlin", "Europe/Berlin"), ("Mars/Olympus", "Asia/Shanghai"), ("", "Asia/Shanghai"),
            (nil, "Asia/Shanghai"),
        ] as [(String?, String)])
    func names(name: String?, zone: String) throws {
        let home = try Self.clock("Asia/Shanghai")
        #expect(ZoneClock(named: name, else: home).zone.identifier == zone)
    }

    @Test("a copy of a clock goes its own way")
    func copies() throws {
        var berlin = try Self.clock("Europe/Berlin")
        var copy = berlin
        #expect(copy.text(at: 0) == "1970-01-01 01:00:00")
        #expect(berlin.text(at: 1_792_890_000) == "2026-10-25 02:00:00")
    }
}
