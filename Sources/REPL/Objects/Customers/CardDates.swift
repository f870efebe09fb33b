internal import Basics
internal import Rules

/// Times as a person says them, on the workspace's clock: `2026-08-22, 3 months ago`.
struct CardDates {
    private let clock: RuleClock

    init(_ clock: RuleClock) {
        self.clock = clock
    }

    /// `2026-08-22`
    func day(_ instant: Int64) -> String { String(text(instant).prefix(10)) }

    /// `2026-08-22 09:30`
    func moment(_ instant: Int64) -> String { String(text(instant).prefix(16)) }

    /// `2026-08-22 (3 months ago)`
    func dayAndAge(_ instant: Int64) -> String { "\(day(instant)) (\(age(instant)))" }

    private func text(_ instant: Int64) -> String {
        var local = clock.local
        return local.text(at: instant)
    }

    private func age(_ instant: Int64) -> String {
        var local = clock.local
        let days = clock.today.daysSinceEpoch - local.wallClock(at: instant).date.daysSinceEpoch
        return switch days {
        case ..<0: "in \(counted(-days, "day"))"
        case 0: "today"
        case 1: "yesterday"
        case 2..<60: "\(days) days ago"
        case 60..<730: "\(Int(Double(days) / 30.44)) months ago"
        default: "\(Int(Double(days) / 365.25)) years ago"
        }
    }

    /// How long after another time: `after 3 hours`.
    func later(_ instant: Int64, than start: Int64) -> String {
        let seconds = max(0, instant - start)
        return switch seconds {
        case ..<3600: "after \(counted(Int(seconds / 60), "minute"))"
        case ..<172_800: "after \(counted(Int(seconds / 3600), "hour"))"
        default: "after \(counted(Int(seconds / 86_400), "day"))"
        }
    }

    /// `age 34, birthday in 12 days`; of a date such as `1992-04-30`, nil of what is none.
    func birthday(_ iso: String) -> String? {
        guard let born = CivilDate(iso: iso) else { return nil }
        let today = clock.today
        func day(in year: Int) -> CivilDate? { born.anniversary(in: year) }
        guard var next = day(in: today.year) else { return nil }
        var age = today.year - born.year
        if next > today { age -= 1 }
        if next < today { next = day(in: today.year + 1) ?? next }
        let days = next.daysSinceEpoch - today.daysSinceEpoch
        let when =
            switch days {
            case 0: ", birthday today"
            case 1: ", birthday tomorrow"
            case 2...30: ", birthday in \(days) days"
            default: ", born \(iso)"
            }
        return "age \(age)\(when)"
    }
}
