/// A number as decimal digits: the fewest that mean it, so that 1.005 rounds as it is written.
public struct DecimalDigits: Sendable, Hashable {
    /// Whether it is below zero; minus zero is not.
    public private(set) var isNegative: Bool
    /// Its digits, 0 to 9, without zeros in front or behind; none for zero.
    private(set) var digits: [UInt8]
    /// How many of the digits stand before the point; may be negative, or more than there are.
    private(set) var point: Int

    /// The digits of a number; nil for infinities and what is no number.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        // Of at most 15 digits, those that read back are the fewest: amounts and whole numbers are seldom
        // longer.
        let hundredths = (value * 100).rounded()
        guard abs(hundredths) >= 1e15 || hundredths / 100 != value else {
            self.init(Int64(hundredths))
            if !digits.isEmpty { point -= 2 }
            return
        }
        self.init(described: value)
    }

    /// The digits that Swift writes, which are the fewest that read back: 12.5, 1e-05, 1.5e+300.
    private init(described value: Double) {
        isNegative = value < 0
        digits = []
        point = 0
        var exponent = 0
        var hasPoint = false
        var text = value.description.utf8[...]
        while let byte = text.popFirst() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.append(byte - UInt8(ascii: "0"))
                if !hasPoint { point += 1 }
            case UInt8(ascii: "."): hasPoint = true
            case UInt8(ascii: "e"):
                exponent = Int(Substring(text)) ?? 0
                text = text.suffix(0)
            default: break
            }
        }
        point += exponent
        trim()
    }

    /// The digits of a whole number.
    public init(_ value: Int64) {
        isNegative = value < 0
        digits = []
        digits.reserveCapacity(20)
        var rest = value.magnitude
        while rest > 0 {
            digits.append(UInt8(rest % 10))
            rest /= 10
        }
        digits.reverse()
        point = digits.count
        trim()
    }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
        if digits.first == 0 {
            let zeros = digits.prefix { $0 == 0 }.count
            digits.removeFirst(zeros)
            point -= zeros
        }
        if digits.isEmpty { (isNegative, point) = (false, 0) }
    }

    /// Rounded to so many digits behind the point, half away from zero. What rounds to nothing has no sign.
    public func rounded(to places: Int) -> DecimalDigits {
        let kept = point + places
        guard kept < digits.count else { return self }
        var result = self
        guard kept >= 0 else {
            result.digits = []
            result.trim()
            return result
        }
        let isUp = digits[kept] >= 5
        result.digits.removeSubrange(kept...)
        if isUp {
            var place = kept - 1
            while place >= 0, result.digits[place] == 9 {
                result.digits[place] = 0
                place -= 1
            }
            if place >= 0 {
                result.digits[place] += 1
            } else {
                result.digits.insert(1, at: 0)
                result.point += 1
            }
        }
        result.trim()
        return result
    }

    /// How many digits it has behind the point.
    public var places: Int { max(0, digits.count - point) }

    /// The digit at a place: 0 for the one before the point, 1 for the one before that, -1 for the first
    /// behind it.
    func digit(at place: Int) -> UInt8 {
        let index = point - 1 - place
        return digits.indices.contains(index) ? digits[index] : 0
    }
}
