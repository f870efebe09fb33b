internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    /// What a function gives.
    func lowerBody(_ block: LuaBlock, _ bindings: Bindings) -> Lowered {
        lower(block.statements[...], bindings) { _ in self.constant(.literal(.missing)) }
    }

    /// What follows from the statements, and then from `rest` where they fall through.
    func lower(
        _ statements: ArraySlice<LuaStatement>, _ bindings: Bindings,
        then rest: @escaping (Bindings) -> Lowered
    ) -> Lowered {
        guard let statement = statements.first else { return rest(bindings) }
        work += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit, work <= Self.workLimit else {
            return unknown(statement.range, "the rule is too long")
        }
        let others = statements.dropFirst()
        let goOn: (Bindings) -> Lowered = { self.lower(others, $0, then: rest) }
        switch statement.kind {
        case .return(let values):
            guard let value = values.first else { return constant(.literal(.missing)) }
            guard values.count == 1 else {
                return unknown(statement.range, "it returns several values")
            }
            return lower(value, bindings)
        case .local(let variables, let values):
            return lowerLocals(statement, variables, values, bindings, then: goOn)
        case .localFunction(let variable, let body):
            let name = script.chunk.variables[variable].name.text
            guard !script.isShared(variable) else {
                return unknown(statement.range, "the function '\(name)' is changed later")
            }
            var inner = bindings
            // In its own text the name is the function itself.
            inner[variable] = captured(.opaque("'\(name)' calls itself"))
            inner[variable] = closure(body, inner)
            return goOn(inner)
        case .assignment(let targets, let values):
            return lowerAssignment(statement, targets, values, bindings, then: goOn)
        case .block(let block): return lower(block.statements[...], bindings, then: goOn)
        case .conditional(let branches, let otherwise):
            return lowerConditional(branches[...], otherwise, bindings, then: goOn)
        case .call: return unknown(statement.range, "a call whose result is not used may do anything")
        case .whileLoop, .repeatLoop, .numericFor, .genericFor: return unknown(statement.range, "a loop")
        case .function: return unknown(statement.range, "it defines a function in a table")
        case .break, .goto, .label: return unknown(statement.range, "a jump")
        }
    }

    private func lowerLocals(
        _ statement: LuaStatement, _ variables: [Int], _ values: [LuaExpression], _ bindings: Bindings,
        then rest: (Bindings) -> Lowered
    ) -> Lowered {
        guard values.count <= variables.count,
            values.count == variables.count || values.last.map(givesOneValue) ?? true
        else { return unknown(statement.range, "it takes several values of one call") }
        var inner = bindings
        var raises: [Condition] = []
        for (index, variable) in variables.enumerated() {
            let declared = script.chunk.variables[variable]
            guard declared.attribute != "close" else {
                return unknown(statement.range, "'\(declared.name.text)' is closed by Lua")
            }
            guard !script.isShared(variable) else {
                return unknown(
                    statement.range, "'\(declared.name.text)' is changed, and a function uses it too")
            }
            guard index < values.count else {
                inner[variable] = constant(.literal(.missing))
                continue
            }
            let value = lower(values[index], bindings)
            raises.append(value.raises)
            // Known not to raise from here on: what raises, ends the rule at this line.
            inner[variable] = value.raises == .never ? value : settled(value)
        }
        let result = rest(inner)
        return raises.reversed().reduce(result) { $0.raising(where: $1) }
    }

    private func lowerAssignment(
        _ statement: LuaStatement, _ targets: [LuaExpression], _ values: [LuaExpression],
        _ bindings: Bindings, then rest: (Bindings) -> Lowered
    ) -> Lowered {
        guard targets.count == 1, values.count == 1, case .name(let name) = targets[0].kind,
            let variable = name.variable, bindings[variable] != nil
        else { return unknown(statement.range, "it changes something outside the rule, or a table") }
        let value = lower(values[0], bindings)
        var inner = bindings
        inner[variable] = value.raises == .never ? value : settled(value)
        return rest(inner).raising(where: value.raises)
    }

    private func lowerConditional(
        _ branches: ArraySlice<(condition: LuaExpression, block: LuaBlock)>, _ otherwise: LuaBlock?,
        _ bindings: Bindings, then rest: @escaping (Bindings) -> Lowered
    ) -> Lowered {
        guard let branch = branches.first else {
            guard let otherwise else { return rest(bindings) }
            return lower(otherwise.statements[...], bindings, then: rest)
        }
        let condition = lower(branch.condition, bindings)
        // Where no branch leaves the function, what follows is read once, with the variables merged.
        let blocks = branches.map(\.block) + (otherwise.map { [$0] } ?? [])
        if let assigned = assignedOnly(blocks) {
            let merged = mergedBindings(branches, otherwise, bindings, assigned, condition)
            if let merged { return rest(merged.bindings).raising(where: merged.raises) }
        }
        let yes = lower(branch.block.statements[...], bindings, then: rest)
        let no = lowerConditional(branches.dropFirst(), otherwise, bindings, then: rest)
        return bounded(choice(condition, yes, no), branch.condition.range)
    }

    /// Whether a statement does nothing but assign variables.
    func onlyAssigns(_ statement: LuaStatement) -> Bool {
        guard case .conditional(let branches, let otherwise) = statement.kind else { return false }
        return assignedOnly(branches.map(\.block) + (otherwise.map { [$0] } ?? [])) != nil
    }

    /// The variables that blocks assign, where they do nothing else; nil where they do.
    private func assignedOnly(_ blocks: [LuaBlock]) -> Set<Int>? {
        var variables: Set<Int> = []
        for statement in blocks.flatMap(\.statements) {
            switch statement.kind {
            case .assignment(let targets, _):
                guard targets.count == 1, case .name(let name) = targets[0].kind,
                    let variable = name.variable
                else { return nil }
                variables.insert(variable)
            case .conditional(let branches, let otherwise):
                guard let inner = assignedOnly(branches.map(\.block) + (otherwise.map { [$0] } ?? [])) else {
                    return nil
                }
                variables.formUnion(inner)
            default: return nil
            }
        }
        return variables
    }

    private func mergedBindings(
        _ branches: ArraySlice<(condition: LuaExpression, block: LuaBlock)>, _ otherwise: LuaBlock?,
        _ bindings: Bindings, _ assigned: Set<Int>, _ condition: Lowered
    ) -> (bindings: Bindings, raises: Condition)? {
        guard let branch = branches.first else { return (bindings, .never) }
        var merged = bindings
        var raises: Condition = condition.raises
        if assigned.isEmpty, branches.count > 1 {
            // Nothing is assigned, but the other conditions are asked.
            let others = lowerConditional(branches.dropFirst(), otherwise, bindings) { _ in
                self.constant(.literal(.boolean(true)))
            }
            raises = .or(raises, .and(condition.falsy, others.raises))
        }
        for variable in assigned.sorted() {
            guard bindings[variable] != nil else { return nil }
            func after(_ block: LuaBlock?) -> Lowered {
                lower((block?.statements ?? [])[...], bindings) { $0[variable] ?? .unknown() }
            }
            let yes = after(branch.block)
            let others = branches.dropFirst()
            let no =
                others.isEmpty
                ? after(otherwise)
                : lowerConditional(others, otherwise, bindings) { $0[variable] ?? .unknown() }
            let value = bounded(choice(condition, yes, no), branch.condition.range)
            raises = .or(raises, value.raises)
            merged[variable] = settled(value)
        }
        return (merged, raises)
    }

    /// A value that has been worked out: it cannot raise again.
    private func settled(_ value: Lowered) -> Lowered {
        var value = value
        value.raises = .never
        value.wanted = value.truthy
        value.unwanted = value.falsy
        return value
    }

    /// Whether an expression gives exactly one value wherever it stands.
    func givesOneValue(_ expression: LuaExpression) -> Bool {
        switch expression.kind {
        case .call, .methodCall, .varargs: false
        default: true
        }
    }

    /// Refuses what has grown too large.
    func bounded(_ value: Lowered, _ range: SourceRange) -> Lowered {
        let length = max(
            value.scalar?.length ?? 0, value.truthy.length, value.falsy.length, value.wanted.length,
            value.unwanted.length, value.raises.length)
        guard length > Self.lengthLimit else { return value }
        return unknown(range, "as SQL it would be too long")
    }
}
