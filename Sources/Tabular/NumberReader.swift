/// A number as a text gave it.
public struct NumberReading: Sendable, Hashable {
    /// The value.
    public var value: Decimal64
    /// The ISO 4217 code of the currency beside it; nil for none and for `¥`.
    public var currency: String?
    /// Whether `¥` stands beside it, which is the sign of CNY and of JPY.
    public var hasYenSign: Bool

    /// A reading from its parts.
    public init(value: Decimal64, currency: String? = nil, hasYenSign: Bool = false) {
        self.value = value
        self.currency = currency
        self.hasYenSign = hasYenSign
    }
}

/// Why a text is not a number.
public enum NumberProblem: Error, Hashable, CaseIterable {
    /// It has none of the known forms.
    case notANumber
    /// A number, but with more digits than 64 bits hold.
    case tooLarge
}

/// Reads numbers from texts, exactly.
///
/// Forms: `1234.5`, `+3`, `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `1e3`, `(12.50)` for -12.50, all
/// with full-width digits too, and with a currency sign or code before or after. With a comma and a point the
/// last is the decimal sign. A single comma before exactly three digits groups thousands (`1,234`), before
/// other counts it is the decimal sign (`12,5`). Where the decimal sign is known, the other one only groups. A
/// percentage is not a number.
public struct NumberReader: Sendable, Hashable {
    private let decimalSign: DecimalSign?

    /// A reader of numbers with this decimal sign; nil where each number has to tell it itself.
    public init(decimalSign: DecimalSign? = nil) {
        self.decimalSign = decimalSign
    }

    /// The number that the bytes (UTF-8) name; blanks around it are passed over.
    public func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(NumberProblem) -> NumberReading {
        if let value = Self.plain(bytes, pointIsDecimal: decimalSign != .comma) {
            return NumberReading(value: value)
        }
        var text = ByteScanner(bytes)
        // No number of 64 bits with its currency is longer, even in full-width signs.
        guard text.count <= 256 else { throw .notANumber }
        var isNegative = false
        var hasSign = false
        var isInParentheses = false
        var currency: Currency?
        while !text.isAtEnd {
            if text.skipNumberBlank() { continue }
            if !hasSign, !isInParentheses, let sign = text.sign() {
                hasSign = true
                isNegative = sign
            } else if !hasSign, !isInParentheses, text.accept(0x28) || text.accept("（") {
                isInParentheses = true
            } else if currency == nil, let found = Currency(&text) {
                currency = found
            } else {
                break
            }
        }
        let value = try text.digits(decimalSign)
        while !text.isAtEnd {
            if text.skipNumberBlank() { continue }
            if isInParentheses, !isNegative, text.accept(0x29) || text.accept("）") {
                isNegative = true
            } else if let found = Currency(&text) {
                currency = try Self.merge(currency, found)
            } else {
                throw .notANumber
            }
        }
        if isInParentheses, !isNegative { throw .notANumber }
        let signed = Decimal64(mantissa: isNegative ? -value.mantissa : value.mantissa, scale: value.scale)
        return NumberReading(
            value: signed, currency: currency?.code, hasYenSign: currency != nil && currency?.code == nil)
    }

    /// The same from a text.
    public func read(_ text: String) throws(NumberProblem) -> NumberReading {
        try withBytes(of: text) { bytes throws(NumberProblem) in try read(bytes) }
    }

    /// `¥12 CNY` names one currency twice; `$12 EUR` names two and is no number.
    private static func merge(_ before: Currency?, _ after: Currency) throws(NumberProblem) -> Currency {
        guard let known = before?.code else { return after }
        guard let code = after.code, code != known else { return Currency(code: known) }
        throw .notANumber
    }

    /// The common case: ASCII digits with at most a minus sign and a point, no more than 18 digits.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>, pointIsDecimal: Bool) -> Decimal64? {
        guard bytes.count > 0, bytes.count <= 18 else { return nil }
        let isNegative = bytes[0] == 0x2D
        var mantissa: Int64 = 0
        var point: Int?
        var i = isNegative ? 1 : 0
        let first = i
        while i < bytes.count {
            let digit = bytes[i] &- 0x30
            if digit < 10 {
                mantissa = mantissa &* 10 &+ Int64(digit)
            } else if bytes[i] == 0x2E, point == nil, pointIsDecimal {
                point = i
            } else {
                return nil
            }
            i += 1
        }
        guard bytes.count - first > (point == nil ? 0 : 1) else { return nil }
        let scale = point.map { bytes.count - 1 - $0 } ?? 0
        return Decimal64(mantissa: isNegative ? -mantissa : mantissa, scale: scale)
    }
}
