internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

extension RuleHost {
    /// Explains what an audience says of one customer; nil where there is no such customer.
    ///
    /// Every part is asked by itself in Lua, as the rule asks it. The least change is looked for among the values that
    /// the conditions compare fields with, those next to them, and a missing value: by the share of its old value by
    /// which a number changes, in months for a time; a text, a truth value or a missing value counts as changed whole.
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
    private var candidates: [Candidate] = []

    /// A value that may change the answer.
    private struct Candidate {
        let field: Field
        let value: Value
    }

    init(_ host: RuleHost, _ expression: SegmentExpression) throws {
        self.host = host
        self.expression = expression
        reader = RuleReader(host)
        walk = try CustomerWalk(host, CompiledAudiences(inLua: []))
        audience = try host.audience(expression)
    }

    mutating func explanation(of customer: Int64) throws -> CustomerExplanation? {
        guard try walk.go(to: customer) else { return nil }
        // Rules say which fields they read; asked again, all of them come with the row.
        let isMember = try walk.isIn(audience)
        try read(expression)
        walk.fetch(candidates.map(\.field))
        guard try walk.again() else { return nil }
        return CustomerExplanation(
            customer: customer, isMember: isMember, rules: rules, change: try leastChange(from: isMember))
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
                let before = rule.parts[..<index].compactMap(\.mask)
                let text = Funnel.oneLine(function.script.chunk.source[expression.range])
                let answer = isReached ? ask(expression, part, before, function, predicate) : .notAsked
                conditions.append(
                    CustomerExplanation.Condition(
                        text: part.isNegated ? "not (\(text))" : text, depth: 0,
                        answer: part.isNegated ? answer.opposite : answer,
                        values: isReached ? operands(expression, part, before, function, predicate) : []))
                collect(expression, part, before, function, predicate)
                if isReached {
                    conditions += inner(expression, part, before, function, predicate, depth: 1)
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
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate, depth: Int
    ) -> [CustomerExplanation.Condition] {
        let parts: [LuaExpression]
        // What stands on the right is asked only after what stands on the left.
        var leaves: CustomerExplanation.Answer?
        switch expression.kind {
        case .parenthesized(let inner):
            return self.inner(inner, part, masks, function, predicate, depth: depth)
        case .binary(.and, let a, let b, _): (parts, leaves) = ([a, b], .no)
        case .binary(.or, let a, let b, _): (parts, leaves) = ([a, b], .yes)
        case .unary(.not, let a):
            guard case .parenthesized = a.kind else { return [] }
            return inner(a, part, masks, function, predicate, depth: depth)
        default: return []
        }
        var isReached = true
        return parts.flatMap { operand -> [CustomerExplanation.Condition] in
            let answer = isReached ? ask(operand, part, masks, function, predicate) : .notAsked
            defer { if answer == leaves { isReached = false } }
            let condition = CustomerExplanation.Condition(
                text: Funnel.oneLine(function.script.chunk.source[operand.range]), depth: depth,
                answer: answer,
                values: isReached ? operands(operand, part, masks, function, predicate) : [])
            return [condition]
                + (isReached ? inner(operand, part, masks, function, predicate, depth: depth + 1) : [])
        }
    }

    /// What a comparison compares.
    private func operands(
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate
    ) -> [CustomerExplanation.Operand] {
        switch expression.kind {
        case .parenthesized(let inner), .unary(.not, let inner):
            return operands(inner, part, masks, function, predicate)
        case .binary(let symbol, let a, let b, _) where symbol.isComparison:
            return [a, b].compactMap { operand in
                guard !operand.isLiteral,
                    let value = value(operand, part, masks, function, predicate).flatMap(stored)
                else { return nil }
                return CustomerExplanation.Operand(
                    text: Funnel.oneLine(function.script.chunk.source[operand.range]), value: value.value,
                    type: fields(a, b, function).first?.type ?? value.type)
            }
        case .index, .call, .methodCall:
            guard let value = value(expression, part, masks, function, predicate).flatMap(stored),
                value.type != .boolean
            else { return [] }
            return [
                CustomerExplanation.Operand(
                    text: Funnel.oneLine(function.script.chunk.source[expression.range]), value: value.value,
                    type: field(expression, function)?.type ?? value.type)
            ]
        default: return []
        }
    }

    // MARK: Asking

    private func ask(
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate
    ) -> CustomerExplanation.Answer {
        ask {
            switch try evaluate(expression, part, masks, function, predicate) {
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

    private func value(
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate
    ) -> LuaValue? {
        try? evaluate(expression, part, masks, function, predicate)
    }

    /// What an expression of the predicate gives for the customer, where Lua comes to it.
    private func evaluate(
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate
    ) throws -> LuaValue {
        let source = function.script.chunk.source
        // `return a and b` has several conditions, each in the same statement.
        let others = masks.filter { !part.statement.contains($0.range) }
        let question = RuleMask(range: part.statement, text: "do return (\(source[expression.range])) end")
        guard let text = function.text(others + [question]) else {
            throw LuaError("it cannot be asked alone")
        }
        let asked = try host.state.remade(predicate.function, as: text)
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

    // MARK: The least change

    /// The fields that stand alone on a side of a comparison.
    private func fields(_ a: LuaExpression, _ b: LuaExpression, _ function: RuleFunction) -> [Field] {
        [a, b].compactMap { field($0, function) }
    }

    private func field(_ expression: LuaExpression, _ function: RuleFunction) -> Field? {
        guard case .index(let object, let key) = expression.kind, case .name(let name) = object.kind,
            let customer = function.body.parameters.first, name.variable == customer,
            case .string(let bytes) = key.kind
        else { return nil }
        return reader.field(String(decoding: bytes, as: UTF8.self))
    }

    private static let certainFields: Set<String> = Set(
        factGroups.flatMap(\.facts).filter(\.isZeroWithoutRows).map(\.name) + ["id", "name"])

    /// Notes the values next to which the answer may change.
    private mutating func collect(
        _ expression: LuaExpression, _ part: RulePart, _ masks: [RuleMask], _ function: RuleFunction,
        _ predicate: RulePredicate
    ) {
        func note(_ field: Field, _ value: Value) {
            // What every customer has, cannot be missing; nor can a name that other fields make up.
            if value == .null, Self.certainFields.contains(field.name) { return }
            candidates.append(Candidate(field: field, value: value))
        }
        switch expression.kind {
        case .parenthesized(let inner), .unary(_, let inner):
            collect(inner, part, masks, function, predicate)
        case .binary(let symbol, let a, let b, _):
            if symbol.isComparison {
                for (own, other) in [(a, b), (b, a)] {
                    guard let field = field(own, function) else { continue }
                    note(field, .null)
                    guard let value = value(other, part, masks, function, predicate) else { continue }
                    for near in neighbours(of: value, field) { note(field, near) }
                }
            }
            collect(a, part, masks, function, predicate)
            collect(b, part, masks, function, predicate)
        case .index(let object, let key):
            if let field = field(expression, function) {
                note(field, .null)
                if field.type == .boolean { for flag in [0, 1] { note(field, .integer(Int64(flag))) } }
            }
            collect(object, part, masks, function, predicate)
            collect(key, part, masks, function, predicate)
        case .call(let callee, let arguments):
            for inner in [callee] + arguments { collect(inner, part, masks, function, predicate) }
        case .methodCall(let object, _, let arguments):
            for inner in [object] + arguments { collect(inner, part, masks, function, predicate) }
        default: break
        }
    }

    /// A value that a field is compared with, and those next to it.
    private func neighbours(of value: LuaValue, _ field: Field) -> [Value] {
        guard let stored = host.store(value, as: field.type) else { return [] }
        switch stored {
        case .integer(let number) where field.type != .boolean:
            return [-1, 0, 1].map { .integer(number &+ $0) }
        case .number(let number) where field.type == .money:
            guard abs(number) < 9e15 else { return [] }
            return [-1, 0, 1].map { .integer(Int64(number.rounded()) + $0) }
        case .number(let number): return [number.nextDown, number, number.nextUp].map(Value.number)
        default: return [stored]
        }
    }

    private func leastChange(from isMember: Bool) throws -> CustomerExplanation.Change? {
        var best: (distance: Double, change: CustomerExplanation.Change)?
        var seen: Set<String> = []
        for candidate in candidates where seen.insert("\(candidate.field.name) \(candidate.value)").inserted {
            let now = try host.requireData().values([candidate.field], of: walk.current)?.first ?? .null
            guard now != candidate.value, candidate.field.name != "id" else { continue }
            let distance = distance(from: now, to: candidate.value, candidate.field)
            if let best, best.distance <= distance { continue }
            walk.row.pretend(candidate.field.name, is: host.value(candidate.value, of: candidate.field.type))
            walk.traits.forget()
            defer {
                walk.row.pretend(candidate.field.name, is: nil)
                walk.traits.forget()
            }
            guard let answer = try? walk.isIn(audience), answer != isMember else { continue }
            best = (
                distance, CustomerExplanation.Change(field: candidate.field, from: now, to: candidate.value)
            )
        }
        return best?.change
    }

    private func distance(from old: Value, to new: Value, _ field: Field) -> Double {
        guard let a = old.double, let b = new.double, field.type != .boolean else { return 1 }
        if field.type == .instant { return abs(b - a) / (30 * 86_400) }
        return abs(b - a) / max(1, abs(a))
    }
}

extension Value {
    fileprivate var double: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: nil
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
