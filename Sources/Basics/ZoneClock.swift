public import Foundation

/// Converts between instants (Unix seconds, UTC) and the wall clock of one time zone.
///
/// Offsets are remembered between two changes of the zone, so a conversion costs a few nanoseconds once the
/// years around it have been seen. Not safe to share between threads: it is a value, copy it.
public struct ZoneClock: Sendable {
    /// The zone whose wall clock it is.
    public let zone: TimeZone
    /// Spans in which the offset is known, latest found first.
    private var spans: [Span] = []

    private struct Span {
        var valid: Range<Int64>
        var offset: Int
    }

    /// The clock of a zone.
    public init(_ zone: TimeZone) {
        self.zone = zone
    }

    /// Seconds that the wall clock is ahead of UTC at an instant.
    public mutating func offset(at instant: Int64) -> Int {
        for span in spans where span.valid.contains(instant) { return span.offset }
        let date = Date(timeIntervalSince1970: Double(instant))
        let offset = zone.secondsFromGMT(for: date)
        let next = zone.nextDaylightSavingTimeTransition(after: date).map { Int64($0.timeIntervalSince1970) }
        // Some zones foretell no change; a year at a time is soon all that a file speaks of.
        let end = next.flatMap { $0 > instant ? $0 : nil } ?? instant + 366 * 86_400
        remember(Span(valid: instant..<end, offset: offset))
        return offset
    }

    /// Joins a span with those that it overlaps: no change lies within any of them, so none lies in the union.
    private mutating func remember(_ span: Span) {
        var joined = span
        spans.removeAll { known in
            guard known.offset == joined.offset, known.valid.overlaps(joined.valid) else { return false }
            let lower = min(known.valid.lowerBound, joined.valid.lowerBound)
            joined.valid = lower..<max(known.valid.upperBound, joined.valid.upperBound)
            return true
        }
        if spans.count == 16 { spans.removeLast() }
        spans.insert(joined, at: 0)
    }

    /// The date and the second of the day that the wall clock shows at an instant.
    public mutating func wallClock(at instant: Int64) -> (date: CivilDate, second: Int) {
        let local = Int(instant) + offset(at: instant)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        return (CivilDate(daysSinceEpoch: day), local - day * 86_400)
    }

    /// The instant at which the wall clock shows the date and the second of the day.
    ///
    /// An hour that daylight saving skips gives the instant as if it had not been skipped (an hour later
    /// on the wall clock); an hour that comes twice gives its first time.
    public mutating func instant(_ date: CivilDate, second: Int = 0) -> Int64 {
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(second)
        let before = Int64(offset(at: local - 86_400))
        let after = Int64(offset(at: local + 86_400))
        // Candidates by the offset before a possible change and by the one after it.
        let early = local - before
        if Int64(offset(at: early)) == before { return early }
        let late = local - after
        return Int64(offset(at: late)) == after ? late : early
    }

    /// The offset as ISO 8601 writes it: `+08:00`, without the colon `+0800`.
    public mutating func offsetText(at instant: Int64, colon: Bool) -> String {
        let offset = offset(at: instant)
        let minutes = abs(offset) / 60
        return (offset < 0 ? "-" : "+") + digits(minutes / 60, 2) + (colon ? ":" : "")
            + digits(minutes % 60, 2)
    }

    /// `YYYY-MM-DD HH:MM:SS` on the wall clock.
    public mutating func text(at instant: Int64) -> String {
        let (date, second) = wallClock(at: instant)
        return "\(date) \(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))"
    }
}
