internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let wrongType = LintRule(
        "wrong-type", .error, "Values of different types are never equal, and to order them is an error.",
        triggering: [
            "segment \"x\" { where = function(c) return c.birthday > 30 end }",
            "segment \"x\" { where = function(c) return c.last_order_at > \"2026-01-01\" end }",
            "segment \"x\" { where = function(c) return c.order_count == \"5\" end }",
            "segment \"x\" { where = function(c) return c.birthday < \"31.5.1990\" end }",
            "segment \"x\" { where = function(c) return c.city == true end }",
            "segment \"x\" { where = function(c) return c.orders:where { amount = \"5\" }:any() end }",
            "segment \"x\" { where = function(c) local born = c.birthday return born < days_ago(30) end }",
            "segment \"x\" { where = function(c) return c.orders > 3 end }",
            "segment \"x\" { where = function(c) return #c.orders > 3 end }",
            "segment \"x\" { where = function(c) return c.orders:last() > 5 end }",
            "segment \"x\" { where = function(c) return c.orders == 0 end }",
            "segment \"x\" { where = function(c) return c:has_tag \"VIP\" == \"yes\" end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.birthday > \"1990-05-31\" end }",
            "segment \"x\" { where = function(c) return c.last_order_at > date \"2026-01-01\" end }",
            "segment \"x\" { where = function(c) return c.total_spent > 5 and c.city ~= nil end }",
            "segment \"x\" { where = function(c) return c.orders:last().amount > c.total_spent end }",
            "segment \"x\" { where = function(c) return c.orders:last() ~= nil and #c.orders:list() > 3 end }",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .binary(_, let left, let right, _)
            where context.checkOperands(left, right, in: expression):
                continue
            case .unary(let sign, let operand):
                context.checkOperand(operand, of: sign, in: expression)
            case .binary(let sign, let left, let right, _) where sign.isComparison:
                if !context.compare(left, with: right, in: expression, sign) {
                    _ = context.compare(right, with: left, in: expression, sign)
                }
            case .methodCall(let object, let method, let arguments) where method.text == "where":
                context.checkConditions(object, arguments)
            default: continue
            }
        }
    }

    static let impossibleValue = LintRule(
        "impossible-value", .warning, "A field that has one of a few values never has another.",
        triggering: [
            "segment \"x\" { where = function(c) return c.preferred_channel == \"mail\" end }",
            "segment \"x\" { where = function(c) return c.orders:where { status = \"payed\" }:any() end }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { template = \"hello\", channel = \"mail\" } end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.preferred_channel == \"email\" end }",
            "segment \"x\" { where = function(c) return c.city == \"mail\" end }",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .binary(let sign, let left, let right, _) where sign == .equal || sign == .notEqual:
                context.checkValue(right, of: left)
                context.checkValue(left, of: right)
            case .methodCall(let object, let method, let arguments) where method.text == "where":
                for (field, setting) in context.conditions(object, arguments) {
                    context.checkValue(setting.value, of: field, named: field.name)
                }
            default: continue
            }
        }
        let channels = Field("channel", .text, "", values: Channel.allCases.map(\.rawValue))
        for (settings, _) in context.script.calls(of: "send") {
            for setting in settings where setting.key == "channel" {
                context.checkValue(setting.value, of: channels, named: "channel")
            }
        }
    }
}

extension LintContext {
    /// Reports a field that is compared with a value of another class; false where it is not.
    fileprivate mutating func compare(
        _ subject: LuaExpression, with other: LuaExpression, in whole: LuaExpression,
        _ sign: LuaBinaryOperator
    ) -> Bool {
        guard case .field(let field) = script.meanings.of(script.source(of: subject)) else { return false }
        let shown = script.text(subject.range)
        let type = field.field.type
        guard let otherType = script.meanings.of(script.source(of: other)).type else { return false }
        if type.valueClass != otherType.valueClass {
            report(
                whole.range, "'\(shown)' is \(type.described), compared with \(otherType.described)",
                hint: remedy(type, shown, sign, other))
            return true
        }
        if type == .date, let text = other.text, !Self.isDate(text) {
            report(
                other.range, "'\(shown)' is a date, compared with '\(text)'",
                hint: "dates are texts in the order of time: year, month, day, such as \"1990-05-31\"")
            return true
        }
        return false
    }

    /// What to write.
    private func remedy(
        _ type: ValueType, _ shown: String, _ sign: LuaBinaryOperator, _ other: LuaExpression
    ) -> String {
        switch (type, other.text) {
        case (.instant, let text?) where Self.isDate(text): return "write date \"\(text)\""
        case (.instant, _): return "write a time such as days_ago(30) or date \"2026-11-11\""
        case (.date, _):
            return "write a date such as \"1990-05-31\"; c:birthday_within(days(3)) looks at the day only"
        case (.text, _): return "write a text in quotes"
        case (.boolean, _): return "write '\(shown)' alone, or 'not \(shown)'"
        case (_, let text?) where Double(text) != nil: return "write \(text) without quotes"
        default: return "write a number"
        }
    }

    /// Whether a text begins as dates do: a year, a month, a day.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        let lengths = [4, 2, 2]
        return parts.count <= 3
            && zip(parts, lengths).allSatisfy { $0.count == $1 && $0.allSatisfy(\.isNumber) }
    }

    /// The fields and values of `c.orders:where { … }`.
    fileprivate func conditions(
        _ object: LuaExpression, _ arguments: [LuaExpression]
    ) -> [(field: Field, setting: Definition.Setting)] {
        guard case .relation(let name) = script.meanings.of(object), let relation = world.relation(name),
            let table = arguments.first, case .table(let items) = table.kind
        else { return [] }
        return Definition.settings(of: items).compactMap { setting in
            (relation.fields + relation.matches).first { $0.name == setting.key }.map { ($0, setting) }
        }
    }

    fileprivate mutating func checkConditions(_ object: LuaExpression, _ arguments: [LuaExpression]) {
        for (field, setting) in conditions(object, arguments) {
            guard let type = script.meanings.of(setting.value).type,
                type.valueClass != field.type.valueClass
            else { continue }
            report(
                setting.value.range,
                "'\(field.name)' is \(field.type.described), compared with \(type.described)",
                hint: remedy(field.type, field.name, .equal, setting.value))
        }
    }

    fileprivate mutating func checkValue(_ value: LuaExpression, of subject: LuaExpression) {
        guard case .field(let field) = script.meanings.of(script.source(of: subject)) else { return }
        checkValue(value, of: field.field, named: script.text(subject.range))
    }

    fileprivate mutating func checkValue(_ value: LuaExpression, of field: Field, named name: String) {
        guard !field.values.isEmpty, let text = value.text, !field.values.contains(text) else { return }
        let nearest = nearestName(to: text, in: field.values).map { "did you mean '\($0)'? " } ?? ""
        report(
            value.range, "'\(name)' is never '\(text)'",
            hint: "\(nearest)it is one of \(field.values.joined(separator: ", "))")
    }
}

extension LintScript {
    /// What a local variable was declared with, where it keeps that; any other expression itself.
    func source(of expression: LuaExpression) -> LuaExpression {
        guard case .name(let name) = expression.unwrapped.kind, let variable = name.variable,
            let value = meanings.initializer(variable)
        else { return expression.unwrapped }
        return value
    }
}
