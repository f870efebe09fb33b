internal import Basics
internal import Foundation

/// How likely each day of the three years is, as running sums that can be drawn from between any two days.
struct DayPattern {
    private let first: Int
    /// `sums[i]` covers the days from `first` to `first + i`.
    private let sums: [Int]

    /// A pattern over the days (since 1970) by their weights, all above 0.
    init(_ days: ClosedRange<Int>, weight: (CivilDate) -> Int) {
        first = days.lowerBound
        var sum = 0
        sums = days.map { day in
            sum += weight(CivilDate(daysSinceEpoch: day))
            return sum
        }
    }

    /// A day from `start` through `end`, both moved into the pattern's days.
    func day(from start: Int, through end: Int, _ chance: inout Chance) -> Int {
        let low = min(max(start - first, 0), sums.count - 1)
        let high = min(max(end - first, low), sums.count - 1)
        let base = low == 0 ? 0 : sums[low - 1]
        return first + firstIndex(in: sums, from: low, above: base + chance.below(sums[high] - base))
    }
}

/// The calendar of the shop: festivals, weekends, growth, and the hours of the day.
struct Season {
    /// Whether customers register, by day: twice as many now as three years ago, fewer at weekends.
    let registrations: DayPattern
    /// Whether they order and look around, by day.
    let shopping: DayPattern
    /// Whether people at work do something, by day.
    let work: DayPattern
    /// The hours in which people shop.
    let leisureHours = hours([
        2, 1, 1, 1, 1, 2, 4, 7, 10, 13, 15, 13, 12, 12, 12, 12, 12, 13, 15, 18, 22, 24, 18, 8,
    ])
    /// The hours in which colleagues work.
    let workHours = hours([0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 12, 11, 3, 5, 11, 11, 10, 7, 2, 0, 0, 0, 0, 0])

    /// The patterns of the days (since 1970) up to the present.
    init(_ days: ClosedRange<Int>) {
        let first = days.lowerBound
        let count = days.count
        registrations = DayPattern(days) { date in
            let weekday = [110, 115, 115, 110, 100, 80, 70][date.weekday - 1]
            return weekday * (count + date.daysSinceEpoch - first) / count * Self.festival(date) / 100
        }
        shopping = DayPattern(days) { date in
            let weekday = [90, 85, 88, 92, 108, 132, 126][date.weekday - 1]
            return weekday * (count + date.daysSinceEpoch - first) / count * Self.festival(date) / 100
        }
        work = DayPattern(days) { $0.weekday <= 5 ? 100 : 6 }
    }

    private static func hours(_ weights: [Int]) -> Weighted<Int> {
        Weighted(Array(weights.enumerated()).map { ($0.offset, $0.element) })
    }

    /// How lively the shop is on a day, in per cent of an ordinary one.
    private static func festival(_ date: CivilDate) -> Int {
        switch (date.month, date.day) {
        case (11, 11): return 600
        case (11, 1...10): return 165
        case (11, 12...14): return 130
        case (6, 18): return 420
        case (6, 1...17): return 150
        case (12, 12): return 180
        default: break
        }
        guard let festival = springFestival(date.year) else { return 100 }
        switch festival.daysSinceEpoch - date.daysSinceEpoch {
        // Parcels stop a week before the festival: people shop before that.
        case 8...28: return 170
        case -6...2: return 40
        default: return 100
        }
    }

    /// Chinese New Year by the Gregorian calendar, as the Hong Kong Observatory's tables give it.
    private static func springFestival(_ year: Int) -> CivilDate? {
        let days = [
            "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
            "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11", "2033-01-31",
            "2034-02-19", "2035-02-08",
        ]
        let index = year - 2020
        return days.indices.contains(index) ? CivilDate(iso: days[index]) : nil
    }
}

/// The offsets of one zone, a number per day: exact but for the day on which the clocks change.
struct DayZone {
    private let first: Int
    private let offsets: [Int]

    /// The offsets of the days (since 1970) and of a few around them.
    init(_ zone: TimeZone, _ days: ClosedRange<Int>) {
        var clock = ZoneClock(zone)
        first = days.lowerBound - 3
        offsets = (first...days.upperBound + 3).map { clock.offset(at: Int64($0) * 86_400 + 43_200) }
    }

    private func offset(_ day: Int) -> Int {
        offsets[min(max(day - first, 0), offsets.count - 1)]
    }

    /// The instant at which the wall clock shows the second of the day.
    func instant(_ day: Int, second: Int) -> Int64 {
        Int64(day * 86_400 + second - offset(day))
    }

    /// The day that the calendar on the wall shows.
    func day(at instant: Int64) -> Int {
        (Int(instant) + offset(Int(instant) / 86_400)) / 86_400
    }
}
