/// Reads a short text byte by byte; each `accept` takes what it names or moves nothing.
struct ByteScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next byte is.
    var position: Int
    private let end: Int

    /// A scanner over the bytes without the blanks around them.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var end = bytes.count
        while start < end, Self.isBlank(bytes[start]) { start += 1 }
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        self.bytes = bytes
        position = start
        self.end = end
    }

    /// Whether all was taken.
    var isAtEnd: Bool { position == end }

    /// The next byte; 0 at the end.
    var peek: UInt8 { position < end ? bytes[position] : 0 }

    /// How many bytes are left.
    var count: Int { end - position }

    /// Takes one byte if it is the given one.
    mutating func accept(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes a word in UTF-8, with `ignoringCase` ASCII letters in either case (the word in capitals).
    mutating func accept(_ word: StaticString, ignoringCase: Bool = false) -> Bool {
        let length = word.utf8CodeUnitCount
        guard end - position >= length else { return false }
        for i in 0..<length {
            let byte = bytes[position + i]
            let isSmall = ignoringCase && (0x61...0x7A).contains(byte)
            if (isSmall ? byte & 0xDF : byte) != word.utf8Start[i] { return false }
        }
        position += length
        return true
    }

    /// Takes up to `limit` ASCII digits: their value and how many there were.
    mutating func digits(upTo limit: Int) -> (value: Int, count: Int) {
        let start = position
        var value = 0
        while position < end, position - start < limit, bytes[position] &- 0x30 < 10 {
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return (value, position - start)
    }

    /// Takes all ASCII digits that follow: how many there were.
    mutating func skipDigits() -> Int {
        let start = position
        while position < end, bytes[position] &- 0x30 < 10 { position += 1 }
        return position - start
    }

    /// Takes spaces and tabs; whether there were any.
    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = position
        while position < end, Self.isBlank(bytes[position]) { position += 1 }
        return position > start
    }

    /// Whether the next byte is an ASCII letter.
    var isAtLetter: Bool { Self.isLetter(peek) }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }
}

/// Calls `body` with the UTF-8 of a text and hands on what it throws.
func withBytes<Result, Problem: Error>(
    of text: String, _ body: (UnsafeBufferPointer<UInt8>) throws(Problem) -> Result
) throws(Problem) -> Result {
    var text = text
    let outcome: Swift.Result<Result, Problem> = text.withUTF8 { bytes in
        do throws(Problem) {
            return .success(try body(bytes))
        } catch {
            return .failure(error)
        }
    }
    return try outcome.get()
}
