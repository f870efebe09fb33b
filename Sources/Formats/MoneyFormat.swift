public import Basics
internal import Catalog

/// Amounts in one currency as a language writes them: `¥1,234.50`, `1.234,50 €`.
///
/// Source: CLDR, through Foundation; the digits behind the point are ISO 4217's
/// (``Catalog/minorUnitDigits(of:)``). To make one costs about a millisecond, to write an amount less than a
/// microsecond.
public struct MoneyFormat: Sendable {
    private let currency: String
    /// How many digits stand behind the point.
    public let places: Int
    /// How the amount is written with the currency's sign.
    public let pattern: NumberPattern
    private let bare: NumberPattern

    /// What is written beside the digits.
    public enum Form: String, Sendable {
        /// The currency's sign: `¥1,234.50`.
        case sign = "money"
        /// Its sign and its code: `¥1,234.50 CNY`.
        case signAndCode = "money_with_currency"
        /// Nothing: `1,234.50`.
        case number = "money_without_currency"
        /// The sign, and no decimals where they are all zero: `¥1,234`.
        case signWithoutZeros = "money_without_trailing_zeros"
    }

    /// The format of a currency (ISO 4217) in a language.
    ///
    /// Without a language, or in one that CLDR does not know, it is `¥1,234.50` and `KWD 1.500`; so it is for
    /// a `currency` that is no code, which then stands before the number as it is.
    public init(currency: String, language: LanguageTag? = nil) {
        self.currency = currency
        places = minorUnitDigits(of: currency)
        let isCode = isCurrencyCode(currency)
        let cldr = language.flatMap { isCode ? NumberPattern($0, currency: currency) : nil }
        let signs = ["CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"]
        let sign = signs[currency] ?? (currency.isEmpty ? "" : "\(currency) ")
        pattern = cldr ?? NumberPattern(sign: sign)
        bare = NumberPattern(language)
    }

    /// An amount in major units, rounded to the currency's minor unit, half away from zero by its decimal
    /// digits.
    ///
    /// What rounds to nothing has no sign; what is no number is `NaN` or `∞`.
    public func text(_ amount: Double, _ form: Form = .sign) -> String {
        let pattern = form == .number ? bare : pattern
        guard let digits = DecimalDigits(amount)?.rounded(to: places) else {
            return pattern.text(withoutDigits: amount)
        }
        let isWhole = form == .signWithoutZeros && digits.places == 0
        let text = pattern.text(digits, places: isWhole ? 0 : places)
        // Where the sign is the code already, it is not said twice.
        guard form == .signAndCode, !currency.isEmpty, !text.contains(currency) else { return text }
        return "\(text) \(currency)"
    }
}
