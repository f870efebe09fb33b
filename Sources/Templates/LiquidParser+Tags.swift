import Diagnostics

extension LiquidParser {
    /// The nodes of a tag; `liquid` gives many, a comment none.
    mutating func tag(_ token: TemplateToken, in block: OpenBlock?) throws(TemplateError) -> [LiquidNode] {
        switch token.name {
        case "#": try checkComment(token)
        case "echo": return try output(token)
        case "assign": return [try assign(token)]
        case "capture": return [try capture(token)]
        case "if", "unless": return [try branches(token)]
        case "case": return [try choice(token)]
        case "for": return [try loop(token)]
        case "tablerow": return [try tableRow(token)]
        case "ifchanged": return [try changed(token)]
        case "render": return [try partial(token, .isolated)]
        case "include": return [try partial(token, .shared)]
        case "cycle": return [try cycle(token)]
        case "increment", "decrement": return [try counter(token)]
        case "break", "continue": return try interrupt(token)
        case "abort_message": return [try abort(token)]
        case "liquid": return try nodes(of: lines(of: token), in: token)
        case _ where additions.tags.contains(token.name):
            var markup = try markup(token)
            return [node(.output(try markup.call(ofTag: token.name)), token)]
        default: throw unknown(token, in: block)
        }
        return []
    }

    /// Each line of an inline comment begins with a `#` of its own.
    private func checkComment(_ token: TemplateToken) throws(TemplateError) {
        var isLineStart = false
        for place in token.content {
            let byte = text.bytes[place]
            if byte == UInt8(ascii: "\n") {
                isLineStart = true
            } else if isLineStart, !isBlank(byte) {
                isLineStart = false
                guard byte == UInt8(ascii: "#") else {
                    let word = text.string(place..<token.content.upperBound).prefix { !$0.isWhitespace }
                    throw TemplateError(
                        kind: .unexpected(found: "'\(word)'", expected: "'#' before each line of a comment"),
                        location: text.location(at: place), token: String(word))
                }
            }
        }
    }

    private mutating func assign(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        let name = try target(of: token, in: &markup)
        try markup.expect(symbol: "=")
        guard let pipeline = try markup.pipeline() else { throw markup.unexpected("a value") }
        names.assigned.insert(name)
        return node(.assign(name, pipeline), token)
    }

    private mutating func capture(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        // Shopify takes the name in quotation marks too.
        let name =
            markup.current.kind == .string ? markup.take().text : try target(of: token, in: &markup)
        try markup.expectEnd("the end")
        names.assigned.insert(name)
        let body = try nodes(until: ["endcapture"], of: OpenBlock(tag: "capture", token: token)).nodes
        return node(.capture(name, body), token)
    }

    /// A name that gets a value: one word, which may be all digits.
    private func target(
        of token: TemplateToken, in markup: inout ExpressionParser
    ) throws(TemplateError) -> String {
        let word = markup.current
        let isDigits = word.kind == .number && word.text.utf8.allSatisfy(isWordByte)
        guard isDigits || (word.kind == .name && !word.text.hasSuffix("?")) else {
            throw markup.unexpected("the name that '\(token.name)' gives a value")
        }
        return markup.take().text
    }

    private mutating func counter(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        let name = try target(of: token, in: &markup)
        try markup.expectEnd("the end")
        names.counted.insert(name)
        return node(token.name == "increment" ? .increment(name) : .decrement(name), token)
    }

    private func interrupt(_ token: TemplateToken) throws(TemplateError) -> [LiquidNode] {
        try markup(token).expectEnd("nothing after '\(token.name)'")
        return LiquidNode.Interrupt(rawValue: token.name).map { [node(.interrupt($0), token)] } ?? []
    }

    /// `{% abort_message "reason" %}`, as Braze has it also with parentheses.
    private func abort(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        let isParenthesized = markup.accept(symbol: "(")
        let isEmpty = markup.isAtEnd || (isParenthesized && markup.current.text == ")")
        let reason = isEmpty ? nil : try markup.expression()
        if isParenthesized { try markup.expect(symbol: ")") }
        try markup.expectEnd("the end")
        return node(.abort(reason), token)
    }

    private func cycle(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        var start = markup.mark
        var values = [try markup.expression()]
        var group: LiquidCycle.Group?
        if markup.accept(symbol: ":") {
            group = .named(values[0])
            start = markup.mark
            values = [try markup.expression()]
        }
        while markup.accept(symbol: ",") { values.append(try markup.expression()) }
        try markup.expectEnd("',' and a value, or the end")
        if values.count > ExpressionParser.valueLimit {
            throw error(.tooManyValues(limit: ExpressionParser.valueLimit), at: token)
        }
        let source = markup.source(from: start, to: markup.mark)
        return node(.cycle(LiquidCycle(group: group ?? .unnamed(source), values: values)), token)
    }

    private func unknown(_ token: TemplateToken, in block: OpenBlock?) -> TemplateError {
        let name = token.name
        if TagTable.unsupported.contains(name) { return error(.unsupportedTag(name), at: token) }
        if TagTable.closing.contains(name), let block {
            return unclosed(block, instead: name, at: text.location(at: token.start))
        }
        if TagTable.closing.contains(name) || TagTable.dividing.contains(name) {
            return error(.strayTag(name), at: token)
        }
        return error(.unknownTag(name, added: additions.tags), at: token)
    }
}
