internal import ScriptSyntax

/// Segments and their combinations as formulas over one customer.
final class AudienceLogic {
    private let scripts: LintScripts
    /// Segments that ask for others twice double with every step.
    private var steps = 0

    init(_ scripts: LintScripts) {
        self.scripts = scripts
    }

    /// An expression of segments; what is none, or is too long, is opaque.
    func formula(_ expression: LuaExpression, in script: LintScript) -> Formula {
        steps = 0
        return formula(expression, in: script, within: [])
    }

    private func formula(_ expression: LuaExpression, in script: LintScript, within names: [String])
        -> Formula
    {
        let expression = expression.unwrapped
        steps += 1
        guard steps < 2000 else { return .opaque("\(script.chunk.path):\(expression.range.start)") }
        switch expression.kind {
        case .binary(.bitwiseAnd, let left, let right, _):
            return .and(formula(left, in: script, within: names), formula(right, in: script, within: names))
        case .binary(.bitwiseOr, let left, let right, _):
            return .or(formula(left, in: script, within: names), formula(right, in: script, within: names))
        case .binary(.subtract, let left, let right, _):
            return .and(
                formula(left, in: script, within: names), .not(formula(right, in: script, within: names)))
        case .unary(.bitwiseNot, let operand): return .not(formula(operand, in: script, within: names))
        case .name(let name):
            if let variable = name.variable, let value = script.meanings.initializer(variable),
                names.count < 20
            {
                return formula(value, in: script, within: names + [""])
            }
        case .index(let object, let key):
            if script.meanings.of(object) == .segmentWord, let name = key.text {
                return segment(name, within: names)
            }
        case .call(let definer, _):
            // A definition is the segment that it defines.
            if case .call(let word, let arguments) = definer.kind, script.meanings.of(word) == .segmentWord,
                let name = arguments.first?.text
            {
                return segment(name, within: names)
            }
        default: break
        }
        if let body = script.meanings.function(expression) { return predicate(body, in: script) }
        return .opaque("\(script.chunk.path):\(expression.range.start)")
    }

    private func segment(_ name: String, within names: [String]) -> Formula {
        let found = scripts.all("segment", name)
        // A circle is an error of its own.
        guard found.count == 1, !names.contains(name), names.count < 20,
            let members = found[0].definition["where"]
        else { return .opaque("segment \(name)") }
        return formula(members, in: found[0].script, within: names + [name])
    }

    /// A function of one `return`; any other is a riddle.
    private func predicate(_ body: LuaFunctionBody, in script: LintScript) -> Formula {
        guard body.body.statements.count == 1, case .return(let values) = body.body.statements[0].kind,
            values.count == 1
        else { return .opaque("\(script.chunk.path):\(body.range.start)") }
        return script.formula(values[0])
    }
}
