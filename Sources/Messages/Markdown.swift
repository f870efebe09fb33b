internal import CCmark
internal import Foundation

/// Markdown as HTML, with texts in it that are no Markdown.
///
/// What a template prints of a customer must stand in the message as it was written: a name `*x*` is neither emphasis nor
/// may `<b>` become a tag. Escaping it beforehand cannot do that everywhere – in code, neither a backslash nor an entity is
/// read – so that each character which could mean something is replaced with a noncharacter of Unicode (U+FDD0 to U+FDEF,
/// which are for the use inside of programs), and gets its place back in the finished HTML. To CommonMark these are
/// letters.
public enum Markdown {
    /// More bytes than this are not read: in the worst of texts, cmark takes time that grows with the square of its length,
    /// about half a second at this one. Mail programs show less.
    public static let limit = 128 << 10

    /// The HTML of a text in CommonMark (0.30). HTML in it stays: it is its author's.
    ///
    /// Characters that were guarded (``guards``) are printed as they are, in attributes and addresses too. A link to an
    /// address that begins with a text that is no Markdown leads to `#unsafe-link` where its scheme could run a program, as
    /// in HTML. Cost: linear in the text.
    public static func html(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        var text = text
        let html = text.withUTF8 { bytes -> String? in
            bytes.withMemoryRebound(to: CChar.self) { buffer in
                guard
                    let document = cmark_parse_document(buffer.baseAddress, buffer.count, CMARK_OPT_UNSAFE)
                else { return nil }
                defer { cmark_node_free(document) }
                makeLinksSafe(in: document)
                guard let html = cmark_render_html(document, CMARK_OPT_UNSAFE) else { return nil }
                defer { free(html) }
                return String(cString: html)
            }
        }
        return unguarded(html ?? "")
    }

    private static func makeLinksSafe(in document: OpaquePointer) {
        guard let nodes = cmark_iter_new(document) else { return }
        defer { cmark_iter_free(nodes) }
        var event = cmark_iter_next(nodes)
        while event != CMARK_EVENT_DONE {
            let node = cmark_iter_get_node(nodes)
            if event == CMARK_EVENT_ENTER, let url = cmark_node_get_url(node), isUnsafe(String(cString: url))
            {
                cmark_node_set_url(node, "#unsafe-link")
            }
            event = cmark_iter_next(nodes)
        }
    }

    /// Whether the scheme of an address could run a program: where a value brings it, each that is not known to be
    /// harmless; else those two, for a filter may have taken the edges off a value.
    private static func isUnsafe(_ address: String) -> Bool {
        let scalars = address.unicodeScalars
        guard let end = scalars.firstIndex(where: { ":/?#".unicodeScalars.contains($0) }), scalars[end] == ":"
        else { return false }
        let edge = Self.edge.unicodeScalars.first
        let scheme = String(String.UnicodeScalarView(scalars[..<end].filter { $0 != edge })).lowercased()
        return scalars.first == edge
            ? !harmlessSchemes.contains(scheme) : ["javascript", "vbscript"].contains(scheme)
    }

    /// Those that values may bring in HTML too (`begin_of_url` in `outputs.c`).
    private static let harmlessSchemes: Set = ["http", "https", "mailto", "tel", "sms", "cid"]

    /// What each character that could mean something is replaced with in a text that is no Markdown.
    public static let guards: [(character: String, guarded: String)] = guarded.enumerated().map {
        index, byte in
        (String(decoding: [byte], as: UTF8.self), noncharacter(index))
    }

    /// Stands before and behind a text that is no Markdown, so that what is around it is read as if around a word.
    public static let edge = noncharacter(31)

    private static func noncharacter(_ index: Int) -> String {
        String(decoding: [0xEF, 0xB7, 0x90 + UInt8(index)], as: UTF8.self)
    }

    /// All that opens, closes or begins something in CommonMark or HTML, and white space, which indents.
    private static let guarded = Array("!\"#&'()*+-.<=>[\\]_`~ \t\n\r".utf8)

    /// The HTML with the characters back in their places.
    private static func unguarded(_ html: String) -> String {
        let bytes = Array(html.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at] == 0xEF, let index = index(bytes[at...].prefix(3)) {
                out += index < guarded.count ? entity(guarded[index]) : []
                at += 3
            } else if bytes[at] == UInt8(ascii: "%"),
                let index = index(percentEncoded: bytes[at...].prefix(9))
            {
                out += index < guarded.count ? inAddress(guarded[index]) : []
                at += 9
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Which noncharacter of U+FDD0 to U+FDEF three bytes of UTF-8 are.
    private static func index(_ bytes: some Collection<UInt8>) -> Int? {
        var rest = bytes.makeIterator()
        guard rest.next() == 0xEF, rest.next() == 0xB7, let last = rest.next(), (0x90...0xAF).contains(last)
        else { return nil }
        return Int(last) - 0x90
    }

    /// The same of `%EF%B7%90`, as they stand in an address.
    private static func index(percentEncoded text: ArraySlice<UInt8>) -> Int? {
        guard text.count == 9 else { return nil }
        let codes = stride(from: text.startIndex, to: text.endIndex, by: 3).compactMap { start -> UInt8? in
            guard text[start] == UInt8(ascii: "%") else { return nil }
            return UInt8(String(decoding: text[start + 1...start + 2], as: UTF8.self), radix: 16)
        }
        return index(codes)
    }

    private static func entity(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "<"): Array("&lt;".utf8)
        case UInt8(ascii: ">"): Array("&gt;".utf8)
        case UInt8(ascii: "&"): Array("&amp;".utf8)
        case UInt8(ascii: "\""): Array("&quot;".utf8)
        case UInt8(ascii: "'"): Array("&#39;".utf8)
        default: [byte]
        }
    }

    /// A character in an address, as cmark writes it there.
    private static func inAddress(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "'"): return entity(byte)
        case let other where "!#()*+-.=_~".utf8.contains(other): return [byte]
        default:
            let digits = Array("0123456789ABCDEF".utf8)
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
