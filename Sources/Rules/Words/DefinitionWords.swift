internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import ScriptSyntax

/// What the table of a segment may have.
private let segmentSettings = ["description", "where"]

/// What the table of a trait may have.
private let traitSettings = ["doc", "type", "values", "of", "among"] + PopulationRule.settings

/// What the table of a model may have.
private let modelSettings = ["doc", "among", "of", "fit"]

/// What they were called before.
private let formerTraitSettings = ["description": "doc", "value": "of"]

private let campaignKinds = NamedThing.oneOf(Campaign.Kind.allCases.map(\.rawValue))
private let capAnswers = NamedThing.oneOf(Campaign.OverCap.allCases.map(\.rawValue))

/// Words that a script defines things with, at its top level.
package let definitionWords: [HostWord] = [
    HostWord(
        "segment", "segment \"name\" { \(segmentSettings.joined(separator: ", ")) }",
        "Defines a segment, a named predicate over customers; segment.NAME is a segment defined anywhere.",
        example: "segment \"buyers\" { where = function(c) return c.order_count > 0 end }",
        settings: segmentSettings
    ) { host in .object(SegmentWord(host)) }.gives("segment"),
    HostWord(
        raw: "campaign",
        "campaign \"name\" { \(campaignSettings.joined(separator: ", ")) }",
        "Defines a campaign: who gets which messages.",
        example:
            "campaign \"thanks\" { audience = segment.buyers, journey = function(c) send { template = \"thanks\" } end }",
        settings: campaignSettings
    ) { call, host in
        try definer("campaign", try definedName(call, host), call, host) { name, settings, host in
            try host.define(Campaign(name, settings, host))
            return nil
        }
    }.naming("kind", campaignKinds).naming("over_cap", capAnswers),
    HostWord(
        raw: "follow_up", "follow_up \"name\" { \(followUpSettings.joined(separator: ", ")) }",
        "Defines what follows an event of a customer, after a delay, unless something happened.",
        example:
            "follow_up \"low score\" { on = \"feedback\", where = function(c, event) return event.score <= 3 end, "
            + "action = function(c, event) ticket { title = \"Unhappy: \" .. c.name, due = hours(2) } end }",
        settings: followUpSettings
    ) { call, host in
        try definer("follow_up", try definedName(call, host), call, host) { name, settings, host in
            try host.define(Campaign(followUp: name, settings, host))
            return nil
        }
    }.naming("kind", campaignKinds).naming("over_cap", capAnswers),
    HostWord(
        raw: "trait", "trait \"name\" { \(traitSettings.joined(separator: ", ")) }",
        "Defines a field of customers: every rule reads c.NAME, every template {{ customer.NAME }}.",
        example:
            "trait \"stage\" { values = { \"lead\", \"buyer\" }, "
            + "of = function(c) return c.order_count > 0 and \"buyer\" or \"lead\" end }",
        settings: traitSettings
    ) { call, host in
        try definer("trait", try traitName(call, host), call, host) { name, settings, host in
            try host.define(trait(name, settings, host))
            return nil
        }
    }.renaming(formerTraitSettings).naming("type", NamedThing.oneOf(TraitType.allCases.map(\.rawValue))),
    HostWord(
        "model", "model \"name\" { \(modelSettings.joined(separator: ", ")) }",
        "Defines numbers that are made of all customers at once; every rule reads them as model.NAME.x.",
        example:
            "model \"basket\" { of = function(c) if c.order_count > 0 then return { spent = c.total_spent } end end, "
            + "fit = function(rows) local sum = 0 for i = 1, rows.count do sum = sum + rows.spent[i] end "
            + "return { mean = sum / rows.count } end }",
        settings: modelSettings
    ) { host in .object(ModelWord(host)) },
    HostWord(
        raw: "response", "response \"name\" { \(responseSettings.joined(separator: ", ")) }",
        "Defines how people respond in dry-run --assume NAME: rates is asked about each message that is sent and gives the "
            + "shares open, click, buy, unsubscribe, complaint and bounce, and after, the median time to the opening. "
            + "The message has campaign, step, channel and at, and is among c.messages already.",
        example:
            "response \"eager\" { rates = function(c, message) "
            + "return { open = message.channel == \"sms\" and 0.9 or 0.4, click = 0.1, after = hours(3) } end }",
        settings: responseSettings
    ) { call, host in
        try definer("response", try definedName(call, host), call, host) { name, settings, host in
            try host.define(Response(name, settings))
            return nil
        }
    },
    HostWord(
        "require", "require(\"folder.name\")",
        "What another script of the same scripts folder returns; it runs once.",
        example: "local prices = require \"lib.prices\""
    ) { host in host.modules.map { .function($0.require) } ?? .missing },
]

/// `segment`: called it defines, indexed it refers.
final class SegmentWord: LuaObject {
    init(_ host: RuleHost) {
        super.init(
            kind: host.state.makeKind(
                "segment",
                [
                    (
                        "__call",
                        { [unowned host] call in
                            let name = try host.remembering { try definedName(call.withoutSubject, host) }
                            return try definer("segment", name, call, host) { name, settings, host in
                                try host.define(segment(name, settings, host: host))
                                return .object(host.makeSegment(.named(name, settings.location)))
                            }
                        }
                    ),
                    (
                        "__index",
                        { [unowned host] call in
                            let name = try host.remembering {
                                let name = try definedName(call.withoutSubject, host)
                                try host.guest?.check(own: .segment, name)
                                return name
                            }
                            return call.returns(host.makeSegment(.named(name, host.location(of: call))))
                        }
                    ),
                ]))
    }
}

/// `model`: called it defines, indexed it gives numbers.
final class ModelWord: LuaObject {
    init(_ host: RuleHost) {
        super.init(
            kind: host.state.makeKind(
                "model",
                [
                    (
                        "__call",
                        { [unowned host] call in
                            let name = try host.remembering { try definedName(call.withoutSubject, host) }
                            return try definer("model", name, call, host) { name, settings, host in
                                try host.define(model(name, settings))
                                return nil
                            }
                        }
                    ),
                    (
                        "__index",
                        { [unowned host] call in
                            try host.remembering {
                                let name = try call.withoutSubject.arguments(.text("name"))
                                _ = try host.requireData()
                                try host.guest?.check(own: .model, name)
                                // The models of a plugin's own Lua are those of the host that it is part of.
                                guard let numbers = try (host.guest?.main ?? host).modelNumbers(name) else {
                                    return call.returns(.missing)
                                }
                                let fields = numbers.sorted { $0.key < $1.key }.map {
                                    ($0.key, host.value($0.value, of: .number))
                                }
                                return call.returns(.table(LuaTable(fields: fields)))
                            }
                        }
                    ),
                ]))
    }
}

private func model(_ name: String, _ settings: Settings) throws -> Model {
    try settings.allow(modelSettings)
    guard let row = try settings.function("of", named: settings.owner) else {
        throw settings.missing("of", example: "of = function(c) return { spent = c.total_spent } end")
    }
    guard let fit = try settings.function("fit") else {
        throw settings.missing("fit", example: "fit = function(rows) return { count = rows.count } end")
    }
    return Model(
        name: name, doc: try settings.text("doc") ?? "", location: settings.location,
        among: try settings.audience("among", owner: settings.owner), row: row, fit: fit)
}

/// `word "name"` gives a function that takes the table, which gives what `define` gives.
func definer(
    _ word: String, _ name: String, _ call: HostCall, _ host: RuleHost,
    _ define: @escaping (String, Settings, RuleHost) throws -> LuaValue?
) throws -> Int32 {
    try host.begin(word, name, at: host.location(of: call))
    let function = host.makeFunction("\(word) '\(name)'") { call, host in
        host.end(word, name)
        let settings = try Settings("\(word) '\(name)'", call, host, at: host.location(of: call))
        if let guest = host.guest {
            try guest.define(word, name, settings, define)
            return call.returnsNothing()
        }
        return try define(name, settings, host).map { call.returns($0) } ?? call.returnsNothing()
    }
    return call.returns(.function(function))
}

func definedName(_ call: HostCall, _ host: RuleHost) throws -> String {
    let name = try call.arguments(.text("name"))
    guard !name.isEmpty, name.count <= 100, !name.contains(where: { $0.isNewline || $0 == "/" }) else {
        throw LuaError(
            "\(call.word) takes a name of 1 to 100 characters without '/', got\(host.mention(String(name.prefix(40)), instead: " another text"))"
        )
    }
    return name
}

private func traitName(_ call: HostCall, _ host: RuleHost) throws -> String {
    let name = try definedName(call, host)
    guard isLuaName(name) else {
        throw LuaError(
            "trait takes a name that Lua reads behind a dot, got\(host.mention(name, instead: " another text"))",
            hint: "letters without accents, digits and _, such as stage")
    }
    if let owner = (host.guest?.main ?? host).owner(ofName: name) {
        throw RuleError.nameTaken(trait: name, by: owner, at: host.location(of: call))
    }
    return name
}

private func trait(_ name: String, _ settings: Settings, _ host: RuleHost) throws -> Trait {
    try settings.allow(traitSettings, formerly: formerTraitSettings)
    guard let function = try settings.function("of", named: settings.owner) else {
        throw settings.missing("of", example: "of = function(c) return c.order_count > 0 end")
    }
    let rule = try PopulationRule.read(settings)
    let among = try settings.audience("among", owner: settings.owner)
    let values = try settings.texts("values") ?? []
    var type = try settings.choice("type", TraitType.self)?.type
    if !values.isEmpty {
        guard (type ?? .text) == .text, rule == nil else {
            throw settings.wrong("values", "nothing unless the trait is a text", "a list")
        }
        type = .text
    }
    if rule == nil, among != nil {
        throw settings.wrong(
            "among", "nothing beside an 'of' alone",
            "a segment; add rank = true, quantiles = 5 or share = true")
    }
    if let rule, let type, type != rule.type {
        throw settings.wrong("type", "'\(rule.type.rawValue)' here", "'\(type.rawValue)'")
    }
    return Trait(
        name: name, doc: try settings.text("doc") ?? "", type: type, values: values,
        location: settings.location, function: function, rule: rule, among: among)
}

private func segment(_ name: String, _ settings: Settings, host: RuleHost) throws -> Segment {
    try settings.allow(segmentSettings)
    guard
        let members = try settings.audience("where", owner: "segment '\(name)'")
    else { throw settings.missing("where", example: "where = function(c) return c.order_count > 0 end") }
    return Segment(
        name: name, description: try settings.text("description") ?? "", members: members,
        location: settings.location)
}
