public import Basics
internal import Foundation

/// What a language calls months, weekdays and halves of the day, and how it orders the parts of a date.
///
/// Source: CLDR, through Foundation, in the Gregorian calendar.
public struct DateNames: Sendable {
    /// A name in full and short.
    struct Pair: Sendable {
        var full: [String]
        var short: [String]
    }

    /// From January, as they stand in a date: `1 января`.
    let months: Pair
    /// From January, as they stand alone: `январь`.
    let monthsAlone: Pair
    /// From Sunday.
    let weekdays: Pair
    /// From Sunday, as they stand alone.
    let weekdaysAlone: Pair
    /// Before and after noon.
    let halves: [String]
    /// Before and after the first year.
    let eras: [String]
    /// The ten digits where they are not ASCII's.
    let glyphs: [String]
    /// The patterns of ``DateStyle``, in the letters of Unicode Technical Standard 35.
    let patterns: [DateStyle: String]

    /// The names in a language; English, with dates such as `1 Dec 2026`, where there is none or CLDR lacks
    /// it.
    ///
    /// Costs a few milliseconds: keep it.
    public init(_ language: LanguageTag?) {
        let known = language.flatMap { $0.isInCLDR ? $0 : nil }
        let formatter = DateFormatter()
        formatter.locale = known?.locale ?? Locale(identifier: "en_US@calendar=gregorian")
        months = Pair(full: formatter.monthSymbols, short: formatter.shortMonthSymbols)
        monthsAlone = Pair(
            full: formatter.standaloneMonthSymbols, short: formatter.shortStandaloneMonthSymbols)
        weekdays = Pair(full: formatter.weekdaySymbols, short: formatter.shortWeekdaySymbols)
        weekdaysAlone = Pair(
            full: formatter.standaloneWeekdaySymbols, short: formatter.shortStandaloneWeekdaySymbols)
        halves = [formatter.amSymbol, formatter.pmSymbol]
        eras = formatter.eraSymbols
        let digits = 9_876_543_210.formatted(.number.locale(formatter.locale).grouping(.never)).reversed()
        glyphs = digits.count == 10 && digits.first != "0" ? digits.map { String($0) } : []
        patterns = known == nil ? DateStyle.neutral : Self.patterns(formatter)
    }

    private static func patterns(_ formatter: DateFormatter) -> [DateStyle: String] {
        func pattern(_ date: DateFormatter.Style, _ time: DateFormatter.Style) -> String {
            (formatter.dateStyle, formatter.timeStyle) = (date, time)
            // Parts of the day such as 凌晨 have rules of their own; the halves do as well.
            return formatter.dateFormat.replacing("B", with: "a")
        }
        return [
            .short: pattern(.short, .none), .medium: pattern(.medium, .none), .long: pattern(.long, .none),
            .full: pattern(.full, .none), .time: pattern(.none, .short), .datetime: pattern(.medium, .short),
        ]
    }
}

/// The ways to write a date that have a name.
public enum DateStyle: String, Sendable, CaseIterable {
    /// `2026-12-01`, `01.12.26`.
    case short
    /// `1 Dec 2026`.
    case medium
    /// `1 December 2026`.
    case long
    /// `Tuesday, 1 December 2026`.
    case full
    /// `09:00`.
    case time
    /// `1 Dec 2026 09:00`.
    case datetime

    /// What all read alike, for customers whose language is not known.
    static let neutral: [DateStyle: String] = [
        .short: "y-MM-dd", .medium: "d MMM y", .long: "d MMMM y", .full: "EEEE, d MMMM y", .time: "HH:mm",
        .datetime: "d MMM y HH:mm",
    ]
}
