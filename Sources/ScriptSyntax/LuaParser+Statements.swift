extension LuaParser {
    /// Whether the block ends here; `until` ends a block too, but what stands before it still sees the block's locals.
    func isBlockEnd(withUntil: Bool = true) -> Bool {
        switch current.kind {
        case .end, .word(.end), .word(.else), .word(.elseif): true
        case .word(.until): withUntil
        default: false
        }
    }

    /// Whether a bracket closes that was opened around this block: the block lacks its end.
    private var isStrayBracket: Bool {
        brackets > 0 && (isNext(.closeRound) || isNext(.closeCurly) || isNext(.closeSquare))
    }

    /// The statements up to the end of a block.
    mutating func statements() throws(Stop) -> LuaBlock {
        let first = current
        var statements: [LuaStatement] = []
        while !isBlockEnd(), !isStrayBracket {
            let before = position
            let state = (brackets, level, scopes.checkpoint)
            do throws(Stop) {
                let isReturn = isNext(.return)
                try statement(into: &statements)
                if isReturn, !isBlockEnd(), !isStrayBracket { note(.afterReturn(got: current.kind)) }
            } catch {
                guard error == .statement else { throw error }
                let open = brackets - state.0
                (brackets, level) = (state.0, state.1)
                scopes.restore(state.2)
                resynchronise(from: before, brackets: open)
            }
        }
        let range = statements.first.flatMap { first in
            statements.last.map { first.range.through($0.range) }
        }
        return LuaBlock(
            range: range ?? SourceRange(first.range.start, first.range.start), statements: statements)
    }

    /// The statements of a block with a scope of its own.
    mutating func block(isLoop: Bool = false) throws(Stop) -> LuaBlock {
        scopes.enterBlock(isLoop: isLoop)
        let block = try statements()
        leaveBlock()
        return block
    }

    /// Ends a scope.
    mutating func leaveBlock() { scopes.leaveBlock() }

    /// Reads one statement, or labels with what follows them.
    mutating func statement(into statements: inout [LuaStatement]) throws(Stop) {
        let start = current
        try enter()
        switch start.kind {
        case .word(.semicolon): advance()
        case .word(.doubleColon): try labels(into: &statements)
        default:
            let kind = try statement(start)
            statements.append(LuaStatement(kind, range(from: start)))
            if isReturnStatement(kind) { _ = take(.semicolon) }
        }
        leave()
    }

    private func isReturnStatement(_ kind: LuaStatement.Kind) -> Bool {
        if case .return = kind { true } else { false }
    }

    private mutating func statement(_ start: LuaLexeme) throws(Stop) -> LuaStatement.Kind {
        guard case .word(let word) = start.kind else { return try expressionStatement() }
        switch word {
        case .if: return try conditional()
        case .while: return try whileLoop()
        case .do:
            advance()
            let body = try block()
            close(.do, at: start)
            return .block(body)
        case .for: return try forLoop()
        case .repeat: return try repeatLoop()
        case .function: return try functionStatement()
        case .local:
            advance()
            return take(.function) ? try localFunction(start) : try localVariables()
        case .return: return try returnStatement()
        case .break:
            advance()
            if !scopes.isInLoop { note(.breakOutside, at: start.range) }
            return .break
        case .goto:
            advance()
            let label = try expectName("the label to go to")
            scopes.addGoto(label)
            return .goto(label)
        default: return try expressionStatement()
        }
    }

    /// `::a::`, and the labels and semicolons behind it, which Lua reads before it declares the first.
    private mutating func labels(into statements: inout [LuaStatement]) throws(Stop) {
        let start = current
        advance()
        let label = try expectName("the label")
        try expect(.doubleColon, after: "the label '\(label.text)'")
        statements.append(LuaStatement(.label(label), range(from: start)))
        while isNext(.semicolon) || isNext(.doubleColon) { try statement(into: &statements) }
        if let other = scopes.label(label.text) {
            note(.labelTwice(label.text, line: source.line(of: other.range.start)), at: label.range)
            return
        }
        for jump in scopes.addLabel(label, isLast: isBlockEnd(withUntil: false)) {
            let name = jump.variable.map { variables[$0].name.text } ?? "?"
            note(.jumpIntoScope(label: label.text, variable: name), at: jump.goto.range)
        }
    }

    private mutating func returnStatement() throws(Stop) -> LuaStatement.Kind {
        advance()
        guard !isBlockEnd(), !isNext(.semicolon) else { return .return([]) }
        return .return(try expressions())
    }

    private mutating func expressionStatement() throws(Stop) -> LuaStatement.Kind {
        let start = current
        guard Self.canBeginSuffixed(start.kind) else { throw fail(.notAStatement(got: start.kind)) }
        let expression = try suffixed()
        if isNext(.assign) || isNext(.comma) {
            return try assignment(expression)
        }
        guard case .call = expression.kind else {
            guard case .methodCall = expression.kind else {
                throw fail(
                    .expected(.word(.assign, after: source.quoted(expression.range)), got: current.kind))
            }
            return .call(expression)
        }
        return .call(expression)
    }

    private mutating func assignment(_ first: LuaExpression) throws(Stop) -> LuaStatement.Kind {
        var targets = [first]
        let outer = level
        try target(first)
        while take(.comma) {
            let next = try suffixed()
            targets.append(next)
            try target(next)
            // Lua recurses for each further target.
            try enter()
        }
        try expect(.assign, after: targets.count > 1 ? "the variables" : source.quoted(first.range))
        let values = try expressions()
        level = outer
        return .assignment(targets, values)
    }

    /// Makes sure that an expression may be assigned to, and notes that it is.
    mutating func target(_ expression: LuaExpression) throws(Stop) {
        switch expression.kind {
        case .index: return
        case .name(let name):
            guard let index = name.variable else { return }
            scopes.turnIntoWrite(index)
            if let attribute = variables[index].attribute {
                note(.assignmentToConstant(name.text, attribute: attribute), at: name.range)
            }
        default:
            // Behind another error the sign most likely belongs to what that error broke off.
            throw isBroken ? .statement : fail(.cannotAssign(got: current.kind), at: expression.range)
        }
    }

    /// Every variable so far.
    var variables: [LuaVariable] { scopes.variables }
}
