internal import ScriptSyntax

/// A value that is the same for every customer.
enum FixedValue: Hashable, Sendable {
    case missing
    case boolean(Bool)
    case text(String)
    /// A number, or so many seconds after the time of the run.
    case number(Double, fromNow: Bool)

    var isTrue: Bool { self != .missing && self != .boolean(false) }
}

extension LintScript {
    /// The value of an expression of literals, time words and locals with such values.
    func fixedValue(_ expression: LuaExpression) -> FixedValue? {
        switch expression.kind {
        case .nil: return .missing
        case .boolean(let value): return .boolean(value)
        // Whole numbers that no float is would be taken for their neighbours.
        case .integer(let value): return Double(exactly: value).map { .number($0, fromNow: false) }
        case .number(let value): return value.isNaN ? nil : .number(value, fromNow: false)
        case .string: return expression.text.map { .text($0) }
        case .parenthesized(let inner): return fixedValue(inner)
        case .name(let name):
            return name.variable.flatMap { fixedVariables[$0] }
        case .unary(.negate, let operand):
            guard case .number(let value, false)? = fixedValue(operand) else { return nil }
            return .number(-value, fromNow: false)
        case .binary(let sign, let left, let right, _):
            guard case .number(let a, let fromNow)? = fixedValue(left),
                case .number(let b, let otherFromNow)? = fixedValue(right)
            else { return nil }
            return Self.sum(sign, a, fromNow, b, otherFromNow)
        case .call(let callee, let arguments): return span(callee, arguments)
        default: return nil
        }
    }

    private static func sum(
        _ sign: LuaBinaryOperator, _ a: Double, _ aFromNow: Bool, _ b: Double, _ bFromNow: Bool
    ) -> FixedValue? {
        switch sign {
        case .add where !(aFromNow && bFromNow): .number(a + b, fromNow: aFromNow || bFromNow)
        case .subtract where aFromNow == bFromNow: .number(a - b, fromNow: false)
        case .subtract where aFromNow: .number(a - b, fromNow: true)
        case .multiply where !aFromNow && !bFromNow: .number(a * b, fromNow: false)
        case .divide where !aFromNow && !bFromNow && b != 0: .number(a / b, fromNow: false)
        default: nil
        }
    }

    /// The words of time.
    private func span(_ callee: LuaExpression, _ arguments: [LuaExpression]) -> FixedValue? {
        guard case .name(let word) = callee.kind, word.variable == nil else { return nil }
        if word.text == "now", arguments.isEmpty { return .number(0, fromNow: true) }
        guard arguments.count == 1,
            case .number(let count, false)? = fixedValue(arguments[0])
        else { return nil }
        switch word.text {
        case "minutes": return .number(count * 60, fromNow: false)
        case "hours": return .number(count * 3600, fromNow: false)
        case "days": return .number(count * 86_400, fromNow: false)
        case "days_ago": return .number(-count * 86_400, fromNow: true)
        default: return nil
        }
    }
}
