internal import ScriptSyntax

/// Reads a predicate as a list of conditions that must all hold.
struct Spine {
    private struct Item {
        let range: SourceRange
        /// The expression, where it is one, and the statement that it stands in.
        let expression: LuaExpression?
        let statement: SourceRange
        let isNegated: Bool
        /// As a condition that must hold.
        let lowered: Lowered
        /// What stands for it where SQL has decided it.
        let mask: String?
        let reasons: [RuleReason]
    }

    private let lowering: RuleLowering
    private var items: [Item] = []
    /// Of all conditions as SQL.
    private var length = 0
    /// What holds wherever the next condition is asked.
    private var known: Set<Condition> = []

    init(_ lowering: RuleLowering) {
        self.lowering = lowering
    }

    mutating func read(_ function: RuleFunction) {
        guard function.script.hasPlainGlobals else {
            return add(function.body.range) { $0.unknown(function.body.range, "the script changes _ENV") }
        }
        guard !function.body.isVariadic else {
            return add(function.body.range) {
                $0.unknown(function.body.range, "it takes any number of arguments")
            }
        }
        if let shared = function.body.parameters.first(where: function.script.isShared) {
            let parameter = function.script.chunk.variables[shared].name.text
            return add(function.body.range) {
                $0.unknown(
                    function.body.range, "it changes '\(parameter)', which a function in it uses too")
            }
        }
        var bindings: Bindings = [:]
        for (index, parameter) in function.body.parameters.enumerated() {
            bindings[parameter] =
                index == 0 ? lowering.object(.customer) : lowering.constant(.literal(.missing))
        }
        read(function.body.body.statements[...], bindings)
    }

    private mutating func read(_ statements: ArraySlice<LuaStatement>, _ bindings: Bindings) {
        var (statements, bindings) = (statements, bindings)
        let lowering = lowering
        while let statement = statements.first {
            switch statement.kind {
            case .return(let values) where values.count == 1:
                for operand in Self.operands(values[0]) {
                    add(operand.range, operand, in: statement, mask: "true") { $0.lower(operand, bindings) }
                }
                return
            case .conditional(let branches, nil) where branches.count == 1 && Self.leaves(branches[0].block):
                let condition = branches[0].condition
                add(condition.range, condition, in: statement, isNegated: true, mask: "false") {
                    $0.negation($0.lower(condition, bindings))
                }
            case .conditional where !lowering.onlyAssigns(statement): return readRest(statements, bindings)
            case .local, .localFunction, .assignment, .conditional:
                guard let after = fallThrough(statement, bindings) else {
                    return readRest(statements, bindings)
                }
                bindings = after
            default: return readRest(statements, bindings)
            }
            statements = statements.dropFirst()
        }
        // Before the `end`.
        let place = lowering.function.map { $0.body.range.end - 3 } ?? 0
        add(SourceRange(place, place), mask: "return true") { $0.constant(.literal(.missing)) }
    }

    /// The variables after a statement that falls through once, of which only what it raises matters to what
    /// follows; nil for any other.
    private mutating func fallThrough(_ statement: LuaStatement, _ bindings: Bindings) -> Bindings? {
        var after: [Bindings] = []
        let lowering = lowering
        let count = lowering.reasons.count
        let result = lowering.lower([statement], bindings) {
            after.append($0)
            return lowering.constant(.literal(.boolean(true)))
        }.assuming(known)
        guard after.count == 1, result.truthy == .always else {
            lowering.reasons.removeSubrange(count...)
            return nil
        }
        if result.raises != .never {
            items.append(
                Item(
                    range: statement.range, expression: nil, statement: statement.range, isNegated: false,
                    lowered: result, mask: nil, reasons: Array(lowering.reasons[count...])))
        }
        return after[0]
    }

    /// What is no list of conditions any more, as one.
    private mutating func readRest(_ statements: ArraySlice<LuaStatement>, _ bindings: Bindings) {
        guard let first = statements.first, let last = statements.last else { return }
        let lowering = lowering
        add(first.range.through(last.range), mask: "return true") {
            $0.lower(statements, bindings) { _ in lowering.constant(.literal(.missing)) }
        }
    }

    private mutating func add(
        _ range: SourceRange, _ expression: LuaExpression? = nil, in statement: LuaStatement? = nil,
        isNegated: Bool = false, mask: String? = nil, _ lower: (RuleLowering) -> Lowered
    ) {
        let count = lowering.reasons.count
        var result = lower(lowering).assuming(known)
        known.formUnion(result.truthy.conjuncts)
        length += max(result.wanted.length, result.truthy.length)
        if length > 4 * RuleLowering.lengthLimit {
            result = lowering.unknown(range, "as SQL the rule would be too long")
        }
        items.append(
            Item(
                range: range, expression: expression, statement: statement?.range ?? range,
                isNegated: isNegated, lowered: result, mask: mask,
                reasons: Array(lowering.reasons[count...])))
    }

    /// The parts of `a and b and c`.
    private static func operands(_ expression: LuaExpression) -> [LuaExpression] {
        switch expression.kind {
        case .binary(.and, let left, let right, _): operands(left) + operands(right)
        case .parenthesized(let inner):
            if case .binary(.and, _, _, _) = inner.kind { operands(inner) } else { [expression] }
        default: [expression]
        }
    }

    /// Whether a block does nothing but answer no.
    private static func leaves(_ block: LuaBlock) -> Bool {
        guard block.statements.count == 1, case .return(let values) = block.statements[0].kind else {
            return false
        }
        guard let value = values.first else { return true }
        switch value.kind {
        case .nil, .boolean(false): return values.count == 1
        default: return false
        }
    }

    /// All conditions together, as the function gives them.
    private var total: Lowered {
        items.dropLast().reversed().reduce(items[items.count - 1].lowered) {
            lowering.conjunction($1.lowered, $0, asValue: false)
        }
    }

    /// Whether the function can give nothing but true, false and nothing.
    private var givesBoolean: Bool {
        items[items.count - 1].lowered.kinds.isSubset(of: [.boolean, .missing])
    }

    /// What the predicate answers: where it gives something else, it is an error.
    var answer: Lowered {
        let total = total
        var result = Lowered.boolean(
            total.truthy, total.falsy, raises: total.raises, isExact: total.isExact && givesBoolean)
        if !givesBoolean {
            // Whatever is neither true nor false nor nothing, is true in Lua's sense.
            result.raises = .or(total.raises, total.truthy)
        }
        result.wanted = total.wanted
        result.unwanted = .or(total.unwanted, result.raises)
        return result
    }

    /// Why a condition without a reason of its own stays in Lua.
    private func why(_ isDecided: Bool, _ isUncertain: Bool, _ item: Item) -> RuleReason? {
        if isDecided {
            return isUncertain
                ? RuleReason(range: nil, text: RuleReason.behindError) : nil
        }
        if item.lowered.raises != .never {
            return RuleReason(range: nil, text: "for some customers it is an error, which Lua reports")
        }
        return item.lowered.isWhole
            ? RuleReason(range: nil, text: "it may answer neither true nor false") : nil
    }

    /// The predicate, taken apart.
    var rule: CompiledRule {
        let last = items.count - 1
        var reasons = items.flatMap(\.reasons)
        if !givesBoolean, items[last].lowered.kinds != .any {
            let kinds = items[last].lowered.kinds.subtracting(.boolean)
            reasons.append(
                RuleReason(
                    range: items[last].range,
                    text: "it may give \(kinds.described), and a rule answers true or false"))
        }
        // Behind what may raise, the condition of the whole says nothing.
        let certain = items.prefix { $0.lowered.raises == .never }.count
        let masks = items.enumerated().compactMap { index, item -> RuleMask? in
            guard index < certain, item.lowered.isWhole, let mask = item.mask, index < last || givesBoolean
            else { return nil }
            return RuleMask(range: item.range, text: mask)
        }
        let parts = items.enumerated().map { index, item in
            let isDecided = item.lowered.isWhole && (index < last || givesBoolean)
            let reached = index <= certain && item.lowered.wanted != .always
            return RulePart(
                range: item.range, expression: item.expression, statement: item.statement,
                isNegated: item.isNegated, mask: item.mask.map { RuleMask(range: item.range, text: $0) },
                place: isDecided && index < certain ? .sql : reached ? .both : .lua,
                condition: item.lowered.wanted == .always && !isDecided ? nil : item.lowered.wanted.fragment,
                reasons: item.reasons.isEmpty
                    ? [why(isDecided, index >= certain, item)].compactMap { $0 } : item.reasons)
        }
        return CompiledRule(parts: parts, masks: masks, reasons: reasons)
    }
}
