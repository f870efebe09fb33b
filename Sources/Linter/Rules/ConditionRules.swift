internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let constantCondition = LintRule(
        "constant-condition", .warning,
        "A condition that has the same answer for every customer is not meant so.",
        triggering: [
            "segment \"x\" { where = function(c) return 1 > 2 end }",
            "segment \"x\" { where = function(c) return c.id == nil end }",
            "segment \"x\" { where = function(c) return c.order_count < 0 end }",
            "segment \"x\" { where = function(c) return c.city ~= \"Cork\" or c.city ~= \"London\" end }",
            "segment \"x\" { where = function(c) return c.order_count > 5 and c.order_count < 3 end }",
            "segment \"x\" { where = function(c) return c.order_count > 5 and c.city and c.order_count < 6 end }",
            "segment \"x\" { where = function(c) if c.order_count then return true end return c.city == \"Cork\" end }",
            "segment \"x\" { where = function(c) return c.last_order_at > days_ago(30) and c.last_order_at < days_ago(90) end }",
            "segment \"x\" { where = function(c) return c.level and nil or c.city == \"Cork\" end }",
            "segment \"x\" { where = function(c) local n = c.orders:count() return n < 0 end }",
            "segment \"x\" { where = function(c) return not (c.order_count >= 0) end }",
            "segment \"x\" { where = function(c) local n = c.largest_order or 0 return n > 100 and n < 50 end }",
            "segment \"x\" { where = function(c) return segment.vip:includes(c) and not segment.vip:includes(c) end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return true end }",
            "segment \"x\" { where = function(c) return c.city ~= \"Cork\" and c.city ~= \"London\" end }",
            "segment \"x\" { where = function(c) return c.order_count > 3 and c.order_count < 5 end }",
            "segment \"x\" { where = function(c) return c.last_order_at > days_ago(90) and c.last_order_at < days_ago(30) end }",
            "segment \"x\" { where = function(c) return c.total_spent < 0 end }",
            "campaign \"x\" { audience = segment.vip, content = function(c) return { v = c.total_spent > 5 and 100 or 50 } end }",
            "campaign \"x\" { audience = segment.vip, content = function(c) return { n = c.order_count or 0 } end }",
            "local i = 0 while true do i = i + 1 if i > 3 then break end end",
            "segment \"x\" { where = function(c) return math.random() < 0.5 and math.random() > 0.6 end }",
            "segment \"x\" { where = function(c) return c.id == 9007199254740993 and c.id ~= 9007199254740992 end }",
        ]
    ) { context in
        for condition in context.script.conditions { _ = context.checkCondition(condition) }
        context.keepInnermost()
    }

    static let uselessDefault = LintRule(
        "useless-default", .warning, "A value that is never missing needs no default.",
        triggering: [
            "segment \"x\" { where = function(c) return (c.order_count or 0) > 3 end }",
            "campaign \"x\" { audience = segment.vip, content = function(c) return { n = c.orders:count() or 0 } end }",
        ],
        nonTriggering: [
            "campaign \"x\" { audience = segment.vip, content = function(c) return { n = c.name or \"you\" } end }",
            "segment \"x\" { where = function(c) return (c.largest_order or 0) > 3 end }",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            guard case .binary(.or, let left, let right, let sign) = expression.kind,
                case .field(let field) = context.script.meanings.of(left), field.isNeverMissing,
                field.field.type != .boolean
            else { continue }
            context.report(
                sign.through(right.range), "'\(context.script.text(left.range))' is never missing",
                hint: "leave out 'or \(context.script.text(right.range))'")
        }
    }

    static let emptyAudience = LintRule(
        "empty-audience", .warning, "A combination of segments that excludes itself has nobody in it.",
        triggering: [
            "campaign \"x\" { audience = segment.vip - segment.vip, journey = function(c) end }",
            "segment \"x\" { where = segment.vip & ~segment.vip }",
            "segment \"a\" { where = function(c) return c.order_count == 0 end } segment \"b\" { where = segment.a & segment.vip }",
            "local none = segment.vip & (segment.buyers - segment.vip) return none",
        ],
        nonTriggering: [
            "campaign \"x\" { audience = segment.vip - segment.buyers, journey = function(c) end }",
            "segment \"x\" { where = segment.vip | ~segment.vip }",
        ]
    ) { context in
        let logic = AudienceLogic(context.scripts)
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .binary, .unary: break
            default: continue
            }
            guard context.script.meanings.of(expression) == .segment,
                logic.formula(expression, in: context.script).isImpossible
            else { continue }
            context.report(
                expression.range, "nobody can be in '\(context.script.text(expression.range))'",
                hint: "its parts exclude each other; look at what they are made of")
        }
        context.keepInnermost()
    }
}

extension LintContext {
    /// Reports a condition, or the smallest part of it, that is always true or never; false where none is.
    fileprivate mutating func checkCondition(_ expression: LuaExpression) -> Bool {
        let inner = expression.unwrapped
        switch inner.kind {
        case .binary(let sign, _, _, _) where sign == .and || sign == .or:
            var isFound = false
            for operand in Self.operands(inner, of: sign) where checkCondition(operand) { isFound = true }
            if isFound { return true }
        case .unary(.not, let operand):
            if checkCondition(operand) { return true }
        // A literal alone is meant.
        case .nil, .boolean, .integer, .number, .string, .table, .function: return false
        case .name where script.fixedValue(inner) != nil: return false
        default: break
        }
        // Other rules tell of these.
        if isImpossibleValue(inner) || script.index.defaultedRanges.contains(inner.range) { return true }
        let formula = script.formula(inner)
        guard formula.isImpossible || formula.isCertain else { return false }
        if !reportPair(inner) {
            report(
                inner.range, "'\(shown(inner))' is \(formula.isImpossible ? "never" : "always") true",
                hint: hint(inner))
        }
        return true
    }

    /// A comparison of a field with a value that it never has.
    private func isImpossibleValue(_ expression: LuaExpression) -> Bool {
        guard case .binary(let sign, let left, let right, _) = expression.kind,
            sign == .equal || sign == .notEqual
        else { return false }
        return [(left, right), (right, left)].contains { subject, value in
            guard case .field(let field) = script.meanings.of(script.source(of: subject)),
                let text = value.text
            else { return false }
            return !field.field.values.isEmpty && !field.field.values.contains(text)
        }
    }

    /// Reports two parts of a longer condition that decide it alone; false where it takes more, or less.
    private mutating func reportPair(_ expression: LuaExpression) -> Bool {
        guard case .binary(let sign, _, _, _) = expression.kind, sign == .and || sign == .or else {
            return false
        }
        let parts = Self.operands(expression, of: sign)
        // Longer ones are made by programs.
        guard parts.count <= 50 else { return false }
        let formulas = parts.map(script.formula)
        // One part that decides it alone says nothing about the others.
        guard !formulas.contains(where: { $0.isImpossible || $0.isCertain }) else { return false }
        for (second, part) in parts.enumerated() {
            for first in 0..<second {
                let (a, b) = (shown(parts[first]), shown(part))
                if sign == .and, Formula.and(formulas[first], formulas[second]).isImpossible {
                    report(
                        part.range, "'\(b)' is never true where '\(a)' is",
                        hint: "the two exclude each other; did you mean 'or', or another bound?")
                    return true
                }
                if sign == .or, Formula.or(formulas[first], formulas[second]).isCertain {
                    report(
                        part.range, "'\(b)' is always true where '\(a)' is not",
                        hint: "one of the two always holds; did you mean 'and'?")
                    return true
                }
            }
        }
        return false
    }

    /// What stands between the signs of a chain.
    private static func operands(_ expression: LuaExpression, of sign: LuaBinaryOperator) -> [LuaExpression] {
        guard case .binary(sign, let left, let right, _) = expression.unwrapped.kind else {
            return [expression.unwrapped]
        }
        return operands(left, of: sign) + operands(right, of: sign)
    }

    private func shown(_ expression: LuaExpression) -> String {
        let words = script.text(expression.range).split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ")
        return text.count > 70 ? text.prefix(69) + "…" : text
    }

    private func hint(_ expression: LuaExpression) -> String? {
        switch expression.kind {
        case .binary(.and, _, let right, _):
            if case .nil = right.unwrapped.kind { return "what ends in 'and nil' is nil or false" }
            return "its parts exclude each other"
        case .binary(let sign, let left, let right, _) where sign.isComparison:
            for side in [left, right] {
                guard case .field(let field) = script.meanings.of(script.source(of: side)) else { continue }
                let name = "'\(script.text(side.range))'"
                if field.isCount { return "\(name) counts, so that it is 0 or more and never missing" }
                if field.isNeverMissing { return "\(name) is never missing" }
            }
            return nil
        default:
            guard case .field(let field) = script.meanings.of(script.source(of: expression)),
                field.field.type.valueClass == .number
            else { return nil }
            return "0 is true in Lua; write '\(script.text(expression.range)) > 0'"
        }
    }
}

extension LintScript {
    /// Every condition: those of statements and operators, and what predicates answer.
    var conditions: [LuaExpression] {
        let bodies = definitions.flatMap(\.settings).filter { Definition.predicateSettings.contains($0.key) }
            .compactMap { meanings.function($0.value) }
        return index.conditions + bodies.flatMap { answers($0.body) }
    }

    /// What a function returns, without those within it.
    func answers(_ block: LuaBlock) -> [LuaExpression] {
        block.statements.flatMap { statement -> [LuaExpression] in
            switch statement.kind {
            case .return(let values): values.count == 1 ? values : []
            case .block(let inner), .whileLoop(_, let inner), .repeatLoop(let inner, _),
                .numericFor(_, _, _, _, let inner), .genericFor(_, _, let inner):
                answers(inner)
            case .conditional(let clauses, let otherwise):
                clauses.flatMap { answers($0.block) } + (otherwise.map(answers) ?? [])
            default: []
            }
        }
    }
}
