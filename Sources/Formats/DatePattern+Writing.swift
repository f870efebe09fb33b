public import Basics
internal import Foundation

/// An instant on a wall clock.
public struct LocalTime: Sendable {
    let instant: Int64
    let date: CivilDate
    /// Of the day.
    let second: Int
    /// Seconds that the clock is ahead of UTC.
    let offset: Int
    let zone: TimeZone

    /// What a clock shows at an instant (Unix seconds).
    public init(_ instant: Int64, _ clock: inout ZoneClock) {
        self.instant = instant
        (date, second) = clock.wallClock(at: instant)
        offset = clock.offset(at: instant)
        zone = clock.zone
    }

    var hour: Int { second / 3600 }
    var minute: Int { second / 60 % 60 }
    var dayOfYear: Int {
        (1..<date.month).reduce(date.day) { $0 + CivilDate.days(inMonth: $1, of: date.year) }
    }
    /// From Sunday, which is 0.
    var weekday: Int { date.weekday % 7 }

    /// Weeks of the year that began on a Sunday (0), or on a Monday (1).
    func week(from first: Int) -> Int {
        (dayOfYear + 6 - (weekday - first + 7) % 7) / 7
    }

    /// Year and week by ISO 8601: the week of a Thursday is of the Thursday's year.
    var isoWeek: (year: Int, week: Int) {
        let thursday = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 4 - date.weekday)
        let day = (1..<thursday.month).reduce(thursday.day) {
            $0 + CivilDate.days(inMonth: $1, of: thursday.year)
        }
        return (thursday.year, (day + 6) / 7)
    }

    /// The zone's name at that time: `CET`, `GMT+8`.
    var zoneName: String {
        let isSummer = zone.isDaylightSavingTime(for: Date(timeIntervalSince1970: Double(instant)))
        let style: NSTimeZone.NameStyle = isSummer ? .shortDaylightSaving : .shortStandard
        // In one language, so that the machine's has no say.
        return zone.localizedName(for: style, locale: Locale(identifier: "en_US")) ?? ""
    }
}

extension DatePattern {
    /// Writes a time with the names of a language. Takes time by the length of the result.
    public func text(_ time: LocalTime, _ names: DateNames) -> String {
        var text = ""
        write(items, time, names, to: &text)
        return text
    }

    private func write(_ items: [Item], _ time: LocalTime, _ names: DateNames, to text: inout String) {
        for item in items {
            switch item {
            case .text(let literal): text += literal
            case .field(let letter, let count): field(letter, count, time, names, to: &text)
            case .directive(let letter, let modifiers): directive(letter, modifiers, time, names, to: &text)
            case .group(let items, let modifiers):
                var inner = ""
                write(items, time, names, to: &inner)
                append(modifiers.isUpper ? inner.uppercased() : inner, modifiers, to: &text)
            }
        }
    }

    // MARK: Directives

    private func directive(
        _ letter: UInt8, _ modifiers: Modifiers, _ time: LocalTime, _ names: DateNames, to text: inout String
    ) {
        if let (value, width, padding) = number(letter, time) {
            append(value, width, padding, modifiers, to: &text)
            return
        }
        switch letter {
        case UInt8(ascii: "z"): append(offset: time.offset, modifiers, to: &text)
        // Instants are whole seconds.
        case UInt8(ascii: "L"), UInt8(ascii: "N"):
            let usual = letter == UInt8(ascii: "L") ? 3 : 9
            text += String(repeating: "0", count: modifiers.width > 0 ? modifiers.width : usual)
        default:
            var word = word(letter, time, names)
            let isLowered = letter == UInt8(ascii: "p") || letter == UInt8(ascii: "Z")
            if modifiers.isUpper {
                word = word.uppercased()
            } else if modifiers.changesCase {
                word = isLowered ? word.lowercased() : word.uppercased()
            }
            append(word, modifiers, to: &text)
        }
    }

    /// The value of a directive that is a number, with its usual width and padding.
    private func number(_ letter: UInt8, _ time: LocalTime) -> (Int, Int, Modifiers.Padding)? {
        let date = time.date
        let hour = (time.hour + 11) % 12 + 1
        return switch letter {
        case UInt8(ascii: "Y"): (date.year, 4, .zeros)
        case UInt8(ascii: "C"): (date.year / 100, 2, .zeros)
        case UInt8(ascii: "y"): (date.year % 100, 2, .zeros)
        case UInt8(ascii: "m"): (date.month, 2, .zeros)
        case UInt8(ascii: "d"): (date.day, 2, .zeros)
        case UInt8(ascii: "e"): (date.day, 2, .blanks)
        case UInt8(ascii: "j"): (time.dayOfYear, 3, .zeros)
        case UInt8(ascii: "H"): (time.hour, 2, .zeros)
        case UInt8(ascii: "k"): (time.hour, 2, .blanks)
        case UInt8(ascii: "I"): (hour, 2, .zeros)
        case UInt8(ascii: "l"): (hour, 2, .blanks)
        case UInt8(ascii: "M"): (time.minute, 2, .zeros)
        case UInt8(ascii: "S"): (time.second % 60, 2, .zeros)
        case UInt8(ascii: "u"): (date.weekday, 1, .zeros)
        case UInt8(ascii: "w"): (time.weekday, 1, .zeros)
        case UInt8(ascii: "G"): (time.isoWeek.year, 4, .zeros)
        case UInt8(ascii: "g"): (time.isoWeek.year % 100, 2, .zeros)
        case UInt8(ascii: "V"): (time.isoWeek.week, 2, .zeros)
        case UInt8(ascii: "U"): (time.week(from: 0), 2, .zeros)
        case UInt8(ascii: "W"): (time.week(from: 1), 2, .zeros)
        case UInt8(ascii: "s"): (Int(time.instant), 1, .zeros)
        default: nil
        }
    }

    private func word(_ letter: UInt8, _ time: LocalTime, _ names: DateNames) -> String {
        let months = hasDay ? names.months : names.monthsAlone
        let weekdays = hasDay ? names.weekdays : names.weekdaysAlone
        return switch letter {
        case UInt8(ascii: "B"): months.full[time.date.month - 1]
        case UInt8(ascii: "b"), UInt8(ascii: "h"): months.short[time.date.month - 1]
        case UInt8(ascii: "A"): weekdays.full[time.weekday]
        case UInt8(ascii: "a"): weekdays.short[time.weekday]
        case UInt8(ascii: "p"): names.halves[time.hour / 12]
        case UInt8(ascii: "P"): names.halves[time.hour / 12].lowercased()
        case UInt8(ascii: "Z"): time.zoneName
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "t"): "\t"
        default: "%"
        }
    }

    private func append(
        _ value: Int, _ usual: Int, _ padding: Modifiers.Padding, _ modifiers: Modifiers,
        to text: inout String
    ) {
        let padding = modifiers.padding ?? padding
        let width = modifiers.width > 0 ? modifiers.width : usual
        let digits = String(value.magnitude)
        let sign = value < 0 ? "-" : ""
        let missing = padding == .off ? 0 : max(0, width - digits.utf8.count - sign.utf8.count)
        if padding == .blanks { text += String(repeating: " ", count: missing) }
        text += sign
        if padding == .zeros { text += String(repeating: "0", count: missing) }
        text += digits
    }

    private func append(_ word: String, _ modifiers: Modifiers, to text: inout String) {
        if modifiers.width > 0, modifiers.padding != .off {
            let missing = max(0, modifiers.width - word.count)
            text += String(repeating: modifiers.padding == .zeros ? "0" : " ", count: missing)
        }
        text += word
    }

    /// `+0800`, `+08:00`, `+08:00:00`, or with three colons as short as it may be.
    private func append(offset: Int, _ modifiers: Modifiers, to text: inout String) {
        let magnitude = abs(offset)
        let (hours, minutes, seconds) = (magnitude / 3600, magnitude / 60 % 60, magnitude % 60)
        var tail = modifiers.colons == 3 && minutes == 0 && seconds == 0 ? "" : digits(minutes, 2)
        if modifiers.colons > 0, !tail.isEmpty { tail = ":\(tail)" }
        if modifiers.colons == 2 || (modifiers.colons == 3 && seconds != 0) {
            tail += ":\(digits(seconds, 2))"
        }
        let width = max(2, modifiers.width - 1 - tail.utf8.count)
        let sign = offset < 0 ? "-" : "+"
        switch modifiers.padding {
        case .blanks:
            let head = sign + String(hours)
            text += String(repeating: " ", count: max(0, width + 1 - head.utf8.count)) + head
        case .off: text += sign + String(hours)
        case .zeros, nil: text += sign + digits(hours, width)
        }
        text += tail
    }

    // MARK: CLDR's patterns

    private func field(
        _ letter: UInt8, _ count: Int, _ time: LocalTime, _ names: DateNames, to text: inout String
    ) {
        func number(_ value: Int) {
            for digit in digits(value, count).utf8 {
                text += names.glyphs.isEmpty ? String(UnicodeScalar(digit)) : names.glyphs[Int(digit - 48)]
            }
        }
        let date = time.date
        switch letter {
        case UInt8(ascii: "y"): number(count == 2 ? date.year % 100 : date.year)
        case UInt8(ascii: "M") where count > 2, UInt8(ascii: "L") where count > 2:
            let months = letter == UInt8(ascii: "M") ? names.months : names.monthsAlone
            text += (count == 3 ? months.short : months.full)[date.month - 1]
        case UInt8(ascii: "M"), UInt8(ascii: "L"): number(date.month)
        case UInt8(ascii: "d"): number(date.day)
        case UInt8(ascii: "E"), UInt8(ascii: "c"):
            let weekdays = letter == UInt8(ascii: "E") ? names.weekdays : names.weekdaysAlone
            text += (count < 4 ? weekdays.short : weekdays.full)[time.weekday]
        case UInt8(ascii: "a"): text += names.halves[time.hour / 12]
        case UInt8(ascii: "h"): number((time.hour + 11) % 12 + 1)
        case UInt8(ascii: "H"): number(time.hour)
        case UInt8(ascii: "K"): number(time.hour % 12)
        case UInt8(ascii: "k"): number((time.hour + 23) % 24 + 1)
        case UInt8(ascii: "m"): number(time.minute)
        case UInt8(ascii: "s"): number(time.second % 60)
        default: text += names.eras[1]
        }
    }
}
