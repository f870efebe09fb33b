internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

extension RuleHost {
    /// Explains what an audience says of one customer; nil where there is no such customer.
    ///
    /// Every part is asked by itself in Lua, as the rule asks it.
    public func explain(_ expression: SegmentExpression, customer: Int64) throws -> CustomerExplanation? {
        var inquiry = try Inquiry(self, expression)
        return try inquiry.explanation(of: customer)
    }
}

/// Questions about one customer.
private struct Inquiry {
    private let host: RuleHost
    private let reader: RuleReader
    private let walk: CustomerWalk
    private let audience: Audience
    private let expression: SegmentExpression
    private var rules: [CustomerExplanation.Rule] = []
    private var change: LeastChange

    /// What Lua has come through where it asks for an expression.
    private struct Place {
        let part: RulePart
        /// What stands for the conditions before it.
        let masks: [RuleMask]
        let function: RuleFunction
        let predicate: RulePredicate

        func text(_ expression: LuaExpression) -> String {
            Funnel.oneLine(function.script.chunk.source[expression.range])
        }
    }

    init(_ host: RuleHost, _ expression: SegmentExpression) throws {
        self.host = host
        self.expression = expression
        reader = RuleReader(host)
        walk = try CustomerWalk(host, CompiledAudiences(inLua: []))
        audience = try host.audience(expression)
        change = LeastChange(host)
    }

    mutating func explanation(of customer: Int64) throws -> CustomerExplanation? {
        guard try walk.go(to: customer) else { return nil }
        // Rules say which fields they read; asked again, all of them come with the row.
        let isMember = try walk.isIn(audience)
        try read(expression)
        walk.fetch(change.fields)
        guard try walk.again() else { return nil }
        return CustomerExplanation(
            customer: customer, isMember: isMember, rules: rules,
            change: try change.found(among: walk, of: audience, from: isMember))
    }

    // MARK: Conditions

    private mutating func read(_ expression: SegmentExpression) throws {
        switch expression {
        case .predicate(let predicate): try read(predicate)
        case .named(let name, _): try read(host.segment(name).members)
        case .both(let a, let b), .either(let a, let b), .without(let a, let b):
            try read(a)
            try read(b)
        case .not(let a): try read(a)
        }
    }

    private mutating func read(_ predicate: RulePredicate) throws {
        let answer = ask { try host.holds(AudienceFilter(.predicate(predicate), host), walk.row) }
        var conditions: [CustomerExplanation.Condition] = []
        if let function = reader.function(of: predicate) {
            let rule = RuleCompiler(reader, host.computed).compile(function)
            var isReached = true
            for (index, part) in rule.parts.enumerated() {
                guard let expression = part.expression else { continue }
                let place = Place(
                    part: part, masks: rule.parts[..<index].compactMap(\.mask), function: function,
                    predicate: predicate)
                let text = place.text(expression)
                let answer = isReached ? ask(expression, place) : .notAsked
                conditions.append(
                    CustomerExplanation.Condition(
                        text: part.isNegated ? "not (\(text))" : text, depth: 0,
                        answer: part.isNegated ? answer.opposite : answer,
                        values: isReached ? operands(expression, place) : []))
                collect(expression, place)
                if isReached {
                    conditions += inner(expression, place, depth: 1)
                }
                if (part.isNegated ? answer.opposite : answer) != .yes { isReached = false }
            }
        }
        rules.append(
            CustomerExplanation.Rule(
                owner: predicate.owner, location: predicate.location, answer: answer, conditions: conditions))
    }

    /// The parts of `a and b`, `a or b` and `not a`.
    private func inner(
        _ expression: LuaExpression, _ place: Place, depth: Int
    ) -> [CustomerExplanation.Condition] {
        let parts: [LuaExpression]
        // What stands on the right is asked only after what stands on the left.
        var leaves: CustomerExplanation.Answer?
        switch expression.kind {
        case .parenthesized(let inner):
            return self.inner(inner, place, depth: depth)
        case .binary(.and, let a, let b, _): (parts, leaves) = ([a, b], .no)
        case .binary(.or, let a, let b, _): (parts, leaves) = ([a, b], .yes)
        case .unary(.not, let a):
            guard case .parenthesized = a.kind else { return [] }
            return inner(a, place, depth: depth)
        default: return []
        }
        var isReached = true
        return parts.flatMap { operand -> [CustomerExplanation.Condition] in
            let answer = isReached ? ask(operand, place) : .notAsked
            defer { if answer == leaves { isReached = false } }
            let condition = CustomerExplanation.Condition(
                text: place.text(operand), depth: depth, answer: answer,
                values: isReached ? operands(operand, place) : [])
            return [condition] + (isReached ? inner(operand, place, depth: depth + 1) : [])
        }
    }

    /// What a comparison compares.
    private func operands(_ expression: LuaExpression, _ place: Place) -> [CustomerExplanation.Operand] {
        switch expression.kind {
        case .parenthesized(let inner), .unary(.not, let inner):
            return operands(inner, place)
        case .binary(let symbol, let a, let b, _) where symbol.isComparison:
            return [a, b].compactMap { operand in
                guard !operand.isLiteral, let value = value(operand, place).flatMap(stored) else {
                    return nil
                }
                return CustomerExplanation.Operand(
                    text: place.text(operand), value: value.value,
                    type: fields(a, b, place).first?.type ?? value.type)
            }
        case .index, .call, .methodCall:
            guard let value = value(expression, place).flatMap(stored), value.type != .boolean else {
                return []
            }
            return [
                CustomerExplanation.Operand(
                    text: place.text(expression), value: value.value,
                    type: field(expression, place)?.type ?? value.type)
            ]
        default: return []
        }
    }

    // MARK: Asking

    private func ask(_ expression: LuaExpression, _ place: Place) -> CustomerExplanation.Answer {
        ask {
            switch try evaluate(expression, place) {
            case .missing, .boolean(false): false
            default: true
            }
        }
    }

    private func ask(_ body: () throws -> Bool) -> CustomerExplanation.Answer {
        do {
            return try body() ? .yes : .no
        } catch {
            return .error((error as? any Diagnosable)?.diagnostic.message ?? "\(error)")
        }
    }

    private func value(_ expression: LuaExpression, _ place: Place) -> LuaValue? {
        try? evaluate(expression, place)
    }

    /// What an expression of the predicate gives for the customer, where Lua comes to it.
    private func evaluate(_ expression: LuaExpression, _ place: Place) throws -> LuaValue {
        let statement = place.part.statement
        let source = place.function.script.chunk.source
        // `return a and b` has several conditions, each in the same statement.
        let others = place.masks.filter { !statement.contains($0.range) }
        let question = RuleMask(range: statement, text: "do return (\(source[expression.range])) end")
        guard let text = place.function.text(others + [question]) else {
            throw LuaError("it cannot be asked alone")
        }
        let asked = try host.remade(place.predicate.function, as: text)
        return try host.explaining {
            try host.state.call(asked, .row(walk.row), within: .predicate)
        }
    }

    /// A plain value as the store would hold it.
    private func stored(_ value: LuaValue) -> (value: Value, type: ValueType?)? {
        switch value {
        case .missing: (.null, nil)
        case .boolean(let flag): (.integer(flag ? 1 : 0), .boolean)
        case .integer(let number): (.integer(number), nil)
        case .number(let number): (.number(number), nil)
        case .text(let text): (.text(text), nil)
        default: nil
        }
    }

    // MARK: Fields

    /// The fields that stand alone on a side of a comparison.
    private func fields(_ a: LuaExpression, _ b: LuaExpression, _ place: Place) -> [Field] {
        [a, b].compactMap { field($0, place) }
    }

    private func field(_ expression: LuaExpression, _ place: Place) -> Field? {
        guard case .index(let object, let key) = expression.kind, case .name(let name) = object.kind,
            let customer = place.function.body.parameters.first, name.variable == customer,
            case .string(let bytes) = key.kind
        else { return nil }
        return reader.field(String(decoding: bytes, as: UTF8.self))
    }

    /// Notes the values next to which the answer may change.
    private mutating func collect(_ expression: LuaExpression, _ place: Place) {
        switch expression.kind {
        case .parenthesized(let inner), .unary(_, let inner):
            collect(inner, place)
        case .binary(let symbol, let a, let b, _):
            if symbol.isComparison {
                for (own, other) in [(a, b), (b, a)] {
                    guard let field = field(own, place) else { continue }
                    change.consider(field)
                    if let value = value(other, place) { change.consider(field, near: value) }
                }
            }
            collect(a, place)
            collect(b, place)
        case .index(let object, let key):
            if let field = field(expression, place) { change.consider(field) }
            collect(object, place)
            collect(key, place)
        case .call(let callee, let arguments):
            for inner in [callee] + arguments { collect(inner, place) }
        case .methodCall(let object, _, let arguments):
            for inner in [object] + arguments { collect(inner, place) }
        default: break
        }
    }
}

extension CustomerExplanation.Answer {
    fileprivate var opposite: Self {
        switch self {
        case .yes: .no
        case .no: .yes
        default: self
        }
    }
}

extension LuaExpression {
    fileprivate var isLiteral: Bool {
        switch kind {
        case .nil, .boolean, .integer, .number, .string: true
        case .parenthesized(let inner), .unary(.negate, let inner): inner.isLiteral
        default: false
        }
    }
}
