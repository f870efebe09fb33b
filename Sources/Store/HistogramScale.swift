internal import Basics
internal import Catalog
internal import Foundation

/// Round edges, as a person would choose them, for bins that hold everything from one number to another.
struct HistogramScale {
    /// What lies between two edges.
    let scale: Histogram.Scale
    /// The edges; the first is not above the least number, the last above the greatest.
    let edges: [Value]

    /// Edges 1, 2 or 5 times a power of ten apart, so that there are at most `bins` bins; of whole numbers, whole ones.
    init(from low: Value, through high: Value, bins: Int) {
        scale = .numbers
        edges =
            switch (low, high) {
            case (.integer(let low), .integer(let high)): Self.wholeEdges(low, high, bins)
            default: Self.edges(Self.double(low), Self.double(high), bins)
            }
    }

    /// Edges at midnights of the clock's zone, with days, weeks, months, quarters or years between them, whichever gives
    /// at most `bins` bins. Instants of the years 1 to 9999.
    init(from low: Int64, through high: Int64, bins: Int, clock: ZoneClock) {
        var clock = clock
        let first = clock.wallClock(at: low).date
        let last = clock.wallClock(at: high).date
        let years = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]
        let scales = [.days, .weeks, .months, .quarters] + years.map(Histogram.Scale.years)
        let fitting = scales.first { Self.index(of: last, $0) - Self.index(of: first, $0) < bins }
        let chosen = fitting ?? .years(10_000)
        scale = chosen
        edges = (Self.index(of: first, chosen)...(Self.index(of: last, chosen) + 1)).map {
            .integer(clock.instant(Self.start(of: $0, chosen)))
        }
    }

    private static func wholeEdges(_ low: Int64, _ high: Int64, _ bins: Int) -> [Value] {
        var width: Int64 = 1
        func index(_ number: Int64) -> Int64 {
            number >= 0 ? number / width : -((-(number + 1)) / width) - 1
        }
        for step in steps(from: 1) {
            guard let next = Int64(exactly: step) else { break }
            width = next
            let (span, isOver) = index(high).subtractingReportingOverflow(index(low))
            if !isOver, span < Int64(bins) { break }
        }
        return (index(low)...(index(high) + 1)).map { place in
            let (edge, isOver) = place.multipliedReportingOverflow(by: width)
            return .integer(isOver ? (place < 0 ? .min : .max) : edge)
        }
    }

    private static func edges(_ low: Double, _ high: Double, _ bins: Int) -> [Value] {
        // Edges closer than that would be one and the same number.
        let least = max(abs(low), abs(high)).ulp * 8
        let span = high - low
        let widths = steps(from: span > 0 ? max(least, span / Double(bins) / 10) : max(1, least))
        let width = widths.first { (high / $0).rounded(.down) - (low / $0).rounded(.down) < Double(bins) }
        guard let width else { return [.number(low), .number(high.nextUp)] }
        let first = (low / width).rounded(.down)
        let count = Int((high / width).rounded(.down) - first) + 1
        // A width below 1 is written as a fraction, so that the third tenth is 0.3 and not 0.30000000000000004.
        let parts = (1 / width).rounded()
        var edges = (0...count).map { place in
            let place = first + Double(place)
            return width < 1 && parts.isFinite ? place / parts : place * width
        }
        // Rounding may put them on the other side.
        if edges[0] > low { edges.insert(edges[0] - width, at: 0) }
        if edges[edges.count - 1] <= high { edges.append(edges[edges.count - 1] + width) }
        return edges.map(Value.number)
    }

    /// 1, 2 and 5 times the powers of ten, from the first that is not below `least`.
    private static func steps(from least: Double) -> some Sequence<Double> {
        let exponent = Int(log10(least).rounded(.down))
        return (exponent...308).lazy.flatMap { exponent in
            let power = pow(10, Double(abs(exponent)))
            return [1.0, 2.0, 5.0].map { (factor: Double) in exponent < 0 ? factor / power : factor * power }
        }.filter { $0 >= least }
    }

    /// Which of the scale's days, weeks, … a day lies in, counted from some day on.
    private static func index(of date: CivilDate, _ scale: Histogram.Scale) -> Int {
        switch scale {
        case .days, .numbers: date.daysSinceEpoch
        // 1970-01-01 was a Thursday; no day counted here lies before the year 1.
        case .weeks: (date.daysSinceEpoch + 3 + 7 * 200_000) / 7
        case .months: date.year * 12 + date.month - 1
        case .quarters: date.year * 4 + (date.month - 1) / 3
        case .years(let count): date.year / count
        }
    }

    /// The first day of the scale's day, week, … with that index; the calendar's first or last where it has none.
    private static func start(of index: Int, _ scale: Histogram.Scale) -> CivilDate {
        func day(_ year: Int, _ month: Int) -> CivilDate {
            CivilDate(year: year, month: month, day: 1)
                ?? CivilDate(daysSinceEpoch: year < 1 ? -719_162 : 2_932_897)
        }
        return switch scale {
        case .days, .numbers: CivilDate(daysSinceEpoch: index)
        case .weeks: CivilDate(daysSinceEpoch: (index - 200_000) * 7 - 3)
        case .months: day(index / 12, index % 12 + 1)
        case .quarters: day(index / 4, index % 4 * 3 + 1)
        case .years(let count): day(index * count, 1)
        }
    }

    private static func double(_ value: Value) -> Double {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: 0
        }
    }
}
