/// The text of an HTML message, for those who read mail as text.
///
/// - Paragraphs, headings, lists, quotations and tables have a blank line between them; `<br>`, rows and other blocks
///   begin a line; the cells of a row stand side by side. Lines are as long as they are.
/// - A link is followed by its address, `our shop (https://example.com)`, unless its text is the address.
/// - Items of lists begin with `- ` or their number, lines of quotations with `> `; an image is its `alt`.
/// - White space is collapsed except in `<pre>`; entities are read. What is not shown is left out: scripts, styles,
///   comments, `hidden`, and `display: none`, with which a preheader is put into a message.
///
/// HTML that is broken is read as well as it can be, never refused. Cost: linear in the HTML.
public func plainText(ofHTML html: String) -> String {
    var reader = HTMLTextReader(html)
    return reader.read()
}

private struct HTMLTextReader {
    private struct Element {
        var name: String
        var isHidden = false
        var hasIndent = false
        /// The number of the next item of an ordered list.
        var number: Int?
    }

    private struct Link {
        var address: [UInt8]
        var hasImage = false
    }

    private var tokens: HTMLTokenizer
    private var text = TextBuilder()
    private var open: [Element] = []
    private var openCounts: [String: Int] = [:]
    private var hidden = 0
    private var link: Link?

    init(_ html: String) {
        tokens = HTMLTokenizer(html)
    }

    mutating func read() -> String {
        while let token = tokens.next() {
            switch token {
            case .text(let range):
                if hidden == 0 { add(tokens.bytes[range]) }
            case .start(let tag): start(tag)
            case .end(let name): end(name)
            }
        }
        finishLink()
        return String(decoding: text.bytes, as: UTF8.self)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        text.add(HTMLEntities.decoded(bytes), preformatted: openCounts["pre", default: 0] > 0)
    }

    // MARK: Tags

    private mutating func start(_ tag: HTMLTokenizer.Tag) {
        if Elements.raw.contains(tag.name) { return tokens.skipContent(of: tag.name) }
        closeImplied(by: tag.name)
        var element = Element(name: tag.name)
        element.isHidden = Elements.unseen.contains(tag.name) || isHidden(tag)
        if hidden == 0, !element.isHidden { show(tag, &element) }
        guard !Elements.void.contains(tag.name) else { return }
        open.append(element)
        openCounts[tag.name, default: 0] += 1
        if element.isHidden { hidden += 1 }
    }

    private mutating func show(_ tag: HTMLTokenizer.Tag, _ element: inout Element) {
        text.separate(lines(around: tag.name))
        switch tag.name {
        case "br": text.breakLine()
        case "td", "th": text.addSpace()
        case "hr":
            text.add("---".utf8)
            text.separate(2)
        case "img":
            link?.hasImage = true
            if let alt = tag.attributes["alt"] { add(tokens.bytes[alt]) }
        case "a":
            if let address = address(tag) {
                link = Link(address: address)
                text.mark()
            }
        case "ol": element.number = number(tag, "start") ?? 1
        case "li":
            let marker = marker(number(tag, "value"))
            text.indent(.init(first: marker, rest: Array(repeating: 0x20, count: marker.count)))
            element.hasIndent = true
        case "blockquote":
            text.indent(.init(first: Array("> ".utf8), rest: Array("> ".utf8)))
            element.hasIndent = true
        default: break
        }
    }

    private mutating func end(_ name: String) {
        // `</br>` and a `</p>` without a beginning are shown as if they had one.
        if name == "br", hidden == 0 { return text.breakLine() }
        guard openCounts[name, default: 0] > 0 else {
            if hidden == 0 { text.separate(lines(around: name)) }
            return
        }
        while let last = open.last?.name {
            pop()
            if last == name { return }
        }
    }

    private mutating func pop() {
        let element = open.removeLast()
        openCounts[element.name, default: 1] -= 1
        if element.hasIndent { text.outdent() }
        if element.isHidden { hidden -= 1 }
        guard hidden == 0, !element.isHidden else { return }
        if element.name == "a" { finishLink() }
        text.separate(lines(around: element.name))
    }

    /// Closes what a browser closes when such an element begins, as far as it can be a few levels up.
    private mutating func closeImplied(by name: String) {
        // Where links overlap, the first ends.
        if name == "a", openCounts["a", default: 0] > 0 { end("a") }
        guard let closing = Elements.closedBy(name) else { return }
        for (depth, element) in open.reversed().prefix(16).enumerated() {
            if closing.elements.contains(element.name) {
                for _ in 0...depth { pop() }
                return
            }
            if closing.scope.contains(element.name) { return }
        }
    }

    // MARK: What tags say

    /// How many line breaks stand before and behind an element.
    private func lines(around name: String) -> Int {
        // A list in a list goes on with it.
        if name == "ul" || name == "ol", openCounts["li", default: 0] > 0 { return 1 }
        return Elements.paragraphs.contains(name) ? 2 : Elements.lines.contains(name) ? 1 : 0
    }

    private func isHidden(_ tag: HTMLTokenizer.Tag) -> Bool {
        if tag.attributes["hidden"] != nil { return true }
        guard let style = tag.attributes["style"] else { return false }
        let rules = HTMLEntities.decoded(tokens.bytes[style]).filter { !HTMLTokenizer.isSpace($0) }
        return String(decoding: rules, as: UTF8.self).lowercased().split(separator: ";").contains { rule in
            rule == "display:none" || rule == "display:none!important"
        }
    }

    private func number(_ tag: HTMLTokenizer.Tag, _ attribute: String) -> Int? {
        guard let range = tag.attributes[attribute] else { return nil }
        return Int32(String(decoding: tokens.bytes[range], as: UTF8.self)).map(Int.init)
    }

    /// The marker of the item that begins, in the list that is open.
    private mutating func marker(_ value: Int?) -> [UInt8] {
        guard
            let list = open.indices.reversed().prefix(16).first(where: {
                open[$0].name == "ol" || open[$0].name == "ul"
            }),
            let number = value ?? open[list].number, open[list].name == "ol"
        else { return Array("- ".utf8) }
        open[list].number = number + 1
        return Array("\(number). ".utf8)
    }

    // MARK: Links

    /// Where a link leads: nil where that is within the message or nowhere a reader of text could go.
    private func address(_ tag: HTMLTokenizer.Tag) -> [UInt8]? {
        guard let range = tag.attributes["href"] else { return nil }
        let address = HTMLEntities.decoded(tokens.bytes[range]).filter { $0 > 0x20 && $0 != 0x7F }
        guard let first = address.first, first != UInt8(ascii: "#") else { return nil }
        for scheme in ["mailto:", "tel:", "sms:"] where Self.hasPrefix(address[...], scheme) {
            return Array(address.dropFirst(scheme.utf8.count))
        }
        return Self.hasPrefix(address[...], "javascript:") ? nil : address
    }

    private mutating func finishLink() {
        guard let link else { return }
        self.link = nil
        let shown = text.textSinceMark
        if shown.isEmpty {
            if link.hasImage { text.add(link.address) }
        } else if Self.bare(shown) != Self.bare(link.address[...]) {
            text.attach(" (".utf8)
            text.attach(link.address)
            text.attach(")".utf8)
        }
    }

    /// An address as people write it: without its scheme and the last slash.
    private static func bare(_ address: ArraySlice<UInt8>) -> [UInt8] {
        var rest = address
        for scheme in ["https://", "http://"] where hasPrefix(rest, scheme) {
            rest = rest.dropFirst(scheme.utf8.count)
            break
        }
        if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        return rest.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    }

    private static func hasPrefix(_ bytes: ArraySlice<UInt8>, _ prefix: String) -> Bool {
        bytes.prefix(prefix.utf8.count).map { (65...90).contains($0) ? $0 | 0x20 : $0 } == Array(prefix.utf8)
    }
}

/// What is known about elements.
private enum Elements {
    /// Have no end tag.
    static let void: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ]
    /// Their content is no HTML, and not shown.
    static let raw: Set<String> = ["iframe", "noembed", "noframes", "script", "style", "title", "xmp"]
    /// Their content is HTML that is not shown as text.
    static let unseen: Set<String> = ["datalist", "math", "object", "svg", "template"]
    /// Have blank lines around them.
    static let paragraphs: Set<String> = [
        "blockquote", "dl", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p",
        "pre",
        "table", "ul",
    ]
    /// Have lines of their own.
    static let lines: Set<String> = [
        "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dt",
        "figcaption",
        "footer", "header", "legend", "li", "main", "nav", "option", "section", "summary", "tbody", "tfoot",
        "thead",
        "tr",
    ]

    /// The open elements that end when another begins, and those behind which one does not look for them.
    static func closedBy(_ name: String) -> (elements: Set<String>, scope: Set<String>)? {
        switch name {
        case "li": (["li"], ["ol", "ul", "table"])
        case "dt", "dd": (["dt", "dd"], ["dl", "table"])
        case "td", "th": (["td", "th"], ["table"])
        case "tr": (["tr"], ["table"])
        default: paragraphs.contains(name) || lines.contains(name) ? (["p"], ["td", "th", "li", "div"]) : nil
        }
    }
}
