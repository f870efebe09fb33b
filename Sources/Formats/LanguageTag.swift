public import Foundation

/// A language, as customers name it and CLDR knows it: `zh`, `en-GB`, `zh-Hant-TW`.
public struct LanguageTag: Sendable, Hashable {
    /// ISO 639 code: `zh`.
    public let language: String
    /// ISO 15924 code: `Hant`; nil where the tag has none.
    public let script: String?
    /// ISO 3166 code or UN M.49 number: `TW`, `419`; nil where the tag has none.
    public let region: String?

    /// The tag from `zh`, `EN-gb`, `pt_BR` or `zh_Hant_TW.UTF-8`; nil for what is no tag, such as `English`.
    ///
    /// Variants and extensions (BCP 47) are dropped.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 40 else { return nil }
        let parts = text.prefix { $0 != "." && $0 != "@" }
            .split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let first = parts.first, (2...3).contains(first.count), Self.isLetters(first) else {
            return nil
        }
        language = first.lowercased()
        var rest = parts.dropFirst()
        var script: String?
        if let next = rest.first, next.count == 4, Self.isLetters(next) {
            script = next.prefix(1).uppercased() + next.dropFirst().lowercased()
            rest = rest.dropFirst()
        }
        var region: String?
        if let next = rest.first {
            if next.count == 2, Self.isLetters(next) {
                region = next.uppercased()
            } else if next.count == 3, next.utf8.allSatisfy({ (48...57).contains($0) }) {
                region = String(next)
            }
        }
        self.script = script
        self.region = region
    }

    private static func isLetters(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
    }

    private init(_ language: String, _ script: String?, _ region: String?) {
        self.language = language
        self.script = script
        self.region = region
    }

    /// As it is written: `zh-Hant-TW`.
    public var text: String {
        [language, script, region].compactMap { $0 }.joined(separator: "-")
    }

    /// The tag and its shorter forms, longest first: `zh-TW`, `zh-Hant`, `zh`.
    ///
    /// Chinese in Taiwan, Hong Kong and Macao is in the traditional script (CLDR, likely subtags).
    public var fallbacks: [LanguageTag] {
        var script = script
        if script == nil, language == "zh", let region, ["TW", "HK", "MO"].contains(region) {
            script = "Hant"
        }
        var tags = [
            self, LanguageTag(language, script, nil), LanguageTag(language, nil, region),
            LanguageTag(language, nil, nil),
        ]
        for index in tags.indices.reversed() where tags[..<index].contains(tags[index]) {
            tags.remove(at: index)
        }
        return tags
    }

    /// Whether CLDR, as Foundation has it, knows the language.
    public var isKnown: Bool { Self.known.contains(language) }

    private static let known = Set(
        Locale.availableIdentifiers.map { String($0.prefix { $0 != "_" && $0 != "-" }) })

    /// The locale whose data CLDR has for the tag, in the Gregorian calendar.
    public var locale: Locale { Locale(identifier: "\(text)@calendar=gregorian") }
}
