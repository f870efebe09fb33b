public import Basics

/// When a campaign runs, as `every = "…"` has it: the days, and the minutes of those days on the wall clock.
///
/// It is written as one of these sentences:
///
/// - `day at 10:00`, `day at 10:00 and 18:30`, `2 days at 10:00`
/// - `weekday at 9:00`, `weekend at 9:00`, `monday and thursday at 10:00`
/// - `week on monday at 10:00`, `2 weeks on monday and friday at 10:00`
/// - `month on the 1st and 15th at 10:00`, `last day of the month at 18:00`,
///   `first monday of the month at 10:00` (`first` to `fourth` and `last`; `day`, `weekday` or a name)
/// - `hour`, `6 hours`, `minute`, `30 minutes`
///
/// or as a line of cron with five fields, such as `0 10 * * 1-5`, or one of cron's names `@yearly`, `@annually`,
/// `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`.
///
/// - A weekday is Monday to Friday; holidays are the business of ``TimeWindow``.
/// - `month on the 31st` is the last day in shorter months.
/// - Every 2 days and every 2 weeks are counted from 1970-01-01 and from the Monday before it, so that they
///   are the same days whenever a run begins.
/// - A run that daylight saving skips happens at the first instant behind the gap; several skipped are one.
/// - A time that comes twice runs once, the first time. But what repeats within the day goes on through the
///   doubled hour: `hour`, `30 minutes`, and cron with `*` as minute or hour.
/// - Cron as in Vixie cron: where neither day of the month nor weekday begins with `*`, one of them is
///   enough; 0 and 7 are Sunday; names of months and weekdays have three letters; a step needs a range or
///   `*`.
public struct Schedule: Sendable, Hashable, CustomStringConvertible {
    let days: DayRule
    /// Minutes of the day in ascending order, one at least.
    let minutes: [Int]
    /// Whether it repeats within the day and so runs in both of two equal hours.
    let repeats: Bool

    init(days: DayRule, minutes: [Int], repeats: Bool = false) {
        self.days = days
        self.minutes = minutes
        self.repeats = repeats
    }

    /// The schedule that a sentence or a line of cron writes, in any case.
    public init(_ text: String) throws(CalendarError) {
        if let cron = try Self(cron: text) {
            self = cron
        } else {
            var sentence = ScheduleSentence(text)
            self = try sentence.schedule()
        }
    }

    /// 29 February on one weekday comes every 28 years, every 40 over a century without a leap day.
    private static let horizon = 41 * 366

    /// The first run after `instant`; nil where there is none for 41 years, which is longer than any schedule
    /// that can be read ever pauses.
    ///
    /// Costs a look at each day up to the run.
    public func next(after instant: Int64, in clock: inout ZoneClock) -> Int64? {
        let planned = nextPlanned(after: instant, &clock)
        guard repeats else { return planned }
        let end = planned ?? instant + Int64(Self.horizon) * 86_400
        return clock.firstInstant(from: instant + 1, before: end) { nextTime(from: $0) } ?? planned
    }

    /// The first run, where each time of the schedule runs once.
    private func nextPlanned(after instant: Int64, _ clock: inout ZoneClock) -> Int64? {
        var time = clock.wallSeconds(at: instant)
        // In the second of two equal hours, the times shown again have run already.
        while let next = nextTime(from: time + 1) {
            let run = clock.firstInstant(reaching: next)
            if run > instant { return run }
            time = next
        }
        return nil
    }

    /// The first time of the schedule that is not before `wall`, both in wall seconds.
    private func nextTime(from wall: Int64) -> Int64? {
        let (today, second) = dayAndSecond(wall)
        let minute = (second + 59) / 60
        if let next = minutes.first(where: { $0 >= minute }), days.holds(on: today) {
            return Int64(today) * 86_400 + Int64(next) * 60
        }
        for day in today + 1...today + Self.horizon where days.holds(on: day) {
            return Int64(day) * 86_400 + Int64(minutes[0]) * 60
        }
        return nil
    }
}
