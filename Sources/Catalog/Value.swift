/// A value as the store holds it, on its way between SQL and rules.
///
/// Two values are equal where they are the same to the last bit: SQL and Lua tell texts apart that only look alike, and
/// `-0.0` from `0.0`.
public enum Value: Sendable {
    /// Missing.
    case null
    /// A whole number; also booleans (1 or 0), instants and money in minor units.
    case integer(Int64)
    /// A double.
    case number(Double)
    /// Text.
    case text(String)
}

extension Value {
    /// As SQL writes it: a text by its bytes, so that nothing in it means anything.
    var literal: String {
        switch self {
        case .null: return "NULL"
        case .integer(.min): return "(-9223372036854775807 - 1)"
        case .integer(let number): return "(\(number))"
        case .number(let number):
            // Swift writes as many digits as tell a float from all others.
            guard number.isInfinite else { return number.isNaN ? "NULL" : "(\(number))" }
            return number < 0 ? "(-9e999)" : "9e999"
        case .text(let text):
            let digits = text.utf8.map { byte in
                let hex = String(byte, radix: 16, uppercase: true)
                return hex.count == 1 ? "0\(hex)" : hex
            }
            return "CAST(x'\(digits.joined())' AS TEXT)"
        }
    }
}

extension Value: Hashable {
    /// Whether two values are the same.
    public static func == (a: Value, b: Value) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.integer(let a), .integer(let b)): a == b
        case (.number(let a), .number(let b)): a.bitPattern == b.bitPattern
        // Swift takes differently composed texts for equal.
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        default: false
        }
    }

    /// Feeds what makes the value the same.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: break
        case .integer(let number): hasher.combine(number)
        case .number(let number): hasher.combine(number.bitPattern)
        case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}
