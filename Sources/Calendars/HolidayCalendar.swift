public import Basics

/// Days that are off, and days on a weekend that are worked to make up for them.
public struct HolidayCalendar: Sendable, Hashable {
    /// Days off as day numbers, in order and apart.
    private let off: [Range<Int>]
    /// Make-up workdays as day numbers, in order.
    private let workdays: [Int]

    /// The calendar without any.
    public static let none = HolidayCalendar(off: [], workdays: [])

    private init(off: [Range<Int>], workdays: [Int]) {
        self.off = off
        self.workdays = workdays
    }

    /// The calendar of these days off and make-up workdays, each entry `YYYY-MM-DD`, or
    /// `YYYY-MM-DD..YYYY-MM-DD` with both ends. Entries may repeat each other, in any order.
    ///
    /// A day that is in both lists, or a workday that is no weekend day, is an error: most likely a slip.
    public init(_ off: [String], workdays: [String] = []) throws(CalendarError) {
        var ranges: [Range<Int>] = []
        for text in off { ranges.append(try Self.days(text)) }
        let joined = Self.joined(ranges)
        var worked: Set<Int> = []
        for text in workdays {
            for day in try Self.days(text) {
                let date = CivilDate(daysSinceEpoch: day)
                if joined.contains(where: { $0.contains(day) }) {
                    throw CalendarError(subject: .holidays, text: text, kind: .offAndWorked("\(date)"))
                }
                if Weekdays.workweek.contains(day: day) {
                    let weekday = "\(Weekdays(iso: date.weekday))"
                    throw CalendarError(
                        subject: .holidays, text: text, kind: .ordinaryWorkday("\(date)", weekday: weekday))
                }
                worked.insert(day)
            }
        }
        self.init(off: joined, workdays: worked.sorted())
    }

    private static func days(_ text: String) throws(CalendarError) -> Range<Int> {
        func error(_ kind: CalendarError.Kind) -> CalendarError {
            CalendarError(subject: .holidays, text: text, kind: kind)
        }
        if text.isEmpty { throw error(.empty) }
        let ends = text.split(separator: "..", omittingEmptySubsequences: false)
        if ends.count > 2 { throw error(.extra("..\(ends[2])")) }
        var days: [Int] = []
        for end in ends {
            let end = end.split(separator: " ").joined(separator: " ")
            guard let date = CivilDate(iso: end) else { throw error(.badDate(end)) }
            days.append(date.daysSinceEpoch)
        }
        let (first, last) = (days[0], days[days.count - 1])
        if last < first { throw error(.backwardRange) }
        if last - first > 366 { throw error(.longRange) }
        return first..<last + 1
    }

    /// The ranges in order, those that touch made one.
    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    /// Whether a date is off.
    public func isOff(_ date: CivilDate) -> Bool { isOff(day: date.daysSinceEpoch) }

    /// Whether a date is worked: Monday to Friday and the make-up days, without the days off.
    public func isWorkday(_ date: CivilDate) -> Bool { isWorkday(day: date.daysSinceEpoch) }

    func isOff(day: Int) -> Bool {
        let next = place(in: off) { $0.upperBound > day }
        return next < off.count && off[next].contains(day)
    }

    func isWorkday(day: Int) -> Bool {
        if Weekdays.workweek.contains(day: day) { return !isOff(day: day) }
        let next = place(in: workdays) { $0 >= day }
        return next < workdays.count && workdays[next] == day
    }

    /// The place of the first for which `holds`; it holds for all behind it.
    private func place<Element>(in elements: [Element], _ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
