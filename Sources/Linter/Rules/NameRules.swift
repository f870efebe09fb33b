internal import Basics
internal import Catalog
internal import Diagnostics
internal import ScriptSyntax
internal import Templates

extension LintRule {
    static let unknownWord = LintRule(
        "unknown-word", .error, "A word that neither Moonletter nor Lua has is an error when the line runs.",
        triggering: [
            "segment \"x\" { where = function(c) return c.last_order_at < day_ago(3) end }",
            "local n = maths.floor(2.5) return n", "print(\"hello\")",
        ],
        nonTriggering: ["local n = math.floor(2.5) return n", "local helper = 1 return helper"]
    ) { context in
        // A script with globals of its own means something else by them.
        guard !context.script.chunk.variables.contains(where: { $0.name.text == "_ENV" }) else { return }
        let known = context.world.words.map(\.name) + context.world.libraries
        let names = Set(known).union(["_ENV"])
        let writes = Set(context.script.globalWrites.map(\.range))
        for expression in context.script.index.expressions {
            guard case .name(let name) = expression.kind, name.variable == nil, !names.contains(name.text),
                !writes.contains(name.range)
            else { continue }
            if context.isFull { return }
            context.report(
                name.range, "unknown word '\(name.text)'", hint: suggestion(name.text, known, what: "word"))
        }
    }

    static let unknownSegment = LintRule(
        "unknown-segment", .error, "A segment that no script defines stops the load.",
        triggering: [
            "campaign \"x\" { audience = segment.vpi, journey = function(c) send { template = \"hello\" } end }",
            "segment \"a\" { where = segment[\"no such\"] - segment.vip }",
            "for i = 1, 3 do segment(\"level\" .. i) { where = segment.vip } end return segment.buyer",
        ],
        nonTriggering: [
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { template = \"hello\" } end }",
            "local name = \"vip\" return segment[name]",
            "for i = 1, 3 do segment(\"level\" .. i) { where = segment.vip } end return segment.level1",
            "local function tier(name) segment(name) { where = segment.vip } end tier(\"big\") return segment.big",
            "load(\"segment 'big' { where = segment.vip }\")() return segment.big",
            "local rule = { where = segment.vip } segment \"twice\" (rule) return segment.twice",
        ]
    ) { context in
        guard context.world.hasAllScripts, context.scripts.areWhole else { return }
        let known = context.scripts.names("segment") + context.world.segments.sorted()
        // A name that is made up while the script runs may be any but one that is hardly meant.
        let areAllSeen = context.scripts.areAllSeen("segment")
        for expression in context.script.index.expressions {
            guard case .index(let object, let key) = expression.kind, let name = key.text,
                context.script.meanings.of(object) == .segmentWord, !known.contains(name),
                areAllSeen || nearestName(to: name, in: known) != nil
            else { continue }
            context.report(
                key.range, "unknown segment '\(name)'", hint: suggestion(name, known, what: "segment"))
        }
    }

    static let unknownTemplate = LintRule(
        "unknown-template", .error, "A message without a template cannot be written.",
        triggering: [
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { template = \"helo\" } end }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { template = \"hello\", channel = \"wecom\" } end }",
        ],
        nonTriggering: [
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { template = \"hello\", channel = \"sms\" } end }"
        ]
    ) { context in
        guard let templates = context.world.templates else { return }
        for (settings, _) in context.script.calls(of: "send") {
            guard let template = settings.first(where: { $0.key == "template" }),
                let name = template.value.text
            else { continue }
            guard let channels = templates[name] else {
                context.report(
                    template.value.range, "unknown template '\(name)'",
                    hint: suggestion(name, Array(templates.keys), what: "template"))
                continue
            }
            if let channel = settings.first(where: { $0.key == "channel" }), let wanted = channel.value.text,
                Channel(rawValue: wanted) != nil, !channels.contains(wanted)
            {
                context.report(
                    channel.value.range, "the template '\(name)' is not written for \(wanted)",
                    hint: "add templates/\(name).\(wanted).liquid")
            }
        }
    }

    static let unknownSetting = LintRule(
        "unknown-setting", .error, "A setting that a definition does not know is a mistake for another one.",
        triggering: [
            "segment \"x\" { were = function(c) return true end }",
            "campaign \"x\" { audience = segment.vip, jurney = function(c) end }",
            "trait \"x\" { value = function(c) return c.city end }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) send { tempate = \"hello\" } end }",
            "test(\"x\", function() expect(customer_like { ctiy = \"Cork\" }.city).is(\"Cork\") end)",
        ],
        nonTriggering: [
            "test(\"x\", function() expect(customer_like { city = \"Cork\", tier = \"a\" }.tier).is(\"a\") end)",
            "segment \"x\" { description = \"All\", where = function(c) return true end }",
        ]
    ) { context in
        for definition in context.script.definitions {
            context.check(definition.settings, of: definition.word, "\(definition.word) '\(definition.name)'")
        }
        for word in context.world.words where !word.settings.isEmpty {
            for (settings, isDefinition) in context.script.calls(of: word.name) where !isDefinition {
                context.check(settings, of: word.name, word.name)
            }
        }
    }

    static let duplicateDefinition = LintRule(
        "duplicate-definition", .error, "Two definitions of one name stop the load, also in different files.",
        triggering: [
            "segment \"vip\" { where = function(c) return c.order_count > 5 end }",
            "segment \"a\" { where = segment.vip } segment \"a\" { where = segment.vip }",
            "trait \"orders\" { of = function(c) return c.order_count end }",
            LintExample(["templates/hello.liquid": "Hello", "templates/hello.email.liquid": "Hello, too"]),
        ],
        nonTriggering: [
            "segment \"a\" { where = segment.vip } segment \"b\" { where = segment.vip }",
            LintExample(["templates/hello.liquid": "Hello", "templates/hello.sms.liquid": "Hello, too"]),
        ]
    ) { context in
        for definition in context.script.definitions {
            if context.isFull { return }
            if definition.word == "trait" { context.checkTraitName(definition) }
            let all = context.scripts.all(definition.word, definition.name)
            let path = context.script.chunk.path
            // Each names the one before it, and the first the last.
            guard all.count > 1,
                let own = all.firstIndex(where: {
                    $0.script.chunk.path == path && $0.definition.nameRange == definition.nameRange
                })
            else { continue }
            let other = all[own > 0 ? own - 1 : all.count - 1]
            let place = other.script.chunk.source.location(
                of: other.definition.nameRange.start, in: other.script.chunk.path)
            context.report(
                definition.nameRange, "there are two \(definition.word)s named '\(definition.name)'",
                hint: "the other is at \(place); rename one of them")
        }
    } inTemplates: { context in
        guard let file = context.template.file else { return }
        let other = context.templates.all.first { other in
            guard let other = other.file else { return false }
            return other.path != file.path && other.name.kind == file.name.kind
                && other.name.name == file.name.name
                && other.language == file.language && other.channel == file.channel
        }
        guard let other else { return }
        let what = file.name.kind == .message ? "template" : file.name.kind.rawValue
        context.report(
            SourceRange(0, 0), "there are two \(what)s named '\(file.name.name)'",
            hint: "the other is \(other.path); rename one of them")
    }
}

extension LintContext {
    /// A trait is read as fields, relations and methods are.
    fileprivate mutating func checkTraitName(_ definition: Definition) {
        let name = definition.name
        let owner: String? =
            if world.fields.contains(where: { $0.field.name == name }) {
                "a field"
            } else if world.relation(name) != nil {
                "a relation"
            } else {
                world.customerMethods.contains { $0.name == name } ? "a method" : nil
            }
        guard let owner else { return }
        report(
            definition.nameRange, "trait '\(name)' has the name of \(owner) of customers",
            hint: "c.\(name) can be only one of the two; rename the trait")
    }

    fileprivate mutating func check(_ settings: [Definition.Setting], of word: String, _ owner: String) {
        guard let word = world.words.first(where: { $0.name == word }), !word.settings.isEmpty else { return }
        for setting in settings where !word.settings.contains(setting.key) {
            if word.name == "customer_like", mayBeField(setting.key) { continue }
            report(
                setting.keyRange, "\(owner) has no setting '\(setting.key)'",
                hint: word.renamedSettings[setting.key].map { "it is called '\($0)'" }
                    ?? suggestion(setting.key, word.settings, what: "setting"))
        }
    }
}

extension LintScript {
    /// The tables that a word is called with; `isDefinition` where a name stands between.
    func calls(of word: String) -> [(settings: [Definition.Setting], isDefinition: Bool)] {
        index.expressions.compactMap { expression in
            guard case .call(let callee, let arguments) = expression.kind, let table = arguments.first,
                case .table(let items) = table.kind
            else { return nil }
            switch callee.kind {
            case .name(let name) where name.variable == nil && name.text == word:
                return (Definition.settings(of: items), false)
            case .call(let inner, _):
                guard case .name(let name) = inner.kind, name.variable == nil, name.text == word else {
                    return nil
                }
                return (Definition.settings(of: items), true)
            default: return nil
            }
        }
    }

    /// The globals that are written.
    var globalWrites: [LuaName] {
        index.statements.flatMap { statement -> [LuaName] in
            let targets: [LuaExpression] =
                switch statement.kind {
                case .assignment(let targets, _): targets
                case .function(let target, _): [target]
                default: []
                }
            return targets.compactMap { target in
                if case .name(let name) = target.kind, name.variable == nil { name } else { nil }
            }
        }
    }
}
