public import Basics
internal import Foundation

/// Upper and lower case as a language has them: full mappings, so that `ß` becomes `SS`.
///
/// Source: Unicode Standard, chapter 3.13 (default case conversion), and CLDR's transforms for Turkish,
/// Azerbaijani, Lithuanian and Greek. Takes time by the length of the text.
public struct LetterCase: Sendable {
    private let locale: Locale
    private let hasOwnUpper: Bool
    private let hasOwnLower: Bool
    /// Whether the language has an `i` without a dot beside the one with it, so that ASCII does not map to
    /// ASCII.
    public let hasDotlessI: Bool

    /// The mappings of a language; those that all languages share where there is none.
    public init(_ language: LanguageTag? = nil) {
        locale = Locale(identifier: language?.language ?? "")
        hasOwnUpper = language.map { ["tr", "az", "lt", "el"].contains($0.language) } ?? false
        hasDotlessI = language.map { ["tr", "az"].contains($0.language) } ?? false
        hasOwnLower = language.map { ["tr", "az", "lt"].contains($0.language) } ?? false
    }

    /// Everything in upper case.
    public func upper(_ text: some StringProtocol) -> String {
        hasOwnUpper ? text.uppercased(with: locale) : text.uppercased()
    }

    /// Everything in lower case; a sigma at the end of a word is a final one.
    public func lower(_ text: some StringProtocol) -> String {
        // Swift's own mapping looks at each letter alone, which a sigma does not allow.
        hasOwnLower || text.unicodeScalars.contains("\u{3A3}")
            ? text.lowercased(with: locale) : text.lowercased()
    }

    /// The first character in upper case, or title case where it has one (`ǆ`, `ß`), the others in lower
    /// case.
    public func capitalized(_ text: String) -> String {
        let first = text.prefix(1)
        guard let scalar = first.unicodeScalars.first else { return text }
        let title = scalar.properties.titlecaseMapping
        let isOrdinary = hasOwnUpper || title == scalar.properties.uppercaseMapping
        let head =
            isOrdinary
            ? upper(first) : title + String(String.UnicodeScalarView(first.unicodeScalars.dropFirst()))
        return head + lower(text.dropFirst())
    }
}
