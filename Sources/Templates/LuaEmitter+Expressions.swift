internal import ScriptSyntax

extension LuaEmitter {
    /// Calls in each other beyond this are unrolled: Lua's parser has a limit.
    static let callLimit = 8

    /// The Lua of a value.
    mutating func emitted(_ expression: LiquidExpression) -> String {
        switch expression {
        case .null: "nil"
        case .boolean(let value): "\(value)"
        // In parentheses, so that two dashes never make a comment.
        case .number(let digits): digits.hasPrefix("-") ? "(\(digits))" : digits
        case .string(let text): luaLiteral(text)
        case .blank: helper("BLANK")
        case .empty: helper("EMPTY")
        case .range(let first, let last): "\(helper("range"))(\(emitted(first)),\(emitted(last)))"
        case .lookup(let lookup): emitted(lookup)
        }
    }

    private mutating func emitted(_ lookup: LiquidLookup) -> String {
        let (code, steps) = unfolded(lookup)
        return followed(code, steps)
    }

    /// The Lua of a path without its last step, and the name that this is as a literal; nil where it is none.
    mutating func operands(of lookup: LiquidLookup) -> (code: String, name: String?) {
        let (code, steps) = unfolded(lookup)
        guard case .name(let name) = steps.last else { return (followed(code, steps), nil) }
        return (followed(code, steps.dropLast()), luaLiteral(name))
    }

    /// The Lua of a path's beginning, and the steps that are left: so few that their calls stand in each other.
    private mutating func unfolded(_ lookup: LiquidLookup) -> (
        code: String, steps: ArraySlice<LiquidLookup.Step>
    ) {
        var steps = lookup.steps[...]
        var code: String
        if case .name(let name) = lookup.root, let field = forloopField(steps.first, of: name) {
            code = field
            steps = steps.dropFirst()
        } else if case .name(let name) = lookup.root, let state = loopState(name) {
            code = state
        } else {
            code = root(of: lookup)
        }
        while steps.count > Self.callLimit {
            // A Lua call carries at most about 250 values.
            code = walked(code, steps.prefix(40))
            steps = steps.dropFirst(40)
        }
        return (code, steps)
    }

    private mutating func followed(_ code: String, _ steps: ArraySlice<LiquidLookup.Step>) -> String {
        steps.reduce(code) { emitted($1, of: $0) }
    }

    /// The usual fields of `forloop`, which need no state; nil where a loop variable has that name.
    private func forloopField(_ step: LiquidLookup.Step?, of name: String) -> String? {
        guard name == "forloop", !loops.contains(where: { $0.variable == name }),
            let loop = loops.last(where: { !$0.isRow })
        else { return nil }
        return switch step {
        case .name("index"): "i\(loop.id)"
        case .name("index0"): "(i\(loop.id)-1)"
        case .command("first"): "(i\(loop.id)==1)"
        case .command("last"): "(i\(loop.id)==\(loop.count))"
        case .name("length"): loop.count
        default: nil
        }
    }

    private mutating func root(of lookup: LiquidLookup) -> String {
        switch lookup.root {
        case .name(let name):
            if let loop = loops.last(where: { $0.variable == name }) { return "x\(loop.id)" }
            let isOwn = names.assigned.contains(name) || names.counted.contains(name)
            if role == .partial { return "\(helper("dynamic"))(\(luaLiteral(name)),L,V,C,S)" }
            if isOwn || names.isOpen { return "\(helper("var"))(V,C,S,\(luaLiteral(name)))" }
            return "S[\(luaLiteral(name))]"
        case .dynamic(let expression):
            let table = role == .partial ? "\(helper("over"))(L,\(locals()))" : locals()
            return "\(helper("dynamic"))(\(emitted(expression)),\(table),V,C,S)"
        }
    }

    /// A table of the loop variables and loop states that what is emitted sees.
    mutating func locals() -> String {
        var fields: [String] = []
        var seen: Set<String> = []
        for loop in loops.reversed() where seen.insert(loop.variable).inserted {
            fields.append("[\(luaLiteral(loop.variable))]=\(helper("keep"))(x\(loop.id))")
        }
        for name in ["forloop", "tablerowloop"] where !seen.contains(name) {
            if let state = state(ofRow: name == "tablerowloop") { fields.append("\(name)=\(state)") }
        }
        return "{\(fields.joined(separator: ","))}"
    }

    /// The Lua of `forloop` or `tablerowloop`, unless a loop variable has that name.
    private mutating func loopState(_ name: String) -> String? {
        guard name == "forloop" || name == "tablerowloop", !loops.contains(where: { $0.variable == name })
        else { return nil }
        return state(ofRow: name == "tablerowloop")
    }

    /// The state of the innermost loop of its kind, which must then have one.
    private mutating func state(ofRow isRow: Bool) -> String? {
        guard let place = loops.lastIndex(where: { $0.isRow == isRow }) else { return nil }
        loops[place].isAsked = true
        return loops[place].state
    }

    /// The state of the `for` loop around what is emitted, which may be that of an including template.
    mutating func outerLoop() -> String {
        state(ofRow: false) ?? (role == .partial ? "L.forloop" : "nil")
    }

    private mutating func emitted(_ step: LiquidLookup.Step, of code: String) -> String {
        switch step {
        case .name(let name): "\(helper("get"))(\(code),\(luaLiteral(name)))"
        case .command(let name): "\(helper("command"))(\(code),\(luaLiteral(name)))"
        case .index(let expression): "\(helper("at"))(\(code),\(emitted(expression)))"
        }
    }

    /// A path of many steps in one call.
    private mutating func walked(_ code: String, _ steps: ArraySlice<LiquidLookup.Step>) -> String {
        let calls = steps.map { step -> String in
            switch step {
            case .name(let name): "\(helper("get")),\(luaLiteral(name))"
            case .command(let name): "\(helper("command")),\(luaLiteral(name))"
            case .index(let expression): "\(helper("at")),\(emitted(expression))"
            }
        }
        return "\(helper("walk"))(\(code),\(calls.joined(separator: ",")))"
    }
}
