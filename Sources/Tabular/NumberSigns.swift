/// The digits and separators of one number, from which the meaning of the separators follows.
struct NumberSigns {
    private var mantissa: UInt64 = 0
    private var isTooLarge = false
    private var isMisgrouped = false
    private var digitCount = 0
    /// Zeros at the end that are not in the mantissa yet: those of a fraction never have to be.
    private var zeros = 0
    private var startsWithZero = false
    private var commas = 0
    private var points = 0
    private var blanks = 0
    /// Digits before the first separator and since the last one.
    private var firstGroup: Int?
    private var group = 0
    private var last: UInt8 = 0
    /// The byte of the decimal sign, where the column has told it.
    private let decimalSign: UInt8?

    init(decimalSign: DecimalSign?) {
        self.decimalSign = decimalSign?.byte
    }

    /// Adds a digit, or a separator as `,`, `.` or blank; false where none can stand here.
    mutating func add(_ sign: UInt8) -> Bool {
        switch sign {
        case 0x30...0x39:
            add(digit: sign - 0x30)
            return true
        case 0x20:
            // Blanks group the digits before the decimal sign only.
            if group == 0 || points + commas > 0 { return false }
            blanks += 1
        case 0x2C: commas += 1
        default: points += 1
        }
        if firstGroup == nil { firstGroup = group } else if group != 3 { isMisgrouped = true }
        last = sign
        group = 0
        return true
    }

    private mutating func add(digit: UInt8) {
        if digitCount == 0 { startsWithZero = digit == 0 }
        digitCount += 1
        group += 1
        if digit == 0 {
            zeros += 1
            return
        }
        let pending = zeros + 1
        zeros = 0
        if mantissa == 0 {
            mantissa = UInt64(digit)
            return
        }
        guard let factor = Decimal64.power(pending) else {
            isTooLarge = true
            return
        }
        let (shifted, overflow) = mantissa.multipliedReportingOverflow(by: factor)
        let (sum, carry) = shifted.addingReportingOverflow(UInt64(digit))
        mantissa = sum
        if overflow || carry { isTooLarge = true }
    }

    /// The number times 10 to the power of `exponent`.
    func value(exponent: Int) throws(NumberProblem) -> Decimal64 {
        guard digitCount > 0, let fraction else { throw .notANumber }
        if isTooLarge { throw .tooLarge }
        if mantissa == 0 { return Decimal64(mantissa: 0) }
        // The mantissa ends in a digit other than 0, so this scale is the smallest.
        let scale = fraction - zeros - exponent
        var magnitude = mantissa
        if scale < 0 {
            guard let factor = Decimal64.power(-scale) else { throw .tooLarge }
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: factor)
            if overflow { throw .tooLarge }
            magnitude = product
        }
        guard magnitude <= UInt64(Int64.max), scale <= 400 else { throw .tooLarge }
        return Decimal64(mantissa: Int64(magnitude), scale: max(0, scale))
    }

    /// How many digits stand after the decimal sign; nil where the separators make no sense.
    private var fraction: Int? {
        guard commas + points + blanks > 0 else { return 0 }
        let isDecimal: Bool
        switch (commas, points) {
        case _ where decimalSign != nil:
            let count = decimalSign == 0x2C ? commas : points
            // It stands once, behind every group.
            guard count == 0 || count == 1 && last == decimalSign else { return nil }
            isDecimal = count == 1
        case (0, 0): isDecimal = false
        case (1, 0):
            // 1,234 is a thousand; 0,125 and 1234,567 and 1 234,567 are not grouped by the comma.
            let groups = blanks == 0 && group == 3 && !startsWithZero && (1...3).contains(firstGroup ?? 0)
            isDecimal = !groups
        case (0, 1): isDecimal = true
        case (_, 0), (0, _): isDecimal = false
        default:
            // The last is the decimal sign, so it must be the only one of its kind.
            guard (last == 0x2C ? commas : points) == 1 else { return nil }
            isDecimal = true
        }
        let separators = commas + points + blanks
        let groupCount = isDecimal ? separators - 1 : separators
        if groupCount > 0 {
            guard !isMisgrouped, (1...3).contains(firstGroup ?? 0) else { return nil }
            if !isDecimal, group != 3 { return nil }
        }
        return isDecimal ? group : 0
    }
}
