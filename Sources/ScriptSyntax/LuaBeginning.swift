/// The beginning of a text that a person is typing, cut into words and literals: what can be said of it before it is
/// finished.
package struct LuaBeginning: Sendable {
    /// A word, sign or literal.
    package struct Piece: Sendable {
        /// What it is.
        package let kind: Kind
        /// Where it stands.
        package let range: SourceRange
    }

    /// What a piece is.
    package enum Kind: Sendable, Hashable {
        /// A name.
        case name(String)
        /// A text, without its quotes.
        case text(String)
        /// A number.
        case number
        /// A reserved word or a sign, as it is written.
        case word(String)
    }

    /// What the text ends in.
    package enum Ending: Sendable, Hashable {
        /// Between words, or behind one.
        case code
        /// In a literal that opens with `quote` and whose text begins at the byte `start`.
        case text(quote: String, start: Int)
        /// In a comment.
        case comment
    }

    /// The pieces before the end; the literal that the text ends in is none of them.
    package let pieces: [Piece]
    /// What the text ends in.
    package let ending: Ending

    /// The words that are no names, sorted.
    package static let reservedWords = LuaWord.allCases.map(\.rawValue).filter {
        $0.utf8.allSatisfy(LuaLexer.isLetter)
    }.sorted()

    /// Cost: one pass.
    package init(_ text: String) {
        let source = SourceText(text)
        let lexer = LuaLexer(source)
        let end = source.bytes.count
        let open = lexer.errors.last { error in
            switch error.reason {
            case .unfinishedString, .unfinishedLongBracket(isComment: false): true
            default: false
            }
        }
        var lexemes = lexer.lexemes.dropLast()
        if let open, let last = lexemes.last, last.range == SourceRange(open.range.start, end) {
            lexemes.removeLast()
            let quote = source.bytes[last.range.start...].prefix {
                $0 == source.bytes[last.range.start] || $0 == 0x3D
            }
            let opening = source.bytes[last.range.start] == UInt8(ascii: "[") ? quote : quote.prefix(1)
            ending = .text(
                quote: String(decoding: opening, as: UTF8.self), start: last.range.start + opening.count)
        } else if let comment = lexer.comments.last, comment.range.end == end {
            ending = .comment
        } else {
            ending = .code
        }
        pieces = lexemes.map { lexeme in
            let kind: Kind =
                switch lexeme.kind {
                case .name(let name): .name(name)
                case .string(let bytes): .text(String(decoding: bytes, as: UTF8.self))
                case .integer, .number, .end: .number
                case .word(let word): .word(word.rawValue)
                }
            return Piece(kind: kind, range: lexeme.range)
        }
    }
}
