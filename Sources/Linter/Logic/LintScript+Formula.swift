internal import Catalog
internal import ScriptSyntax

extension LintScript {
    /// A condition as a formula. What may be another thing each time it is asked has a key of its own.
    func formula(_ expression: LuaExpression) -> Formula {
        if let value = fixedValue(expression) {
            // A switch at the top of a script is meant to be turned.
            if case .name = expression.unwrapped.kind { return opaque(expression) }
            return .fixed(value.isTrue)
        }
        switch expression.kind {
        case .parenthesized(let inner): return formula(inner)
        case .unary(.not, let operand): return .not(formula(operand))
        case .binary(.and, let left, let right, _): return .and(formula(left), formula(right))
        case .binary(.or, let left, let right, _): return .or(formula(left), formula(right))
        case .binary(let sign, let left, let right, _) where sign.isComparison:
            return comparison(sign, left, right) ?? opaque(expression)
        case .string, .table, .function: return .fixed(true)
        default: break
        }
        // Everything but nil and false is true, 0 and "" too.
        if let subject = subject(expression), let type = subject.type, type != .boolean {
            return .test(subject, .present)
        }
        return opaque(expression)
    }

    private func opaque(_ expression: LuaExpression) -> Formula {
        .opaque(key(expression) ?? "\(chunk.path):\(expression.range.start)")
    }

    private func comparison(_ sign: LuaBinaryOperator, _ left: LuaExpression, _ right: LuaExpression)
        -> Formula?
    {
        let (a, b) = (fixedValue(left), fixedValue(right))
        if let a, let b {
            let fixed = Subject(key: "", isNeverMissing: a != .missing)
            guard let test = Self.test(sign, b), Self.isComparable(a, b) else { return nil }
            return .fixed(fixed.canPass([.equal(a), test]))
        }
        if let b, let subject = subject(left) { return Self.test(sign, b).map { .test(subject, $0) } }
        if let a, let subject = subject(right) {
            return Self.test(sign.mirrored, a).map { .test(subject, $0) }
        }
        return nil
    }

    /// Times of the run and of the calendar have no order that could be seen.
    private static func isComparable(_ a: FixedValue, _ b: FixedValue) -> Bool {
        guard case .number(_, let fromNow) = a, case .number(_, let otherFromNow) = b else { return true }
        return fromNow == otherFromNow
    }

    private static func test(_ sign: LuaBinaryOperator, _ value: FixedValue) -> Test? {
        switch (sign, value) {
        case (.equal, .missing): .missing
        case (.notEqual, .missing): .present
        case (.equal, _): .equal(value)
        case (.notEqual, _): .notEqual(value)
        case (.less, .number(let number, let fromNow)): .less(number, fromNow: fromNow, orEqual: false)
        case (.lessOrEqual, .number(let number, let fromNow)): .less(number, fromNow: fromNow, orEqual: true)
        case (.greater, .number(let number, let fromNow)): .greater(number, fromNow: fromNow, orEqual: false)
        case (.greaterOrEqual, .number(let number, let fromNow)):
            .greater(number, fromNow: fromNow, orEqual: true)
        case (.less, .text(let text)): .textLess(text, orEqual: false)
        case (.lessOrEqual, .text(let text)): .textLess(text, orEqual: true)
        case (.greater, .text(let text)): .textGreater(text, orEqual: false)
        case (.greaterOrEqual, .text(let text)): .textGreater(text, orEqual: true)
        default: nil
        }
    }

    /// What an expression is as something that conditions speak about; nil where it may be another thing each
    /// time.
    func subject(_ expression: LuaExpression) -> Subject? {
        guard let key = key(expression) else { return nil }
        switch meanings.of(expression) {
        case .field(let field):
            return Subject(
                key: key, type: field.field.type, isNeverMissing: field.isNeverMissing,
                isCount: field.isCount,
                values: field.field.values)
        case .value(let type): return Subject(key: key, type: type)
        default: return Subject(key: key)
        }
    }

    /// A text that is the same for expressions that give the same within one condition; nil where nobody
    /// knows that.
    func key(_ expression: LuaExpression) -> String? {
        var parts = 0
        return key(expression, &parts)
    }

    /// Locals that stand for each other could make it long, so that only so many parts are looked at.
    private func key(_ expression: LuaExpression, _ parts: inout Int) -> String? {
        parts += 1
        guard parts < 100 else { return nil }
        let expression = expression.unwrapped
        switch expression.kind {
        case .nil: return "nil"
        case .boolean(let value): return "\(value)"
        case .integer(let value): return "\(value)"
        case .number(let value): return "\(value)"
        case .string(let bytes): return "\"\(String(decoding: bytes, as: UTF8.self))\""
        case .name(let name):
            switch meanings.of(expression) {
            case .customer: return "c"
            case .segmentWord: return "segment"
            default: break
            }
            // What it was declared with, where that is something that conditions speak about.
            if let value = name.variable.flatMap(meanings.initializer), meanings.of(value).type != nil,
                let key = key(value, &parts)
            {
                return key
            }
            return name.variable.map { "\(chunk.path) \(name.text)#\($0)" }
        case .index(let object, let index):
            guard let object = key(object, &parts), let index = key(index, &parts) else { return nil }
            return "\(object)[\(index)]"
        case .methodCall(let object, let method, let arguments):
            // What is asked of a customer is the same every time.
            switch meanings.of(object) {
            case .customer, .relation, .segment: break
            default: return nil
            }
            guard let object = key(object, &parts), let list = keys(arguments, &parts) else { return nil }
            return "\(object):\(method.text)(\(list))"
        case .call(let callee, let arguments):
            guard case .name(let word) = callee.kind, word.variable == nil,
                ["now", "today", "days", "hours", "minutes", "days_ago", "date"].contains(word.text),
                let list = keys(arguments, &parts)
            else { return nil }
            return "\(word.text)(\(list))"
        case .binary(let sign, let left, let right, _) where sign != .and && sign != .or:
            guard let a = key(left, &parts), let b = key(right, &parts) else { return nil }
            return "(\(a)\(sign.rawValue)\(b))"
        case .table(let items):
            let settings = Definition.settings(of: items)
            guard settings.count == items.count else { return nil }
            var pairs: [String] = []
            for setting in settings {
                guard let value = key(setting.value, &parts) else { return nil }
                pairs.append("\(setting.key)=\(value)")
            }
            return "{\(pairs.sorted().joined(separator: ","))}"
        default: return nil
        }
    }

    private func keys(_ values: [LuaExpression], _ parts: inout Int) -> String? {
        var list: [String] = []
        for value in values {
            guard let key = key(value, &parts) else { return nil }
            list.append(key)
        }
        return list.joined(separator: ",")
    }
}

extension LuaBinaryOperator {
    /// The comparison with its sides swapped.
    fileprivate var mirrored: LuaBinaryOperator {
        switch self {
        case .less: .greater
        case .greater: .less
        case .lessOrEqual: .greaterOrEqual
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}
