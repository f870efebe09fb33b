extension LuaParser {
    /// Goes on behind a statement that could not be read.
    ///
    /// A line that is indented no deeper than the statement begins the next one; within the line a word that can only
    /// begin a statement does, once the brackets are closed that were opened before it.
    mutating func resynchronise(from start: Int, brackets open: Int) {
        let indent = lexemes[start].indent
        var skipped = Skipped(brackets: open)
        if position == start { step(&skipped) }
        while current.kind != .end {
            if skipped.blocks == 0 {
                if isBlockEnd() { return }
                if current.isFirstOfLine, current.indent <= indent, !isClosingBracket { return }
                if skipped.brackets == 0, isStatementWord || (current.isFirstOfLine && !isClosingBracket) {
                    return
                }
            } else if current.isFirstOfLine, current.indent < indent {
                return
            }
            step(&skipped)
        }
    }

    /// Goes on at the next field of a table; false where the table seems to end without its bracket.
    mutating func resynchroniseTable(from start: Int, opener: LuaLexeme, brackets open: Int) -> Bool {
        var skipped = Skipped(brackets: open)
        while current.kind != .end {
            if skipped.blocks == 0 {
                let isLeft = current.isFirstOfLine && current.indent <= opener.indent
                if isNext(.closeCurly), skipped.brackets == 0 || isLeft { return true }
                if isLeft && !isClosingBracket || isBlockEnd() || isOutOfTable { return false }
                if skipped.brackets == 0 {
                    if take(.comma) || take(.semicolon) { return true }
                    if position > start, current.isFirstOfLine, following.kind == .word(.assign) {
                        return true
                    }
                }
            }
            step(&skipped)
        }
        return false
    }

    /// Reads what stands between a word such as `if` and the word that begins its block, which is looked for where
    /// something else stands in its place.
    mutating func header(
        _ word: LuaWord, of opener: LuaLexeme, read: (inout LuaParser) throws(Stop) -> LuaExpression
    ) throws(Stop) -> LuaExpression {
        let place = SourceRange(lastEnd, lastEnd)
        let state = (brackets, level, scopes.checkpoint)
        var value: LuaExpression?
        do throws(Stop) {
            value = try read(&self)
            guard !take(word) else { return value ?? LuaExpression(.nil, place) }
            throw fail(
                .expected(.word(word, after: Self.part(of: opener)), got: current.kind, of: .init(opener)))
        } catch {
            guard error == .statement else { throw error }
            (brackets, level) = (state.0, state.1)
            scopes.restore(state.2)
        }
        if !current.isFirstOfLine || value == nil, !skip(to: word, within: opener) {
            while !current.isFirstOfLine, current.kind != .end, !isBlockEnd(), !isStatementWord { advance() }
        }
        return value ?? LuaExpression(.nil, place)
    }

    private static func part(of opener: LuaLexeme) -> String {
        switch opener.kind {
        case .word(.for): "the values of 'for'"
        case .word(let word): "the condition of '\(word.rawValue)'"
        default: "the condition"
        }
    }

    /// Goes behind a word that stands further on, before another statement or block begins; false where none does.
    mutating func skip(to word: LuaWord, within opener: LuaLexeme? = nil) -> Bool {
        var index = position
        let line = current.line
        while index < lexemes.count - 1 {
            let lexeme = lexemes[index]
            if lexeme.kind == .word(word) {
                position = index + 1
                return true
            }
            if let opener {
                if lexeme.isFirstOfLine, lexeme.indent <= opener.indent { return false }
            } else if lexeme.line != line {
                return false
            }
            if Self.beginsStatement(lexeme.kind) || lexeme.kind == .word(.end) { return false }
            index += 1
        }
        return false
    }

    /// What was opened in the lexemes that were skipped.
    private struct Skipped {
        var brackets: Int
        var blocks = 0
    }

    private mutating func step(_ skipped: inout Skipped) {
        switch current.kind {
        case .word(.openRound), .word(.openCurly), .word(.openSquare): skipped.brackets += 1
        case .word(.closeRound), .word(.closeCurly), .word(.closeSquare):
            skipped.brackets = max(0, skipped.brackets - 1)
        case .word(.function), .word(.do), .word(.if), .word(.repeat): skipped.blocks += 1
        case .word(.end), .word(.until): skipped.blocks = max(0, skipped.blocks - 1)
        default: break
        }
        advance()
    }

    private var isClosingBracket: Bool {
        isNext(.closeRound) || isNext(.closeCurly) || isNext(.closeSquare)
    }

    private var isStatementWord: Bool { Self.beginsStatement(current.kind) || isNext(.semicolon) }

    /// Whether a statement begins here that cannot stand in a table.
    private var isOutOfTable: Bool { current.kind != .word(.function) && Self.beginsStatement(current.kind) }

    private static func beginsStatement(_ kind: LuaLexeme.Kind) -> Bool {
        switch kind {
        case .word(.local), .word(.if), .word(.while), .word(.for), .word(.repeat), .word(.return),
            .word(.break),
            .word(.goto), .word(.doubleColon):
            true
        default: false
        }
    }
}
