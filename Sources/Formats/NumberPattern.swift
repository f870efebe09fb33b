public import Basics
internal import Foundation

/// How a language writes numbers, or amounts in a currency: signs, separators, groups and digits.
///
/// Read off what Foundation writes, once; then numbers are written from bytes, which takes time by their
/// digits.
public struct NumberPattern: Sendable, Hashable {
    private var positive: Affixes
    private var negative: Affixes
    private var decimalSeparator: [UInt8] = [UInt8(ascii: ".")]
    private var groupSeparator: [UInt8] = [UInt8(ascii: ",")]
    private var firstGroup = 3
    private var nextGroups = 3
    /// From so many digits before the point on they are grouped.
    private var groupedFrom = 4
    /// The ten digits where they are not ASCII's.
    private var glyphs: [[UInt8]] = []

    private struct Affixes: Hashable {
        var prefix: [UInt8]
        var suffix: [UInt8]
    }

    /// What is written alike for everyone: `-1,234.50`, with a sign such as `¥` before the digits.
    public init(sign: String = "") {
        positive = Affixes(prefix: Array(sign.utf8), suffix: [])
        negative = Affixes(prefix: Array("-\(sign)".utf8), suffix: [])
    }

    /// The pattern of numbers in a language; ``init(sign:)`` where CLDR does not know the language.
    public init(_ language: LanguageTag?) {
        guard let language, language.isInCLDR else {
            self.init()
            return
        }
        let style = Decimal.FormatStyle.number.locale(language.locale).precision(.fractionLength(2))
        self = Self.read { $0.formatted(style) } ?? Self()
    }

    /// The pattern of amounts in a currency; nil where CLDR does not know the language, or the code is none.
    public init?(_ language: LanguageTag, currency: String) {
        guard language.isInCLDR else { return nil }
        let style = Decimal.FormatStyle.Currency(code: currency, locale: language.locale)
            .precision(.fractionLength(2))
        guard let pattern = Self.read({ $0.formatted(style) }) else { return nil }
        self = pattern
    }

    /// Takes apart what `write` makes of numbers that show everything.
    private static func read(_ write: (Decimal) -> String) -> NumberPattern? {
        guard let sample = Decimal(string: "9876543210.12"), let small = Decimal(string: "1234.12"),
            let parts = Parts(write(sample), whole: 10), let below = Parts(write(-sample), whole: 10),
            let short = Parts(write(small), whole: 4)
        else { return nil }
        var pattern = NumberPattern()
        pattern.positive = Affixes(prefix: parts.prefix, suffix: parts.suffix)
        pattern.negative = Affixes(prefix: below.prefix, suffix: below.suffix)
        pattern.decimalSeparator = parts.point
        if let first = parts.groups.first {
            pattern.groupSeparator = first.separator
            pattern.firstGroup = first.digitsBehind
            pattern.nextGroups =
                parts.groups.count > 1
                ? parts.groups[1].digitsBehind - first.digitsBehind : first.digitsBehind
            pattern.groupedFrom = short.groups.isEmpty ? pattern.firstGroup + 2 : pattern.firstGroup + 1
        } else {
            pattern.groupedFrom = .max
        }
        // The sample's digits fall from 9 to 0.
        let glyphs = Array(parts.digits.prefix(10).reversed())
        pattern.glyphs = glyphs[0] == [UInt8(ascii: "0")] ? [] : glyphs
        return pattern
    }

    /// A number that was written, taken apart.
    private struct Parts {
        var prefix: [UInt8] = []
        var suffix: [UInt8] = []
        var point: [UInt8] = []
        var digits: [[UInt8]] = []
        /// Separators before the point with the digits between each and the point, the nearest first.
        var groups: [(separator: [UInt8], digitsBehind: Int)] = []

        init?(_ text: String, whole: Int) {
            var between: [UInt8] = []
            for scalar in text.unicodeScalars {
                guard scalar.properties.numericType == .decimal else {
                    between += Array(String(scalar).utf8)
                    continue
                }
                switch digits.count {
                case 0: prefix = between
                case whole: point = between
                case 1..<whole where !between.isEmpty: groups.insert((between, whole - digits.count), at: 0)
                default: break
                }
                between = []
                digits.append(Array(String(scalar).utf8))
            }
            suffix = between
            guard digits.count == whole + 2 else { return nil }
        }
    }

    /// What an amount is put together from where its digits are ASCII's; nil where they are not.
    public struct Pieces {
        /// Before and behind the digits.
        public let positive: (prefix: [UInt8], suffix: [UInt8])
        /// The same below zero.
        public let negative: (prefix: [UInt8], suffix: [UInt8])
        /// The decimal separator.
        public let point: [UInt8]
        /// The separator of groups.
        public let group: [UInt8]
        /// How many digits are in the group next to the point and in the others, and from how many digits on numbers
        /// have groups.
        public let groups: (first: Int, next: Int, from: Int)
    }

    /// The pattern's pieces; nil where its digits are not ASCII's.
    public var pieces: Pieces? {
        guard glyphs.isEmpty else { return nil }
        return Pieces(
            positive: (positive.prefix, positive.suffix), negative: (negative.prefix, negative.suffix),
            point: decimalSeparator, group: groupSeparator, groups: (firstGroup, nextGroups, groupedFrom))
    }

    /// Writes a number with so many digits behind the point; it must have been rounded to no more.
    public func text(_ number: DecimalDigits, places: Int) -> String {
        var bytes = number.isNegative ? negative.prefix : positive.prefix
        let whole = max(1, number.point)
        bytes.reserveCapacity(bytes.count + 2 * whole + places + 16)
        for place in stride(from: whole - 1, through: 0, by: -1) {
            append(number.digit(at: place), to: &bytes)
            let isEndOfGroup = place >= firstGroup && (place - firstGroup).isMultiple(of: nextGroups)
            if isEndOfGroup, whole >= groupedFrom { bytes += groupSeparator }
        }
        if places > 0 {
            bytes += decimalSeparator
            for place in 1...places { append(number.digit(at: -place), to: &bytes) }
        }
        bytes += number.isNegative ? negative.suffix : positive.suffix
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ digit: UInt8, to bytes: inout [UInt8]) {
        if glyphs.isEmpty {
            bytes.append(UInt8(ascii: "0") + digit)
        } else {
            bytes += glyphs[Int(digit)]
        }
    }

    /// What stands in the place of a number that has no digits: `NaN`, `∞`.
    public func text(withoutDigits value: Double) -> String {
        let affixes = value < 0 ? negative : positive
        let symbol = value.isNaN ? "NaN" : "∞"
        return String(decoding: affixes.prefix + symbol.utf8 + affixes.suffix, as: UTF8.self)
    }

    /// The same pattern with other separators.
    public func separated(groups: String?, decimals: String?) -> NumberPattern {
        var pattern = self
        if let groups {
            pattern.groupSeparator = Array(groups.utf8)
            pattern.groupedFrom = firstGroup + 1
        }
        if let decimals { pattern.decimalSeparator = Array(decimals.utf8) }
        return pattern
    }
}
