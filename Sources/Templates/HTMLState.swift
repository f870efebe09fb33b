/// Where in an HTML text a place is, as a browser would read it.
///
/// A text is read piece by piece, as it stands between the outputs and tags of a template.
struct HTMLState {
    enum Place: String {
        case text
        /// Behind a `<` or `</` that a name may follow.
        case tagOpen
        /// In the name of a tag.
        case tagName
        /// Between the attributes of a tag.
        case tag
        case attributeName
        /// Behind an attribute's name and white space.
        case afterName
        /// Behind the `=` of an attribute.
        case beforeValue
        case value
        /// Behind a value without quotation marks that stands in a branch only.
        case afterValue
        case comment
        /// `<!…>`, `<?…>`, and the `<!--[if …]>` that only some mail programs take for more than a comment.
        case declaration
        /// In an element whose content is no HTML, up to its end tag.
        case content
    }

    enum Quote: String {
        case none, single, double
    }

    /// What an attribute's value is read as.
    enum Attribute: String {
        case plain
        case url
        /// A program or a style sheet, in which escaping cannot make a value harmless.
        case code
        case style
    }

    /// What an element's content is read as.
    enum Element: String {
        case html
        case script
        case style
        /// Text without tags: `title` and `textarea`.
        case plain
    }

    /// How much of a URL stands before a place.
    enum URLPart: String {
        /// Nothing that ends a scheme.
        case begin
        case path
        /// Behind the `?` or `#`.
        case query
    }

    var place = Place.text
    var quote = Quote.none
    var attribute = Attribute.plain
    /// The element whose tag is read, or whose content.
    var element = Element.html
    var part = URLPart.begin
    /// The name of the tag or attribute that is read, in small letters.
    var name = ""
    /// Where the tag or comment begins.
    var start = 0
    /// Whether an end tag is read.
    private var isEnd = false
    /// The letters of a URL that may be a scheme.
    private var scheme = ""
    /// Whether an output stands where a scheme may.
    private var hasOutput = false

    /// Reads a piece of text; `offset` is where it begins in the template.
    mutating func read(_ text: ArraySlice<UInt8>, offset: Int) {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            switch place {
            case .text:
                guard byte == UInt8(ascii: "<") else { break }
                start = offset + index - text.startIndex
                if Self.matches(text, index, "<!--"), !Self.matches(text, index, "<!--[if") {
                    place = .comment
                    // `<!-->` is a whole comment.
                    index += 2
                } else if Self.matches(text, index, "<!") || Self.matches(text, index, "<?") {
                    place = .declaration
                } else {
                    place = .tagOpen
                    isEnd = false
                }
            case .tagOpen:
                if byte == UInt8(ascii: "/"), !isEnd {
                    isEnd = true
                } else if Self.isLetter(byte) {
                    place = .tagName
                    name = Self.small(byte)
                } else {
                    place = .text
                    continue
                }
            case .tagName:
                if Self.isBlank(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
                    endName()
                    continue
                }
                name += Self.small(byte)
            case .tag, .afterName:
                if byte == UInt8(ascii: ">") {
                    endTag()
                } else if byte == UInt8(ascii: "=") {
                    // Behind no name, the name depends on a branch and may be any.
                    if place == .tag { attribute = .code }
                    place = .beforeValue
                } else if !Self.isBlank(byte), byte != UInt8(ascii: "/") {
                    place = .attributeName
                    name = Self.small(byte)
                    attribute = Self.attribute(named: name)
                }
            case .attributeName:
                if byte == UInt8(ascii: "=") {
                    place = .beforeValue
                } else if Self.isBlank(byte) || byte == UInt8(ascii: "/") {
                    place = .afterName
                } else if byte == UInt8(ascii: ">") {
                    endTag()
                } else {
                    name += Self.small(byte)
                    attribute = Self.attribute(named: name)
                }
            case .beforeValue:
                if byte == UInt8(ascii: ">") {
                    endTag()
                } else if !Self.isBlank(byte) {
                    beginValue(
                        byte == UInt8(ascii: "\"") ? .double : byte == UInt8(ascii: "'") ? .single : .none)
                    if quote == .none { continue }
                }
            case .value:
                if isEndOfValue(byte) {
                    place = .tag
                    if byte == UInt8(ascii: ">"), quote == .none { endTag() }
                } else if attribute == .url {
                    readURL(byte)
                }
            case .afterValue:
                if Self.isBlank(byte) || byte == UInt8(ascii: ">") {
                    place = .tag
                } else {
                    // Of the value in the one branch, and of a name behind the other.
                    beginValue(.none)
                    (attribute, name) = (.plain, "")
                }
                continue
            case .comment:
                if byte == UInt8(ascii: ">"), Self.ends(text[text.startIndex..<index], "--") { place = .text }
            case .declaration:
                if byte == UInt8(ascii: ">") { place = .text }
            case .content:
                if byte == UInt8(ascii: "<"), isEndTag(text, index) {
                    start = offset + index - text.startIndex
                    place = .tagOpen
                    isEnd = false
                }
            }
            index += 1
        }
        // A name that an output or a tag follows is complete.
        if place == .tagName { endName() }
    }

    /// Goes on behind an output, which is part of the value, text or tag it stands in.
    mutating func passOutput() {
        switch place {
        case .tagOpen: place = .text
        case .attributeName, .afterName, .afterValue: place = .tag
        case .beforeValue: beginValue(.none)
        default: break
        }
        if place == .value, attribute == .url, part == .begin { hasOutput = true }
    }

    /// The state where two ways through a template meet; nil where no text could go on after both.
    func joined(with other: HTMLState) -> HTMLState? {
        var state = self
        if isInTag, other.isInTag, place != .value || other.place != .value {
            guard element == other.element else { return nil }
            if place == .attributeName, other.place == .attributeName, attribute == other.attribute {
                return self
            }
            let isBehindValue = [place, other.place].contains { $0 == .value || $0 == .afterValue }
            state.place = isBehindValue ? .afterValue : .tag
            return state
        }
        guard place == other.place else { return nil }
        switch place {
        case .value, .beforeValue:
            guard quote == other.quote, attribute == other.attribute, element == other.element else {
                return nil
            }
            if part != other.part { state.part = part == .begin || other.part == .begin ? .begin : .path }
            state.hasOutput = hasOutput || other.hasOutput
            state.scheme = scheme == other.scheme ? scheme : ""
        case .content:
            guard element == other.element else { return nil }
        default: break
        }
        return state
    }

    /// Whether the next attribute, or the end of the tag, may follow.
    private var isInTag: Bool {
        switch place {
        case .tag, .attributeName, .afterName, .afterValue: true
        case .value: quote == .none
        default: false
        }
    }

    private mutating func endName() {
        place = .tag
        element = isEnd ? .html : Self.element(named: name)
    }

    private mutating func endTag() {
        place = element == .html ? .text : .content
    }

    private mutating func beginValue(_ quote: Quote) {
        place = .value
        self.quote = quote
        part = .begin
        scheme = ""
        hasOutput = false
    }

    private func isEndOfValue(_ byte: UInt8) -> Bool {
        switch quote {
        case .double: byte == UInt8(ascii: "\"")
        case .single: byte == UInt8(ascii: "'")
        case .none: Self.isBlank(byte) || byte == UInt8(ascii: ">")
        }
    }

    private mutating func readURL(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"): part = .query
        case UInt8(ascii: ":") where part == .begin:
            // What follows such a scheme is a program; so it may be where an output gives the scheme.
            if ["javascript", "vbscript"].contains(scheme) || hasOutput { attribute = .code }
            part = .path
        case _ where part == .begin:
            if Self.isLetter(byte) || (UInt8(ascii: "+")...UInt8(ascii: "9")).contains(byte),
                byte != UInt8(ascii: "/")
            {
                scheme += Self.small(byte)
            } else if !Self.isBlank(byte) {
                part = .path
            }
        default: break
        }
    }

    private func isEndTag(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
        let names =
            switch element {
            case .script: ["</script"]
            case .style: ["</style"]
            default: ["</title", "</textarea"]
            }
        return names.contains { Self.matches(text, index, $0) }
    }

    private static func element(named name: String) -> Element {
        switch name {
        case "script": .script
        case "style": .style
        case "title", "textarea": .plain
        default: .html
        }
    }

    private static let urlAttributes: Set<String> = [
        "action", "background", "cite", "formaction", "href", "poster", "src", "xlink:href",
    ]

    private static func attribute(named name: String) -> Attribute {
        if urlAttributes.contains(name) { return .url }
        if name == "style" { return .style }
        return name.hasPrefix("on") || name == "srcdoc" ? .code : .plain
    }

    /// Whether a word of small letters stands at the index, in letters of any case.
    private static func matches(_ text: ArraySlice<UInt8>, _ index: Int, _ word: String) -> Bool {
        guard text.endIndex - index >= word.utf8.count else { return false }
        return zip(text[index...], word.utf8).allSatisfy { isLetter($0) ? $0 | 0x20 == $1 : $0 == $1 }
    }

    private static func ends(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
        text.suffix(word.utf8.count).elementsEqual(word.utf8)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func small(_ byte: UInt8) -> String {
        String(UnicodeScalar(isLetter(byte) ? byte | 0x20 : byte))
    }
}

extension HTMLState {
    /// The state as a word by which a chunk asks for a partial; only what outputs and texts depend on.
    var code: String {
        let place: Place = place == .attributeName || place == .afterName ? .tag : place
        return [
            place.rawValue, quote.rawValue, attribute.rawValue, element.rawValue, part.rawValue,
            hasOutput ? "output" : "",
        ].joined(separator: "/")
    }

    init?(code: String) {
        let words = code.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 6, let place = Place(rawValue: words[0]), let quote = Quote(rawValue: words[1]),
            let attribute = Attribute(rawValue: words[2]), let element = Element(rawValue: words[3]),
            let part = URLPart(rawValue: words[4])
        else { return nil }
        (self.place, self.quote, self.attribute, self.element, self.part) = (
            place, quote, attribute, element, part
        )
        hasOutput = words[5] == "output"
    }
}
