/// Rules that first ask whether a value is there, and then do with it what a missing one raises at.
extension PredicateGenerator {
    /// Something that may be missing: what an earlier condition has asked about, for knowledge to be used, or not.
    private mutating func subject(_ kind: Kind) -> Piece {
        let fitting = guarded.filter { $0.kind == kind }
        if !fitting.isEmpty, dice.chance(65) { return dice.one(of: fitting).piece }
        if dice.chance(25), let local = local(kind) { return local }
        return field(kind)
    }

    private mutating func subjectKind() -> Kind {
        dice.one(of: [.text, .text, .text, .number, isWild ? .any : .text])
    }

    /// Something that a condition now asks about.
    private mutating func asked(_ kind: Kind) -> Piece {
        let piece = subject(kind)
        guarded.append((kind, piece))
        return piece
    }

    // MARK: Conditions

    private mutating func present(_ value: Piece) -> Piece {
        switch dice.below(8) {
        case 0..<4: value
        case 4, 5: .compound("\(value) ~= nil")
        case 6: .compound("not not \(value)")
        default: .compound("not (\(bare: .compound("\(value) == nil")))")
        }
    }

    private mutating func absent(_ value: Piece) -> Piece {
        switch dice.below(8) {
        case 0..<4: .compound("not \(value)")
        case 4, 5: .compound("\(value) == nil")
        case 6: .compound("nil == \(value)")
        default: .compound("not (\(bare: .compound("\(value) ~= nil")))")
        }
    }

    /// A condition that raises where the value is missing.
    private mutating func need(_ value: Piece, _ kind: Kind) -> Piece {
        if kind == .number {
            switch dice.below(5) {
            case 0: return .compound("math.abs(\(bare: value)) \(order()) \(bare: numberLiteral())")
            case 1: return .compound("math.max(\(bare: value), 5) \(order()) \(bare: numberLiteral())")
            case 2: return .compound("\(value) .. \"\" == \"\(dice.below(10))\"")
            case 3: return .compound("\(value) // 1 \(order()) \(bare: numberLiteral())")
            default: return .compound("math.floor(\(bare: value)) % 2 == 0")
            }
        }
        switch dice.below(11) {
        case 0..<3: return .compound("#\(value) \(order()) \(dice.number(0...8))")
        case 3: return .prefix("\(of: value):find(\(bare: literal(dice.one(of: ["a", "店", "", "@"]))))")
        case 4: return .compound("\(of: value):find(\"@\", 1, true) ~= nil")
        case 5: return .compound("\(of: value):lower() == \(bare: constant(.text))")
        case 6: return .compound("\(of: value):sub(1, 2) == \(bare: constant(.text))")
        case 7: return .compound("\(value) .. \"!\" == \(bare: constant(.text))")
        case 8: return .prefix("\(of: value):match(\"^W\")")
        case 9: return .prefix("\(customer):has_tag(\(bare: value))")
        default: return .compound("string.len(\(bare: value)) \(order()) \(dice.number(0...8))")
        }
    }

    /// A condition of which one part raises for some customers, unless another guards it.
    mutating func presence(_ depth: Int) -> Piece {
        let outer = guarded
        defer { guarded = outer }
        let kind = subjectKind()
        let x = asked(kind)
        // Without a guard, as marketers do it once in a while.
        if isWild ? dice.chance(10) : dice.chance(1) { return need(x, kind) }
        let y = asked(kind)
        switch dice.below(isWild ? 19 : 10) {
        case 0..<3: return .compound("\(present(x)) and \(need(x, kind))")
        case 3: return .compound("\(absent(x)) or \(need(x, kind))")
        case 4: return .compound("not (\(bare: .compound("\(present(x)) and \(need(x, kind))")))")
        case 5:
            return .compound("\(present(x)) and \(need(x, kind)) or \(present(y)) and \(need(y, kind))")
        case 6: return .compound("\(present(x)) and \(present(y)) and \(need(y, kind)) and \(need(x, kind))")
        case 7:
            return .compound("not (\(bare: .compound("\(absent(x)) or \(absent(y))"))) and \(need(y, kind))")
        case 8:
            let other = constant(kind == .any ? .text : kind)
            return need(.compound("\(x) or \(other)"), kind)
        case 9: return .compound("\(present(x)) and \(boolean(min(1, depth))) and \(need(x, kind))")
        case 10: return .compound("(\(bare: .compound("\(x) or \(y)"))) and \(need(x, kind))")
        case 11: return need(.compound("\(x) or \(y)"), kind)
        case 12: return .compound("\(present(x)) and \(need(y, kind))")
        case 13:
            return .compound(
                "(\(bare: .compound("\(present(x))"))) == (\(bare: .compound("\(present(y))"))) and \(need(x, kind))"
            )
        case 14: return .compound("(\(bare: .compound("\(x) and \(y)"))) ~= nil and \(need(x, kind))")
        case 15:
            return .compound("(\(bare: .compound("\(absent(x)) and 1 or \(need(x, kind))"))) == true")
        case 16: return .compound("\(boolean(min(1, depth))) or \(present(x)) and \(need(x, kind))")
        case 17:
            return .compound(
                "(\(bare: .compound("\(present(x)) and \(need(x, kind))"))) == \(need(x, kind))")
        default:
            return .compound(
                "(\(bare: .compound("\(absent(x)) or \(condition(0))"))) and (\(bare: .compound("\(present(x)) or \(condition(0))"))) and \(need(x, kind))"
            )
        }
    }

    // MARK: Statements

    /// What a function answers early that looks at no more.
    private mutating func exit(_ result: Kind) -> Piece {
        switch dice.below(6) {
        case 0: .statement("return")
        case 1: .statement("return nil")
        case 2 where result == .boolean: .statement("return true")
        default: .statement("return \(bare: result == .boolean ? .simple("false") : constant(result))")
        }
    }

    /// A statement that asks whether a value is there, for those behind it.
    mutating func guarding(_ result: Kind, _ depth: Int) -> Piece {
        let kind = subjectKind()
        switch dice.below(isWild ? 15 : 9) {
        case 0..<3: return .statement("if \(bare: absent(asked(kind))) then \(bare: exit(result)) end")
        case 3:
            return .statement(
                "if \(bare: .compound("\(absent(asked(kind))) or \(absent(asked(kind)))")) then \(bare: exit(result)) end"
            )
        case 4:
            // Behind it the value is there, and the condition does not hold.
            return .statement(
                "if \(bare: .compound("\(absent(asked(kind))) or \(condition(min(1, depth)))")) then \(bare: exit(result)) end"
            )
        case 5:
            let x = asked(kind)
            return .statement(
                "if \(bare: .compound("\(absent(x)) or not (\(bare: need(x, kind)))")) then \(bare: exit(result)) end"
            )
        case 6: return guardedLocal(result, kind)
        case 7: return ladder(result, kind, depth)
        case 8:
            let x = asked(kind)
            return .statement(
                "if \(bare: .compound("\(present(x)) and \(need(x, kind))")) then \(bare: exit(result)) end")
        case 9: return replaced(kind)
        case 10: return exchanged(result, kind)
        case 11:
            // It guards what is in the block, and nothing behind it.
            let x = asked(kind)
            return .statement(
                "if \(bare: present(x)) then local _ = \(bare: need(x, kind)) else \(bare: exit(result)) end")
        case 12:
            let name = name("v")
            let x = asked(kind)
            locals.append(Local(name: name, kind: .boolean, mayChange: true))
            return .statement("local \(name) = \(bare: .compound("\(present(x)) and \(need(x, kind))"))")
        case 13:
            let x = asked(kind)
            return .statement(
                "if \(bare: absent(x)) then error(\(bare: text(0))) elseif \(bare: need(x, kind)) then \(bare: exit(result)) end"
            )
        default:
            let row = row(depth)
            let name = name("o")
            return .statement(
                "local \(name) = \(bare: row)\nif \(bare: absent(.prefix("\(name)"))) then \(bare: exit(result)) end\nif \(name).id == \(dice.number(0...9)) then \(bare: exit(result)) end"
            )
        }
    }

    private mutating func guardedLocal(_ result: Kind, _ kind: Kind) -> Piece {
        let name = name("v")
        let value = subject(kind)
        let local = Piece.prefix("\(name)")
        let piece = Piece.statement(
            "local \(name) = \(bare: value)\nif \(bare: absent(local)) then \(bare: exit(result)) end")
        locals.append(Local(name: name, kind: kind, mayChange: true))
        guarded.append((kind, dice.chance(60) ? local : value))
        return piece
    }

    /// A local that is given another value between the question and what relies on it.
    private mutating func replaced(_ kind: Kind) -> Piece {
        let name = name("v")
        let local = Piece.prefix("\(name)")
        let (x, y) = (subject(kind), subject(kind))
        let condition = dice.chance(60) ? present(local) : absent(local)
        locals.append(Local(name: name, kind: kind, mayChange: true))
        guarded += [(kind, local), (kind, x)]
        return .statement(
            "local \(name) = \(bare: x)\nif \(bare: condition) then \(name) = \(bare: y) end")
    }

    /// Two locals of which one is asked about and then becomes the other.
    private mutating func exchanged(_ result: Kind, _ kind: Kind) -> Piece {
        let (first, second) = (name("v"), name("v"))
        let (x, y) = (subject(kind), subject(kind))
        let test = dice.one(of: [first, second])
        let change = dice.one(of: ["\(first) = \(second)", "\(first), \(second) = \(second), \(first)"])
        let question = absent(.prefix("\(test)"))
        locals += [Local(name: first, kind: kind), Local(name: second, kind: kind)]
        guarded += [(kind, .prefix("\(first)")), (kind, .prefix("\(second)"))]
        return .statement(
            "local \(first), \(second) = \(bare: x), \(bare: y)\nif \(bare: question) then \(bare: exit(result)) end\n\(change)"
        )
    }

    /// Cases, each of which knows what those before it have asked.
    private mutating func ladder(_ result: Kind, _ kind: Kind, _ depth: Int) -> Piece {
        let outer = guarded
        defer { guarded = outer }
        let (x, y) = (asked(kind), asked(kind))
        func answer(_ generator: inout Self, _ value: Piece) -> Piece {
            result == .boolean
                ? .statement("return \(bare: generator.need(value, kind)) and true or false")
                : generator.exit(result)
        }
        let inner = Piece.statement(
            "if \(bare: present(y)) then \(bare: answer(&self, y)) else \(bare: answer(&self, x)) end")
        let last = odd(25) ? answer(&self, y) : exit(result)
        switch dice.below(4) {
        case 0:
            return .statement(
                "if \(bare: present(x)) then\n\(bare: answer(&self, x))\nelseif \(bare: present(y)) then\n\(bare: answer(&self, y))\nelse\n\(bare: last)\nend"
            )
        case 1: return .statement("if \(bare: present(x)) then\n\(bare: inner)\nend")
        case 2:
            return .statement(
                "if \(bare: absent(x)) then\n\(bare: last)\nelseif \(bare: need(x, kind)) then\n\(bare: exit(result))\nend"
            )
        default:
            return .statement(
                "if \(bare: .compound("\(present(x)) and \(condition(min(1, depth)))")) then\n\(bare: inner)\nelseif \(bare: present(y)) then\n\(bare: answer(&self, y))\nend"
            )
        }
    }
}
