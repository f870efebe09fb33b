import Diagnostics

extension LiquidParser {
    /// A `render` or `include` tag: its name, `with` or `for` a value, `as` a name, and arguments.
    mutating func partial(
        _ token: TemplateToken, _ kind: LiquidPartial.Kind
    ) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        if kind == .isolated, markup.current.kind != .string {
            throw markup.unexpected("the name of a partial in quotation marks")
        }
        var partial = LiquidPartial(kind: kind, name: try markup.expression())
        if markup.accept(name: "with") {
            partial.value = try markup.expression()
        } else if markup.accept(name: "for") {
            partial.value = try markup.expression()
            partial.isRepeated = true
        }
        if markup.accept(name: "as") { partial.alias = try markup.name("what the value is called") }
        _ = markup.accept(symbol: ",")
        while !markup.isAtEnd {
            let expected =
                partial.value == nil && partial.arguments.isEmpty
                ? "'with', 'for', a named argument or the end" : "a named argument or the end"
            let name = try markup.name(expected)
            try markup.expect(symbol: ":")
            try markup.checkCount(partial.arguments.count)
            partial.arguments.append((name, try markup.expression()))
            _ = markup.accept(symbol: ",")
        }
        if kind == .shared { names.isOpen = true }
        return node(.partial(partial), token)
    }

    /// Notes what a `layout` tag says; it stands before everything that prints.
    mutating func readLayout(_ token: TemplateToken, isFirst: Bool) throws(TemplateError) {
        guard role == .message else { throw error(.layoutInPartial, at: token) }
        guard layout == nil, isFirst else {
            throw error(layout == nil ? .lateLayout : .repeatedLayout, at: token)
        }
        var markup = try markup(token)
        if markup.accept(name: "none") {
            layout = TemplateLayout.none
        } else if markup.current.kind == .string {
            layoutPlace = markup.current.range.lowerBound + 1
            layout = .named(markup.take().text)
        } else {
            throw markup.unexpected("the name of a layout in quotation marks, or none")
        }
        try markup.expectEnd("the end")
    }
}
