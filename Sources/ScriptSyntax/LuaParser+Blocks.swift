extension LuaParser {
    /// Takes the `end` of a block, or `until` for `repeat`.
    mutating func close(_ opener: LuaWord, at start: LuaLexeme) {
        let closer: LuaWord = opener == .repeat ? .until : .end
        guard isNext(closer) else {
            if current.kind == .end, let line = elseIfLine, !isBroken {
                note(.elseIf(line: line))
            } else {
                note(.unclosed(opener, line: start.line, closer: closer, got: current.kind))
            }
            isBroken = true
            // Another block's end is left to it, unless it stands where this one's should.
            if isNext(.end) || isNext(.until), current.indent == start.indent { advance() }
            return
        }
        if current.isFirstOfLine, current.indent < start.indent, suspect == nil {
            suspect = LuaSyntaxError.Suspect(
                opener: opener, openerLine: start.line, closerLine: current.line)
        }
        advance()
    }

    mutating func conditional() throws(Stop) -> LuaStatement.Kind {
        let start = current
        var clauses: [(condition: LuaExpression, block: LuaBlock)] = []
        var otherwise: LuaBlock?
        repeat {
            let opener = current
            advance()
            let condition = try header(.then, of: opener) { parser throws(Stop) in
                try parser.expression()
            }
            clauses.append((condition, try block()))
        } while isNext(.elseif)
        if isNext(.else) {
            if following.kind == .word(.if), !following.isFirstOfLine { elseIfLine = current.line }
            advance()
            otherwise = try block()
        }
        close(.if, at: start)
        return .conditional(clauses, otherwise: otherwise)
    }

    mutating func whileLoop() throws(Stop) -> LuaStatement.Kind {
        let start = current
        advance()
        let condition = try header(.do, of: start) { parser throws(Stop) in
            try parser.expression()
        }
        let body = try block(isLoop: true)
        close(.while, at: start)
        return .whileLoop(condition, body)
    }

    mutating func repeatLoop() throws(Stop) -> LuaStatement.Kind {
        let start = current
        advance()
        scopes.enterBlock(isLoop: true)
        scopes.enterBlock(isLoop: false)
        let body = try statements()
        close(.repeat, at: start)
        let condition = try expression()
        leaveBlock()
        leaveBlock()
        return .repeatLoop(body, until: condition)
    }

    mutating func forLoop() throws(Stop) -> LuaStatement.Kind {
        let start = current
        advance()
        scopes.enterBlock(isLoop: true)
        let first = try expectName("the variable of 'for'")
        switch current.kind {
        case .word(.assign): return try numericFor(first, start)
        case .word(.comma), .word(.in): return try genericFor(first, start)
        default: throw fail(.expected(.loopKind, got: current.kind))
        }
    }

    private mutating func numericFor(_ name: LuaToken, _ start: LuaLexeme) throws(Stop) -> LuaStatement.Kind {
        // Lua keeps three values of its own beside the variable.
        try reserve(4)
        var values: [LuaExpression] = []
        let from = try header(.do, of: start) { parser throws(Stop) in
            parser.advance()
            let from = try parser.expression()
            try parser.expect(.comma, after: "the first value of 'for'")
            values.append(try parser.expression())
            if parser.take(.comma) { values.append(try parser.expression()) }
            return from
        }
        scopes.enterBlock(isLoop: false)
        let variable = scopes.activate(name, .loop, attribute: nil)
        let body = try block()
        leaveBlock()
        leaveBlock()
        close(.for, at: start)
        return .numericFor(
            variable, start: from, limit: values.first ?? from,
            step: values.count > 1 ? values.last : nil, body)
    }

    private mutating func genericFor(_ first: LuaToken, _ start: LuaLexeme) throws(Stop) -> LuaStatement.Kind
    {
        try reserve(5)
        var names = [first]
        while take(.comma) {
            names.append(try expectName("the next variable of 'for'"))
            try reserve(1)
        }
        var values: [LuaExpression] = []
        _ = try header(.do, of: start) { parser throws(Stop) in
            try parser.expect(.in, after: "the variables of 'for'")
            values = try parser.expressions()
            return values[0]
        }
        scopes.enterBlock(isLoop: false)
        let variables = names.map { scopes.activate($0, .loop, attribute: nil) }
        let body = try block()
        leaveBlock()
        leaveBlock()
        close(.for, at: start)
        return .genericFor(variables, values, body)
    }

    /// Counts variables that a function is about to have, as Lua does when it meets their names.
    mutating func reserve(_ count: Int) throws(Stop) {
        guard !scopes.reserve(count) else { return }
        throw giveUp(
            .tooMany("local variables", limit: LuaScopes.localLimit, functionLine: scopes.functionLine))
    }
}
