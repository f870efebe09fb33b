extension LuaLexer {
    /// Takes a number; what looks like one and is none counts as 0.
    mutating func scanNumber() {
        let start = position
        let isHex = peek() == 0x30 && (peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X"))
        position += isHex ? 2 : 1
        // The exponent's sign belongs to the number only behind its letter.
        while let byte = peek() {
            if byte | 0x20 == (isHex ? UInt8(ascii: "p") : UInt8(ascii: "e")) {
                position += 1
                if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            } else if Self.hexValue(byte) != nil || byte == UInt8(ascii: ".") {
                position += 1
            } else {
                break
            }
        }
        if let byte = peek(), Self.isLetter(byte) {
            while let next = peek(), Self.isLetter(next) || Self.isDigit(next) { position += 1 }
            fail(.malformedNumber, from: start)
            return add(.integer(0), from: start, line: line)
        }
        let digits = source.bytes[start..<position]
        let value = isHex ? Self.hexadecimal(digits.dropFirst(2)) : Self.decimal(digits)
        if value == nil { fail(.malformedNumber, from: start) }
        add(value ?? .integer(0), from: start, line: line)
    }

    /// The value of decimal digits: an integer where 64 bits hold it, else a float; nil for malformed ones.
    private static func decimal(_ text: ArraySlice<UInt8>) -> LuaLexeme.Kind? {
        if text.allSatisfy(isDigit), let value = Int64(String(decoding: text, as: UTF8.self)) {
            return .integer(value)
        }
        let mantissa = text.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
        guard isMantissa(mantissa, digit: isDigit),
            isExponent(text.dropFirst(mantissa.count), letter: UInt8(ascii: "e"))
        else { return nil }
        return Double(String(decoding: text, as: UTF8.self)).map { .number($0) }
    }

    /// The value of what follows `0x`: integers wrap around, as in Lua.
    private static func hexadecimal(_ text: ArraySlice<UInt8>) -> LuaLexeme.Kind? {
        if !text.isEmpty, text.allSatisfy({ hexValue($0) != nil }) {
            let value = text.reduce(UInt64(0)) { $0 << 4 | UInt64(hexValue($1) ?? 0) }
            return .integer(Int64(bitPattern: value))
        }
        let mantissa = text.prefix { hexValue($0) != nil || $0 == UInt8(ascii: ".") }
        let exponent = text.dropFirst(mantissa.count)
        guard isMantissa(mantissa, digit: { hexValue($0) != nil }),
            isExponent(exponent, letter: UInt8(ascii: "p"))
        else { return nil }
        let whole = "0x" + String(decoding: text, as: UTF8.self) + (exponent.isEmpty ? "p0" : "")
        return Double(whole).map { .number($0) }
    }

    private static func isMantissa(_ text: ArraySlice<UInt8>, digit: (UInt8) -> Bool) -> Bool {
        text.contains(where: digit) && text.count { $0 == UInt8(ascii: ".") } <= 1
    }

    private static func isExponent(_ text: ArraySlice<UInt8>, letter: UInt8) -> Bool {
        guard let first = text.first else { return true }
        guard first | 0x20 == letter else { return false }
        let sign = text.dropFirst().first
        let digits = text.dropFirst(sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? 2 : 1)
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }
}
