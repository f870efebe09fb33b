/// An exact decimal number: `mantissa / 10^scale`.
///
/// The scale is the smallest that holds the value, so equal numbers are equal values (12.50 is 12.5).
public struct Decimal64: Sendable, Hashable, CustomStringConvertible {
    /// The digits without the point.
    public let mantissa: Int64
    /// How many digits stand after the point, from 0.
    public let scale: Int

    /// The number `mantissa / 10^scale`; a scale below 0 counts as 0.
    public init(mantissa: Int64, scale: Int = 0) {
        var mantissa = mantissa
        var scale = mantissa == 0 ? 0 : max(0, scale)
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        self.mantissa = mantissa
        self.scale = scale
    }

    /// The number as a count of units of `10^-places`, rounded half away from zero, and whether nothing was
    /// lost; nil where the count does not fit or `places` is below 0.
    public func scaled(to places: Int) -> (value: Int64, exact: Bool)? {
        guard places >= 0 else { return nil }
        if places >= scale {
            if mantissa == 0 { return (0, true) }
            guard let factor = Self.power(places - scale) else { return nil }
            let (value, overflow) = mantissa.magnitude.multipliedReportingOverflow(by: factor)
            return overflow ? nil : signed(value).map { ($0, true) }
        }
        // Beyond 19 digits the divisor is more than twice any mantissa.
        guard let divisor = Self.power(scale - places) else { return (0, false) }
        let (quotient, rest) = mantissa.magnitude.quotientAndRemainder(dividingBy: divisor)
        // The scale is the smallest, so something is always lost.
        let rounded = rest >= divisor - rest ? quotient + 1 : quotient
        return signed(rounded).map { ($0, false) }
    }

    /// The number with a point and without grouping, such as `-0.05`.
    public var description: String {
        let digits = String(mantissa.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let sign = mantissa < 0 ? "-" : ""
        return scale == 0 ? sign + padded : sign + padded.dropLast(scale) + "." + padded.suffix(scale)
    }

    private func signed(_ magnitude: UInt64) -> Int64? {
        guard magnitude <= UInt64(Int64.max) else { return nil }
        return mantissa < 0 ? -Int64(magnitude) : Int64(magnitude)
    }

    /// 10 to the power of `exponent`, up to 19; nil where it does not fit.
    static func power(_ exponent: Int) -> UInt64? {
        guard (0...19).contains(exponent) else { return nil }
        var result: UInt64 = 1
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}
