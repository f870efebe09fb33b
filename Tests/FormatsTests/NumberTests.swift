import Basics
import Catalog
import Formats
import Foundation
import Testing

@Suite("Numbers and amounts")
struct NumberTests {
    /// No-break blanks are made plain, so that a reader sees what is compared.
    private func plain(_ text: String) -> String {
        text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    }

    @Test(
        "an amount is written by currency and language",
        arguments: [
            (nil, "CNY", 1234.5, "¥1,234.50"), (nil, "KWD", 1.5, "KWD 1.500"), (nil, "JPY", 1234.5, "¥1,235"),
            (nil, "", 5, "5.00"), (nil, "USD", -5, "-$5.00"), (nil, "credits", 5, "credits 5.00"),
            ("xx", "EUR", 1234.5, "€1,234.50"), ("zh", "CNY", 1234.5, "¥1,234.50"),
            ("en", "CNY", 1234.5, "CN¥1,234.50"),
            ("de", "EUR", 1234.5, "1.234,50 €"), ("de", "EUR", -1234.5, "-1.234,50 €"),
            ("fr", "EUR", 1234.5, "1 234,50 €"),
            ("es", "EUR", 1234.5, "1234,50 €"), ("es", "EUR", 12345.5, "12.345,50 €"),
            ("en-IN", "INR", 12_345_678.9, "₹1,23,45,678.90"), ("de-CH", "CHF", -1234.5, "CHF-1’234.50"),
            ("ar-EG", "EGP", 1234.5, "\u{200F}١٬٢٣٤٫٥٠ ج.م.\u{200F}"), ("ja", "JPY", 0, "¥0"),
            ("en", "KWD", 0.0005, "KWD 0.001"), ("de", "credits", 5, "credits 5.00"),
            (nil, "CNY", 0, "¥0.00"), (nil, "CNY", 999.999, "¥1,000.00"),
            (nil, "GBP", 1_234_567.1, "£1,234,567.10"),
            (nil, "KWD", 0.0005, "KWD 0.001"), (nil, "", 12, "12.00"),
            (nil, "JPY", 1e15, "¥1,000,000,000,000,000"),
            (nil, "KWD", 123.456, "KWD 123.456"), (nil, "EUR", 1234.56, "€1,234.56"),
            // Rounded as it is written, half away from zero; what rounds to nothing has no sign.
            (nil, "USD", 1.005, "$1.01"), (nil, "USD", -1.005, "-$1.01"), (nil, "USD", -0.004, "$0.00"),
            (nil, "USD", 999.995, "$1,000.00"), (nil, "USD", -0.0, "$0.00"), (nil, "USD", 0.005, "$0.01"),
            (nil, "USD", .leastNonzeroMagnitude, "$0.00"),
            (nil, "USD", 1e21, "$1,000,000,000,000,000,000,000.00"),
            (nil, "USD", .nan, "$NaN"), (nil, "USD", -.infinity, "-$∞"), ("de", "EUR", .infinity, "∞ €"),
        ] as [(String?, String, Double, String)])
    func amounts(_ language: String?, _ currency: String, _ amount: Double, _ text: String) {
        let format = MoneyFormat(currency: currency, language: language.flatMap { LanguageTag($0) })
        #expect(plain(format.text(amount)) == text)
    }

    @Test(
        "an amount has four forms",
        arguments: [
            (nil, "CNY", 1234.5, ["¥1,234.50", "¥1,234.50 CNY", "1,234.50", "¥1,234.50"]),
            (nil, "CNY", -1234, ["-¥1,234.00", "-¥1,234.00 CNY", "-1,234.00", "-¥1,234"]),
            (nil, "KWD", 1, ["KWD 1.000", "KWD 1.000", "1.000", "KWD 1"]),
            ("de", "EUR", 1234, ["1.234,00 €", "1.234,00 € EUR", "1.234,00", "1.234 €"]),
            ("ja", "JPY", 1234, ["¥1,234", "¥1,234 JPY", "1,234", "¥1,234"]),
        ] as [(String?, String, Double, [String])])
    func forms(_ language: String?, _ currency: String, _ amount: Double, _ texts: [String]) {
        let format = MoneyFormat(currency: currency, language: language.flatMap { LanguageTag($0) })
        let forms: [MoneyFormat.Form] = [.sign, .signAndCode, .number, .signWithoutZeros]
        #expect(forms.map { plain(format.text(amount, $0)) } == texts)
    }

    @Test("amounts are what Foundation writes, for random amounts, currencies and languages")
    func foundation() throws {
        var random = SplitMix64(seed: 7)
        var wrong: [String] = []
        for id in [
            "en", "en-IN", "zh", "zh-TW", "ja", "de", "de-CH", "de-AT", "fr", "es", "pt", "pt-PT", "pl", "ru",
            "ar", "ar-EG", "fa", "he", "hi", "nl", "sv", "tr", "vi", "th", "ko", "cs", "bg",
        ] {
            let tag = try #require(LanguageTag(id))
            for currency in ["CNY", "EUR", "JPY", "KWD", "CHF", "INR"] {
                let places = minorUnitDigits(of: currency)
                let format = MoneyFormat(currency: currency, language: tag)
                let style = Decimal.FormatStyle.Currency(code: currency, locale: tag.locale)
                    .precision(.fractionLength(places)).rounded(rule: .toNearestOrAwayFromZero)
                for _ in 0..<60 {
                    let size = Double(1 << (random.next() % 40))
                    let amount = (Double(random.next() % 2_000_001) - 1_000_000) / 1_000_000 * size
                    guard abs(amount) >= 0.5, let exact = Decimal(string: amount.description) else {
                        continue
                    }
                    let (found, expected) = (format.text(amount), exact.formatted(style))
                    if found != expected {
                        wrong.append("\(id) \(currency) \(amount): \(found), not \(expected)")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test(
        "numbers keep their digits and get the separators of the language, or those asked for",
        arguments: [
            (nil, 1_234_567.5, nil, nil, "1,234,567.5"), (nil, 1234, "", nil, "1234"),
            (nil, 1234.5, " ", ",", "1 234,5"),
            ("de", 1_234_567.5, nil, nil, "1.234.567,5"), ("es", 1234, nil, nil, "1234"),
            ("es", 1234, ".", nil, "1.234"),
            ("hi", 1_234_567, nil, nil, "12,34,567"), (nil, -0.25, nil, nil, "-0.25"),
            (nil, 1e-7, nil, nil, "0.0000001"),
            (nil, 0, nil, nil, "0"), (nil, .infinity, nil, nil, "∞"),
        ] as [(String?, Double, String?, String?, String)])
    func numbers(
        _ language: String?, _ number: Double, _ groups: String?, _ decimals: String?, _ text: String
    ) {
        let formats = MessageFormats(zone: .gmt, language: language.flatMap { LanguageTag($0) })
        #expect(plain(formats.number(number, groups: groups, decimals: decimals)) == text)
    }

    @Test("whole numbers keep all their digits")
    func wholeNumbers() {
        let formats = MessageFormats(zone: .gmt, language: nil)
        #expect(formats.number(Int64.min, groups: nil, decimals: nil) == "-9,223,372,036,854,775,808")
        #expect(formats.number(Int64(100), groups: nil, decimals: nil) == "100")
    }
}
