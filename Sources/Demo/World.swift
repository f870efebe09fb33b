internal import Basics
internal import Foundation

/// What all customers have in common: the calendar, the places and the shop.
///
/// A class, for it is read at every step and never copied.
final class World: Sendable {
    let options: DemoOptions
    let season: Season
    let names = Names()
    let places: Places
    let shop = Shop()
    /// The zones of the places, and that of the workspace at 0.
    let zones: [DayZone]
    /// The calendar day (since 1970) on which the data ends, in the workspace's zone.
    let today: Int
    /// The days of the last year on which a campaign goes out to all.
    let mailings: [Mailing]

    /// The instant before which everything happens.
    var until: Int64 { options.until }

    /// Three years of the past.
    static let days = 3 * 365

    /// The world at the end of the options' time.
    init(_ options: DemoOptions) throws {
        guard (126_230_400..<253_000_000_000).contains(options.until) else {
            throw DemoError.until(options.until)
        }
        self.options = options
        let utc = Int(options.until) / 86_400
        let days = utc - Self.days - 2...utc + 1
        places = Places()
        let home = DayZone(options.timeZone, days)
        zones =
            try [home]
            + places.zones.map { name in
                guard let zone = TimeZone(identifier: name) else { throw DemoError.unknownTimeZone(name) }
                return DayZone(zone, days)
            }
        today = home.day(at: options.until - 1)
        season = Season(days)
        mailings = (today - 365...today).compactMap { Mailing(day: $0, home) }
    }

    /// An instant of the half-open interval that follows the pattern of the days and hours of a zone.
    func moment(
        _ days: DayPattern, _ hours: Weighted<Int>, zone: Int, from start: Int64, before end: Int64,
        _ chance: inout Chance
    ) -> Int64 {
        guard start < end else { return start }
        let first = zones[zone].day(at: start)
        let last = zones[zone].day(at: end - 1)
        for _ in 0..<3 {
            let day = days.day(from: first, through: last, &chance)
            let instant = zones[zone].instant(day, second: chance.pick(hours) * 3600 + chance.below(3600))
            if instant >= start, instant < end { return instant }
        }
        // An interval that no likely hour lies in.
        return chance.instant(from: start, before: end)
    }

    /// When people shop.
    func leisure(zone: Int, from start: Int64, before end: Int64, _ chance: inout Chance) -> Int64 {
        moment(season.shopping, season.leisureHours, zone: zone, from: start, before: end, &chance)
    }

    /// When colleagues work, by the workspace's clock.
    func work(from start: Int64, before end: Int64, _ chance: inout Chance) -> Int64 {
        moment(season.work, season.workHours, zone: 0, from: start, before: end, &chance)
    }
}

/// A day on which a campaign goes out to all.
struct Mailing {
    let campaign: String
    let step: String
    /// Ten o'clock in the workspace's zone.
    let morning: Int64

    /// The campaign of a day (since 1970), if any: news on Tuesdays, and two before and at 11.11.
    init?(day: Int, _ home: DayZone) {
        let date = CivilDate(daysSinceEpoch: day)
        morning = home.instant(day, second: 36_000)
        switch (date.month, date.day, date.weekday) {
        case (11, 8, _): (campaign, step) = ("double-eleven", "teaser")
        case (11, 11, _): (campaign, step) = ("double-eleven", "last-call")
        case (_, _, 2): (campaign, step) = ("weekly-news", date.description)
        default: return nil
        }
    }
}
