public import Basics

/// How many messages a customer may get in a span of time. Where there is no cap, there is none of these.
public struct FrequencyCap: Sendable, Hashable, CustomStringConvertible {
    /// The time in which messages are counted.
    public enum Span: Sendable, Hashable {
        /// One date on the customer's wall clock.
        case day
        /// So many seconds up to the instant asked about. A message no longer counts when exactly so many
        /// have passed.
        case rolling(seconds: Int64)
    }

    /// How many are allowed; 0 allows none.
    public let limit: Int
    /// The time in which they are counted.
    public let span: Span

    /// The cap; neither the limit nor the seconds may be less than 0, and a span has a second at least.
    public init(_ limit: Int, per span: Span) throws(CalendarError) {
        guard limit >= 0 else {
            throw CalendarError(
                subject: .frequencyCap, text: "\(limit)",
                kind: .badNumber("\(limit)", of: "the number of messages", allowed: "0 or more"))
        }
        if case .rolling(let seconds) = span, !(1...Self.longest).contains(seconds) {
            throw CalendarError(
                subject: .frequencyCap, text: "\(limit) in \(seconds) seconds",
                kind: .badNumber("\(seconds)", of: "the span", allowed: "1 second to 100 years"))
        }
        self.limit = limit
        self.span = span
    }

    /// A hundred years, so that sums of instants stay small.
    private static let longest: Int64 = 36_525 * 86_400

    /// Whether one more message may go out at an instant.
    ///
    /// `sends` are the instants of those decided so far, in order; what lies behind `instant` does not count.
    /// Looks at those of the last two days, or at the limit's.
    public func allows(at instant: Int64, sends: [Int64], in clock: inout ZoneClock) -> Bool {
        limit > 0 && freed(at: instant, sends, &clock) == nil
    }

    /// The first instant from `instant` on at which one more is allowed, that itself included; nil where the
    /// limit is 0.
    ///
    /// That is the next local midnight, or the instant at which enough messages leave the span.
    public func nextAllowed(from instant: Int64, sends: [Int64], in clock: inout ZoneClock) -> Int64? {
        guard limit > 0 else { return nil }
        var candidate = instant
        while let next = freed(at: candidate, sends, &clock) { candidate = next }
        return candidate
    }

    /// When the messages that use up the limit at an instant no longer do; nil where it is not used up.
    private func freed(at instant: Int64, _ sends: [Int64], _ clock: inout ZoneClock) -> Int64? {
        var last = sends.count - 1
        while last >= 0, sends[last] > instant { last -= 1 }
        switch span {
        case .rolling(let seconds):
            // With as many as the limit, the earliest of them must go.
            guard last + 1 >= limit else { return nil }
            let leaves = sends[last + 1 - limit] + seconds
            return leaves > instant ? leaves : nil
        case .day:
            let today = dayAndSecond(clock.wallSeconds(at: instant)).day
            var count = 0
            // No date lasts two days. A clock set back over midnight shows one again, with another between.
            while last >= 0, sends[last] > instant - 2 * 86_400, count < limit {
                if dayAndSecond(clock.wallSeconds(at: sends[last])).day == today { count += 1 }
                last -= 1
            }
            guard count == limit else { return nil }
            return clock.firstInstant(from: instant, before: instant + 3 * 86_400) { wall in
                dayAndSecond(wall).day == today ? Int64(today + 1) * 86_400 : wall
            }
        }
    }

    /// `2 in a day`.
    public var description: String {
        switch span {
        case .day: "\(limit) in a day"
        case .rolling(let seconds) where seconds.isMultiple(of: 86_400):
            "\(limit) in \(seconds / 86_400) day\(seconds == 86_400 ? "" : "s") (rolling)"
        case .rolling(let seconds) where seconds.isMultiple(of: 3600):
            "\(limit) in \(seconds / 3600) hour\(seconds == 3600 ? "" : "s") (rolling)"
        case .rolling(let seconds): "\(limit) in \(seconds) seconds (rolling)"
        }
    }
}
