extension ByteScanner {
    /// Takes a sign, ASCII, full-width or typographic: whether it is a minus; nil where there is none.
    mutating func sign() -> Bool? {
        if accept(0x2D) || accept("−") || accept("－") { return true }
        return accept(0x2B) || accept("＋") ? false : nil
    }

    /// Takes one blank of those that stand around and within numbers.
    mutating func skipNumberBlank() -> Bool {
        // A space, a tab, a no-break space, a thin one, a narrow no-break one, an ideographic one.
        if peek < 0x80 { return accept(0x20) || accept(0x09) }
        return accept("\u{A0}") || accept("\u{2009}") || accept("\u{202F}") || accept("\u{3000}")
    }

    /// Takes digits with their separators and an exponent.
    mutating func digits(_ decimalSign: DecimalSign?) throws(NumberProblem) -> Decimal64 {
        var signs = NumberSigns(decimalSign: decimalSign)
        while !isAtEnd {
            let before = position
            if let sign = numberSign(), sign != 0x20 || isAtNumberDigit, signs.add(sign) { continue }
            // Blanks after the last digit belong to what follows.
            position = before
            break
        }
        return try signs.value(exponent: try exponent())
    }

    /// Takes one sign of a number: digits as themselves, each separator as one ASCII byte.
    private mutating func numberSign() -> UInt8? {
        let next = peek
        if next &- 0x30 < 10 || next == 0x2C || next == 0x2E {
            position += 1
            return next
        }
        if accept(0x27) || accept("’") { return 0x20 }
        if skipNumberBlank() { return 0x20 }
        if next < 0x80 { return nil }
        if accept("，") { return 0x2C }
        if accept("．") { return 0x2E }
        return fullWidthDigit()
    }

    private var isAtNumberDigit: Bool {
        var ahead = self
        return peek &- 0x30 < 10 || ahead.fullWidthDigit() != nil
    }

    private mutating func fullWidthDigit() -> UInt8? {
        let start = position
        guard accept(0xEF), accept(0xBC), peek >= 0x90, peek <= 0x99 else {
            position = start
            return nil
        }
        let digit = peek - 0x90 + 0x30
        position += 1
        return digit
    }

    /// Takes `e3`, `E+3` or `e-3`; 0 where there is no exponent.
    private mutating func exponent() throws(NumberProblem) -> Int {
        let start = position
        guard accept("E", ignoringCase: true) else { return 0 }
        let isNegative = sign() ?? false
        let (value, count) = digits(upTo: 4)
        if count == 0 {
            // An E that starts a currency, as in 12EUR.
            position = start
            return 0
        }
        return isNegative ? -value : value
    }
}
