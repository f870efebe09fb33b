internal import Basics
internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let dotCall = LintRule(
        "dot-call", .error, "A method that is called with a dot does not know whose it is.",
        triggering: [
            "segment \"x\" { where = function(c) return c.has_tag \"VIP\" end }",
            "segment \"x\" { where = function(c) return c.orders.count() > 3 end }",
            "segment \"x\" { where = function(c) return c.orders:since(days_ago(9)).any() end }",
            "segment \"x\" { where = function(c) return segment.vip.includes(c) end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.has_tag(c, \"VIP\") and c.orders.any(c.orders) end }",
            "segment \"x\" { where = function(c) return segment.vip.includes(segment.vip, c) end }",
            "local t = { count = function() return 3 end } return t.count()",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            guard case .call(let callee, let arguments) = expression.kind,
                case .index(let object, let key) = callee.kind, let name = key.text
            else { continue }
            let meaning = context.script.meanings.of(object)
            guard context.methods(of: meaning).contains(name) else { continue }
            // With the object as first argument it is the same as with a colon.
            if let first = arguments.first {
                let given = context.script.meanings.of(first)
                guard !given.isLike(meaning), context.script.kind(first) != nil else { continue }
            }
            context.report(
                key.range, "'\(name)' is called with a dot",
                hint: "write a colon: \(context.script.text(object.range)):\(name)")
        }
    }

    static let wrongArgument = LintRule(
        "wrong-argument", .error, "A word or a method that gets what it does not take is an error.",
        triggering: [
            "segment \"x\" { where = function(c) return c:has_tag() end }",
            "segment \"x\" { where = function(c) return c:has_tag(5) end }",
            "segment \"x\" { where = function(c) return c:consents_to \"mail\" end }",
            "segment \"x\" { where = function(c) return c:birthday_within(\"3 days\") end }",
            "segment \"x\" { where = function(c) return c.last_order_at < days_ago(\"90\") end }",
            "segment \"x\" { where = function(c) return c.orders:since(\"2026-01-01\"):any() end }",
            "segment \"x\" { where = function(c) return c.registered_at > date \"2026-02-30\" end }",
            "segment \"x\" { where = function(c) return c.orders:sum() > 5 end }",
            "segment \"x\" { where = function(c) return c.orders:where(\"paid\"):any() end }",
            "segment \"x\" { where = function(c) return c.orders:where { \"paid\" }:any() end }",
            "segment \"x\" { where = function(c) return segment.vip:includes() end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c:has_tag \"VIP\" and c:consents_to \"email\" end }",
            "segment \"x\" { where = function(c) return c.orders:since(c.registered_at):sum \"amount\" > 5 end }",
            "segment \"x\" { where = function(c) return c.registered_at > date(c.birthday) end }",
            "segment \"x\" { where = function(c) return c.registered_at > date \"2024-02-29 10:00\" end }",
            "local function days(text) return text end return days \"90\"",
            "segment \"x\" { where = function(c, ...) return c:has_tag(...) end }",
        ]
    ) { context in
        // A script with globals of its own means something else by them.
        guard !context.script.chunk.variables.contains(where: { $0.name.text == "_ENV" }) else { return }
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .call(let callee, let arguments):
                guard case .name(let name) = callee.kind, name.variable == nil,
                    let word = context.world.words.first(where: { $0.name == name.text }),
                    !word.parameters.isEmpty
                else { continue }
                context.check(arguments, of: word, word.name, at: callee.range)
                if word.name == "date", let argument = arguments.first { context.checkDate(argument) }
            case .methodCall(let object, let method, let arguments):
                context.checkCall(of: object, method, arguments)
            default: continue
            }
        }
    }
}

extension Meaning {
    /// Whether a method of the one may be called with the other.
    fileprivate func isLike(_ other: Meaning) -> Bool {
        switch (self, other) {
        case (.unknown, _), (.customer, .customer), (.segment, .segment), (.relation, .relation): true
        default: false
        }
    }
}

extension LintContext {
    /// The names of the methods that something has.
    fileprivate func methods(of meaning: Meaning) -> [String] {
        switch meaning {
        case .customer: world.customerMethods.map(\.name)
        case .relation(let name):
            world.relationMethods.map(\.name) + (world.relation(name)?.states.map(\.name) ?? [])
        case .segment: ["includes"]
        default: []
        }
    }

    fileprivate mutating func checkCall(
        of object: LuaExpression, _ method: LuaToken, _ arguments: [LuaExpression]
    ) {
        switch script.meanings.of(object) {
        case .customer:
            guard let word = world.customerMethods.first(where: { $0.name == method.text }) else { return }
            check(arguments, of: word, "c:\(word.name)", at: method.range)
            if word.name == "consents_to", let argument = arguments.first { checkChannel(argument) }
        case .relation(let relation):
            guard let word = world.relationMethods.first(where: { $0.name == method.text }) else { return }
            check(arguments, of: word, ":\(word.name)", at: method.range)
            guard word.name == "where", case .table(let items)? = arguments.first?.kind else { return }
            for case .position(let value) in items {
                let field = world.relation(relation)?.fields.first?.name ?? "field"
                report(
                    value.range, ":where takes fields by name, got \(script.text(value.range))",
                    hint: "write where { \(field) = … }")
                return
            }
        case .segment where method.text == "includes":
            let given = arguments.first.map(script.kind)
            guard arguments.isEmpty || given.map({ $0 != nil && $0 != .object }) == true else { return }
            report(
                arguments.first?.range ?? method.range,
                ":includes takes a customer, got \((given ?? nil)?.described ?? "nothing")",
                hint: "write :includes(c)")
        default: return
        }
    }

    fileprivate mutating func check(
        _ arguments: [LuaExpression], of word: LintWord, _ shown: String, at range: SourceRange
    ) {
        for (place, parameter) in word.parameters.enumerated() {
            guard place < arguments.count else {
                // The last argument may stand for several.
                let isOpen = arguments.last.map(\.hasManyValues) ?? false
                if !isOpen, !parameter.isOptional {
                    report(range, "\(shown) takes \(parameter.expected), got nothing")
                }
                return
            }
            let argument = arguments[place]
            guard let kind = script.kind(argument), parameter.kind != .other,
                kind.rawValue != parameter.kind.rawValue, !(kind == .missing && parameter.isOptional)
            else { continue }
            report(
                argument.range, "\(shown) takes \(parameter.expected), got \(kind.described)",
                hint: remedy(argument, parameter, shown))
            return
        }
    }

    private func remedy(_ argument: LuaExpression, _ parameter: LintParameter, _ shown: String) -> String? {
        guard parameter.kind == .number, let text = argument.text else { return nil }
        if Double(text) != nil { return "write \(text) without quotes" }
        if LintScript.isInstant(text) { return "write date \"\(text)\"" }
        let words = text.split(separator: " ")
        if words.count == 2, Double(words[0]) != nil,
            let unit = ["minutes", "hours", "days"].first(where: { $0.hasPrefix(words[1]) })
        {
            return "write \(unit)(\(words[0]))"
        }
        return nil
    }

    private mutating func checkChannel(_ argument: LuaExpression) {
        let known = Channel.allCases.map(\.rawValue)
        guard let text = argument.text, !known.contains(text) else { return }
        report(
            argument.range, "unknown channel '\(text)'", hint: suggestion(text, known, what: "channel"))
    }

    fileprivate mutating func checkDate(_ argument: LuaExpression) {
        guard let text = argument.text, !LintScript.isInstant(text) else { return }
        report(
            argument.range, "there is no day '\(text)'",
            hint: "date takes a day such as \"2026-11-11\" or \"2026-11-11 10:00\"")
    }
}

extension LintScript {
    /// Whether `date` takes a text: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM` or `YYYY-MM-DD HH:MM:SS`.
    static func isInstant(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "-: T".utf8.contains($0) }) else {
            return false
        }
        let parts = text.split { $0 == " " || $0 == "T" }
        guard let day = parts.first, parts.count <= 2, CivilDate(iso: day) != nil else { return false }
        guard parts.count == 2 else { return true }
        let fields = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = fields.compactMap { $0.count == 2 ? Int($0) : nil }
        return (2...3).contains(fields.count) && numbers.count == fields.count
            && (0...23).contains(numbers[0])
            && numbers.dropFirst().allSatisfy { (0...59).contains($0) }
    }
}

extension LuaExpression {
    /// Whether it may stand for several values, or none.
    var hasManyValues: Bool {
        switch kind {
        case .call, .methodCall, .varargs: true
        default: false
        }
    }
}
