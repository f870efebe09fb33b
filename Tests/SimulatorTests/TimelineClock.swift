import Basics
import Foundation

/// The wall clocks of a world, asked quarter hour by quarter hour: no zone here changes at another time or is
/// ahead by anything else.
final class TimelineClock {
    static let quarter: Int64 = 900
    private var zones: [String: TimeZone?] = [:]
    private var offsets: [String: [Int64: Int64]] = [:]
    private let home: String

    /// `home` is the zone of whoever has none, or one that there is not.
    init(home: String) {
        self.home = home
    }

    /// What the clock shows, in seconds since it showed 1970-01-01 00:00.
    func wall(_ time: Int64, _ zone: String?) -> Int64 {
        var name = zone ?? home
        if zones[name] == nil { zones[name] = .some(TimeZone(identifier: name)) }
        if zones[name] == .some(nil) { name = home }
        let quarter = floored(time, Self.quarter)
        if let offset = offsets[name]?[quarter] { return time + offset }
        let instant = Date(timeIntervalSince1970: Double(quarter * Self.quarter))
        let offset = Int64((TimeZone(identifier: name) ?? .gmt).secondsFromGMT(for: instant))
        offsets[name, default: [:]][quarter] = offset
        return time + offset
    }

    func day(_ time: Int64, _ zone: String?) -> Int { Int(floored(wall(time, zone), 86_400)) }

    func secondOfDay(_ time: Int64, _ zone: String?) -> Int {
        Int(wall(time, zone)) - day(time, zone) * 86_400
    }

    /// `YYYY-MM-DD HH:MM:SS`
    func text(_ time: Int64, _ zone: String?) -> String {
        let second = secondOfDay(time, zone)
        let clock = String(format: "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
        return "\(CivilDate(daysSinceEpoch: day(time, zone))) \(clock)"
    }

    /// The first quarter hour behind an instant, and those that follow for some days.
    func quarters(after time: Int64, days: Int64) -> StrideTo<Int64> {
        let next = (floored(time, Self.quarter) + 1) * Self.quarter
        return stride(from: next, to: next + days * 86_400, by: Int(Self.quarter))
    }

    /// 1 for Monday to 7.
    static func weekday(_ day: Int) -> Int { (day % 7 + 7 + 3) % 7 + 1 }

    private func floored(_ number: Int64, _ unit: Int64) -> Int64 {
        (number >= 0 ? number : number - unit + 1) / unit
    }
}
