internal import Basics
internal import Calendars
internal import Catalog

/// The gates that look at the clock, on the wall clock of the customer. Instants are Unix seconds; what never
/// comes is at the end of time.
extension Policy {
    /// What holds a message, and the first instant at which it no longer does.
    struct Hold: Equatable {
        var reason: Reason
        var until: Int64
        /// The campaigns whose messages used up the cap, in the order of their messages.
        var displacedBy: [String] = []
        /// The messages on record that used it up.
        var recorded: [Counted] = []
    }

    /// Quiet hours first, then the campaign's window: whichever is closed holds the message until both are
    /// open.
    ///
    /// `awake` is what quiet hours leave open of a day.
    static func windows(
        at time: Int64, awake: TimeWindow?, sendWindow: TimeWindow?, in clock: inout ZoneClock
    ) -> Hold? {
        for (window, reason) in [(awake, Reason.quietHours), (sendWindow, .sendWindow)] {
            guard let window, !window.isOpen(at: time, in: &clock) else { continue }
            let windows = [awake, sendWindow].compactMap(\.self)
            return Hold(reason: reason, until: windows.nextOpening(from: time, in: &clock) ?? .max)
        }
        return nil
    }

    /// The hour of the day, 0 to 23, in which the customer most likely opens a message, of those in which the
    /// windows can be open.
    ///
    /// `opens` are the instants at which they opened others. Who has opened little in any one hour gets it in
    /// the hour in which it was asked for (``Calendars/BestHour``).
    static func bestHour(
        opens: [Int64], asked: Int64, windows: [TimeWindow], in clock: inout ZoneClock
    ) throws -> Int? {
        var counts = [Int](repeating: 0, count: 24)
        for open in opens { counts[hour(of: open, in: &clock)] += 1 }
        return try BestHour(fallback: hour(of: asked, in: &clock)).hour(opens: counts, within: windows)
    }

    private static func hour(of time: Int64, in clock: inout ZoneClock) -> Int {
        dayAndSecond(clock.wallSeconds(at: time)).second / 3600
    }

    /// Outside of the hour a message is held to the next one; unless that comes too late, for then it goes at
    /// once.
    static func bestHour(
        _ hour: Int, at time: Int64, asked: Int64, maxAge: Int64, windows: [TimeWindow],
        in clock: inout ZoneClock
    ) -> Hold? {
        guard let next = BestHour.next(hour: hour, from: time, within: windows, in: &clock), next > time,
            next - asked <= maxAge
        else { return nil }
        return Hold(reason: .bestHour, until: next)
    }

    /// A marketing message that a customer got.
    struct Counted: Equatable {
        var time: Int64
        var channel: Channel
        /// The campaign of the run that sent it; nil where it is on record.
        var campaign: String?
        /// The campaign that a record names.
        var recorded: String?
    }

    /// As many messages as a cap allows were sent: the one over all channels, or that of the message's own.
    ///
    /// Holds the message until both allow it. `sent` has those of the customer so far, in the order of
    /// sending.
    static func cap(
        _ cap: FrequencyCap?, ofChannel channelCap: FrequencyCap?, by channel: Channel, at time: Int64,
        sent: [Counted], in clock: inout ZoneClock
    ) -> Hold? {
        guard cap != nil || channelCap != nil else { return nil }
        let caps = [(cap, sent), (channelCap, sent.filter { $0.channel == channel })].compactMap {
            cap, sent in
            cap.map { (cap: $0, sent: sent, times: sent.map(\.time)) }
        }
        var until = time
        var before: Int64?
        while before != until {
            before = until
            for cap in caps where until != .max {
                until = cap.cap.nextAllowed(from: until, sends: cap.times, in: &clock) ?? .max
            }
        }
        guard until > time else { return nil }
        var hold = Hold(reason: .frequencyCap, until: until)
        var counted: [Counted] = []
        for cap in caps where !cap.cap.allows(at: time, sends: cap.times, in: &clock) {
            counted += cap.sent.filter { counts($0, against: cap.cap, at: time, in: &clock) }
        }
        for message in sent where counted.contains(message) {
            guard let name = message.campaign else {
                hold.recorded.append(message)
                continue
            }
            if !hold.displacedBy.contains(name) { hold.displacedBy.append(name) }
        }
        return hold
    }

    /// Whether a message that was sent by then still counts.
    private static func counts(
        _ message: Counted, against cap: FrequencyCap, at time: Int64, in clock: inout ZoneClock
    ) -> Bool {
        switch cap.span {
        case .day: clock.wallClock(at: message.time).date == clock.wallClock(at: time).date
        case .rolling(let seconds): time - message.time < seconds
        }
    }

    /// A message that would be held for longer than `maxAge` after it was asked for, is not held at all.
    static func age(_ hold: Hold, asked: Int64, maxAge: Int64) -> Reason? {
        hold.until - asked > maxAge ? .expired : nil
    }
}
