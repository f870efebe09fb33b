/// Cuts the text of a script into words, signs and literals.
///
/// It never stops: what is no Lua becomes an error, and the lexeme that was most likely meant, so that the parser can
/// go on. Cost: one pass.
struct LuaLexer {
    let source: SourceText
    var position = 0
    var line = 1
    private(set) var lexemes: [LuaLexeme] = []
    private(set) var comments: [LuaComment] = []
    private(set) var errors: [LuaSyntaxError] = []
    private var lineStart = 0
    /// The blanks before the first lexeme of this line; nil before there is one.
    private var indent: Int?
    /// The same where the lexeme began that is being taken: it may end on a later line.
    private var begun: (lineStart: Int, indent: Int?) = (0, nil)

    /// The whole text as lexemes, of which the last is the end.
    init(_ source: SourceText) {
        self.source = source
        lexemes.reserveCapacity(source.bytes.count / 4 + 1)
        skipFirstLine()
        while scan() {}
        begun = (lineStart, indent)
        add(.end, from: source.bytes.count, line: line)
    }

    /// The byte at an offset from here; nil behind the end.
    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < source.bytes.count ? source.bytes[position + offset] : nil
    }

    /// Notes an error from `start` to here, or over a part of it.
    mutating func fail(_ reason: LuaSyntaxError.Reason, from start: Int, to end: Int? = nil) {
        guard errors.count < LuaParser.errorLimit else { return }
        errors.append(LuaSyntaxError(reason: reason, range: SourceRange(start, end ?? position)))
    }

    /// Keeps a lexeme from `start` to here that begins in `line`.
    mutating func add(_ kind: LuaLexeme.Kind, from start: Int, line: Int) {
        let column = begun.indent ?? (start - begun.lineStart)
        indent = column
        lexemes.append(
            LuaLexeme(
                kind: kind, range: SourceRange(start, position), line: line,
                isFirstOfLine: begun.indent == nil, indent: column))
    }

    /// Keeps a comment from `start` to here whose text lies within `content`.
    mutating func addComment(from start: Int, content: SourceRange) {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
        let text = source.bytes[content.start..<content.end].drop { $0 == UInt8(ascii: "-") }
        let head = text.drop { blanks.contains($0) }
        let last = head.lastIndex { !blanks.contains($0) } ?? head.startIndex - 1
        comments.append(
            LuaComment(
                range: SourceRange(start, position),
                text: String(decoding: head[head.startIndex..<(last + 1)], as: UTF8.self),
                isAlone: source.bytes[begun.lineStart..<start].allSatisfy { blanks.contains($0) }))
    }

    /// Steps over a line end, of which `\r\n` and `\n\r` are one.
    mutating func skipLineEnd() {
        let first = peek()
        position += 1
        if let second = peek(), second != first, Self.isLineEnd(second) { position += 1 }
        line += 1
        lineStart = position
        indent = nil
    }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isLetter(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || byte == 0x5F
    }

    /// The value of a hexadecimal digit; nil for any other byte.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    /// Takes the next lexeme, comment or blank; false at the end.
    private mutating func scan() -> Bool {
        guard let byte = peek() else { return false }
        let start = position
        begun = (lineStart, indent)
        switch byte {
        case 0x0A, 0x0D: skipLineEnd()
        case 0x20, 0x09, 0x0B, 0x0C: position += 1
        case UInt8(ascii: "-") where peek(1) == byte: skipComment()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(byte)
        case UInt8(ascii: "[") where peek(1) == byte || peek(1) == UInt8(ascii: "="): scanLongString()
        case _ where Self.isDigit(byte): scanNumber()
        case UInt8(ascii: ".") where peek(1).map(Self.isDigit) == true: scanNumber()
        case _ where Self.isLetter(byte):
            while let next = peek(), Self.isLetter(next) || Self.isDigit(next) { position += 1 }
            let text = source[SourceRange(start, position)]
            add(LuaWord.known[text].map { .word($0) } ?? .name(text), from: start, line: line)
        default: scanSign()
        }
        return true
    }

    /// Lua's own program passes over a first line with `#`; a text that is loaded must not have one.
    private mutating func skipFirstLine() {
        guard peek() == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") else { return }
        while let byte = peek(), !Self.isLineEnd(byte) { position += 1 }
        fail(.firstLine, from: 0)
    }

    private mutating func scanSign() {
        let start = position
        if let byte = peek(), peek(1) == byte, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") {
            let word: LuaWord = byte == UInt8(ascii: "&") ? .and : .or
            position += 2
            fail(.operatorOfOthers(word), from: start)
            return add(.word(word), from: start, line: line)
        }
        for length in [3, 2, 1] {
            guard position + length <= source.bytes.count,
                let word = LuaWord.known[source[SourceRange(start, start + length)]]
            else { continue }
            position += length
            return add(.word(word), from: start, line: line)
        }
        scanStranger()
    }
}
