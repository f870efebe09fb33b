import Diagnostics

extension LiquidParser {
    /// The tags that a `liquid` tag holds, one in a line; comments are left out.
    func lines(of token: TemplateToken) throws(TemplateError) -> [TemplateToken] {
        var tags: [TemplateToken] = []
        // The `comment` tags, or the `doc` tag, that are open; what they hold is skipped.
        var comments: [TemplateToken] = []
        var start = token.content.lowerBound
        while start < token.content.upperBound {
            let rest = start..<token.content.upperBound
            let end = text.bytes[rest].firstIndex(of: UInt8(ascii: "\n")) ?? rest.upperBound
            let line = text.trimmed(start..<end)
            start = end + 1
            guard let first = line.first else { continue }
            let nameEnd = tagNameEnd(in: text, from: first, limit: line.upperBound)
            let tag = TemplateToken(
                kind: .tag, content: text.trimmed(nameEnd..<line.upperBound),
                name: text.string(first..<nameEnd), start: first)
            switch tag.name {
            case "comment" where comments.first?.name != "doc": comments.append(tag)
            case "doc" where comments.isEmpty: comments.append(tag)
            case "endcomment" where comments.last?.name == "comment": comments.removeLast()
            case "enddoc" where comments.last?.name == "doc": comments.removeLast()
            case _ where !comments.isEmpty: break
            case "raw":
                throw error(
                    .unexpected(found: "'raw'", expected: "a tag that can stand in 'liquid'"), at: tag)
            default: tags.append(tag)
            }
        }
        if let open = comments.first {
            throw unclosed(OpenBlock(tag: open.name, token: open), instead: nil, at: text.end)
        }
        return tags
    }
}
