internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let unknownField = LintRule(
        "unknown-field", .error, "A field that nothing has is an error for every customer.",
        triggering: [
            "segment \"x\" { where = function(c) return c.total_spnet > 5 end }",
            "segment \"x\" { where = function(c) return c.orders:last().amuont > 5 end }",
            "segment \"x\" { where = function(c) return c.orders:where { statsu = \"paid\" }:any() end }",
            "segment \"x\" { where = function(c) return c.orders:sum \"amont\" > 5 end }",
            "local function rich(who) return who.total_spnet > 5 end segment \"x\" { where = function(c) return rich(c) end }",
            "trait(\"p\" .. 1) { of = function(c) return 1 end } segment \"x\" { where = function(c) return c.total_spnet == 1 end }",
            "segment \"x\" { where = function(c) for _, o in ipairs(c.orders:list()) do return o.pryce > 1 end end }",
            LintExample(template: "Dear {{ customer.nmae }}"),
            LintExample(template: "{% for item in last.items %}{{ item.nmae }}{% endfor %}"),
            LintExample(
                template: "{% assign newest = orders | sort: 'amount' | last %}{{ newest.amuont | money }}",
                content: "{ orders = c.orders:list() }"),
            LintExample(template: "{{ last.items | where: 'sku', 'T-1' | map: 'nmae' | join: ', ' }}"),
            LintExample(template: "---\nrequire: [last.numbr]\n---\nHello"),
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.total_spent > 5 end }",
            "segment \"x\" { where = function(c) return c.orders:where { category = \"shoes\" }:sum \"amount\" > 5 end }",
            "trait \"stage\" { of = function(c) return c.city end } segment \"x\" { where = function(c) return c.stage == 1 end }",
            "local function total(order) return order.pryce end return total",
            "trait(\"p\" .. 1) { of = function(c) return 1 end } segment \"x\" { where = function(c) return c.p1 == 1 end }",
            "local rule = { of = function(c) return 1 end } trait \"p1\" (rule) segment \"x\" { where = function(c) return c.p1 == 1 end }",
            "campaign \"x\" { audience = segment.x, content = function(c) return c.orders:last().items[1].sku end }",
            LintExample(
                template: "{{ customer.name }} {% for item in last.items %}{{ item.name }}{% endfor %}"),
            LintExample(template: "{{ gift.nmae }}", content: "{ gift = gifts(c) }"),
        ]
    ) { context in
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .index(let object, let key): context.checkField(of: object, key, in: expression)
            case .methodCall(let object, let method, let arguments):
                guard case .relation(let name) = context.script.meanings.of(object),
                    let relation = context.world.relation(name), let argument = arguments.first
                else { continue }
                if method.text == "where" { context.checkConditions(argument, relation) }
                if method.text == "sum" { context.checkSum(argument, relation) }
            default: continue
            }
        }
    } inTemplates: { context in
        context.checkSteps { step, object, context in
            guard let name = step.name,
                let mistake = context.unknownField(of: object, name, shown: step.path)
            else { return }
            context.report(step, mistake.message, hint: mistake.hint)
        }
    }

    static let unknownMethod = LintRule(
        "unknown-method", .error, "A method that nothing has is an error for every customer.",
        triggering: [
            "segment \"x\" { where = function(c) return c:has_tga \"VIP\" end }",
            "segment \"x\" { where = function(c) return c.orders:cuont() > 1 end }",
            "segment \"x\" { where = function(c) return c.orders:opened():any() end }",
            "segment \"x\" { where = function(c) return c.orders.amount > 1 end }",
            "segment \"x\" { where = function(c) return segment.vip:include(c) end }",
            "segment \"x\" { where = function(c) return c.city and c.city:uper() == \"CORK\" end }",
            "segment \"x\" { where = function(c) return c.order_count:count() > 3 end }",
            LintExample(template: "{{ customer.orders.amount }}"),
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c:has_tag \"VIP\" and c.messages:opened():any() end }",
            "segment \"x\" { where = function(c) return c.city and c.city:upper():find(\"CORK\") ~= nil end }",
            "local list = {} function list:cuont() return 1 end return list:cuont()",
        ]
    ) { context in
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .methodCall(let object, let method, _): context.checkMethod(of: object, method)
            case .index(let object, let key):
                guard case .relation(let name) = context.script.meanings.of(object), let text = key.text,
                    let mistake = context.unknownMethod(of: name, text)
                else { continue }
                context.report(key.range, mistake.message, hint: mistake.hint)
            default: continue
            }
        }
    } inTemplates: { context in
        context.checkSteps { step, object, context in
            guard case .relation(let relation) = object, let name = step.name,
                let mistake = context.unknownMethod(of: relation, name)
            else { return }
            context.report(step, mistake.message, hint: mistake.hint)
        }
    }
}

extension LintingContext {
    /// Whether every name that a customer has is known.
    var knowsAllFields: Bool {
        world.attributes != nil && world.hasAllScripts && scripts.areAllSeen("trait")
    }

    /// Whether a customer may have a field of that name: a custom attribute, or a trait that cannot be seen,
    /// may have any name but one that is hardly meant.
    func mayBeField(_ name: String) -> Bool {
        let known = world.customerNames
        return known.contains(name) || !knowsAllFields && nearestName(to: name, in: known) == nil
    }

    /// What is wrong with a name behind an object, and the next step; nil where nothing is. `shown` is the name
    /// with what stands before it.
    func unknownField(of object: Meaning, _ name: String, shown: String) -> (message: String, hint: String)? {
        switch object {
        case .customer:
            let isMethod = world.customerMethods.contains { $0.name == name }
            guard !isMethod, !mayBeField(name) else { return nil }
            return unknownField(name, shown, world.customerNames, of: "customer")
        case .record(let relation):
            guard let relation = world.relation(relation) else { return nil }
            let known = relation.fields.map(\.name) + (relation.name == "orders" ? ["items"] : [])
            return unknownField(name, shown, known, of: relation.singular)
        case .orderItem: return unknownField(name, shown, world.orderItemFields.map(\.name), of: "line")
        default: return nil
        }
    }

    fileprivate func unknownField(
        _ name: String, _ shown: String, _ known: [String], of owner: String
    ) -> (message: String, hint: String)? {
        guard !known.contains(name) else { return nil }
        return ("unknown field '\(shown)' of \(article(owner))", suggestion(name, known, what: "field"))
    }

    /// What is wrong with a method of a relation; nil where it has it.
    func unknownMethod(of relation: String, _ name: String) -> (message: String, hint: String)? {
        guard let relation = world.relation(relation) else { return nil }
        let known = world.methods(of: relation.name)
        guard !known.contains(name) else { return nil }
        let isField = relation.fields.contains { $0.name == name }
        let hint =
            isField
            ? "'\(name)' belongs to one \(relation.singular), such as c.\(relation.name):last().\(name)"
            : suggestion(name, known, what: "method")
        return ("c.\(relation.name) has no method '\(name)'", hint)
    }
}

extension LintContext {
    fileprivate mutating func checkField(
        of object: LuaExpression, _ key: LuaExpression, in whole: LuaExpression
    ) {
        guard let name = key.text else { return }
        let shown = isPath(whole) ? script.text(whole.range) : name
        if let mistake = unknownField(of: script.meanings.of(object), name, shown: shown) {
            report(key.range, mistake.message, hint: mistake.hint)
        }
    }

    /// The keys of `:where { … }`.
    fileprivate mutating func checkConditions(_ argument: LuaExpression, _ relation: Relation) {
        guard case .table(let items) = argument.kind else { return }
        let known = (relation.fields + relation.matches).map(\.name)
        for setting in Definition.settings(of: items) {
            if let mistake = unknownField(setting.key, setting.key, known, of: relation.singular) {
                report(setting.keyRange, mistake.message, hint: mistake.hint)
            }
        }
    }

    /// The field of `:sum "amount"`.
    fileprivate mutating func checkSum(_ argument: LuaExpression, _ relation: Relation) {
        let known = relation.fields.filter { $0.type.valueClass == .number && $0.type != .instant }.map(
            \.name)
        guard let name = argument.text, !known.contains(name) else { return }
        report(
            argument.range, "\(relation.name) cannot sum '\(name)'",
            hint: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
                ?? "it can sum: \(known.joined(separator: ", "))")
    }

    /// Whether an expression is a chain of names, which reads well in a message.
    private func isPath(_ expression: LuaExpression) -> Bool {
        switch expression.kind {
        case .name: true
        case .index(let object, let key):
            key.text != nil && !script.text(key.range).hasPrefix("\"") && isPath(object)
        default: false
        }
    }

    fileprivate mutating func checkMethod(of object: LuaExpression, _ method: LuaToken) {
        switch script.meanings.of(object) {
        case .customer:
            let known = world.customerMethods.map(\.name)
            guard !known.contains(method.text) else { return }
            let isField = world.customerNames.contains(method.text)
            report(
                method.range, "a customer has no method '\(method.text)'",
                hint: isField
                    ? "'\(method.text)' is no method: write \(script.text(object.range)).\(method.text)"
                    : suggestion(method.text, known, what: "method"))
        case .relation(let name):
            if let mistake = unknownMethod(of: name, method.text) {
                report(method.range, mistake.message, hint: mistake.hint)
            }
        case .segment where method.text != "includes":
            report(method.range, "a segment has no method '\(method.text)'", hint: "it has :includes(c)")
        default: checkTextMethod(of: object, method)
        }
    }
}
