internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let wrongSetting = LintRule(
        "wrong-setting", .error, "A definition whose settings are missing or of another kind stops the load.",
        triggering: [
            "segment \"x\" { description = \"All\" }",
            "segment \"x\" { where = \"vip\" }",
            "campaign \"x\" { audience = \"vip\", journey = function(c) end }",
            "campaign \"x\" { audience = segment.vip }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, holdout = 10 }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, reentry = \"30 days\" }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, kind = \"transaction\" }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, over_cap = \"delay\" }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, best_hour = 10 }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, limit = 0 }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, limit = 2.5 }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, budget = \"¥500\" }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, channels = { \"emial\" } }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, channels = \"email\" }",
            "campaign \"x\" { audience = segment.vip, journey = segment.vip }",
            "trait \"x\" { of = 3 }",
            "response \"x\" { rates = { open = 0.4 } }",
            "response \"x\" { description = \"Few\" }",
        ],
        nonTriggering: [
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, holdout = 0.1, reentry = days(30) }",
            "campaign \"x\" { audience = function(c) return true end, journey = function(c) end, kind = \"transactional\" }",
            "campaign \"x\" { audience = segment.vip, journey = function(c) end, channels = { \"email\", \"sms\" } }",
            "response \"x\" { rates = function(c, message) return { open = c.order_count > 3 and 0.5 or 0.2 } end }",
            "local key = \"where\" segment \"x\" { [key] = segment.vip }",
            "local settings = {} segment \"x\" (settings)",
        ]
    ) { context in
        guard !context.script.chunk.variables.contains(where: { $0.name.text == "_ENV" }) else { return }
        for definition in context.script.visibleDefinitions {
            let owner = "\(definition.word) '\(definition.name)'"
            let settings = Definition.settings(of: definition.items)
            for setting in settings { context.check(setting, of: definition.word, owner) }
            guard settings.count == definition.items.count else { continue }
            for key in LintContext.required[definition.word] ?? [] {
                let value = settings.last { $0.key == key }?.value
                guard value.map({ context.script.kind($0) == .missing }) ?? true else { continue }
                // The setting that is meant may be misspelt, which another rule tells.
                guard
                    !settings.contains(where: { nearestName(to: $0.key, in: [key]) != nil && $0.key != key })
                else { continue }
                context.report(
                    definition.nameRange, "\(owner) has no '\(key)'",
                    hint: "write \(LintContext.example(of: key))")
            }
        }
    }

    static let segmentCircle = LintRule(
        "segment-circle", .error, "Segments that are made of each other in a circle stop the load.",
        triggering: [
            "segment \"a\" { where = segment.a }",
            "segment \"a\" { where = segment.b & segment.vip } segment \"b\" { where = ~segment.a }",
        ],
        nonTriggering: [
            "segment \"a\" { where = segment.b & segment.vip } segment \"b\" { where = segment.vip }"
        ]
    ) { context in
        let circles = SegmentCircles(context.scripts)
        for definition in context.script.definitions where definition.word == "segment" {
            guard let path = circles.circle(through: definition.name) else { continue }
            context.report(
                definition.nameRange,
                "segment '\(definition.name)' is made of itself: \(path.joined(separator: " → "))",
                hint: "take one of the segments out of the circle")
        }
    }

    static let unknownScript = LintRule(
        "unknown-script", .error, "A script that is not there cannot be required.",
        triggering: ["local prices = require \"lib.nosuch\" return prices"],
        nonTriggering: ["return require \"others\"", "local name = \"nosuch\" return require(name)"]
    ) { context in
        guard context.world.hasAllScripts else { return }
        let paths = context.scripts.scripts.map(\.chunk.path)
        for expression in context.script.index.expressions {
            guard case .call(let callee, let arguments) = expression.kind, arguments.count == 1,
                case .name(let word) = callee.kind, word.variable == nil, word.text == "require",
                let name = arguments[0].text
            else { continue }
            let path = "scripts/\(name.replacing(".", with: "/")).lua"
            guard !paths.contains(where: { $0 == path || $0.hasSuffix("/\(path)") }) else { continue }
            // A script that was named from another folder has no path that could be compared.
            guard paths.allSatisfy({ $0.hasPrefix("scripts/") || $0.contains("/scripts/") }) else { continue }
            let known = paths.compactMap(LintContext.module)
            context.report(
                arguments[0].range, "there is no script \(path) to require",
                hint: suggestion(name, known, what: "script"))
        }
    }

    static let tooLong = LintRule(
        "too-long", .error, "A script of more than 64 KB is not loaded.",
        triggering: [
            LintExample(
                stringLiteral: String(
                    repeating: "-- 64 bytes, with the end of the line, many times, is too much.\n",
                    count: 1100))
        ],
        nonTriggering: [
            LintExample(
                stringLiteral: String(
                    repeating: "-- 64 bytes, with the end of the line, some times, is all right\n",
                    count: 900))
        ]
    ) { context in
        let count = context.script.chunk.source.bytes.count
        guard count > 64 << 10 else { return }
        context.report(
            SourceRange(0, 0), "the script has \(count) bytes; more than \(64 << 10) are not loaded",
            hint: "put a part of it in another script and require that")
    }
}

extension LintContext {
    /// The settings that a definition must have.
    fileprivate static let required = [
        "segment": ["where"], "campaign": ["audience", "journey"], "trait": ["of"], "response": ["rates"],
    ]

    fileprivate static func example(of key: String) -> String {
        switch key {
        case "audience": "audience = segment.buyers"
        case "journey": "journey = function(c) send { template = \"NAME\" } end"
        case "rates": "rates = function(c, message) return { open = 0.4 } end"
        default: "\(key) = function(c) return c.order_count > 0 end"
        }
    }

    /// The name by which a script is required.
    fileprivate static func module(_ path: String) -> String? {
        guard let folder = path.firstRange(of: "scripts/"), path.hasSuffix(".lua") else { return nil }
        return String(path[folder.upperBound...].dropLast(4)).replacing("/", with: ".")
    }

    /// What a definition takes under a key; nil where it is fine or cannot be seen.
    fileprivate mutating func check(_ setting: Definition.Setting, of word: String, _ owner: String) {
        guard world.words.first(where: { $0.name == word })?.settings.contains(setting.key) == true,
            let kind = script.kind(setting.value), kind != .missing
        else { return }
        let value = setting.value
        let isSegment = script.meanings.of(value) == .segment
        var expected: String?
        switch setting.key {
        case "description", "doc": if kind != .text { expected = "a text" }
        case "where", "audience": if kind != .function, !isSegment { expected = "a segment or a function" }
        case "journey", "content", "goal", "exit_when", "of", "rates":
            if kind != .function { expected = "a function" }
        case "kind": expected = wrongChoice(value, kind, world.campaignKinds)
        case "limit":
            if !isNumber(value, kind, in: 1...1e9, isWhole: true) {
                expected = "a whole number of customers from 1"
            }
        case "budget": if !isNumber(value, kind, in: 1e-6...1e12) { expected = "an amount of money above 0" }
        case "best_hour": if kind != .boolean { expected = "true or false" }
        case "over_cap": expected = wrongChoice(value, kind, world.overCaps)
        case "holdout": if !isNumber(value, kind, in: 0...1) { expected = "a share from 0 to 1" }
        case "reentry": if !isNumber(value, kind, in: 0...1e11) { expected = "a span such as days(180)" }
        case "channels": expected = wrongList(value, kind)
        default: return
        }
        guard let expected else { return }
        report(
            value.range, "'\(setting.key)' of \(owner) takes \(expected)", hint: remedy(setting, kind))
    }

    private func remedy(_ setting: Definition.Setting, _ kind: ValueKind) -> String? {
        switch (setting.key, script.fixedValue(setting.value)) {
        case ("where", .text(let text)?), ("audience", .text(let text)?):
            "write segment\(luaAccess(text))"
        case ("holdout", .number(let number, false)?) where number > 1 && number <= 100:
            "write \(number / 100) for \(Int(number)) %"
        case ("kind", .text(let text)?):
            nearestName(to: text, in: world.campaignKinds).map { "did you mean '\($0)'?" }
        case ("over_cap", .text(let text)?):
            nearestName(to: text, in: world.overCaps).map { "did you mean '\($0)'?" }
        case ("channels", .text(let text)?): "write { \"\(text)\" }"
        default: nil
        }
    }

    private func isNumber(
        _ value: LuaExpression, _ kind: ValueKind, in range: ClosedRange<Double>, isWhole: Bool = false
    ) -> Bool {
        guard kind == .number else { return false }
        guard case .number(let number, false)? = script.fixedValue(value) else { return true }
        return range.contains(number) && (!isWhole || number == number.rounded())
    }

    private func wrongChoice(_ value: LuaExpression, _ kind: ValueKind, _ known: [String]) -> String? {
        guard !known.isEmpty else { return nil }
        let expected = known.map { "'\($0)'" }.joined(separator: ", ")
        if kind != .text { return expected }
        guard case .text(let text)? = script.fixedValue(value), !known.contains(text) else { return nil }
        return expected
    }

    private func wrongList(_ value: LuaExpression, _ kind: ValueKind) -> String? {
        let known = Channel.allCases.map(\.rawValue)
        let expected = "a list of \(known.map { "'\($0)'" }.joined(separator: ", "))"
        guard kind == .table else { return expected }
        guard case .table(let items) = value.unwrapped.kind else { return nil }
        if items.isEmpty { return "\(expected), and not an empty one" }
        let isWrong = items.contains { item in
            switch item {
            case .field(let key, _): return key.text != nil
            case .position(let item):
                if let text = item.text { return !known.contains(text) }
                return script.kind(item).map { $0 != .text && $0 != .missing } ?? false
            }
        }
        return isWrong ? expected : nil
    }
}

extension LintScript {
    /// The definitions that stand as such in the text, with all that stands in their tables.
    fileprivate var visibleDefinitions:
        [(word: String, name: String, nameRange: SourceRange, items: [LuaTableItem])]
    {
        index.expressions.compactMap { expression in
            guard case .call(let callee, let tables) = expression.kind, tables.count == 1,
                case .table(let items) = tables[0].kind, case .call(let word, let names) = callee.kind,
                names.count == 1, let name = names[0].text, case .name(let global) = word.kind,
                global.variable == nil, ["segment", "campaign", "trait", "response"].contains(global.text)
            else { return nil }
            return (global.text, name, names[0].range, items)
        }
    }
}

/// Segments that are made of each other. What a function asks is left to the run.
struct SegmentCircles {
    private let parts: [String: [String]]

    init(_ scripts: LintScripts) {
        var parts: [String: [String]] = [:]
        for script in scripts.scripts {
            for definition in script.definitions where definition.word == "segment" {
                guard let members = definition["where"] else { continue }
                // Which of two counts, nobody can say.
                parts[definition.name] = parts[definition.name] == nil ? script.segments(in: members) : []
            }
        }
        self.parts = parts
    }

    /// The names from a segment back to itself; nil where there is no such way.
    func circle(through name: String) -> [String]? {
        var before: [String: String] = [:]
        var queue = [name]
        var next = 0
        while next < queue.count {
            let current = queue[next]
            next += 1
            for part in parts[current] ?? [] {
                if part == name {
                    var path: [String] = [name]
                    var step = current
                    while step != name {
                        path.append(step)
                        step = before[step] ?? name
                    }
                    path.append(name)
                    path.reverse()
                    return path
                }
                guard before[part] == nil else { continue }
                before[part] = current
                queue.append(part)
            }
        }
        return nil
    }
}

extension LintScript {
    /// The segments that an expression is made of.
    fileprivate func segments(in expression: LuaExpression) -> [String] {
        var names: [String] = []
        var open = [expression]
        var seen: Set<Int> = []
        while let expression = open.popLast()?.unwrapped {
            switch expression.kind {
            case .binary(.bitwiseAnd, let left, let right, _), .binary(.bitwiseOr, let left, let right, _),
                .binary(.subtract, let left, let right, _):
                open += [left, right]
            case .unary(.bitwiseNot, let operand): open.append(operand)
            case .name(let name):
                guard let variable = name.variable, seen.insert(variable).inserted,
                    let value = meanings.initializer(variable)
                else { continue }
                open.append(value)
            case .index(let object, let key):
                if meanings.of(object) == .segmentWord, let name = key.text { names.append(name) }
            default: continue
            }
        }
        return names
    }
}
