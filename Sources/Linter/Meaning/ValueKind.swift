internal import Catalog
internal import ScriptSyntax

/// A kind of values, as Lua tells them apart.
enum ValueKind: String, Hashable, Sendable {
    case missing, boolean, number, text, table, function
    /// A customer, a relation, a row, a segment.
    case object

    /// What a value of it is called.
    var described: String {
        switch self {
        case .missing: "nothing"
        case .boolean: "true or false"
        case .object: "an object"
        default: "a \(rawValue)"
        }
    }
}

extension LintScript {
    /// The kind of an expression wherever it is not missing; nil where that cannot be seen.
    func kind(_ expression: LuaExpression) -> ValueKind? {
        switch expression.kind {
        case .nil: return .missing
        case .boolean, .unary(.not, _): return .boolean
        case .integer, .number: return .number
        case .string: return .text
        case .table: return .table
        case .function: return .function
        case .parenthesized(let inner): return kind(inner)
        case .unary(.negate, let operand): return kind(operand) == .number ? .number : nil
        case .unary: return nil
        case .binary(let sign, _, _, _):
            if sign.isComparison { return .boolean }
            if sign == .concatenate { return .text }
            guard case .number? = fixedValue(expression) else { return nil }
            return .number
        case .name(let name):
            guard let variable = name.variable else { return nil }
            if let value = meanings.initializer(variable) { return kind(value) }
            return kind(of: meanings.of(expression))
        case .methodCall(let object, let method, _):
            if kind(object) == .text { return Self.stringAnswers[method.text] }
            return kind(of: meanings.of(expression))
        case .index, .call: return kind(of: meanings.of(expression))
        case .varargs: return nil
        }
    }

    /// The kinds that a condition certainly answers with for some customer.
    func answers(of expression: LuaExpression) -> Set<ValueKind> {
        switch expression.unwrapped.kind {
        case .binary(.and, _, let right, _): return answers(of: right)
        case .binary(.or, let left, let right, _):
            // What is false is not passed on.
            return answers(of: left).subtracting([.missing]).union(answers(of: right))
        default: return kind(expression).map { [$0] } ?? []
        }
    }

    private func kind(of meaning: Meaning) -> ValueKind? {
        switch meaning {
        case .customer, .relation, .record, .segment, .segmentWord: .object
        case .records, .orderItems: .table
        case .unknown, .orderItem: nil
        case .value(let type): type.kind
        case .field(let field): field.field.type.kind
        }
    }

    /// What the methods of texts answer with.
    private static let stringAnswers: [String: ValueKind] = [
        "find": .number, "len": .number, "byte": .number, "match": .text, "lower": .text, "upper": .text,
        "sub": .text, "gsub": .text, "rep": .text, "reverse": .text, "format": .text, "gmatch": .function,
    ]
}

extension ValueType {
    fileprivate var kind: ValueKind {
        switch valueClass {
        case .text: .text
        case .number: .number
        case .boolean: .boolean
        }
    }
}
