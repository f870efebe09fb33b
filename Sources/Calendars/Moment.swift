public import Basics

/// One time that is planned for, as `at = "2026-12-01 10:00"` has it.
public struct Moment: Sendable, Hashable, CustomStringConvertible {
    /// The day.
    public let date: CivilDate
    /// The second of the day.
    public let second: Int
    /// Seconds ahead of UTC; nil where the time is meant on the wall clock of the workspace.
    public let utcOffset: Int?

    /// The time that a text writes: `YYYY-MM-DD`, a blank or `T`, then `HH:MM` or `HH:MM:SS`; behind it `Z`,
    /// `+08:00`, `+0800` or `+08` where it is not meant on the wall clock of the workspace.
    ///
    /// A date alone is refused: hardly anyone means midnight.
    public init(_ text: String) throws(CalendarError) {
        func error(_ kind: CalendarError.Kind) -> CalendarError {
            CalendarError(subject: .moment, text: text, kind: kind)
        }
        let blanks = text.split(separator: " ")
        guard let beginning = blanks.first else { throw error(.empty) }
        let words = beginning.split(separator: "T", maxSplits: 1) + blanks.dropFirst()
        guard let first = words.first else { throw error(.badDate(String(beginning))) }
        guard let date = CivilDate(iso: first) else { throw error(.badDate(String(first))) }
        guard words.count > 1 else { throw error(.expected("a time of day", found: nil)) }
        guard words.count <= 3 else { throw error(.extra(String(words[3]))) }
        var clock = words[1]
        var zone: Substring?
        if words.count == 3 {
            zone = words[2]
        } else if let sign = clock.firstIndex(where: { "+-Z".contains($0) }) {
            zone = clock[sign...]
            clock = clock[..<sign]
        }
        guard let second = Self.second(clock) else {
            throw error(.badTime(String(clock)))
        }
        if let zone {
            guard let offset = Self.offset(zone) else {
                throw error(.expected("an offset such as Z or +08:00", found: String(zone)))
            }
            utcOffset = offset
        } else {
            utcOffset = nil
        }
        self.date = date
        self.second = second
    }

    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count <= 2 ? wholeNumber($0) : nil }
        guard (2...3).contains(parts.count), numbers.count == parts.count,
            parts.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            numbers[0] < 24, numbers.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
    }

    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let digits = text.dropFirst().replacing(":", with: "", maxReplacements: 1)
        let isColonRight = !text.contains(":") || (text.utf8.count == 6 && text.dropFirst(3).first == ":")
        guard digits.utf8.count == 2 || digits.utf8.count == 4, isColonRight, let number = wholeNumber(digits)
        else { return nil }
        let (hours, minutes) = digits.utf8.count == 2 ? (number, 0) : (number / 100, number % 100)
        // The zones of the world lie between -12 and +14 hours.
        guard hours <= 14, minutes < 60 else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// The instant, on the workspace's clock where the text has no offset.
    ///
    /// A time that daylight saving skips is the first instant behind the gap, one that comes twice the first.
    public func instant(in clock: inout ZoneClock) -> Int64 {
        let wall = Int64(date.daysSinceEpoch) * 86_400 + Int64(second)
        if let utcOffset { return wall - Int64(utcOffset) }
        return clock.firstInstant(reaching: wall)
    }

    /// `2026-12-01 10:00`, with seconds and offset where it has them.
    public var description: String {
        var text = "\(date) \(digits(second / 3600, 2)):\(digits(second / 60 % 60, 2))"
        if !second.isMultiple(of: 60) { text += ":\(digits(second % 60, 2))" }
        guard let utcOffset else { return text }
        if utcOffset == 0 { return text + "Z" }
        let minutes = abs(utcOffset) / 60
        return text + (utcOffset < 0 ? "-" : "+") + "\(digits(minutes / 60, 2)):\(digits(minutes % 60, 2))"
    }
}
