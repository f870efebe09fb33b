internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintContext {
    /// Reports a relation, a row or a list that is compared or calculated with; false where there is none.
    mutating func checkOperands(
        _ left: LuaExpression, _ right: LuaExpression, in whole: LuaExpression
    ) -> Bool {
        guard case .binary(let sign, _, _, _) = whole.kind, sign != .and, sign != .or else { return false }
        for (operand, other) in [(left, right), (right, left)] {
            let meaning = script.meanings.of(operand)
            if sign == .equal || sign == .notEqual {
                guard let kind = script.kind(other), kind != .missing else { continue }
                if checkAnswer(operand, meaning, kind, in: whole) { return true }
                guard kind != .object, kind != .table else { continue }
            }
            guard let hint = hint(operand, meaning) else { continue }
            let what = sign.isComparison ? "compared" : "calculated with"
            report(
                whole.range, "'\(script.text(operand.range))' is \(hint.what), and cannot be \(what)",
                hint: hint.remedy)
            return true
        }
        return false
    }

    /// `#c.orders`, `-c.orders`
    mutating func checkOperand(_ operand: LuaExpression, of sign: LuaUnaryOperator, in whole: LuaExpression) {
        guard sign == .length || sign == .negate else { return }
        let meaning = script.meanings.of(operand)
        if case .records = meaning, sign == .length { return }
        guard let hint = hint(operand, meaning) else { return }
        report(
            whole.range,
            "'\(script.text(operand.range))' is \(hint.what), and has no \(sign == .length ? "length" : "negative")",
            hint: hint.remedy)
    }

    /// Reports a yes or no that is compared with a text or a number.
    private mutating func checkAnswer(
        _ operand: LuaExpression, _ meaning: Meaning, _ other: ValueKind, in whole: LuaExpression
    ) -> Bool {
        guard meaning == .value(.boolean), case .methodCall = operand.unwrapped.kind,
            other == .text || other == .number
        else { return false }
        let shown = script.text(operand.range)
        report(
            whole.range, "'\(shown)' is true or false, compared with \(other.described)",
            hint: "write '\(shown)' alone, or 'not \(shown)'")
        return true
    }

    /// What something is that is no single value, and what to write.
    private func hint(_ operand: LuaExpression, _ meaning: Meaning) -> (what: String, remedy: String)? {
        let shown = script.text(operand.range)
        switch meaning {
        case .relation(let name): return ("all \(name) of the customer", "write \(shown):count()")
        case .record(let name):
            guard let relation = world.relation(name) else { return nil }
            let field =
                relation.fields.first { $0.type == .money || $0.type == .number }
                ?? relation.fields.first { $0.type == .instant }
            return (
                "\(article(relation.singular)) as a whole",
                "compare one of its fields, such as \(shown).\(field?.name ?? "id")"
            )
        case .records: return ("a list", "write #\(shown) for its length")
        default: return nil
        }
    }

    /// A method of a text or a number.
    mutating func checkTextMethod(of object: LuaExpression, _ method: LuaToken) {
        let kind = script.kind(object)
        let shown = script.text(object.range)
        switch kind {
        case .text where !Self.textMethods.contains(method.text):
            report(
                method.range, "a text has no method '\(method.text)'",
                hint: suggestion(method.text, Self.textMethods, what: "method"))
        case .number, .boolean:
            report(
                method.range,
                "'\(shown)' is \(kind == .number ? "a number" : "true or false"), and has no methods",
                hint: "write '\(shown)' alone")
        default: return
        }
    }

    /// What Lua's library of texts has.
    private static let textMethods = [
        "byte", "char", "dump", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack",
        "packsize",
        "rep", "reverse", "sub", "unpack", "upper",
    ]
}
