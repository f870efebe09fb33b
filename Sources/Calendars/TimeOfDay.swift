internal import Basics

/// A minute of the day on a wall clock.
public struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Minutes since midnight, 0 to 1440. 1440 is the end of the day, which only the end of a window may be.
    public let minute: Int

    /// The minute of the day; nil for what is not from 0 to 1440.
    public init?(minute: Int) {
        guard (0...1440).contains(minute) else { return nil }
        self.minute = minute
    }

    /// The time that `10:00`, `9:30` or `09:30` writes; `24:00` only where a window may end there.
    public init(_ text: String, isEnd: Bool = false) throws(CalendarError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= 2, parts[1].utf8.count == 2,
            let hour = wholeNumber(parts[0]), let minute = wholeNumber(parts[1]),
            (hour < 24 && minute < 60) || (isEnd && hour == 24 && minute == 0)
        else {
            throw CalendarError(
                subject: .timeOfDay, text: text, kind: text.isEmpty ? .empty : .badTime(text))
        }
        self.minute = hour * 60 + minute
    }

    /// Seconds since midnight.
    var seconds: Int64 { Int64(minute) * 60 }

    /// `9:30`.
    public var description: String { "\(minute / 60):\(digits(minute % 60, 2))" }

    /// By the clock.
    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minute < b.minute }
}
