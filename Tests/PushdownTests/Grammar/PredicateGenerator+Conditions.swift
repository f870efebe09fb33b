extension PredicateGenerator {
    /// A condition without and, or and not around it.
    mutating func condition(_ depth: Int) -> Piece {
        // What stands above the function is there to be used.
        if !tables.isEmpty, dice.chance(12) { return membership(depth) }
        if dice.chance(12), let call = helperCall(.boolean, depth) { return call }
        if dice.chance(guarded.isEmpty ? 8 : 40) { return presence(depth) }
        switch dice.below(isWild ? 35 : 26) {
        case 0..<4: return comparison(field(.number), number(min(depth, isWild ? 2 : 0)), ordered: true)
        case 4..<7: return comparison(field(.time), time(min(depth, 1)), ordered: true)
        case 7..<10:
            return comparison(field(.text), text(min(depth, isWild ? 2 : 0)), ordered: dice.chance(15))
        case 10: return .compound("\(field(.any)) \(dice.one(of: ["==", "~="])) nil")
        case 11: return .compound("\(field(.boolean)) == true")
        case 12, 13: return method()
        case 14..<17: return question(depth)
        case 17: return comparison(date(), date(), ordered: true)
        case 18: return membership(depth)
        case 19: return helperCall(.boolean, depth) ?? question(depth)
        case 20: return included(depth) ?? method()
        case 21: return comparison(trait(.any) ?? field(.number), anyConstant(), ordered: false)
        case 22: return textQuestion(depth)
        case 23:
            return .compound(
                "(\(bare: field(.number)) or \(bare: constant(.number))) \(order()) \(bare: number(0))")
        case 24:
            return .compound("\(field(.number)) / \(field(.number)) \(order()) \(bare: constant(.number))")
        case 25: return .compound("\(field(.time)) + days(\(dice.number(0...200))) \(order()) now()")
        case 26..<29:
            return comparison(value(kind(), depth - 1), value(kind(), depth - 1), ordered: dice.chance(30))
        case 29..<31:
            let kind = kind()
            return comparison(value(kind, depth - 1), value(kind, depth - 1), ordered: dice.chance(60))
        case 31: return local(.boolean) ?? method()
        case 32: return comparison(field(.any), anything(0), ordered: dice.chance(50))
        case 33: return .prefix("math.ult(\(bare: number(depth - 1)), \(bare: number(depth - 1)))")
        default: return .simple(dice.one(of: ["true", "false"]))
        }
    }

    mutating func kind() -> Kind { dice.one(of: Kind.allCases) }

    mutating func order() -> String { dice.one(of: ["<", "<=", ">", ">=", ">", "<"]) }

    /// Two values beside an operator; now and then the constant stands first.
    mutating func comparison(_ left: Piece, _ right: Piece, ordered: Bool) -> Piece {
        let sign = ordered ? order() : dice.one(of: ["==", "==", "~="])
        return dice.chance(10) ? .compound("\(right) \(sign) \(left)") : .compound("\(left) \(sign) \(right)")
    }

    /// A method of the customer that answers true or false.
    private mutating func method() -> Piece {
        switch dice.below(8) {
        case 0..<2: return call("has_tag", argument(Pool.tags))
        case 2..<4: return call("likes", argument(Pool.interests))
        case 4, 5: return call("consents_to", argument(Pool.channels + (isWild ? ["fax", ""] : [])))
        default: return call("birthday_within", span())
        }
    }

    private mutating func call(_ method: String, _ argument: Piece) -> Piece {
        if odd(3) { return .prefix("\(customer).\(method)(\(bare: argument))") }
        if odd(2) { return .prefix("\(customer):\(method)(\(bare: argument), \(bare: anything(0)))") }
        if odd(2) { return .prefix("\(customer):\(method)()") }
        let isLiteral = argument.form == .simple && argument.text.hasPrefix("\"")
        return isLiteral && dice.chance(50)
            ? .prefix("\(customer):\(method) \(bare: argument)")
            : .prefix("\(customer):\(method)(\(bare: argument))")
    }

    private mutating func argument(_ texts: [String]) -> Piece {
        if odd(10) { return text(1) }
        if odd(4) { return anything(0) }
        return literal(dice.one(of: texts))
    }

    private mutating func span() -> Piece {
        if odd(15) {
            return dice.one(
                of: ["-1", "0.5", "1e300", "0/0", "1/0", "math.mininteger", "86400", "\"5\"", "nil"].map {
                    Piece.simple($0)
                })
        }
        if odd(10) { return .prefix("days(\(bare: number(0)))") }
        return .prefix("days(\(dice.one(of: [0, 1, 3, 7, 30, 90, 365, 366])))")
    }

    private mutating func membership(_ depth: Int) -> Piece {
        guard !tables.isEmpty else { return question(depth) }
        let table = dice.one(of: tables)
        let key = odd(15) ? anything(0) : value(table.keys, 0)
        if odd(5) { return .compound("(\(table.name).nested or {}).x == true") }
        let entry = Piece.prefix("\(table.name)[ \(bare: key) ]")
        switch dice.below(6) {
        case 0: return .compound("not \(entry)")
        case 1: return .compound("\(entry) == true")
        case 2: return .compound("(\(bare: entry) or 0) == \(bare: constant(.number))")
        case 3: return .compound("\(entry) ~= nil")
        case 4 where isWild: return entry
        default: return .compound("\(entry) and true or false")
        }
    }

    private mutating func included(_ depth: Int) -> Piece? {
        guard !segments.isEmpty else { return nil }
        if odd(4) { return .prefix("segment.\(dice.one(of: segments)):includes()") }
        if odd(20) {
            let sign = dice.one(of: ["&", "|", "-"])
            return .prefix(
                "(segment.\(dice.one(of: segments)) \(sign) ~segment.\(dice.one(of: segments))):includes(\(customer))"
            )
        }
        return .prefix("segment.\(dice.one(of: segments)):includes(\(customer))")
    }
}
