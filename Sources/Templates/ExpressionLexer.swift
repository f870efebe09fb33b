import Diagnostics

/// A word of an expression.
struct Lexeme: Equatable {
    enum Kind: Equatable {
        case name
        case number
        /// A text literal; its text is what stands between the marks.
        case string
        case comparison
        /// `| . : , [ ] ( ) =` and `..`.
        case symbol
        case end
    }

    var kind: Kind
    var text: String
    var range: Range<Int>
}

/// Cuts the markup of a tag or an output into words.
struct ExpressionLexer {
    private let text: TemplateText
    private let limit: Int
    private var position: Int

    /// The words of the range, closed by one of the kind `end`.
    static func lexemes(of text: TemplateText, in range: Range<Int>) throws(TemplateError) -> [Lexeme] {
        var lexer = ExpressionLexer(text: text, limit: range.upperBound, position: range.lowerBound)
        var lexemes: [Lexeme] = []
        while let lexeme = try lexer.next() { lexemes.append(lexeme) }
        let end = text.trimmed(range).upperBound
        return lexemes + [Lexeme(kind: .end, text: "", range: end..<end)]
    }

    private mutating func next() throws(TemplateError) -> Lexeme? {
        while position < limit, isBlank(text.bytes[position]) { position += 1 }
        guard position < limit else { return nil }
        let start = position
        let first = text.bytes[start]
        if isNameStart(first) { return name() }
        if isDigit(at: start) || (first == UInt8(ascii: "-") && isDigit(at: start + 1)) { return number() }
        switch first {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return try string(mark: first)
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            if let word = ["==", "!=", "<>", "<=", ">=", "<", ">", "="].first(where: starts(with:)) {
                return take(word == "=" ? .symbol : .comparison, to: start + word.utf8.count)
            }
        case UInt8(ascii: "."): return take(.symbol, to: start + (starts(with: "..") ? 2 : 1))
        case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "("), UInt8(ascii: ")"):
            return take(.symbol, to: start + 1)
        default: break
        }
        throw unexpectedCharacter(at: start)
    }

    private mutating func take(_ kind: Lexeme.Kind, to end: Int) -> Lexeme {
        let range = position..<end
        position = end
        return Lexeme(kind: kind, text: text.string(range), range: range)
    }

    /// Names may hold dashes and end in a question mark.
    private mutating func name() -> Lexeme {
        var end = position
        while end < limit, isWordByte(text.bytes[end]) || text.bytes[end] == UInt8(ascii: "-") { end += 1 }
        if end < limit, text.bytes[end] == UInt8(ascii: "?") { end += 1 }
        let isOperator = text.string(position..<end) == "contains"
        return take(isOperator ? .comparison : .name, to: end)
    }

    private mutating func number() -> Lexeme {
        var end = position + 1
        while isDigit(at: end) { end += 1 }
        // `1..5` is a range, not a float.
        if end < limit, text.bytes[end] == UInt8(ascii: "."), isDigit(at: end + 1) {
            end += 1
            while isDigit(at: end) { end += 1 }
        }
        return take(.number, to: end)
    }

    private mutating func string(mark: UInt8) throws(TemplateError) -> Lexeme {
        let start = position
        guard let end = text.bytes[(start + 1)..<limit].firstIndex(of: mark) else {
            throw TemplateError(
                kind: .unexpected(
                    found: "the end", expected: "the closing \(text.string(start..<start + 1))"),
                location: text.location(at: start), token: text.string(start..<limit))
        }
        position = end + 1
        return Lexeme(kind: .string, text: text.string(start + 1..<end), range: start..<end + 1)
    }

    private func unexpectedCharacter(at start: Int) -> TemplateError {
        let character = text.string(start..<limit).first.map(String.init) ?? ""
        let isCurly = ["\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}"].contains(character)
        return TemplateError(
            kind: isCurly ? .curlyQuote(character) : .unexpectedCharacter(character),
            location: text.location(at: start), token: character)
    }

    private func starts(with word: String) -> Bool {
        text.bytes[position..<limit].starts(with: word.utf8)
    }

    private func isNameStart(_ byte: UInt8) -> Bool {
        isWordByte(byte) && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private func isDigit(at place: Int) -> Bool {
        place < limit && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.bytes[place])
    }
}
