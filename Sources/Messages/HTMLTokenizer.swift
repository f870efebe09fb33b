/// Cuts HTML into text and tags, as browsers do (HTML Standard, section 13.2.5) as far as a message's text depends on it.
/// Comments, doctypes and what stands in no tag properly are left out; nothing is an error. Each byte is looked at a fixed
/// number of times.
struct HTMLTokenizer {
    struct Tag {
        /// In small letters.
        var name: String
        var attributes: [String: Range<Int>] = [:]
    }

    enum Token {
        case text(Range<Int>)
        case start(Tag)
        case end(String)
    }

    let bytes: [UInt8]
    private var place = 0

    init(_ html: String) {
        bytes = Array(html.utf8)
    }

    mutating func next() -> Token? {
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<"), let kind = byte(place + 1) else { return text() }
            switch kind {
            case UInt8(ascii: "!"), UInt8(ascii: "?"): skipComment()
            case UInt8(ascii: "/"):
                guard let first = byte(place + 2), Self.isLetter(first) else {
                    skip(past: UInt8(ascii: ">"))
                    continue
                }
                place += 2
                if let tag = tag() { return .end(tag.name) }
            case let first where Self.isLetter(first):
                place += 1
                if let tag = tag() { return .start(tag) }
            default: return text()
            }
        }
        return nil
    }

    /// Goes past the end tag of an element whose content is no text of the page, such as `script`, or to the end.
    mutating func skipContent(of name: String) {
        let name = Array(name.utf8)
        while place < bytes.count {
            skip(to: UInt8(ascii: "<"))
            guard byte(place + 1) == UInt8(ascii: "/") else {
                place += 1
                continue
            }
            let start = place + 2
            let end = start + name.count
            if end <= bytes.count, bytes[start..<end].elementsEqual(name, by: { $0 | 0x20 == $1 }),
                byte(end).map(Self.endsName) ?? true
            {
                skip(past: UInt8(ascii: ">"))
                return
            }
            place += 2
        }
    }

    // MARK: Pieces

    /// Up to the next `<`, of which one may begin it that opens no tag.
    private mutating func text() -> Token {
        let start = place
        place += 1
        skip(to: UInt8(ascii: "<"))
        return .text(start..<place)
    }

    /// A tag from its name on; nil where the text ends before it.
    private mutating func tag() -> Tag? {
        var tag = Tag(name: lowercasedWord { Self.endsName($0) })
        while let next = byte(place) {
            if next == UInt8(ascii: ">") {
                place += 1
                return tag
            }
            if Self.isSpace(next) || next == UInt8(ascii: "/") {
                place += 1
                continue
            }
            readAttribute(into: &tag)
        }
        return nil
    }

    private mutating func readAttribute(into tag: inout Tag) {
        let start = place
        let name = lowercasedWord { Self.endsName($0) || $0 == UInt8(ascii: "=") }
        // A sign that begins no name, such as a second `=`.
        if place == start { place += 1 }
        skipSpace()
        var value = place..<place
        if byte(place) == UInt8(ascii: "=") {
            place += 1
            skipSpace()
            if let mark = byte(place), mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") {
                place += 1
                let from = place
                skip(to: mark)
                value = from..<place
                place = min(place + 1, bytes.count)
            } else {
                let from = place
                while let next = byte(place), !Self.isSpace(next), next != UInt8(ascii: ">") { place += 1 }
                value = from..<place
            }
        }
        if tag.attributes[name] == nil { tag.attributes[name] = value }
    }

    private mutating func lowercasedWord(until ends: (UInt8) -> Bool) -> String {
        let start = place
        while let next = byte(place), !ends(next) { place += 1 }
        let word = bytes[start..<place].map { (65...90).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: word, as: UTF8.self)
    }

    /// A comment, a doctype, or what browsers take for one.
    private mutating func skipComment() {
        guard byte(place + 1) == UInt8(ascii: "!"), byte(place + 2) == UInt8(ascii: "-"),
            byte(place + 3) == UInt8(ascii: "-")
        else { return skip(past: UInt8(ascii: ">")) }
        // `<!-->` and `<!--->` are whole comments.
        place += 4
        var dashes = 2
        while let next = byte(place) {
            place += 1
            if next == UInt8(ascii: ">"), dashes >= 2 { return }
            if next == UInt8(ascii: "!"), dashes >= 2, byte(place) == UInt8(ascii: ">") {
                place += 1
                return
            }
            dashes = next == UInt8(ascii: "-") ? dashes + 1 : 0
        }
    }

    private mutating func skip(to end: UInt8) {
        while place < bytes.count, bytes[place] != end { place += 1 }
    }

    private mutating func skip(past end: UInt8) {
        skip(to: end)
        place = min(place + 1, bytes.count)
    }

    private mutating func skipSpace() {
        while let next = byte(place), Self.isSpace(next) { place += 1 }
    }

    private func byte(_ place: Int) -> UInt8? {
        place < bytes.count ? bytes[place] : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }
}
