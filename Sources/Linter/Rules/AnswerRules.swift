internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let wrongAnswer = LintRule(
        "wrong-answer", .error, "A condition of a definition answers true or false, and nothing else.",
        triggering: [
            "segment \"x\" { where = function(c) return c.email and c.email:find(\"@example.com\") end }",
            "segment \"x\" { where = function(c) return c.city end }",
            "segment \"x\" { where = function(c) if c.city then return c.order_count end return false end }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, goal = function(c) return c.orders:last() end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.email ~= nil and c.email:find(\"@x\") ~= nil end }",
            "segment \"x\" { where = function(c) return c.city and c.order_count > 3 end }",
            "segment \"x\" { where = function(c) if c.city then return end return nil end }",
            "trait \"x\" { of = function(c) return c.city end }",
        ]
    ) { context in
        for definition in context.script.definitions {
            for setting in definition.settings where Definition.predicateSettings.contains(setting.key) {
                guard let body = context.script.meanings.function(setting.value) else { continue }
                for answer in context.script.answers(body.body) {
                    context.checkAnswer(answer, setting.key)
                }
            }
        }
    }

    static let readOnly = LintRule(
        "read-only", .error, "Rules read customers and their rows, and write nothing.",
        triggering: [
            "segment \"x\" { where = function(c) c.order_count = 3 return true end }",
            "segment \"x\" { where = function(c) c.orders:last().amount = 3 return true end }",
            "segment.vip = 3",
        ],
        nonTriggering: ["local t = {} t.order_count = 3 return t"]
    ) { context in
        for statement in context.script.index.statements {
            guard case .assignment(let targets, _) = statement.kind else { continue }
            for target in targets {
                guard case .index(let object, _) = target.kind else { continue }
                switch context.script.meanings.of(object) {
                case .customer, .record, .relation, .segment, .segmentWord:
                    context.report(
                        target.range, "'\(context.script.text(target.range))' cannot be written",
                        hint: "keep the value in a local")
                default: continue
                }
            }
        }
    }

    static let segmentWithAnd = LintRule(
        "segment-with-and", .warning,
        "'and' and 'or' between segments always give one of the two, and not their combination.",
        triggering: [
            "segment \"x\" { where = segment.vip and segment.buyers }",
            "campaign \"x\" { audience = segment.vip or segment.buyers, journey = function(c) end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = segment.vip & segment.buyers }",
            "segment \"x\" { where = function(c) return segment.vip:includes(c) and segment.buyers:includes(c) end }",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            guard case .binary(let sign, let left, let right, let range) = expression.kind,
                sign == .and || sign == .or, context.script.meanings.of(left) == .segment,
                context.script.meanings.of(right) == .segment
            else { continue }
            let result = sign == .and ? right : left
            context.report(
                range, "this is always '\(context.script.text(result.range))'",
                hint: "segments are combined with '\(sign == .and ? "&" : "|")'")
        }
    }

    static let noTime = LintRule(
        "no-time", .warning, "A time is compared with a time, and not with a number of days.",
        triggering: [
            "segment \"x\" { where = function(c) return c.last_order_at < 90 end }",
            "segment \"x\" { where = function(c) return c.last_order_at > days(90) end }",
            "segment \"x\" { where = function(c) return c.orders:since(30):any() end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.last_order_at < days_ago(90) end }",
            "segment \"x\" { where = function(c) return c.last_order_at > 0 end }",
            "segment \"x\" { where = function(c) return c.registered_at > 1735689600 end }",
            "segment \"x\" { where = function(c) return now() - c.last_order_at < days(90) end }",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .binary(let sign, let left, let right, _) where sign.isComparison:
                for (subject, value) in [(left, right), (right, left)] {
                    // What is calculated with a time may be a span.
                    guard case .field(let field) = context.script.meanings.of(subject),
                        field.field.type == .instant
                    else { continue }
                    context.checkTime(value, "'\(context.script.text(subject.range))' is a time")
                }
            case .methodCall(let object, let method, let arguments):
                guard method.text == "since" || method.text == "before", let value = arguments.first,
                    case .relation = context.script.meanings.of(object)
                else { continue }
                context.checkTime(value, ":\(method.text) takes a time")
            default: continue
            }
        }
    }
}

extension LintContext {
    fileprivate mutating func checkAnswer(_ answer: LuaExpression, _ key: String) {
        let kinds = script.answers(of: answer).subtracting([.boolean, .missing])
        guard let kind = kinds.sorted(by: { $0.rawValue < $1.rawValue }).first else { return }
        let hint: String =
            switch kind {
            case .number, .text: "compare it with something, or with nil"
            case .object where script.meanings.of(answer) == .segment: "write :includes(c) behind it"
            default: "ask it something, such as :any()"
            }
        report(answer.range, "'\(key)' answers \(kind.described) here, not true or false", hint: hint)
    }

    /// Reports a number that is too small for a time of this century.
    fileprivate mutating func checkTime(_ value: LuaExpression, _ subject: String) {
        guard case .number(let number, false)? = script.fixedValue(value), number != 0, abs(number) < 1e8
        else { return }
        let days = number >= 3600 ? number / 86_400 : number
        let count = Int64(exactly: days).map(String.init) ?? "90"
        report(
            value.range, "\(subject), and '\(script.text(value.range))' is a span or a small number",
            hint: days > 0 ? "write days_ago(\(count)) for the time \(count) days before now" : nil)
    }
}
