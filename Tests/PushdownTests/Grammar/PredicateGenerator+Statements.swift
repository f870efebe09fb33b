extension PredicateGenerator {
    /// The statements of a function of the customer that answers with a kind of value.
    mutating func body(_ result: Kind, _ depth: Int) -> Piece {
        let outer = (locals, guarded)
        defer { (locals, guarded) = outer }
        guarded = []
        if dice.chance(isWild ? 20 : 15) {
            let guards = (0..<dice.number(1...3)).map { _ in guarding(result, depth - 1) }
            return .statement("\(guards + [.statement("return \(bare: self.result(result, depth))")])")
        }
        guard dice.chance(isWild ? 50 : 25), depth > 0 else {
            return .statement("return \(bare: self.result(result, depth))")
        }
        var statements = (0..<dice.number(1...(isWild ? 4 : 2))).map { _ in statement(result, depth - 1) }
        if dice.chance(90) {
            statements.append(.statement("return \(bare: self.result(result, depth - 1))"))
        }
        return .statement("\(statements)")
    }

    /// What a function answers; now and then of another kind, or nothing.
    private mutating func result(_ kind: Kind, _ depth: Int) -> Piece {
        if odd(4) { return anything(depth) }
        if odd(2) { return .simple("nil") }
        return value(kind, depth)
    }

    private mutating func block(_ result: Kind, _ depth: Int) -> Piece {
        let outer = (locals, guarded)
        defer { (locals, guarded) = outer }
        guard depth > 0, dice.chance(30) else { return .statement("return \(bare: self.result(result, 1))") }
        return .statement(
            "\([statement(result, depth - 1), .statement("return \(bare: self.result(result, 1))")])")
    }

    private mutating func statement(_ result: Kind, _ depth: Int) -> Piece {
        if dice.chance(15) { return guarding(result, depth) }
        switch dice.below(isWild ? 20 : 11) {
        case 0..<4: return declaration(depth)
        case 4..<8: return .statement("if \(bare: truth(depth)) then\n\(bare: block(result, depth))\nend")
        case 8:
            return .statement(
                "if \(bare: truth(depth)) then\n\(bare: block(result, depth))\nelse\n\(bare: change(depth))\nend"
            )
        case 9, 10:
            return .statement(
                "if \(bare: truth(depth)) then\n\(bare: block(result, depth))\nelseif \(bare: truth(depth)) then\n\(bare: block(result, depth))\nend"
            )
        case 11, 12: return change(depth)
        case 13: return shadow(result, depth)
        case 14:
            let outer = (locals, guarded)
            defer { (locals, guarded) = outer }
            return .statement("do\n\([declaration(depth), change(depth)])\nend")
        case 15, 16: return loop(depth)
        case 17:
            return .statement(
                "if \(bare: truth(depth)) then error(\(bare: dice.chance(70) ? text(0) : anything(0))) end")
        case 18: return .statement("local _ = \(bare: anything(depth))")
        default: return memo(depth)
        }
    }

    private mutating func declaration(_ depth: Int) -> Piece {
        let kind = kind()
        let initial = value(kind, max(0, depth))
        let isConstant = odd(5)
        let name = name("v")
        locals.append(Local(name: name, kind: kind, mayChange: !isConstant))
        if !isConstant, odd(10) {
            let second = self.name("v")
            locals.append(Local(name: second, kind: .any, mayChange: true))
            return .statement("local \(name), \(second) = \(bare: initial)\(dice.chance(50) ? ", 1" : "")")
        }
        return .statement("local \(name)\(isConstant ? " <const>" : "") = \(bare: initial)")
    }

    /// Gives a local another value; nothing where there is none.
    private mutating func change(_ depth: Int) -> Piece {
        let changeable = locals.filter(\.mayChange)
        guard !changeable.isEmpty else { return .statement("local _ = \(bare: value(kind(), 0))") }
        let local = dice.one(of: changeable)
        if local.kind == .number, dice.chance(40) {
            return .statement("\(local.name) = \(local.name) + \(number(0))")
        }
        return .statement("\(local.name) = \(bare: value(local.kind, max(0, depth)))")
    }

    /// A block in which a name means something else.
    private mutating func shadow(_ result: Kind, _ depth: Int) -> Piece {
        let outer = (locals, guarded)
        defer { (locals, guarded) = outer }
        let names =
            locals.map(\.name) + tables.map(\.name).filter { !$0.contains(".") } + [
                customer, "days_ago", "string",
            ]
        return .statement(
            "do\nlocal \(dice.one(of: names)) = \(bare: anything(depth))\nif \(bare: truth(depth)) then \(bare: block(result, 0)) end\nend"
        )
    }

    /// A loop with an end.
    private mutating func loop(_ depth: Int) -> Piece {
        let name = name("i")
        let sum = self.name("n")
        let outer = locals
        locals.append(Local(name: name, kind: .number, mayChange: true))
        let step = change(depth)
        locals = outer
        let start = Piece.statement("local \(sum) = 0")
        let added = number(0)
        let body: Piece
        switch dice.below(5) {
        case 0, 1:
            body = .statement(
                "for \(name) = 1, \(dice.number(0...4)) do\nif \(bare: condition(0)) then break end\n\(sum) = \(sum) + \(name)\nend"
            )
        case 2:
            body = .statement(
                "for _, \(name) in ipairs(\(bare: relation(0)):list()) do\nif \(name) ~= nil then \(sum) = \(sum) + 1 end\nend"
            )
        case 3:
            body = .statement(
                "repeat\n\(sum) = \(sum) + 1\nuntil \(sum) > \(dice.number(0...3)) or \(condition(0))")
        default:
            body = .statement(
                "while \(sum) < \(dice.number(1...4)) do\n\(sum) = \(sum) + 1\nif \(bare: condition(0)) then break end\nend"
            )
        }
        locals.append(Local(name: sum, kind: .number, mayChange: true))
        // The step is tried with the loop's variable in sight, at a place where it means a local or nothing.
        return .statement(
            "\([start, body, .statement("do local \(name) = \(added)\n\(bare: step) end")])")
    }

    /// Keeps what it computed once, in a way that no order of customers shows.
    private mutating func memo(_ depth: Int) -> Piece {
        let key = field(.text)
        let name = name("v")
        locals.append(Local(name: name, kind: .text))
        return .statement("local \(name) = remembered(\(bare: key))")
    }
}
