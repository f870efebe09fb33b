public import Basics
public import Foundation

/// What messages are written with: the language and the wall clock of the customer whose turn it is.
///
/// What a language needs is found out once and kept. Not safe to share between threads.
public final class MessageFormats {
    private let home: LanguageFormats
    private let homeZone: Clock
    private var current: LanguageFormats
    private var clock: Clock
    private var languages: [String: LanguageFormats] = [:]
    private var clocks: [String: Clock] = [:]

    /// So many languages and zones are kept; customers' own words for them are endless.
    private static let limit = 500

    /// A clock is a value that learns; it learns here.
    private final class Clock {
        var value: ZoneClock

        init(_ zone: TimeZone) {
            value = ZoneClock(zone)
        }
    }

    /// Formats of a workspace, for customers whose own language or zone is not known.
    public init(zone: TimeZone, language: LanguageTag?) {
        home = LanguageFormats(language)
        homeZone = Clock(zone)
        current = home
        clock = homeZone
    }

    /// Takes the customer's language (`zh`, `en-GB`) and time zone (IANA name); the workspace's where one is
    /// nil or none that is known.
    ///
    /// Costs two look-ups once they have been seen.
    public func use(language: String?, zone: String?) {
        current = language.map(formats) ?? home
        clock = zone.map(wallClock) ?? homeZone
    }

    private func formats(_ text: String) -> LanguageFormats {
        if let known = languages[text] { return known }
        if languages.count >= Self.limit { languages = [:] }
        let tag = LanguageTag(ofLocale: text).flatMap { $0.isInCLDR ? $0 : nil }
        // The same language is written in several ways.
        let made =
            tag.map { tag in languages.values.first { $0.language == tag } ?? LanguageFormats(tag) } ?? home
        languages[text] = made
        return made
    }

    private func wallClock(_ name: String) -> Clock {
        if let known = clocks[name] { return known }
        if clocks.count >= Self.limit { clocks = [:] }
        let made = TimeZone(identifier: name).map(Clock.init) ?? homeZone
        clocks[name] = made
        return made
    }

    /// The customer's language, or else the workspace's; nil where neither is known.
    public var language: LanguageTag? { current.language }
    /// The workspace's language.
    public var homeLanguage: LanguageTag? { home.language }
    /// Upper and lower case in the customer's language.
    public var letterCase: LetterCase { current.letterCase }

    /// An instant (Unix seconds) by Ruby's directives or the name of a ``DateStyle``.
    public func date(_ instant: Int64, _ format: String) -> String {
        current.date(LocalTime(instant, &clock.value), format)
    }

    /// How amounts in a currency are written.
    public func moneyFormat(_ currency: String) -> MoneyFormat { current.money(currency) }

    /// An amount in major units of a currency.
    public func money(_ amount: Double, currency: String, _ form: MoneyFormat.Form) -> String {
        current.money(currency).text(amount, form)
    }

    /// A number with its thousands apart, as the language does it or with the separators given; all its
    /// digits are kept.
    public func number(_ value: Double, groups: String?, decimals: String?) -> String {
        guard let digits = DecimalDigits(value) else { return current.numbers.text(withoutDigits: value) }
        return number(digits, groups: groups, decimals: decimals)
    }

    /// The same of a whole number.
    public func number(_ value: Int64, groups: String?, decimals: String?) -> String {
        number(DecimalDigits(value), groups: groups, decimals: decimals)
    }

    private func number(_ digits: DecimalDigits, groups: String?, decimals: String?) -> String {
        let pattern = current.numbers.separated(groups: groups, decimals: decimals)
        return pattern.text(digits, places: digits.places)
    }
}

/// The formats of one language, each made when it is first needed.
private final class LanguageFormats {
    let language: LanguageTag?
    private(set) lazy var letterCase = LetterCase(language)
    private(set) lazy var numbers = NumberPattern(language)
    private lazy var names = DateNames(language)
    private var patterns: [String: DatePattern] = [:]
    private var amounts: [String: MoneyFormat] = [:]

    /// Templates may make up formats and currencies as they go.
    private static let limit = 200

    init(_ language: LanguageTag?) {
        self.language = language
    }

    func date(_ time: LocalTime, _ format: String) -> String {
        if let known = patterns[format] { return known.text(time, names) }
        if patterns.count >= Self.limit { patterns = [:] }
        let pattern = DateStyle(rawValue: format).map { DatePattern($0, names) } ?? DatePattern(format)
        patterns[format] = pattern
        return pattern.text(time, names)
    }

    func money(_ currency: String) -> MoneyFormat {
        if let known = amounts[currency] { return known }
        if amounts.count >= Self.limit { amounts = [:] }
        let format = MoneyFormat(currency: currency, language: language)
        amounts[currency] = format
        return format
    }
}
