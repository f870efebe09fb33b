extension LuaParser {
    /// `function a.b:c() … end`
    mutating func functionStatement() throws(Stop) -> LuaStatement.Kind {
        let start = current
        advance()
        let first = try expectName("the function")
        var target = try name(first)
        var selfName: LuaToken?
        while selfName == nil, isNext(.dot) || isNext(.colon) {
            let isMethod = isNext(.colon)
            advance()
            let key = try expectName(isMethod ? "the method" : "the field")
            let below = height
            target = try make(
                .index(target, key: try make(.string(Array(key.text.utf8)), key.range, below: 0)),
                range(from: first.range), below: below)
            if isMethod { selfName = key }
        }
        try self.target(target)
        return .function(target: target, try functionBody(from: start, method: selfName))
    }

    /// `local function f() … end`, behind its two words.
    mutating func localFunction(_ start: LuaLexeme) throws(Stop) -> LuaStatement.Kind {
        let word = lexemes[position - 1]
        let name = try expectName("the local function")
        try reserve(1)
        // The function sees its own name.
        let variable = scopes.activate(name, .function, attribute: nil)
        return .localFunction(variable, try functionBody(from: word, method: nil))
    }

    /// `local a <const>, b = …`, behind the word.
    mutating func localVariables() throws(Stop) -> LuaStatement.Kind {
        var names: [(name: LuaToken, attribute: String?)] = []
        var hasClose = false
        repeat {
            let name = try expectName("the local variable")
            try reserve(1)
            let attribute = try attribute(hasClose: &hasClose)
            names.append((name, attribute))
        } while take(.comma)
        let values: [LuaExpression]
        do throws(Stop) {
            values = take(.assign) ? try expressions() : []
        } catch {
            // What follows may use them.
            for name in names { _ = scopes.activate(name.name, .local, attribute: name.attribute) }
            throw error
        }
        let isConstant = names.count == values.count && names.last?.attribute == "const"
        let constant = isConstant ? values.last.flatMap { scopes.constant(of: $0) } : nil
        let indexes = names.map { scopes.activate($0.name, .local, attribute: $0.attribute) }
        if let constant, let last = indexes.last { scopes.constants[last] = constant }
        return .local(indexes, values)
    }

    private mutating func attribute(hasClose: inout Bool) throws(Stop) -> String? {
        guard take(.less) else { return nil }
        let attribute = try expectName("the attribute")
        try expect(.greater, after: "the attribute '\(attribute.text)'")
        switch attribute.text {
        case "const": break
        case "close":
            if hasClose { note(.closeTwice, at: attribute.range) }
            hasClose = true
        default: note(.unknownAttribute(attribute.text), at: attribute.range)
        }
        return attribute.text
    }

    /// A function from its parameters on; `word` is `function`.
    mutating func functionBody(from word: LuaLexeme, method: LuaToken?) throws(Stop) -> LuaFunctionBody {
        scopes.enterFunction(line: word.line)
        var parameters: [Int] = []
        if let method {
            try reserve(1)
            parameters.append(scopes.activate(LuaToken("self", method.range), .parameter, attribute: nil))
        }
        try parameterList(&parameters)
        let body = try statements()
        let lastLine = current.line
        close(.function, at: word)
        noteOpenGotos()
        let isVariadic = scopes.isVariadic
        height = scopes.leaveFunction()
        return LuaFunctionBody(
            range: range(from: word), line: word.line, lastLine: lastLine, parameters: parameters,
            isVariadic: isVariadic, body: body)
    }

    /// Notes the jumps of a function that ends that have nowhere to go.
    mutating func noteOpenGotos() {
        guard !isBroken else { return }
        for label in scopes.openGotos { note(.noLabel(label.text), at: label.range) }
    }

    private mutating func parameterList(_ parameters: inout [Int]) throws(Stop) {
        let opener = current
        let outer = brackets
        do throws(Stop) {
            try expect(.openRound, after: "'function'")
            brackets += 1
            try parameterNames(&parameters)
            try closeBracket(.openRound, .closeRound, at: opener, item: "parameter")
        } catch {
            // What is wrong with the parameters need not spoil the function.
            guard error == .statement else { throw error }
            brackets = outer
            _ = skip(to: .closeRound)
        }
    }

    private mutating func parameterNames(_ parameters: inout [Int]) throws(Stop) {
        guard !isNext(.closeRound) else { return }
        repeat {
            if take(.dots) { return scopes.setVariadic() }
            let name = try expectName("the parameter")
            try reserve(1)
            parameters.append(scopes.activate(name, .parameter, attribute: nil))
        } while take(.comma)
    }

    /// Takes the bracket that closes the one at `start`; `item` is what else could follow behind a comma.
    mutating func closeBracket(
        _ opener: LuaWord, _ closer: LuaWord, at start: LuaLexeme, item: String? = nil
    ) throws(Stop) {
        guard take(closer) else {
            throw fail(.unclosed(opener, line: start.line, closer: closer, item: item, got: current.kind))
        }
        brackets -= 1
    }
}
