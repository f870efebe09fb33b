/// HTML whose links lead elsewhere: the `href` of each `a` and `area` that begins with `https://` is replaced with what
/// `address` gives for it, or stays where that is nil. So does one whose element has an attribute `data-no-track`.
///
/// All else keeps its bytes; comments, and with them what only Outlook reads, are not looked at. Cost: linear in the HTML.
public func replacingLinks(inHTML html: String, with address: (String) -> String?) -> String {
    var tokens = HTMLTokenizer(html)
    var result: [UInt8] = []
    var copied = 0
    while let token = tokens.next() {
        guard case .start(let tag) = token else { continue }
        if ["script", "style", "textarea", "title"].contains(tag.name) { tokens.skipContent(of: tag.name) }
        guard tag.name == "a" || tag.name == "area", tag.attributes["data-no-track"] == nil,
            let place = tag.attributes["href"],
            let target = webAddress(HTMLEntities.decoded(tokens.bytes[place])), let new = address(target)
        else { continue }
        result += tokens.bytes[copied..<place.lowerBound]
        for byte in new.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result += "&amp;".utf8
            case UInt8(ascii: "\""): result += "&quot;".utf8
            case UInt8(ascii: "'"): result += "&#39;".utf8
            case UInt8(ascii: "<"): result += "&lt;".utf8
            case UInt8(ascii: ">"): result += "&gt;".utf8
            default: result.append(byte)
            }
        }
        copied = place.upperBound
    }
    return String(decoding: result + tokens.bytes[copied...], as: UTF8.self)
}

/// Text whose web addresses lead elsewhere: each that begins with `https://` behind anything but a letter or a digit of
/// ASCII, up to white space, a quotation mark or an angle bracket, and without punctuation that ends a sentence.
public func replacingLinks(inText text: String, with address: (String) -> String?) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "https://")?.lowerBound {
        result += rest[..<start]
        if let last = result.utf8.last, (97...122).contains(last | 0x20) || (48...57).contains(last) {
            let next = rest.index(after: start)
            result += rest[start..<next]
            rest = rest[next...]
            continue
        }
        let word = rest[start...].prefix { !$0.isWhitespace && !"\"<>“”「」（），。".contains($0) }
        var target = word
        while let last = target.last, ".,;:!?)]'".contains(last) {
            // A bracket that the address opens belongs to it.
            if last == ")", target.contains("(") { break }
            target.removeLast()
        }
        result += address(String(target)) ?? String(target)
        rest = rest[target.endIndex...]
    }
    return result + rest
}

/// The address, without the blanks around it and the line breaks and tabs in it as browsers read it, where it is one of the web that is encrypted.
private func webAddress(_ bytes: [UInt8]) -> String? {
    let trimmed = bytes.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
        .filter { ![0x09, 0x0A, 0x0D].contains($0) }
    let text = String(decoding: trimmed, as: UTF8.self)
    return text.prefix(8).lowercased() == "https://" ? text : nil
}
