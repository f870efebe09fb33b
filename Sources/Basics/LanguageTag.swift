internal import Foundation

/// A language as RFC 5646 (BCP 47) writes it: `zh`, `zh-Hant-TW`, `pt-BR`. Compared without regard to case.
public struct LanguageTag: Sendable, Hashable, CustomStringConvertible {
    /// The subtags in small letters.
    private let subtags: [String]

    /// A well-formed tag: a language of two or three letters, then script, region, variants and extensions, where
    /// there are any.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard Self.isWellFormed(parts[...]) else { return nil }
        subtags = parts
    }

    /// A tag as systems other than the web write it too: `zh_TW`, `en_GB.UTF-8`.
    public init?(ofLocale text: String) {
        let name = String(text.prefix { $0 != "." && $0 != "@" })
        self.init(name.replacing("_", with: "-"))
    }

    private init(subtags: [String]) {
        self.subtags = subtags
    }

    /// The language's code: `zh`.
    public var language: String { subtags[0] }

    /// The region's code, `TW`, or its number, `419`; nil where the tag has none.
    public var region: String? {
        subtags.dropFirst().prefix { $0.count > 1 }.prefix(2).first { subtag in
            subtag.count == 2 || (subtag.count == 3 && subtag.utf8.allSatisfy(Self.isDigit))
        }?.uppercased()
    }

    /// Whether ISO 639 has the language: `xx` is well-formed, but none.
    public var isKnown: Bool { Locale.LanguageCode(subtags[0]).isISOLanguage }

    /// The tag and what is looked for where there is nothing in it, each shorter than the one before (RFC 4647,
    /// section 3.4): `zh-Hant-TW`, `zh-Hant`, `zh`. Of Chinese with a region alone, the region says the script:
    /// `zh-TW`, `zh-Hant-TW`, `zh-Hant`, `zh`.
    public var fallbacks: [LanguageTag] {
        var found: [LanguageTag] = []
        var rest = subtags
        while !rest.isEmpty {
            found.append(LanguageTag(subtags: rest))
            if rest.count == 2, rest[0] == "zh", let script = Self.scripts[rest[1]] {
                rest.insert(script, at: 1)
                continue
            }
            rest.removeLast()
            // What introduces an extension means nothing without it.
            if rest.last?.count == 1 { rest.removeLast() }
        }
        return found
    }

    private static let scripts = [
        "cn": "hans", "sg": "hans", "my": "hans", "tw": "hant", "hk": "hant", "mo": "hant",
    ]

    /// In the usual case: `zh-Hant-TW`.
    public var description: String {
        var isExtension = false
        return subtags.enumerated().map { place, subtag in
            defer { if subtag.count == 1 { isExtension = true } }
            guard place > 0, !isExtension else { return subtag }
            return switch subtag.count {
            case 2: subtag.uppercased()
            case 4 where subtag.utf8.allSatisfy(Self.isLetter): subtag.capitalized
            default: subtag
            }
        }.joined(separator: "-")
    }

    private static func isWellFormed(_ parts: ArraySlice<String>) -> Bool {
        var rest = parts
        guard skip(&rest, 2...3, isLetter) else { return false }
        _ = skip(&rest, 4...4, isLetter)
        if !skip(&rest, 2...2, isLetter) { _ = skip(&rest, 3...3, isDigit) }
        while skip(&rest, 5...8, isWord) || (startsWithDigit(rest) && skip(&rest, 4...4, isWord)) {}
        while skip(&rest, 1...1, isWord) {
            guard skip(&rest, 2...8, isWord) else { return false }
            while skip(&rest, 2...8, isWord) {}
        }
        return rest.isEmpty
    }

    /// Goes past the next subtag where it has such a length and such bytes.
    private static func skip(
        _ rest: inout ArraySlice<String>, _ lengths: ClosedRange<Int>, _ holds: (UInt8) -> Bool
    ) -> Bool {
        guard let next = rest.first, lengths.contains(next.utf8.count), next.utf8.allSatisfy(holds) else {
            return false
        }
        rest.removeFirst()
        return true
    }

    private static func startsWithDigit(_ rest: ArraySlice<String>) -> Bool {
        rest.first?.utf8.first.map(isDigit) ?? false
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
