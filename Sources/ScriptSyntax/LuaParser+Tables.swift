extension LuaParser {
    /// `{ … }`
    mutating func table() throws(Stop) -> LuaExpression {
        let start = current
        advance()
        brackets += 1
        var items: [LuaTableItem] = []
        var tallest = 0
        while !isNext(.closeCurly), current.kind != .end {
            let state = (position, brackets, level, scopes.checkpoint)
            do throws(Stop) {
                height = 0
                items.append(try item())
                tallest = max(tallest, height)
                guard !take(.comma), !take(.semicolon) else { continue }
                guard !isNext(.closeCurly) else { break }
                let error = fail(
                    .unclosed(
                        .openCurly, line: start.line, closer: .closeCurly, item: "field", got: current.kind))
                // The comma was forgotten where the next field follows.
                guard error == .statement, current.isFirstOfLine, isField else { throw error }
            } catch {
                guard error == .statement else { throw error }
                let open = brackets - state.1
                (brackets, level) = (state.1, state.2)
                scopes.restore(state.3)
                guard resynchroniseTable(from: state.0, opener: start, brackets: open) else { throw error }
            }
        }
        try closeBracket(.openCurly, .closeCurly, at: start, item: "field")
        return try make(.table(items), range(from: start), below: tallest)
    }

    /// Whether `name =` comes next.
    private var isField: Bool {
        if case .name = current.kind { following.kind == .word(.assign) } else { false }
    }

    private mutating func item() throws(Stop) -> LuaTableItem {
        if case .name(let text) = current.kind, isField {
            let key = try make(.string(Array(text.utf8)), current.range, below: 0)
            advance()
            advance()
            return .field(key: key, value: try expression())
        }
        guard isNext(.openSquare) else { return .position(try expression()) }
        let key = try bracketedKey()
        let keyHeight = height
        try expect(.assign, after: "the key of a table's field")
        let value = try expression()
        height = max(height, keyHeight)
        return .field(key: key, value: value)
    }

    /// `[ … ]`
    mutating func bracketedKey() throws(Stop) -> LuaExpression {
        let start = current
        advance()
        brackets += 1
        let key = try expression()
        try closeBracket(.openSquare, .closeSquare, at: start)
        return key
    }
}
