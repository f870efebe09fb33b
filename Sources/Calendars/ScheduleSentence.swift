/// Reads the sentence of a schedule, word by word.
struct ScheduleSentence {
    private let text: String
    /// The words in small letters; commas are words.
    private var words: ArraySlice<String>

    private static let units = ["minutes", "hours", "days", "weeks"]
    /// The words for the first and the further days of a kind in a month.
    static let places = ["first", "second", "third", "fourth", "last"]
    private static let beginnings =
        ["day", "weekday", "weekend", "week", "month", "hour", "minute"] + Weekdays.names + places

    init(_ text: String) {
        self.text = text
        let spaced = text.lowercased().replacing(",", with: " , ")
        words = spaced.split(whereSeparator: \.isWhitespace).map(String.init)[...]
    }

    /// The schedule; reads to the end.
    mutating func schedule() throws(CalendarError) -> Schedule {
        guard let first = words.popFirst() else { throw error(.empty) }
        let schedule: Schedule
        if let count = wholeNumber(first) {
            schedule = try self.schedule(each: count, written: first)
        } else {
            schedule = try self.schedule(word: first)
        }
        if let extra = words.first { throw error(.extra(extra)) }
        return schedule
    }

    private mutating func schedule(word: String) throws(CalendarError) -> Schedule {
        switch word {
        case "minute": return try interval(1, of: 60, minutes: 1, written: "1", unit: "minutes")
        case "hour": return try interval(1, of: 24, minutes: 60, written: "1", unit: "hours")
        case "day": return try timed(.every(1))
        case "weekday": return try timed(.weeks(1, .workweek))
        case "weekend": return try timed(.weeks(1, .weekend))
        case "week": return try weekly(1)
        case "month":
            try expect("on")
            try expect("the")
            return try timed(.monthDays(try monthDays()))
        case _ where Weekdays.names.contains(word):
            return try timed(.weeks(1, try weekdays(first: word)))
        case _ where Self.places.contains(word): return try timed(try ordinal(word))
        default: throw error(.unknownWord(word, known: Self.beginnings))
        }
    }

    private mutating func schedule(each count: Int, written: String) throws(CalendarError) -> Schedule {
        guard let unit = words.popFirst() else {
            throw error(.expected("a unit such as minutes", found: nil))
        }
        switch unit {
        case "minute", "minutes":
            return try interval(count, of: 60, minutes: 1, written: written, unit: "minutes")
        case "hour", "hours":
            return try interval(count, of: 24, minutes: 60, written: written, unit: "hours")
        case "day", "days":
            try check(count, written, of: "the number of days", in: 1...366)
            return try timed(.every(count))
        case "week", "weeks":
            try check(count, written, of: "the number of weeks", in: 1...52)
            return try weekly(count)
        default: throw error(.unknownWord(unit, known: Self.units))
        }
    }

    private func check(
        _ count: Int, _ written: String, of what: String, in range: ClosedRange<Int>
    ) throws(CalendarError) {
        if range.contains(count) { return }
        throw error(
            .badNumber(written, of: what, allowed: "from \(range.lowerBound) to \(range.upperBound)"))
    }

    /// Every so many of a unit; whole days, or whole hours, must be made of them, so that all days are alike.
    private func interval(
        _ count: Int, of whole: Int, minutes: Int, written: String, unit: String
    ) throws(CalendarError) -> Schedule {
        let fitting = (1..<whole).filter { whole.isMultiple(of: $0) }
        guard fitting.contains(count) else {
            let allowed = "one of " + fitting.map(String.init).joined(separator: ", ")
            throw error(.badNumber(written, of: "the number of \(unit)", allowed: allowed))
        }
        let times = Array(stride(from: 0, to: 1440, by: count * minutes))
        return Schedule(days: .every(1), minutes: times, repeats: true)
    }

    private mutating func weekly(_ count: Int) throws(CalendarError) -> Schedule {
        try expect("on")
        let first = try next("a weekday such as monday")
        return try timed(.weeks(count, try weekdays(first: first)))
    }

    /// `monday, tuesday and friday`, from its second word on.
    private mutating func weekdays(first: String) throws(CalendarError) -> Weekdays {
        var names = [first]
        while skipJoint() { names.append(try next("a weekday such as monday")) }
        return try weekdays(names)
    }

    private func weekdays(_ names: [String]) throws(CalendarError) -> Weekdays {
        do {
            return try Weekdays(named: names)
        } catch {
            throw self.error(error.kind)
        }
    }

    /// `1st and 15th` as bits.
    private mutating func monthDays() throws(CalendarError) -> UInt32 {
        var days: UInt32 = 0
        repeat {
            let word = try next("a day such as 1st")
            let suffixes = ["st", "nd", "rd", "th"]
            guard let number = wholeNumber(word.dropLast(2)), suffixes.contains(where: word.hasSuffix) else {
                throw error(.expected("a day such as 1st", found: word))
            }
            try check(number, word, of: "the day of a month", in: 1...31)
            days |= 1 << UInt32(number)
        } while skipJoint()
        return days
    }

    /// `last friday of the month`, from its second word on.
    private mutating func ordinal(_ word: String) throws(CalendarError) -> DayRule {
        let kind = try next("day, weekday or a weekday such as monday")
        let weekdays: Weekdays
        switch kind {
        case "day": weekdays = .all
        case "weekday": weekdays = .workweek
        case _ where Weekdays.names.contains(kind): weekdays = try self.weekdays([kind])
        default: throw error(.unknownWord(kind, known: ["day", "weekday"] + Weekdays.names))
        }
        for expected in ["of", "the", "month"] { try expect(expected) }
        let place = Self.places.firstIndex(of: word) ?? 0
        if word == "last" { return weekdays == .all ? .monthDays(1 << 31) : .ordinal(nil, weekdays) }
        return weekdays == .all ? .monthDays(1 << UInt32(place + 1)) : .ordinal(place + 1, weekdays)
    }

    /// `at 10:00 and 18:30`, and with it the schedule.
    private mutating func timed(_ days: DayRule) throws(CalendarError) -> Schedule {
        try expect("at", and: " and a time such as 10:00")
        var minutes: Set<Int> = []
        repeat {
            let word = try next("a time such as 10:00")
            do {
                minutes.insert(try TimeOfDay(word).minute)
            } catch {
                throw self.error(error.kind)
            }
        } while skipJoint()
        return Schedule(days: days, minutes: minutes.sorted())
    }

    /// Goes past `and`, a comma, or both.
    private mutating func skipJoint() -> Bool {
        let before = words.count
        if words.first == "," { words.removeFirst() }
        if words.first == "and" { words.removeFirst() }
        return words.count < before
    }

    private mutating func next(_ what: String) throws(CalendarError) -> String {
        guard let word = words.popFirst() else { throw error(.expected(what, found: nil)) }
        return word
    }

    private mutating func expect(_ word: String, and more: String = "") throws(CalendarError) {
        let found = words.popFirst()
        if found != word { throw error(.expected("'\(word)'\(more)", found: found)) }
    }

    private func error(_ kind: CalendarError.Kind) -> CalendarError {
        CalendarError(subject: .schedule, text: text, kind: kind)
    }
}
