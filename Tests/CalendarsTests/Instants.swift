import Basics
import Calendars
import Foundation
import Testing

/// The clock of a zone that exists.
func zoneClock(_ name: String) throws -> ZoneClock {
    ZoneClock(try #require(TimeZone(identifier: name)))
}

/// The instant of a time with its offset, such as `2026-12-01 10:00+01:00`.
func instant(_ text: String) throws -> Int64 {
    let moment = try Moment(text)
    try #require(moment.utcOffset != nil)
    var utc = ZoneClock(.gmt)
    return moment.instant(in: &utc)
}

/// The wall clock at an instant: `Tue 2026-12-01 10:00+01:00`; `never` for nil.
func shown(_ instant: Int64?, _ clock: inout ZoneClock) -> String {
    guard let instant else { return "never" }
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let weekday = weekdays[clock.wallClock(at: instant).date.weekday - 1]
    let text = clock.text(at: instant)
    let seconds = text.hasSuffix(":00") ? String(text.dropLast(3)) : text
    return "\(weekday) \(seconds)\(clock.offsetText(at: instant, colon: true))"
}

/// Zones with a change in the given days, or none: the night from which a slow scan may start, and their
/// names.
let changes: [(zone: String, near: String)] = [
    ("Europe/Berlin", "2026-03-29"), ("Europe/Berlin", "2026-10-25"), ("Europe/Berlin", "2027-12-31"),
    ("America/New_York", "2026-03-08"), ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-05"), ("Australia/Lord_Howe", "2026-10-04"),
    ("Asia/Shanghai", "2026-12-31"), ("Asia/Kathmandu", "2024-02-29"),
    ("Pacific/Apia", "2011-12-30"), ("America/Havana", "2026-11-01"), ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2019-02-17"), ("America/St_Johns", "2010-11-07"),
    ("Africa/Casablanca", "2026-02-15"),
]

/// The wall clock of one zone, minute by minute, as Foundation has it.
struct SlowScan {
    /// The first instant of the scan, at a whole minute.
    let start: Int64
    /// What the wall clock shows at each minute, in minutes since 1970-01-01 00:00.
    let walls: [Int64]

    /// The minutes of so many days, from 3 days before a date on.
    init(zone: String, near: String, days: Int) throws {
        let zone = try #require(TimeZone(identifier: zone))
        let date = try #require(CivilDate(iso: near))
        let start = Int64(date.daysSinceEpoch - 3) * 86_400
        self.start = start
        walls = (0..<Int64(days * 1440)).map { minute in
            let instant = start + minute * 60
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
            return (instant + Int64(offset)) / 60
        }
    }

    /// The instant of a minute of the scan.
    func instant(_ place: Int) -> Int64 { start + Int64(place) * 60 }

    /// For each minute, the instant of the first one from it on of which `holds` is true; nil where there is
    /// none.
    func next(_ holds: (Int) -> Bool) -> [Int64?] {
        var found: [Int64?] = Array(repeating: nil, count: walls.count + 1)
        for place in walls.indices.reversed() {
            found[place] = holds(place) ? instant(place) : found[place + 1]
        }
        return found
    }

    /// The day number and the minute of the day that the wall clock shows.
    static func split(_ wall: Int64) -> (day: Int, minute: Int) {
        (Int(wall / 1440), Int(wall % 1440))
    }
}
