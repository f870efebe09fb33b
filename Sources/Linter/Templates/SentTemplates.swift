internal import Catalog
internal import ScriptSyntax

/// Which campaigns send which templates, and what their contents give them, as far as scripts show it.
struct SentTemplates {
    /// Whether every message that is sent can be seen.
    let areAllSeen: Bool
    private var scopes: [String: TemplateScope] = [:]
    /// What campaigns give to a template whose name only a run shows; nil where there are none.
    private var scopeOfAny: TemplateScope?

    /// Cost: one walk over each script.
    init(_ scripts: LintScripts, _ world: LintWorld) {
        areAllSeen =
            world.hasAllScripts && scripts.areAllSeen("campaign")
            && scripts.scripts.allSatisfy(\.callsEverySend)
        for script in scripts.scripts {
            for expression in script.index.expressions {
                guard case .call(let callee, let arguments) = expression.kind, callee.isSend else { continue }
                add(script.template(sentWith: arguments.first), script.scope(ofSend: expression.range))
            }
        }
    }

    private mutating func add(_ template: String?, _ scope: TemplateScope) {
        if let template {
            scopes[template, default: TemplateScope()].formUnion(scope)
        } else {
            var any = scopeOfAny ?? TemplateScope()
            any.formUnion(scope)
            scopeOfAny = any
        }
    }

    /// Whether a template may be sent.
    func mayBeSent(_ template: String) -> Bool {
        !areAllSeen || scopes[template] != nil || scopeOfAny != nil
    }

    /// What a template sees; any name where no script shows who sends it.
    func scope(of template: String) -> TemplateScope {
        var all = scopes[template]
        if let any = scopeOfAny {
            var both = all ?? TemplateScope()
            both.formUnion(any)
            all = both
        }
        guard areAllSeen, let all else { return .open }
        return all.hidden(by: .ofMessages)
    }
}

extension LuaExpression {
    /// The host's word `send`.
    fileprivate var isSend: Bool {
        if case .name(let name) = kind { name.variable == nil && name.text == "send" } else { false }
    }
}

extension LintScript {
    /// Whether `send` is called wherever it stands, and never handed on.
    fileprivate var callsEverySend: Bool {
        index.expressions.count(where: \.isSend)
            == index.expressions.count { expression in
                if case .call(let callee, _) = expression.kind { callee.isSend } else { false }
            }
    }

    /// The template that a call of `send` names; nil where only a run shows it.
    fileprivate func template(sentWith argument: LuaExpression?) -> String? {
        guard let argument, case .table(let items) = argument.unwrapped.kind else { return nil }
        return Definition.settings(of: items).last { $0.key == "template" }?.value.text
    }

    /// What the campaigns in whose journeys a call stands give to its template.
    fileprivate func scope(ofSend call: SourceRange) -> TemplateScope {
        let senders = definitions.filter { definition in
            guard definition.word == "campaign", let journey = definition["journey"],
                let body = meanings.function(journey)
            else { return false }
            return body.range.contains(call)
        }
        // Of a function outside of the journeys nobody can say who calls it.
        guard !senders.isEmpty else { return .open }
        return senders.reduce(into: TemplateScope()) { $0.formUnion(scope(ofContent: $1["content"])) }
    }

    /// The keys of the tables that `content` returns.
    private func scope(ofContent content: LuaExpression?) -> TemplateScope {
        guard let content else { return TemplateScope() }
        guard let body = meanings.function(content) else { return .open }
        var scope = TemplateScope()
        for answer in answers(body.body) {
            switch answer.unwrapped.kind {
            case .nil: continue
            case .table(let items):
                for case .field(let key, let value) in items {
                    switch key.kind {
                    // Templates ask for names only.
                    case .integer, .number, .boolean: continue
                    default: break
                    }
                    guard let name = key.text else { return .open }
                    scope.add(name, meanings.of(value))
                }
            default: return .open
            }
        }
        return scope
    }
}
