import Catalog

extension PredicateGenerator {
    private static let numbers =
        names(customerColumns + factFields) { [.integer, .number, .money].contains($0) } + ["size", "ratio"]
    private static let times = names(customerColumns + factFields) { $0 == .instant } + ["renewed_at"]
    private static let texts = names(customerColumns) { $0 == .text } + ["colour"]
    private static let dates = ["birthday", "birthday", "anniversary"]

    private static func names(_ fields: [Field], _ isWanted: (ValueType) -> Bool) -> [String] {
        fields.filter { isWanted($0.type) }.map(\.name)
    }

    /// A field of a kind, or now and then a local or a trait.
    mutating func field(_ kind: Kind) -> Piece {
        if dice.chance(8), let local = local(kind) { return local }
        if dice.chance(6), let trait = trait(kind) { return trait }
        let name =
            switch kind {
            case .number: dice.one(of: Self.numbers)
            case .time: dice.one(of: Self.times)
            case .text: dice.one(of: dice.chance(40) ? ["city", "level", "source", "gender"] : Self.texts)
            case .boolean: "member"
            case .any:
                dice.one(of: Self.numbers + Self.times + Self.texts + Self.dates + ["member"])
            }
        if kind == .number, dice.chance(3) { return .prefix("\(customer)[\"积分\"]") }
        if odd(4) { return .prefix("\(customer)[\"\(name)\"]") }
        return .prefix("\(customer).\(name)")
    }

    /// A day as a text.
    mutating func date() -> Piece {
        switch dice.below(4) {
        case 0, 1: .prefix("\(customer).\(dice.one(of: Self.dates))")
        case 2: literal(dice.one(of: Pool.birthdays + Pool.dates))
        default: dice.chance(70) ? literal("19") : text(0)
        }
    }

    mutating func local(_ kind: Kind) -> Piece? {
        let fitting = locals.filter { kind == .any || $0.kind == kind || $0.kind == .any }
        return fitting.isEmpty ? nil : .prefix("\(dice.one(of: fitting).name)")
    }

    mutating func trait(_ kind: Kind) -> Piece? {
        let fitting = traits.filter { kind == .any || $0.kind == kind }
        return fitting.isEmpty ? nil : .prefix("\(customer).\(dice.one(of: fitting).name)")
    }

    // MARK: Constants

    mutating func constant(_ kind: Kind) -> Piece {
        switch kind {
        case .number: return numberLiteral()
        case .time: return instant()
        case .text: return literal(textConstant())
        case .boolean: return .simple(dice.one(of: ["true", "false"]))
        case .any: return anyConstant()
        }
    }

    mutating func anyConstant() -> Piece {
        switch dice.below(4) {
        case 0: numberLiteral()
        case 1, 2: literal(textConstant())
        default: .simple(dice.one(of: ["true", "false", "nil"]))
        }
    }

    private mutating func textConstant() -> String {
        if odd(2) { return Pool.longText }
        let pools = [
            Pool.plainTexts, Pool.plainTexts, Pool.statuses, Pool.emails, Pool.skus,
            ["female", "male", "zh", "x1", "N5"],
        ]
        return dice.one(of: dice.chance(isWild ? 35 : 8) ? Pool.oddTexts : dice.one(of: pools))
    }

    mutating func numberLiteral() -> Piece {
        guard isWild, dice.chance(35) else {
            return .simple(String(dice.one(of: [0, 1, 2, 3, 5, 7, 10, 16, 50, 100, 1000, 5000])))
        }
        let odd = [
            "-1", "0.5", "-0.0", "0.1", "1e15", "1e308", "-1e308", "5e-324", "3.0", "100.0", "0x10", "0x1p-1",
            "2^53", "9007199254740993", "9223372036854775807", "9223372036854775808", "math.mininteger",
            "math.maxinteger", "math.huge", "-math.huge", "0/0", "1/0", "math.pi", "1e3", ".5", "7.25",
            "0xffffffffffffffff", "-9223372036854775808",
        ]
        let text = dice.one(of: odd)
        return text.contains("/") || text.contains("^") || text.hasPrefix("-")
            ? .compound("\(text)") : text.hasPrefix("math") ? .prefix("\(text)") : .simple(text)
    }

    /// The text as Lua writes it, by one of its ways.
    mutating func literal(_ text: String) -> Piece {
        if odd(2) {
            return .simple(dice.one(of: ["\"a\\0b\"", "\"\\xff\"", "\"\\u{4E0A}\"", "[[x]]", "'\\65'"]))
        }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing(
            "\"", with: "\\\"")
        return .simple("\"\(escaped)\"")
    }
}
