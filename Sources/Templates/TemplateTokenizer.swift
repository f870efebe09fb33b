import Diagnostics

/// A piece of a template: text, an output or a tag.
struct TemplateToken {
    enum Kind {
        /// Printed as it is; white space alone may be left out of blank blocks.
        case text
        /// The inside of a `raw` tag, never left out.
        case raw
        case output
        case tag
    }

    var kind: Kind
    /// The bytes of the text, or of the markup between the braces (after the tag's name).
    var content: Range<Int>
    /// A tag's name.
    var name = ""
    /// Where a tag's name begins; otherwise where the token begins.
    var start: Int
}

/// A comment: its text, and the whole of its tags.
struct TemplateComment {
    var content: Range<Int>
    var range: Range<Int>
}

/// Cuts a template into tokens, applies white space control, and sets comments apart.
struct TemplateTokenizer {
    private let text: TemplateText
    private var tokens: [TemplateToken] = []
    private var comments: [TemplateComment] = []
    /// The last tag or output ended in `-`: white space up to the next character goes.
    private var trimsNext = false
    private var position = 0

    /// The tokens of the whole text, and its comments.
    static func tokens(
        of text: TemplateText
    ) throws(TemplateError) -> (tokens: [TemplateToken], comments: [TemplateComment]) {
        var tokenizer = TemplateTokenizer(text: text)
        while tokenizer.position < text.bytes.count { try tokenizer.next() }
        return (tokenizer.tokens, tokenizer.comments)
    }

    private init(text: TemplateText) {
        self.text = text
    }

    private mutating func next() throws(TemplateError) {
        let start = position
        guard let open = nextOpening(from: start) else {
            addText(start..<text.bytes.count, trimEnd: false)
            position = text.bytes.count
            return
        }
        let isTag = byte(open + 1) == UInt8(ascii: "%")
        let trims = byte(open + 2) == UInt8(ascii: "-")
        addText(start..<open, trimEnd: trims)
        guard let inside = delimited(from: open, isTag: isTag) else {
            let (opening, closing) = isTag ? ("{%", "%}") : ("{{", "}}")
            throw TemplateError(
                kind: .unterminated(opening: opening, closing: closing), location: text.location(at: open),
                token: opening)
        }
        if isTag {
            try addTag(inside, open: open)
        } else {
            tokens.append(TemplateToken(kind: .output, content: inside, start: open))
        }
    }

    /// The bytes between the braces that open at `open`; moves behind them and notes their white space
    /// control.
    private mutating func delimited(from open: Int, isTag: Bool) -> Range<Int>? {
        let closing = isTag ? UInt8(ascii: "%") : UInt8(ascii: "}")
        var end = open + 2
        while end + 1 < text.bytes.count, !(byte(end) == closing && byte(end + 1) == UInt8(ascii: "}")) {
            // An output that meets the next tag or output was not closed; its text literals may hold braces.
            if !isTag, byte(end) == UInt8(ascii: "{"), isOpening(end), !isQuoted(end, from: open + 2) {
                return nil
            }
            end += 1
        }
        guard end + 1 < text.bytes.count else { return nil }
        position = end + 2
        var inside = open + 2..<end
        if let first = inside.first, byte(first) == UInt8(ascii: "-") { inside = first + 1..<end }
        trimsNext = false
        if let last = inside.last, byte(last) == UInt8(ascii: "-") {
            inside = inside.lowerBound..<last
            trimsNext = true
        } else if end > open + 2, byte(end - 1) == UInt8(ascii: "-") {
            // `{%-%}`: one dash is both.
            trimsNext = true
        }
        return inside
    }

    private mutating func addTag(_ inside: Range<Int>, open: Int) throws(TemplateError) {
        let markup = text.trimmed(inside)
        guard let first = markup.first else {
            throw TemplateError(
                kind: .unexpected(found: "an empty tag", expected: "the name of a tag"),
                location: text.location(at: open), token: text.string(open..<position))
        }
        let nameEnd = tagNameEnd(in: text, from: first, limit: markup.upperBound)
        let name = text.string(first..<nameEnd)
        let content = text.trimmed(nameEnd..<markup.upperBound)
        switch name {
        case "comment":
            let start = position
            let end = try skipComment(name: first)
            comments.append(TemplateComment(content: start..<end, range: open..<position))
        case "raw": try addRaw(name: first, markup: content)
        case "doc": try skipDoc(name: first, markup: content)
        // At once, for what such a block holds may be no Liquid.
        case _ where TagTable.unsupported.contains(name):
            throw TemplateError(kind: .unsupportedTag(name), location: text.location(at: first), token: name)
        default:
            if name == "#" { comments.append(TemplateComment(content: content, range: open..<position)) }
            tokens.append(TemplateToken(kind: .tag, content: content, name: name, start: first))
        }
    }

    /// Comments nest, and a `raw` in a comment hides what it holds. Gives where its end tag begins.
    private mutating func skipComment(name: Int) throws(TemplateError) -> Int {
        var depth = 1
        while let open = nextOpening(from: position) {
            guard byte(open + 1) == UInt8(ascii: "%") else {
                position = open + 2
                continue
            }
            guard let inside = delimited(from: open, isTag: true) else { break }
            let markup = text.trimmed(inside)
            guard let first = markup.first else { continue }
            switch text.string(first..<tagNameEnd(in: text, from: first, limit: markup.upperBound)) {
            case "comment": depth += 1
            case "raw":
                guard let end = place(of: "endraw", from: position) else { throw unclosed("raw", at: first) }
                position = end.after
            case "endcomment":
                depth -= 1
                if depth == 0 { return open }
            default: break
            }
        }
        throw unclosed("comment", at: name)
    }

    /// What a `doc` tag holds is no Liquid; another `doc` in it means that its end was forgotten.
    private mutating func skipDoc(name: Int, markup: Range<Int>) throws(TemplateError) {
        try checkEmpty(markup, after: "doc")
        guard let end = place(of: "enddoc", from: position) else { throw unclosed("doc", at: name) }
        if let inner = place(of: "doc", from: position), inner.before < end.before {
            throw TemplateError(
                kind: .unclosedTag("doc", instead: "doc", at: text.location(at: inner.before)),
                location: text.location(at: name), token: "doc")
        }
        position = end.after
        trimsNext = byte(end.after - 3) == UInt8(ascii: "-")
    }

    private func checkEmpty(_ markup: Range<Int>, after tag: String) throws(TemplateError) {
        guard markup.isEmpty else {
            throw TemplateError(
                kind: .unexpected(found: "'\(text.string(markup))'", expected: "nothing after '\(tag)'"),
                location: text.location(at: markup.lowerBound), token: text.string(markup))
        }
    }

    private mutating func addRaw(name: Int, markup: Range<Int>) throws(TemplateError) {
        try checkEmpty(markup, after: "raw")
        guard let end = place(of: "endraw", from: position) else { throw unclosed("raw", at: name) }
        if end.before > position {
            tokens.append(TemplateToken(kind: .raw, content: position..<end.before, start: position))
        }
        position = end.after
        trimsNext = byte(end.after - 3) == UInt8(ascii: "-")
    }

    /// Where a tag of that name without markup begins and ends: `{% endraw %}`.
    private func place(of tag: String, from start: Int) -> (before: Int, after: Int)? {
        var open = start
        while let next = nextOpening(from: open) {
            open = next + 2
            guard byte(next + 1) == UInt8(ascii: "%") else {
                open = next + 1
                continue
            }
            var place = open
            if byte(place) == UInt8(ascii: "-") { place += 1 }
            place = afterBlanks(place)
            guard text.bytes[min(place, text.bytes.count)...].starts(with: tag.utf8) else { continue }
            place = afterBlanks(place + tag.utf8.count)
            if byte(place) == UInt8(ascii: "-") { place += 1 }
            if byte(place) == UInt8(ascii: "%"), byte(place + 1) == UInt8(ascii: "}") {
                return (next, place + 2)
            }
        }
        return nil
    }

    private func afterBlanks(_ start: Int) -> Int {
        var place = start
        while place < text.bytes.count, isBlank(byte(place)) { place += 1 }
        return place
    }

    private func unclosed(_ tag: String, at start: Int) -> TemplateError {
        TemplateError(
            kind: .unclosedTag(tag, instead: nil, at: text.end), location: text.location(at: start),
            token: tag)
    }

    private mutating func addText(_ range: Range<Int>, trimEnd: Bool) {
        var range = range
        if trimsNext { range = text.trimmedStart(range) }
        if trimEnd { range = text.trimmedEnd(range) }
        trimsNext = false
        if !range.isEmpty {
            tokens.append(TemplateToken(kind: .text, content: range, start: range.lowerBound))
        }
    }

    private func nextOpening(from start: Int) -> Int? {
        var place = start
        while place + 1 < text.bytes.count {
            if isOpening(place) { return place }
            place += 1
        }
        return nil
    }

    private func isOpening(_ place: Int) -> Bool {
        byte(place) == UInt8(ascii: "{")
            && (byte(place + 1) == UInt8(ascii: "{") || byte(place + 1) == UInt8(ascii: "%"))
    }

    /// Whether a text literal that begins after `start` is still open at `place`.
    private func isQuoted(_ place: Int, from start: Int) -> Bool {
        var mark: UInt8?
        for byte in text.bytes[start..<place] {
            if let open = mark {
                if byte == open { mark = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                mark = byte
            }
        }
        return mark != nil
    }

    private func byte(_ place: Int) -> UInt8 {
        place < text.bytes.count ? text.bytes[place] : 0
    }
}

/// Where the name of a tag that begins at `start` ends: a word, or one character, which is `#` or an error to
/// show.
func tagNameEnd(in text: TemplateText, from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit, isWordByte(text.bytes[end]) { end += 1 }
    if end > start { return end }
    end = start + 1
    while end < limit, text.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
}
