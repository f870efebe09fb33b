extension LuaLexer {
    /// Takes a text in quotes.
    mutating func scanString(_ quote: UInt8) {
        let start = position
        let startLine = line
        var bytes: [UInt8] = []
        position += 1
        while true {
            guard let byte = peek(), !Self.isLineEnd(byte) else {
                fail(.unfinishedString, from: start)
                break
            }
            position += 1
            if byte == quote { break }
            if byte == UInt8(ascii: "\\") { scanEscape(into: &bytes) } else { bytes.append(byte) }
        }
        add(.string(bytes), from: start, line: startLine)
    }

    /// Takes what follows a backslash.
    private mutating func scanEscape(into bytes: inout [UInt8]) {
        let start = position - 1
        // The string's own error follows where the text ends here.
        guard let byte = peek() else { return }
        if Self.isLineEnd(byte) {
            skipLineEnd()
            return bytes.append(0x0A)
        }
        if Self.isDigit(byte) { return scanDecimalEscape(into: &bytes) }
        position += 1
        switch byte {
        case UInt8(ascii: "a"): bytes.append(0x07)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "v"): bytes.append(0x0B)
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): bytes.append(byte)
        case UInt8(ascii: "x"): scanHexEscape(into: &bytes)
        case UInt8(ascii: "u"): scanUnicodeEscape(into: &bytes)
        case UInt8(ascii: "z"): skipBlanksOfEscape()
        default:
            // The whole of a character that takes several bytes.
            while let next = peek(), next >= 0x80, next < 0xC0 { position += 1 }
            fail(.escape(.unknown), from: start)
        }
    }

    private mutating func skipBlanksOfEscape() {
        while let byte = peek() {
            if Self.isLineEnd(byte) {
                skipLineEnd()
            } else if [0x20, 0x09, 0x0B, 0x0C].contains(byte) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func scanDecimalEscape(into bytes: inout [UInt8]) {
        let start = position - 1
        var value = 0
        for _ in 0..<3 {
            guard let digit = peek(), Self.isDigit(digit) else { break }
            value = value * 10 + Int(digit - 0x30)
            position += 1
        }
        guard let byte = UInt8(exactly: value) else { return fail(.escape(.decimal), from: start) }
        bytes.append(byte)
    }

    private mutating func scanHexEscape(into bytes: inout [UInt8]) {
        let start = position - 2
        var value: UInt8 = 0
        for _ in 0..<2 {
            guard let digit = peek().flatMap(Self.hexValue) else {
                return fail(.escape(.hexadecimal), from: start, to: nextEnd)
            }
            value = value << 4 | digit
            position += 1
        }
        bytes.append(value)
    }

    /// `\u{…}`: Lua takes numbers below 2^31 and writes up to six bytes for them, as UTF-8 once had it.
    private mutating func scanUnicodeEscape(into bytes: inout [UInt8]) {
        let start = position - 2
        guard peek() == UInt8(ascii: "{") else {
            return fail(.escape(.unicodeBrace), from: start, to: nextEnd)
        }
        position += 1
        guard var value = peek().flatMap(Self.hexValue).map(UInt32.init) else {
            return fail(.escape(.unicodeDigits), from: start, to: nextEnd)
        }
        position += 1
        var isTooLarge = false
        while let digit = peek().flatMap(Self.hexValue) {
            position += 1
            if value > 0x7FFF_FFFF >> 4 { isTooLarge = true } else { value = value << 4 | UInt32(digit) }
        }
        if isTooLarge { fail(.escape(.unicodeTooLarge), from: start) }
        guard peek() == UInt8(ascii: "}") else {
            if !isTooLarge { fail(.escape(.unicodeDigits), from: start, to: nextEnd) }
            return
        }
        position += 1
        appendUTF8(value, to: &bytes)
    }

    /// The end of the character here, for errors that show it.
    private var nextEnd: Int {
        guard let byte = peek(), !Self.isLineEnd(byte) else { return position }
        var end = position + 1
        while end < source.bytes.count, source.bytes[end] >= 0x80, source.bytes[end] < 0xC0 { end += 1 }
        return end
    }

    private func appendUTF8(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard scalar >= 0x80 else { return bytes.append(UInt8(truncatingIfNeeded: scalar)) }
        var rest = scalar
        var tail: [UInt8] = []
        // What still fits into the first byte beside its length mark.
        var room: UInt32 = 0x3F
        while rest > room {
            tail.append(UInt8(truncatingIfNeeded: 0x80 | rest & 0x3F))
            rest >>= 6
            room >>= 1
        }
        bytes.append(UInt8(truncatingIfNeeded: ~room << 1 | rest))
        bytes.append(contentsOf: tail.reversed())
    }
}
