/// Plain text that grows by words, lines and paragraphs.
///
/// Lines have no blanks at their ends, and no two blank lines follow each other.
struct TextBuilder {
    /// What stands before the lines of a list's item or a quotation.
    struct Indent {
        var first: [UInt8]
        var rest: [UInt8]
    }

    private(set) var bytes: [UInt8] = []
    private var breaks = 0
    private var spaces = 0
    private var indents: [Indent] = []
    /// Where the first text since ``mark()`` stands; nil where none came.
    private(set) var firstSinceMark: Int?
    private var isMarking = false

    /// A deeper item stands where its list does, so that lines do not grow with the depth.
    private static let deepest = 8

    /// Adds text. White space is collapsed unless it is `preformatted`.
    mutating func add(_ text: some Sequence<UInt8>, preformatted: Bool = false) {
        var rest = PeekingBytes(text)
        while let byte = rest.next() {
            switch byte {
            case 0x0A where preformatted: breakLine()
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
                if preformatted { spaces += 1 } else { addSpace() }
            case 0x00...0x1F, 0x7F: break
            // Soft hyphen and no-break space.
            case 0xC2 where rest.peek() == 0xAD: rest.skip(1)
            case 0xC2 where rest.peek() == 0xA0:
                rest.skip(1)
                if preformatted { spaces += 1 } else { addSpace() }
            // C1 controls.
            case 0xC2 where (0x80...0x9F).contains(rest.peek() ?? 0): rest.skip(1)
            // Characters that only fill the preview of a mail program: U+034F, U+200B, U+FEFF.
            case 0xCD where rest.peek() == 0x8F: rest.skip(1)
            case 0xE2 where rest.peek() == 0x80 && rest.peek(1) == 0x8B: rest.skip(2)
            case 0xEF where rest.peek() == 0xBB && rest.peek(1) == 0xBF: rest.skip(2)
            default: put(byte)
            }
        }
    }

    /// A space, unless a line begins.
    mutating func addSpace() {
        if breaks == 0, !bytes.isEmpty { spaces = 1 }
    }

    /// Begins a new line, as `<br>` does: two make a blank line.
    mutating func breakLine() {
        breaks = min(2, breaks + 1)
        spaces = 0
    }

    /// At least so many line breaks before what comes next: 2 make a blank line.
    mutating func separate(_ count: Int) {
        guard count > 0 else { return }
        breaks = max(breaks, count)
        spaces = 0
    }

    mutating func indent(_ indent: Indent) {
        indents.append(indents.count < Self.deepest ? indent : Indent(first: [], rest: []))
    }

    mutating func outdent() {
        indents.removeLast()
    }

    /// Notes where the next text stands.
    mutating func mark() {
        isMarking = true
        firstSinceMark = nil
    }

    /// The text since the mark.
    var textSinceMark: ArraySlice<UInt8> {
        firstSinceMark.map { bytes[$0...] } ?? []
    }

    /// Adds text right behind what is there, before the spaces and breaks that were asked for since.
    mutating func attach(_ text: some Sequence<UInt8>) {
        bytes += text
    }

    private mutating func put(_ byte: UInt8) {
        if breaks > 0 || bytes.isEmpty { beginLine() }
        if spaces > 0 {
            bytes += repeatElement(0x20, count: spaces)
            spaces = 0
        }
        if isMarking {
            firstSinceMark = bytes.count
            isMarking = false
        }
        bytes.append(byte)
    }

    private mutating func beginLine() {
        if !bytes.isEmpty { bytes += repeatElement(0x0A, count: breaks) }
        breaks = 0
        for place in indents.indices {
            bytes += indents[place].first
            indents[place].first = indents[place].rest
        }
    }
}

/// Bytes with a look ahead.
private struct PeekingBytes {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    mutating func next() -> UInt8? {
        defer { place += 1 }
        return place < bytes.count ? bytes[place] : nil
    }

    func peek(_ offset: Int = 0) -> UInt8? {
        place + offset < bytes.count ? bytes[place + offset] : nil
    }

    mutating func skip(_ count: Int) {
        place += count
    }
}
