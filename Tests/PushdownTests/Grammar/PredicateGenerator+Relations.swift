import Catalog

extension PredicateGenerator {
    /// A relation with states, times and values: `c.orders:purchased():since(days_ago(30))`.
    mutating func relation(_ depth: Int) -> Piece {
        relation(dice.one(of: relations), depth)
    }

    private mutating func relation(_ relation: Relation, _ depth: Int) -> Piece {
        var chain = Piece.prefix("\(customer).\(relation.name)")
        for _ in 0..<dice.one(of: isWild ? [0, 1, 1, 2, 3, 4] : [0, 1, 1, 2]) {
            switch dice.below(isWild ? 12 : 10) {
            case 0..<3 where !relation.states.isEmpty:
                chain = .prefix("\(of: chain):\(dice.one(of: relation.states.map(\.name)))()")
            case 0..<6: chain = .prefix("\(of: chain):since(\(bare: bound(depth)))")
            case 6: chain = .prefix("\(of: chain):before(\(bare: bound(depth)))")
            case 10:
                chain = .prefix(
                    "\(of: chain):\(dice.one(of: ["opened", "purchased", "sinse", "clicked", "delivered"]))()"
                )
            case 11:
                chain = .prefix(
                    "\(of: chain):\(dice.one(of: ["since", "before", "where"]))(\(bare: anything(0)))")
            default: chain = .prefix("\(of: chain):where { \(pairs(relation)) }")
            }
        }
        return chain
    }

    private mutating func bound(_ depth: Int) -> Piece {
        if odd(4) { return anything(0) }
        return dice.chance(isWild ? 70 : 85) ? time(0) : field(.time)
    }

    private mutating func pairs(_ relation: Relation) -> [Piece] {
        (0..<dice.one(of: [1, 1, 1, 2, isWild ? 3 : 1])).map { _ in
            let field = dice.one(of: relation.fields + relation.matches)
            var value = odd(12) ? anything(0) : matching(field)
            if odd(12) { value = dice.chance(70) ? self.field(.any) : text(1) }
            let name = odd(2) ? "foo" : field.name
            return .prefix("\(name) = \(bare: value)")
        }
    }

    /// A constant that the field may hold.
    private mutating func matching(_ field: Field) -> Piece {
        let known: [String: [String]] = [
            "status": relations.flatMap(\.fields).filter { $0.name == "status" }.flatMap(\.values),
            "category": Pool.categories, "sku": Pool.skus, "type": Pool.eventTypes,
            "campaign": Pool.campaigns,
            "channel": Pool.channels, "coupon": Pool.coupons, "currency": ["CNY", "JPY", "USD"],
            "owner": ["张经理", "Ann"],
            "survey": ["nps", "NPS"], "kind": ["marketing", "transactional"], "source": ["shop", "店"],
        ]
        switch field.type {
        case .text, .date:
            return literal(dice.one(of: dice.chance(85) ? known[field.name] ?? Pool.plainTexts : Pool.texts))
        case .boolean: return .simple(dice.one(of: ["true", "false"]))
        case .instant: return time(0)
        case .money, .number, .integer:
            return odd(40)
                ? numberLiteral()
                : .simple(dice.one(of: ["0", "1", "2", "5", "10", "100", "123.45", "7.5", "0.01", "-5"]))
        }
    }

    // MARK: Questions

    /// A question that answers true or false.
    mutating func question(_ depth: Int) -> Piece {
        switch dice.below(isWild ? 10 : 8) {
        case 0..<3: return .prefix("\(of: relation(depth)):any()")
        case 3: return .compound("not \(Piece.prefix("\(of: relation(depth)):any()"))")
        case 4..<6: return .compound("\(count(depth)) \(order()) \(bare: countConstant())")
        case 6: return .compound("\(count(depth)) == \(bare: countConstant())")
        case 7: return comparison(rowField(depth), anyConstant(), ordered: false)
        case 8: return .compound("\(row(depth)) \(dice.one(of: ["==", "~="])) nil")
        default: return comparison(rowField(depth), anything(0), ordered: dice.chance(40))
        }
    }

    private mutating func countConstant() -> Piece {
        odd(30) ? number(0) : .simple(dice.one(of: ["0", "1", "2", "3", "100", "500.5"]))
    }

    /// How many rows, or the sum of a field of theirs.
    mutating func count(_ depth: Int) -> Piece {
        let relation = dice.one(of: relations)
        let chain = self.relation(relation, depth)
        let numeric = relation.fields.filter { [.integer, .number, .money].contains($0.type) }.map(\.name)
        if odd(5) { return .compound("#\(Piece.prefix("\(of: chain):list()"))") }
        guard !numeric.isEmpty || odd(10), dice.chance(45) else { return .prefix("\(of: chain):count()") }
        let name =
            odd(4)
            ? dice.one(of: relation.fields.map(\.name) + ["foo"])
            : dice.one(of: numeric + (numeric.isEmpty ? ["id"] : []))
        return dice.chance(60)
            ? .prefix("\(of: chain):sum \"\(name)\"") : .prefix("\(of: chain):sum(\"\(name)\")")
    }

    /// A row, or nothing.
    mutating func row(_ depth: Int) -> Piece {
        row(dice.one(of: relations), depth)
    }

    private mutating func row(_ relation: Relation, _ depth: Int) -> Piece {
        let chain = self.relation(relation, depth)
        if dice.chance(10) {
            return .prefix("\(of: chain):list()[\(dice.one(of: ["1", "2", "-1", "1.0", "100"]))]")
        }
        return .prefix("\(of: chain):\(dice.one(of: ["first", "last"]))()")
    }

    /// A field of the first or the last row.
    mutating func rowField(_ depth: Int) -> Piece {
        let relation = dice.one(of: relations)
        let row = self.row(relation, depth)
        if odd(4) { return .prefix("\(of: row).\(dice.one(of: ["foo", "items", "statsu"]))") }
        if relation.name == "orders", odd(10) {
            return .prefix("\(of: row).items[1].\(dice.one(of: orderItemFields.map(\.name)))")
        }
        return .prefix("\(of: row).\(dice.one(of: relation.fields.map(\.name)))")
    }
}
