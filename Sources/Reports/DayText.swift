internal import Basics

/// A day such as `2026-12-01` as people write it: `Tue 1 Dec`, or `Tue 1 Dec 2026`; a text that is no day as
/// it is.
func dayText(_ iso: some StringProtocol, withYear: Bool = false) -> String {
    guard let date = CivilDate(iso: iso) else { return String(iso) }
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let text = "\(days[date.weekday - 1]) \(date.day) \(months[date.month - 1])"
    return withYear ? "\(text) \(date.year)" : text
}

/// A time such as `2026-12-01T09:00:00+08:00` on the wall clock that it names: `Tue 1 Dec 09:00`.
func momentText(_ iso: String, withYear: Bool = false) -> String {
    "\(dayText(iso.prefix(10), withYear: withYear)) \(iso.dropFirst(11).prefix(5))"
}

extension ZoneClock {
    /// ISO 8601 with the zone's offset: `2026-12-01T09:00:00+08:00`.
    package mutating func isoText(at instant: Int64) -> String {
        text(at: instant).replacing(" ", with: "T") + offsetText(at: instant, colon: true)
    }
}
