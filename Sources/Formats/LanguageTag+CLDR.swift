public import Basics
public import Foundation

extension LanguageTag {
    /// Whether CLDR, as Foundation has it, knows the language.
    public var isInCLDR: Bool { Self.inCLDR.contains(language) }

    private static let inCLDR = Set(
        Locale.availableIdentifiers.map { String($0.prefix { $0 != "_" && $0 != "-" }) })

    /// The locale whose data CLDR has for the tag, in the Gregorian calendar.
    public var locale: Locale { Locale(identifier: "\(self)@calendar=gregorian") }
}
