public import Basics
public import Foundation

/// The virtual time of a run: what `now()` and `today()` say. No rule reads the machine's clock.
public struct RuleClock: Sendable {
    /// Unix seconds.
    public internal(set) var now: Int64
    /// The workspace's wall clock.
    public var local: ZoneClock

    /// A clock that stands at `now` in the workspace's time zone.
    public init(now: Int64, zone: TimeZone) {
        self.now = now
        local = ZoneClock(zone)
    }

    /// The date that the workspace's wall clock shows.
    public var today: CivilDate {
        var local = local
        return local.wallClock(at: now).date
    }

    /// The instant of `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or `YYYY-MM-DD HH:MM:SS` in the workspace's zone; nil
    /// for anything else, a day that does not exist included.
    public func instant(_ text: String) -> Int64? {
        // Int also reads signs, which no date has.
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "-: T".utf8.contains($0) }) else { return nil }
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard let first = parts.first, parts.count <= 2, let date = CivilDate(iso: first) else { return nil }
        var second = 0
        if parts.count == 2 {
            let fields = parts[1].split(separator: ":", omittingEmptySubsequences: false)
            let numbers = fields.compactMap { $0.count == 2 ? Int($0) : nil }
            guard (2...3).contains(fields.count), numbers.count == fields.count,
                (0...23).contains(numbers[0]),
                numbers.dropFirst().allSatisfy({ (0...59).contains($0) })
            else { return nil }
            second = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
        }
        var local = local
        return local.instant(date, second: second)
    }
}
