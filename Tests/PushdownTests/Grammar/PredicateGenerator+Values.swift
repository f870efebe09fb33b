extension PredicateGenerator {
    // MARK: Numbers

    mutating func number(_ depth: Int) -> Piece {
        if odd(2) { return anything(depth) }
        guard depth > 0, dice.chance(65) else {
            return dice.chance(isWild ? 45 : 30) ? field(.number) : numberLiteral()
        }
        switch dice.below(isWild ? 26 : 10) {
        case 0..<3:
            return .compound(
                "\(number(depth - 1)) \(dice.one(of: ["+", "-", "*", "/"])) \(number(depth - 1))")
        case 3, 4: return .compound("\(field(.number)) or \(numberLiteral())")
        case 5: return .compound("\(condition(depth - 1)) and \(numberLiteral()) or \(numberLiteral())")
        case 6, 7: return count(depth)
        case 8: return helperCall(.number, depth) ?? count(depth)
        case 9: return .prefix("math.floor(\(bare: number(depth - 1)))")
        case 10..<13:
            return .compound(
                "\(number(depth - 1)) \(dice.one(of: ["//", "%", "^", "&", "|", "~", "<<", ">>"])) \(number(depth - 1))"
            )
        case 13: return .compound("\(dice.one(of: ["-", "~"]))\(number(depth - 1))")
        case 14: return .compound("#\(text(depth - 1))")
        case 15: return .prefix("\(of: safeText(depth - 1)):len()")
        case 16: return .prefix("tonumber(\(bare: text(depth - 1))\(dice.one(of: ["", "", ", 16", ", 36"])))")
        case 17:
            return .prefix(
                "math.\(dice.one(of: ["abs", "ceil", "floor", "sqrt"]))(\(bare: number(depth - 1)))")
        case 18:
            return .prefix(
                "math.\(dice.one(of: ["max", "min", "fmod", "max"]))(\(bare: number(depth - 1)), \(bare: number(depth - 1)))"
            )
        case 19: return .prefix("math.tointeger(\(bare: number(depth - 1)))")
        case 20: return .prefix("math.random(\(dice.one(of: ["", "3", "0", "2, 5", "-1"])))")
        case 21:
            return .prefix(
                "(\(of: safeText(depth - 1)):find(\(bare: pattern()), 1, \(dice.one(of: ["true", "false"]))))"
            )
        case 22: return .prefix("\(of: safeText(depth - 1)):byte(\(dice.one(of: ["", "1", "-1", "2"])))")
        case 23: return .compound("#\(customer):interests()")
        case 24: return .prefix("select(2, \(of: safeText(depth - 1)):gsub(\(bare: pattern()), \"\"))")
        default: return time(depth - 1)
        }
    }

    // MARK: Times

    mutating func time(_ depth: Int) -> Piece {
        switch dice.below(isWild ? 14 : 9) {
        case 0..<7: return instant()
        case 7, 8: return field(.time)
        case 9: return .prefix("days_ago(\(bare: number(depth - 1)))")
        case 10:
            return .compound(
                "\(field(.time)) \(dice.one(of: ["+", "-"])) days(\(bare: number(min(0, depth))))")
        case 11:
            return .simple(
                dice.one(of: ["0", "1e300", "-1", "1796086800", "1796086800.5", "0/0", "9e15", "1e15"]))
        case 12: return .prefix("date(\(bare: dice.chance(60) ? date() : anything(0)))")
        default: return number(depth - 1)
        }
    }

    /// A time that no customer decides.
    mutating func instant() -> Piece {
        switch dice.below(7) {
        case 0..<4: return .prefix("days_ago(\(dice.one(of: [0, 1, 7, 30, 90, 180, 365, 400])))")
        case 4: return .prefix(dice.one(of: ["now()", "today()", "today()"]))
        case 5:
            return .compound("now() - \(dice.one(of: ["days", "hours", "minutes"]))(\(dice.number(0...100)))")
        default:
            let text = dice.one(of: [
                "2026-12-01", "2026-11-01 10:00", "2026-03-29", "1970-01-01", "2025-01-01 23:59:59",
            ])
            return dice.chance(50) ? .prefix("date \"\(text)\"") : .prefix("date(\"\(text)\")")
        }
    }

    // MARK: Texts

    mutating func text(_ depth: Int) -> Piece {
        if odd(2) { return anything(depth) }
        guard depth > 0, dice.chance(55) else {
            return dice.chance(isWild ? 40 : 20) ? field(.text) : constant(.text)
        }
        switch dice.below(15) {
        case 0, 1: return .prefix("\(of: safeText(depth - 1)):\(dice.one(of: ["lower", "upper"]))()")
        case 2:
            return .prefix(
                "string.\(dice.one(of: ["lower", "upper", "reverse"]))(\(bare: safeText(depth - 1)))")
        case 3:
            let range = dice.one(of: ["1", "1, 1", "1, 3", "-2", "0", "2, -2", "5, 2", "1, 100", "-100, 2"])
            return .prefix("\(of: safeText(depth - 1)):sub(\(range))")
        case 4: return .compound("\(safeText(depth - 1)) .. \(safeText(depth - 1))")
        case 5: return .compound("\(text(depth - 1)) .. \(number(0))")
        case 6: return .prefix("tostring(\(bare: odd(50) ? number(depth - 1) : field(.any)))")
        case 7: return .compound("\(field(.text)) or \(constant(.text))")
        case 8: return .compound("\(condition(depth - 1)) and \(constant(.text)) or \(constant(.text))")
        case 9: return .prefix("(\(of: safeText(depth - 1)):gsub(\(bare: pattern()), \"_\"))")
        case 10: return .prefix("\(of: safeText(depth - 1)):match(\(bare: pattern()))")
        case 11: return rowField(depth)
        case 12:
            return .prefix(
                "\(customer):interests()[\(dice.one(of: ["1", "2", "1.0", "0", "-1", "#\(customer):interests()"]))]"
            )
        case 13: return helperCall(.text, depth) ?? field(.text)
        default:
            return isWild
                ? .prefix("string.\(dice.one(of: ["rep(\"ab\", 3)", "format(\"%5.2f\", 1)", "char(65)"]))")
                : field(.text)
        }
    }

    /// A text that is there for most customers.
    mutating func safeText(_ depth: Int) -> Piece {
        dice.chance(80) ? .compound("\(field(.text)) or \(constant(.text))") : text(depth)
    }

    private mutating func pattern() -> Piece {
        literal(
            dice.one(of: ["a", "u", "%d+", "^W", "n$", ".", "", "[", "店", "%", "1", "han", "%a+", "(.)%1"]))
    }

    /// A question about a text that answers true or false.
    mutating func textQuestion(_ depth: Int) -> Piece {
        let text = safeText(min(depth, isWild ? 1 : 0))
        switch dice.below(8) {
        case 0, 1:
            return .compound(
                "\(of: text):lower() == \(bare: literal(dice.one(of: ["wuhan", "gold", "北京", "é"])))")
        case 2: return .compound("\(of: text):find(\(bare: pattern()), 1, true) ~= nil")
        case 3: return .compound("\(of: text):sub(1, \(dice.number(1...3))) == \(bare: constant(.text))")
        case 4: return .compound("string.find(\(bare: text), \(bare: pattern())) == \(dice.number(1...3))")
        case 5: return .compound("#\(text) \(order()) \(dice.number(0...8))")
        case 6: return .compound("\(of: text):match(\(bare: pattern())) ~= nil")
        default: return .compound("\(of: text):upper() ~= \(of: text):lower()")
        }
    }
}
