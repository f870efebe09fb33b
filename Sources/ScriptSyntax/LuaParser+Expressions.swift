extension LuaParser {
    /// One expression.
    mutating func expression() throws(Stop) -> LuaExpression {
        try expression(above: 0)
    }

    /// Expressions with commas between them; at least one. The height is that of the tallest.
    mutating func expressions() throws(Stop) -> [LuaExpression] {
        var values = [try expression()]
        var tallest = height
        while take(.comma) {
            values.append(try expression())
            tallest = max(tallest, height)
        }
        height = tallest
        return values
    }

    /// An expression whose operators bind more tightly than `limit`.
    private mutating func expression(above limit: Int) throws(Stop) -> LuaExpression {
        try enter()
        let start = current
        var left = try operand()
        while case .word(let word) = current.kind, let sign = word.binaryOperator, sign.priority.left > limit
        {
            let place = current.range
            let leftHeight = height
            advance()
            let right = try expression(above: sign.priority.right)
            left = try make(
                .binary(sign, left, right, operator: place), range(from: start),
                below: max(leftHeight, height))
        }
        leave()
        return left
    }

    private mutating func operand() throws(Stop) -> LuaExpression {
        let start = current
        let kind: LuaExpression.Kind
        switch start.kind {
        case .word(let word):
            if let sign = word.unaryOperator {
                advance()
                let operand = try expression(above: LuaUnaryOperator.priority)
                return try make(.unary(sign, operand), range(from: start), below: height)
            }
            switch word {
            case .nil: kind = .nil
            case .true: kind = .boolean(true)
            case .false: kind = .boolean(false)
            case .dots:
                if !scopes.isVariadic { note(.varargsOutside) }
                kind = .varargs
            case .openCurly: return try table()
            case .function:
                advance()
                let body = try functionBody(from: start, method: nil)
                return try make(.function(body), body.range, below: height)
            default: return try suffixed()
            }
        case .integer(let value): kind = .integer(value)
        case .number(let value): kind = .number(value)
        case .string(let bytes): kind = .string(bytes)
        case .name, .end: return try suffixed()
        }
        advance()
        return try make(kind, start.range, below: 0)
    }

    /// Whether a lexeme begins what can be called, indexed or assigned to.
    static func canBeginSuffixed(_ kind: LuaLexeme.Kind) -> Bool {
        switch kind {
        case .name, .word(.openRound): true
        default: false
        }
    }

    /// A name or a parenthesized expression, with the fields, calls and so on behind it.
    mutating func suffixed() throws(Stop) -> LuaExpression {
        let start = current
        var object = try primary()
        while true {
            let below = height
            switch current.kind {
            case .word(.dot):
                advance()
                let name = try expectName("the field")
                let key = try make(.string(Array(name.text.utf8)), name.range, below: 0)
                object = try make(.index(object, key: key), range(from: start), below: below)
            case .word(.openSquare):
                let key = try bracketedKey()
                object = try make(.index(object, key: key), range(from: start), below: max(below, height))
            case .word(.colon):
                advance()
                let method = try expectName("the method")
                guard Self.canBeginArguments(current.kind) else {
                    throw fail(.expected(.arguments(method: method.text), got: current.kind))
                }
                let arguments = try arguments()
                object = try make(
                    .methodCall(object, method: method, arguments), range(from: start),
                    below: max(below, height))
            case let kind where Self.canBeginArguments(kind):
                let arguments = try arguments()
                object = try make(.call(object, arguments), range(from: start), below: max(below, height))
            default:
                height = below
                return object
            }
        }
    }

    private mutating func primary() throws(Stop) -> LuaExpression {
        let start = current
        switch start.kind {
        case .name(let text):
            advance()
            return try name(LuaToken(text, start.range))
        case .word(.openRound):
            advance()
            brackets += 1
            let inner = try expression()
            try closeBracket(.openRound, .closeRound, at: start)
            return try make(.parenthesized(inner), range(from: start), below: height)
        default:
            var before: LuaWord?
            if position > 0, case .word(let word) = lexemes[position - 1].kind { before = word }
            throw fail(.expected(.expression(after: before), got: start.kind))
        }
    }

    /// A name, with what it stands for.
    mutating func name(_ token: LuaToken) throws(Stop) -> LuaExpression {
        guard let variable = scopes.read(token) else {
            throw giveUp(
                .tooMany("upvalues", limit: LuaScopes.upvalueLimit, functionLine: scopes.functionLine),
                at: token.range)
        }
        let name = LuaName(token.text, token.range, variable: variable.index)
        return try make(.name(name), token.range, below: 0)
    }

    private static func canBeginArguments(_ kind: LuaLexeme.Kind) -> Bool {
        switch kind {
        case .string, .word(.openRound), .word(.openCurly): true
        default: false
        }
    }

    private mutating func arguments() throws(Stop) -> [LuaExpression] {
        let start = current
        switch start.kind {
        case .string(let bytes):
            advance()
            return [try make(.string(bytes), start.range, below: 0)]
        case .word(.openCurly): return [try table()]
        default: break
        }
        advance()
        brackets += 1
        height = 0
        let values = isNext(.closeRound) ? [] : try expressions()
        try closeBracket(.openRound, .closeRound, at: start, item: "argument")
        return values
    }
}
