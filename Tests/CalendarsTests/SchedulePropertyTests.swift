import Basics
import Calendars
import Testing

@Suite("Schedules against a scan of every minute")
struct SchedulePropertyTests {
    /// A schedule as text, and what it means, said in another way.
    private struct Case {
        var text: String
        var repeats = false
        var holds: (CivilDate, Int) -> Bool
    }

    @Test("a sentence runs when a scan of every minute finds it", arguments: changes.indices)
    func sentences(place: Int) throws {
        var random = SplitMix64(seed: 100 + UInt64(place))
        try Self.check(place, (0..<3).map { _ in Self.sentence(&random) }, &random)
    }

    @Test("a line of cron runs when a scan of every minute finds it", arguments: changes.indices)
    func cron(place: Int) throws {
        var random = SplitMix64(seed: 200 + UInt64(place))
        try Self.check(place, (0..<4).map { _ in Self.cron(&random) }, &random)
    }

    /// Compares the runs of 45 days behind random instants, most of them near the change.
    private static func check(_ place: Int, _ cases: [Case], _ random: inout SplitMix64) throws {
        let (zone, near) = changes[place]
        let scan = try SlowScan(zone: zone, near: near, days: 45)
        for item in cases {
            let schedule = try Schedule(item.text)
            let next = nextRuns(of: item, in: scan)
            var clock = try zoneClock(zone)
            for _ in 0..<60 {
                // The scan knows of doubled times from its second day on.
                let span = Bool.random(using: &random) ? 2 * 1440..<5 * 1440 : 2 * 1440..<40 * 1440
                let minute = Int.random(in: span, using: &random)
                let start = scan.instant(minute) + Int64.random(in: 0...59, using: &random)
                let found = schedule.next(after: start, in: &clock)
                guard let expected = next[minute + 1] else {
                    #expect(found.map { $0 > scan.instant(45 * 1440 - 1) } ?? true, "\(item.text)")
                    continue
                }
                #expect(
                    found == expected,
                    """
                    \(item.text) in \(zone) after \(shown(start, &clock)): \(shown(found, &clock)), \
                    not \(shown(expected, &clock))
                    """)
            }
        }
    }

    /// A time runs when the wall clock first reaches or passes it; what repeats also whenever it is shown.
    private static func nextRuns(of item: Case, in scan: SlowScan) -> [Int64?] {
        var highest = scan.walls[0] - 1
        var date = CivilDate(daysSinceEpoch: 0)
        var known = 0
        let isRun = scan.walls.map { wall in
            let isNew = highest < wall
            let reached = isNew ? highest + 1...wall : wall...wall
            highest = max(highest, wall)
            return (isNew || item.repeats)
                && reached.contains { time in
                    let (day, minute) = SlowScan.split(time)
                    if day != known { (known, date) = (day, CivilDate(daysSinceEpoch: day)) }
                    return item.holds(date, minute)
                }
        }
        return scan.next { isRun[$0] }
    }

    private static func time(_ random: inout SplitMix64) -> (text: String, minute: Int) {
        // Most changes are in the first hours of the day.
        let minute = Int.random(in: 0..<(Bool.random(using: &random) ? 240 : 1440), using: &random)
        return ("\(minute / 60):\(digits(minute % 60, 2))", minute)
    }

    private static func sentence(_ random: inout SplitMix64) -> Case {
        let (first, second) = (time(&random), time(&random))
        let at = "at \(first.text) and \(second.text)"
        let times = [first.minute, second.minute]
        let weekday = Int.random(in: 1...7, using: &random)
        let name = Weekdays.names[weekday - 1]
        func length(_ date: CivilDate) -> Int { CivilDate.days(inMonth: date.month, of: date.year) }
        func on(_ text: String, _ holds: @escaping (CivilDate) -> Bool) -> Case {
            Case(text: "\(text) \(at)") { date, minute in times.contains(minute) && holds(date) }
        }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return on("day") { _ in true }
        case 1:
            let step = Int.random(in: 2...10, using: &random)
            return on("\(step) days") { $0.daysSinceEpoch % step == 0 }
        case 2: return on("weekday") { $0.weekday <= 5 }
        case 3: return on("weekend") { $0.weekday > 5 }
        case 4:
            let other = weekday % 7 + 1
            return on("\(name) and \(Weekdays.names[other - 1])") {
                $0.weekday == weekday || $0.weekday == other
            }
        case 5:
            return on("2 weeks on \(name)") { date in
                // Monday, 29 December 1969 begins an even week.
                ((date.daysSinceEpoch + 3) / 7) % 2 == 0 && date.weekday == weekday
            }
        case 6:
            let day = Int.random(in: 1...31, using: &random)
            return on("month on the \(day)th") { $0.day == min(day, length($0)) }
        case 7: return on("last day of the month") { $0.day == length($0) }
        case 8:
            return on("last weekday of the month") { date in
                let rest = date.daysSinceEpoch...date.daysSinceEpoch + length(date) - date.day
                return rest.last { CivilDate(daysSinceEpoch: $0).weekday <= 5 } == date.daysSinceEpoch
            }
        case 9: return on("last \(name) of the month") { $0.weekday == weekday && $0.day + 7 > length($0) }
        case 10:
            let place = Int.random(in: 1...4, using: &random)
            let word = ["first", "second", "third", "fourth"][place - 1]
            return on("\(word) \(name) of the month") { $0.weekday == weekday && ($0.day + 6) / 7 == place }
        default:
            let step = [1, 5, 10, 15, 20, 30].randomElement(using: &random) ?? 30
            return Case(text: "\(step) minutes", repeats: true) { _, minute in minute % step == 0 }
        }
    }

    /// A random field: its text, its values, and whether it begins with a star.
    private static func field(
        _ range: ClosedRange<Int>, _ random: inout SplitMix64
    ) -> (text: String, values: Set<Int>, isStar: Bool) {
        let step = Int.random(in: 1...6, using: &random)
        let (a, b) = (Int.random(in: range, using: &random), Int.random(in: range, using: &random))
        let (low, high) = (min(a, b), max(a, b))
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: return ("*", Set(range), true)
        case 2:
            return (
                "*/\(step)", Set(stride(from: range.lowerBound, through: range.upperBound, by: step)), true
            )
        case 3: return ("\(a),\(b)", [a, b], false)
        case 4: return ("\(low)-\(high)", Set(low...high), false)
        default:
            return (
                "\(low)-\(high)/\(step),\(b)", Set(stride(from: low, through: high, by: step)).union([b]),
                false
            )
        }
    }

    private static func cron(_ random: inout SplitMix64) -> Case {
        let minute = field(0...59, &random)
        let hour = field(Bool.random(using: &random) ? 0...3 : 0...23, &random)
        // A star goes over the whole day, whatever was drawn from.
        let hours = hour.text == "*" ? Set(0...23) : hour.isStar ? stepped(hour.text, 0...23) : hour.values
        let day = field(1...31, &random)
        let weekday = field(0...7, &random)
        let weekdays = Set(weekday.values.map { $0 % 7 })
        let text = "\(minute.text) \(hour.text) \(day.text) * \(weekday.text)"
        return Case(text: text, repeats: minute.isStar || hour.isStar) { date, time in
            let isDay = day.values.contains(date.day)
            let isWeekday = weekdays.contains(date.weekday % 7)
            let isDate = day.isStar || weekday.isStar ? isDay && isWeekday : isDay || isWeekday
            return isDate && hours.contains(time / 60) && minute.values.contains(time % 60)
        }
    }

    private static func stepped(_ text: String, _ range: ClosedRange<Int>) -> Set<Int> {
        let step = Int(text.dropFirst(2)) ?? 1
        return Set(range.filter { ($0 - range.lowerBound) % step == 0 })
    }
}
