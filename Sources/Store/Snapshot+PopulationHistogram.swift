public import Catalog
internal import Basics
internal import Diagnostics
public import Foundation
internal import GRDB

extension Snapshot {
    /// How the values of a field are spread over at most `bins` bins with round edges; where fewer than four are asked for,
    /// there may be four.
    ///
    /// Numbers and money have edges 1, 2 or 5 times a power of ten apart; instants and dates days, weeks, months, quarters
    /// or years, by the clock of `zone`. Where the values above the 99th percentile reach farther than all from the first
    /// to the 99th, they are one open bin, and so below the first; where these two are the same, the 99.9th counts.
    ///
    /// - Throws: a ``Diagnostic`` for texts and booleans, which have ``frequencies(of:in:limit:)``. Cost: one pass, 8 bytes
    ///   for each value, no sort.
    public func histogram(
        _ field: Field, of population: Population, bins: Int = 20, in zone: TimeZone
    ) throws -> Histogram {
        var sample = NumberSample()
        var missing = 0
        let isCalendar = field.type == .instant || field.type == .date
        let range = Self.largest
        switch field.type {
        case .integer, .number, .money, .instant, .date: break
        case .text, .boolean:
            throw Diagnostic(
                "'\(field.name)' has no histogram, it holds values of type \(field.type.rawValue)",
                hint: "group by '\(field.name)' to see how often each value comes")
        }
        // A date as the instant of its midnight in UTC.
        let column = field.type == .date ? "CAST(strftime('%s', \(field.sql)) AS INTEGER)" : field.sql
        try ask([column], of: population).forEach { row in
            switch row.value(0) {
            case .integer(let number):
                sample.add(
                    isCalendar
                        ? min(max(number, calendarInstants.lowerBound), calendarInstants.upperBound) : number)
            case .number(let number): sample.add(min(max(number, -range), range))
            case .null, .text: missing += 1
            }
        }
        guard sample.count > 0 else { return Histogram(field, scale: .numbers, bins: [], missing: missing) }
        let core = Self.core(of: &sample)
        let count = max(2, bins - (core.hasLowTail ? 1 : 0) - (core.hasHighTail ? 1 : 0))
        let scale: HistogramScale
        let clock = ZoneClock(field.type == .date ? .gmt : zone)
        if isCalendar, case .integer(let low) = core.low, case .integer(let high) = core.high {
            scale = HistogramScale(from: low, through: high, bins: count, clock: clock)
        } else {
            scale = HistogramScale(from: core.low, through: core.high, bins: count)
        }
        let counts = Self.counts(sample, scale.edges)
        let edges = scale.edges.map { field.type == .date ? Self.date($0) : $0 }
        var result: [Histogram.Bin] = []
        if core.hasLowTail { result.append(Histogram.Bin(from: nil, to: edges[0], count: counts[0])) }
        for place in 1..<edges.count {
            result.append(Histogram.Bin(from: edges[place - 1], to: edges[place], count: counts[place]))
        }
        if core.hasHighTail {
            result.append(Histogram.Bin(from: edges.last, to: nil, count: counts[edges.count]))
        }
        return Histogram(field, scale: scale.scale, bins: result, missing: missing)
    }

    /// Beyond it there would be no room for edges.
    private static var largest: Double { 1e300 }

    /// From where to where bins are worth their place.
    private struct Core {
        var low: Value
        var high: Value
        var hasLowTail = false
        var hasHighTail = false
    }

    private static func core(of sample: inout NumberSample) -> Core {
        let last = sample.count - 1
        var core = Core(low: sample.number(at: 0), high: sample.number(at: last))
        for share in [0.01, 0.001] {
            let low = sample.number(at: Int((share * Double(last)).rounded(.down)))
            let high = sample.number(at: Int(((1 - share) * Double(last)).rounded(.up)))
            let width = double(high) - double(low)
            guard width > 0 else { continue }
            core.hasLowTail = double(low) - double(core.low) > width
            core.hasHighTail = double(core.high) - double(high) > width
            if core.hasLowTail { core.low = low }
            if core.hasHighTail { core.high = high }
            break
        }
        return core
    }

    /// How many lie below the first edge, between each two and from the last on.
    private static func counts(_ sample: NumberSample, _ edges: [Value]) -> [Int] {
        // The greatest number of all may be an edge that 64 bits could not hold; it belongs to the last bin.
        let keys = edges.map { sample.key(of: $0) ?? .max }
        var counts = Array(repeating: 0, count: edges.count + 1)
        for key in sample.keys {
            var low = 0
            var high = keys.count
            while low < high {
                let middle = (low + high) / 2
                if key < keys[middle] { high = middle } else { low = middle + 1 }
            }
            counts[low] += 1
        }
        if keys.last == .max {
            counts[keys.count - 1] += counts[keys.count]
            counts[keys.count] = 0
        }
        return counts
    }

    /// The day of a midnight in UTC.
    private static func date(_ value: Value) -> Value {
        guard case .integer(let instant) = value else { return value }
        return .text(CivilDate(daysSinceEpoch: dayAndSecond(instant).day).description)
    }

    private static func double(_ value: Value) -> Double {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: 0
        }
    }
}
