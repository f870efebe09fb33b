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

    /// The clock of the zone that a name such as `Asia/Shanghai` names, as a customer's data have it; `home`
    /// where there is no name, or it names no zone.
    public init(named name: String?, else home: ZoneClock) {
        self = name.flatMap { TimeZone(identifier: $0) }.map { ZoneClock($0) } ?? home
    }

    /// Seconds that the wall clock is ahead of UTC at an instant.
    public mutating func offset(at instant: Int64) -> Int {
        span(at: instant).offset
    }

    private mutating func span(at instant: Int64) -> Span {
        for span in spans where span.valid.contains(instant) { return span }
        let date = Date(timeIntervalSince1970: Double(instant))
        let offset = zone.secondsFromGMT(for: date)
        let next = zone.nextDaylightSavingTimeTransition(after: date).map { Int64($0.timeIntervalSince1970) }
        // Some zones foretell no change; a year at a time is soon all that a file speaks of.
        let end = next.flatMap { $0 > instant ? $0 : nil } ?? instant + 366 * 86_400
        return remember(Span(valid: instant..<end, offset: offset))
    }

    /// Joins a span with those that it touches: no change lies within any of them, so none lies in the union.
    private mutating func remember(_ span: Span) -> Span {
        var joined = span
        spans.removeAll { known in
            guard known.offset == joined.offset, known.valid.lowerBound <= joined.valid.upperBound,
                joined.valid.lowerBound <= known.valid.upperBound
            else { return false }
            let lower = min(known.valid.lowerBound, joined.valid.lowerBound)
            joined.valid = lower..<max(known.valid.upperBound, joined.valid.upperBound)
            return true
        }
        if spans.count == 16 { spans.removeLast() }
        spans.insert(joined, at: 0)
        return joined
    }

    /// What the wall clock shows at an instant, in seconds since it showed 1970-01-01 00:00 (wall seconds).
    public mutating func wallSeconds(at instant: Int64) -> Int64 {
        instant + Int64(offset(at: instant))
    }

    /// The date and the second of the day that the wall clock shows at an instant.
    public mutating func wallClock(at instant: Int64) -> (date: CivilDate, second: Int) {
        let (day, second) = dayAndSecond(wallSeconds(at: instant))
        return (CivilDate(daysSinceEpoch: day), second)
    }

    /// The instant at which the wall clock shows the date and the second of the day.
    ///
    /// For times that data tell: an hour that daylight saving skips gives the instant as if it had not been
    /// skipped (an hour later on the wall clock), so that two times stay as far apart as they are written; an
    /// hour that comes twice gives its first time. What is planned for a time asks
    /// ``firstInstant(reaching:)``.
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

    /// The first instant at which the wall clock shows `wall` (wall seconds) or more.
    ///
    /// For what is planned for a time: a skipped time gives the first instant behind the gap, a time that
    /// comes twice gives its first. A later time never gives an earlier instant.
    public mutating func firstInstant(reaching wall: Int64) -> Int64 {
        // No wall clock is a day ahead of UTC.
        var instant = wall - 86_400
        while true {
            let span = span(at: instant)
            let found = max(instant, wall - Int64(span.offset))
            if found < span.valid.upperBound { return found }
            instant = span.valid.upperBound
        }
    }

    /// The first instant from `start` on and before `end` at which the wall clock shows a time that is
    /// wanted; nil where there is none.
    ///
    /// `next` gives for wall seconds the first wanted ones that are not less, nil where there are none. A
    /// time that comes twice counts both times, a skipped time not at all. Asks `next` once, and once more
    /// for each change of the zone on the way.
    public mutating func firstInstant(
        from start: Int64, before end: Int64, showing next: (Int64) -> Int64?
    ) -> Int64? {
        var instant = start
        while instant < end {
            let span = span(at: instant)
            let wall = instant + Int64(span.offset)
            if let wanted = next(wall) {
                let found = instant + (wanted - wall)
                if found < span.valid.upperBound { return found < end ? found : nil }
            }
            // The clock may be set back there, to a wanted time.
            instant = span.valid.upperBound
        }
        return nil
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
