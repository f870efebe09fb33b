internal import Basics

/// A set of days of the week.
public struct Weekdays: OptionSet, Sendable, Hashable, CustomStringConvertible {
    /// A bit for each day, Monday the lowest.
    public let rawValue: UInt8

    /// The set with these bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue & 0x7F
    }

    /// The set of one day, 1 for Monday to 7 for Sunday, as in ISO 8601.
    init(iso weekday: Int) {
        self.init(rawValue: 1 << UInt8(weekday - 1))
    }

    /// Monday to Friday.
    public static let workweek = Weekdays(rawValue: 0x1F)
    /// Saturday and Sunday.
    public static let weekend = Weekdays(rawValue: 0x60)
    /// All seven.
    public static let all = Weekdays(rawValue: 0x7F)

    /// The names of the days in small letters, from Monday.
    public static let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// The days of these English names, in any case; there must be one.
    public init(named names: [String]) throws(CalendarError) {
        var days: Weekdays = []
        for name in names {
            guard let place = Self.names.firstIndex(of: name.lowercased()) else {
                throw CalendarError(
                    subject: .weekdays, text: names.joined(separator: ", "),
                    kind: .unknownWord(name, known: Self.names))
            }
            days.formUnion(Weekdays(iso: place + 1))
        }
        guard !days.isEmpty else { throw CalendarError(subject: .weekdays, text: "", kind: .empty) }
        self = days
    }

    /// Whether the day that lies `day` after 1970-01-01 is one of them.
    func contains(day: Int) -> Bool {
        rawValue & 1 << UInt8(CivilDate.weekday(ofDay: day) - 1) != 0
    }

    /// The names of its days as a sentence has them, from Monday.
    var titles: [String] {
        (1...7).filter { contains(Weekdays(iso: $0)) }.map { weekday in
            let name = Self.names[weekday - 1]
            return name.prefix(1).uppercased() + name.dropFirst()
        }
    }

    /// `Monday and Thursday`; `Monday to Friday` for the workweek.
    public var description: String {
        if self == .workweek { return "Monday to Friday" }
        return listed(titles)
    }
}
