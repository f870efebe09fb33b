public import Basics

/// Chooses the hour of the day at which a customer most likely opens a message.
public struct BestHour: Sendable, Hashable {
    /// The hour for customers of whom too little is known, 0 to 23.
    public let fallback: Int

    /// How many opens the fallback is ahead from the start: one or two at an odd hour are chance.
    public static let lead = 2

    /// The rule with an hour for the others, 0 to 23.
    public init(fallback: Int) throws(CalendarError) {
        guard (0...23).contains(fallback) else {
            throw CalendarError(
                subject: .bestHour, text: "\(fallback)",
                kind: .badNumber("\(fallback)", of: "the hour", allowed: "from 0 to 23"))
        }
        self.fallback = fallback
    }

    /// The hour for a customer, of those in which all windows can be open together; nil where there is no
    /// such hour.
    ///
    /// `opens` has 24 counts, one for each hour of the customer's wall clock. The fallback is chosen unless
    /// other hours are ahead of it by more than ``lead`` opens; of those the one with the most, of equals the
    /// earlier. Where the windows do not allow the fallback, the next hour behind it that they allow stands
    /// in for it. Days and holidays of the windows are not looked at.
    public func hour(opens: [Int], within windows: [TimeWindow]) -> Int? {
        precondition(opens.count == 24, "opens are counted by the hours of a day")
        var best: Int?
        for offset in 0..<24 {
            let hour = (fallback + offset) % 24
            if windows.canBeOpen(in: hour) {
                best = hour
                break
            }
        }
        guard let home = best else { return nil }
        var chosen = home
        var most = opens[home] + Self.lead
        for hour in 0..<24 where opens[hour] > most && windows.canBeOpen(in: hour) {
            (chosen, most) = (hour, opens[hour])
        }
        return chosen
    }

    /// The first instant from `instant` on in an hour of the wall clock at which all windows are open; nil
    /// where that does not happen for ``TimeWindow/horizon`` days.
    public static func next(
        hour: Int, from instant: Int64, within windows: [TimeWindow], in clock: inout ZoneClock
    ) -> Int64? {
        precondition((0...23).contains(hour), "a day has the hours 0 to 23")
        return windows.nextOpening(from: instant, also: TimeWindow(hour: hour), in: &clock)
    }
}

extension [TimeWindow] {
    /// Whether there is a time in an hour of the day at which all are open, by their times alone.
    fileprivate func canBeOpen(in hour: Int) -> Bool {
        let begin = Int64(hour) * 3600
        // What they have in common begins with the hour or with one of them.
        if allSatisfy({ $0.contains(secondOfDay: begin) }) { return true }
        for window in self where (begin..<begin + 3600).contains(window.start) {
            if allSatisfy({ $0.contains(secondOfDay: window.start) }) { return true }
        }
        return false
    }
}
