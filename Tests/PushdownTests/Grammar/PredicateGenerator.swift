import Catalog

/// Writes random predicates: most load, about half raise for no customer.
struct PredicateGenerator {
    /// How far it goes.
    enum Style: Sendable {
        /// What marketers write: comparisons of fields with constants that fit, questions to relations,
        /// segments.
        case marketer
        /// Anything that Lua takes.
        case wild
    }

    /// What a value is meant to be.
    enum Kind: CaseIterable { case number, time, text, boolean, any }

    /// A name that the predicate may use.
    struct Local {
        let name: String
        let kind: Kind
        /// Whether statements may give it another value. Those above the function keep theirs: what one
        /// customer leaves to the next depends on who is asked at all.
        var mayChange = false
    }

    /// A function of the script: takes the customer and, where it has one, a second argument of a kind.
    struct Helper {
        let name: String
        let argument: Kind?
        let result: Kind
    }

    /// A table of constants, by what its keys are like.
    struct Constants {
        let name: String
        let keys: Kind
    }

    var dice: Dice
    let style: Style
    /// The variable that holds the customer.
    var customer = "c"
    var locals: [Local] = []
    /// Values that conditions before this place have asked about; see ``guarding(_:_:)``.
    var guarded: [(kind: Kind, piece: Piece)] = []
    var helpers: [Helper] = []
    var tables: [Constants] = []
    /// Traits of all scripts.
    var traits: [Local] = []
    /// Segments of all scripts.
    var segments: [String] = []
    private var nameCount = 0

    init(dice: Dice, style: Style) {
        self.dice = dice
        self.style = style
    }

    var isWild: Bool { style == .wild }

    /// Whether something odd happens that marketers do not write; so often in a hundred in the wild.
    mutating func odd(_ percent: Int) -> Bool { isWild && dice.chance(percent) }

    mutating func name(_ stem: String) -> String {
        nameCount += 1
        return "\(stem)\(nameCount)"
    }

    // MARK: Expressions

    /// True or false, unless something is odd in it.
    mutating func boolean(_ depth: Int) -> Piece {
        if odd(2) { return anything(depth) }
        guard depth > 0, dice.chance(65) else { return condition(depth) }
        switch dice.below(isWild ? 24 : 16) {
        case 0..<7: return .compound("\(boolean(depth - 1)) and \(boolean(depth - 1))")
        case 7..<10: return .compound("\(boolean(depth - 1)) or \(boolean(depth - 1))")
        case 10..<14: return .compound("not \(truth(depth - 1))")
        case 14: return .compound("\(boolean(depth - 1)) == \(boolean(depth - 1))")
        case 15: return .compound("not not \(truth(depth - 1))")
        // Without parentheses, so that precedence decides.
        case 16: return flat([" and ", " or "], depth)
        case 17: return flat([" == ", " and ", " or ", " ~= "], depth)
        case 18:
            return .compound("\(truth(depth - 1)) and \(boolean(depth - 1)) or \(boolean(depth - 1))")
        case 19: return .compound("\(truth(depth - 1)) and \(boolean(depth - 1))")
        case 20: return .prefix("(function() return \(bare: boolean(depth - 1)) end)()")
        case 21: return .prefix("(pcall(function() return \(bare: anything(depth - 1)) end))")
        case 22:
            return .compound("select(2, pcall(function() return \(bare: boolean(depth - 1)) end)) == true")
        default: return .prefix("rawequal(\(bare: anything(depth - 1)), \(bare: anything(depth - 1)))")
        }
    }

    private mutating func flat(_ operators: [String], _ depth: Int) -> Piece {
        let parts: Piece.Parts =
            "\(bare: condition(depth - 1))\(dice.one(of: operators))\(bare: condition(depth - 1))\(dice.one(of: operators))\(bare: condition(depth - 1))"
        return .compound(parts)
    }

    /// What is asked as a condition: any value will do.
    mutating func truth(_ depth: Int) -> Piece {
        switch dice.below(10) {
        case 0: return field(.any)
        case 1 where isWild: return anything(depth)
        default: return boolean(depth)
        }
    }

    /// A value of the kind.
    mutating func value(_ kind: Kind, _ depth: Int) -> Piece {
        switch kind {
        case .number: number(depth)
        case .time: time(depth)
        case .text: text(depth)
        case .boolean: boolean(depth)
        case .any: anything(depth)
        }
    }

    /// A value of any kind, wrong ones included.
    mutating func anything(_ depth: Int) -> Piece {
        switch dice.below(14) {
        case 0..<4: return number(depth - 1)
        case 4..<7: return text(depth - 1)
        case 7, 8: return boolean(max(0, depth - 1))
        case 9: return field(.any)
        case 10: return .simple("nil")
        case 11: return row(depth)
        case 12: return oddity(depth)
        default: return time(depth - 1)
        }
    }

    /// What hardly anyone writes.
    private mutating func oddity(_ depth: Int) -> Piece {
        switch dice.below(13) {
        case 0: return .prefix("\(customer)")
        case 1: return relation(depth)
        case 2: return .simple("{}")
        case 3: return .simple("function() end")
        case 4: return .prefix("type(\(bare: number(depth - 1)))")
        case 5: return .prefix("math.type(\(bare: number(depth - 1)))")
        case 6:
            return .prefix(
                "\(customer).\(dice.one(of: ["cty", "order_cuont", "foo", "_ENV", "Name", "items"]))")
        case 7: return .prefix("\(customer):\(dice.one(of: ["has_tg", "city", "count", "first"]))()")
        case 8: return .prefix("segment.\(dice.one(of: segments.isEmpty ? ["nobody"] : segments))")
        case 9:
            return .prefix(
                "error(\(dice.one(of: ["\"stop\"", "nil", "5", "{}", "\(customer).city", "\"x\", 2", "\"x\", 0"])))"
            )
        case 10: return .prefix("assert(\(bare: boolean(max(0, depth - 1))), \"assertion\")")
        case 11: return .prefix("unknown_word")
        default: return .prefix("tostring(\(bare: dice.chance(50) ? field(.any) : relation(depth)))")
        }
    }
}
