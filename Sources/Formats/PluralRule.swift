public import Basics

/// Which form of a noun a language takes with a number.
///
/// Source: CLDR 46, https://www.unicode.org/cldr/charts/46/supplemental/language_plural_rules.html (cardinal
/// rules).
public enum PluralCategory: String, Sendable, CaseIterable {
    case zero, one, two, few, many, other

    /// The category of a number as it is written: in English `1` is one, and `1.0` is other.
    ///
    /// Languages that are not listed follow English. What is no number is other.
    public init(_ number: String, in language: LanguageTag) {
        guard let operands = PluralOperands(number) else {
            self = .other
            return
        }
        self = PluralCategory.rule(language)(operands)
    }

    private static func rule(_ tag: LanguageTag) -> (PluralOperands) -> PluralCategory {
        switch tag.language {
        case "zh", "ja", "ko", "vi", "th", "id", "ms", "lo", "km", "my": { _ in .other }
        case "es", "it", "ca": { $0.isOne ? .one : $0.isMillions ? .many : .other }
        case "fr": { $0.i <= 1 ? .one : $0.isMillions ? .many : .other }
        case "pt":
            tag.region == "PT"
                ? { $0.isOne ? .one : $0.isMillions ? .many : .other }
                : { $0.i <= 1 ? .one : $0.isMillions ? .many : .other }
        case "tr", "hu", "el", "bg", "nb", "no", "az", "kk", "ka": { $0.n == 1 ? .one : .other }
        case "da": { $0.n == 1 || ($0.t != 0 && $0.i <= 1) ? .one : .other }
        case "hi", "bn", "fa": { $0.i == 0 || $0.n == 1 ? .one : .other }
        case "ru", "uk", "be": eastSlavic
        case "pl": polish
        case "cs", "sk": { $0.isOne ? .one : $0.v != 0 ? .many : (2...4).contains($0.i) ? .few : .other }
        case "ro":
            {
                $0.isOne
                    ? .one
                    : $0.v != 0 || $0.n == 0 || ($0.n != 1 && (1...19).contains($0.i % 100)) ? .few : .other
            }
        case "ar": arabic
        case "he", "iw":
            {
                $0.isOne || ($0.i == 0 && $0.v != 0) ? .one : $0.i == 2 && $0.v == 0 ? .two : .other
            }
        default: { $0.isOne ? .one : .other }
        }
    }

    private static func eastSlavic(_ number: PluralOperands) -> PluralCategory {
        guard number.v == 0 else { return .other }
        let (ten, hundred) = (number.i % 10, number.i % 100)
        if ten == 1, hundred != 11 { return .one }
        return (2...4).contains(ten) && !(12...14).contains(hundred) ? .few : .many
    }

    private static func polish(_ number: PluralOperands) -> PluralCategory {
        guard number.v == 0 else { return .other }
        if number.i == 1 { return .one }
        return (2...4).contains(number.i % 10) && !(12...14).contains(number.i % 100) ? .few : .many
    }

    private static func arabic(_ number: PluralOperands) -> PluralCategory {
        guard number.t == 0 else { return .other }
        switch number.i {
        case 0: return .zero
        case 1: return .one
        case 2: return .two
        case let i where (3...10).contains(i % 100): return .few
        case let i where (11...99).contains(i % 100): return .many
        default: return .other
        }
    }
}

/// What the rules ask of a number (Unicode Technical Standard 35, part 3, plural operands).
private struct PluralOperands {
    /// Its absolute value.
    let n: Double
    /// The digits before the point.
    let i: Int
    /// How many digits stand behind the point.
    let v: Int
    /// Those digits as a number, zeros at the end left out.
    let t: Int

    init?(_ text: String) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let n = Double(digits), n.isFinite, digits.first?.isNumber == true else {
            return nil
        }
        self.n = n
        // Of larger numbers only the last digits count.
        i = Int(parts[0].suffix(15)) ?? 0
        v = parts.count == 2 ? parts[1].utf8.count : 0
        t = parts.count == 2 ? Int(String(parts[1].prefix(15)).trimmingZeros) ?? 0 : 0
    }

    /// `i = 1 and v = 0`.
    var isOne: Bool { i == 1 && v == 0 }
    /// `i != 0 and i % 1000000 = 0 and v = 0`.
    var isMillions: Bool { i != 0 && i % 1_000_000 == 0 && v == 0 }
}

extension String {
    fileprivate var trimmingZeros: Substring {
        self[..<(lastIndex { $0 != "0" }.map(index(after:)) ?? startIndex)]
    }
}
