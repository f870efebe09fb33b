extension LuaEmitter {
    /// The Lua of a condition: an expression whose truth is the condition's.
    mutating func emitted(_ condition: LiquidCondition) -> String {
        let terms = condition.comparisons.map { emitted($0) }
        let joints = condition.joints
        let changes = zip(joints, joints.dropFirst()).filter { $0 != $1 }.count
        if changes > Self.callLimit { return unrolled(terms, joints) }
        // Grouping from the right: brackets are needed only where the joint changes.
        var code = ""
        var open = 0
        for (place, term) in terms.enumerated() {
            code += term
            guard place < joints.count else { break }
            code += joints[place] == .and ? " and " : " or "
            if place + 1 < joints.count, joints[place + 1] != joints[place] {
                code += "("
                open += 1
            }
        }
        return code + String(repeating: ")", count: open)
    }

    /// A chain that changes between `and` and `or` many times, as a function without brackets in each other.
    private func unrolled(_ terms: [String], _ joints: [LiquidCondition.Joint]) -> String {
        var code = "(function() "
        for (term, joint) in zip(terms, joints) {
            code +=
                joint == .and ? "if not(\(term)) then return false end " : "if \(term) then return true end "
        }
        return code + "return \(terms[terms.count - 1]) end)()"
    }

    private mutating func emitted(_ comparison: LiquidCondition.Comparison) -> String {
        let left = emitted(comparison.left)
        guard let test = comparison.test else { return left }
        let right = emitted(test.right)
        switch test.name {
        case "==": return equality(left, right, left: comparison.left, right: test.right)
        case "!=", "<>": return "not \(equality(left, right, left: comparison.left, right: test.right))"
        case "<": return "\(helper("lt"))(\(left),\(right))"
        case "<=": return "\(helper("le"))(\(left),\(right))"
        case ">": return "\(helper("gt"))(\(left),\(right))"
        case ">=": return "\(helper("ge"))(\(left),\(right))"
        default: return "\(helper("contains"))(\(left),\(right))"
        }
    }

    /// Lua's own `==` where a side is a literal and the other is no `blank` or `empty`; values need the
    /// helper.
    mutating func equality(
        _ leftCode: String, _ rightCode: String, left: LiquidExpression? = nil, right: LiquidExpression
    ) -> String {
        func isPlain(_ side: LiquidExpression?) -> Bool {
            switch side {
            case .null, .boolean, .number, .string: true
            default: false
            }
        }
        func isMethod(_ side: LiquidExpression?) -> Bool {
            switch side {
            case .blank, .empty: true
            default: false
            }
        }
        if isPlain(left) && !isMethod(right) || isPlain(right) && !isMethod(left) {
            return "(\(leftCode)==\(rightCode))"
        }
        return "\(helper("eq"))(\(leftCode),\(rightCode))"
    }
}
