internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import ScriptSyntax

/// What the table of a segment may have.
private let segmentSettings = ["description", "where"]

/// What the table of a trait may have.
private let traitSettings = ["doc", "of"]

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
            "trait \"stage\" { of = function(c) return c.order_count > 0 and \"buyer\" or \"lead\" end }",
        settings: traitSettings
    ) { call, host in
        try definer("trait", try traitName(call, host), call, host) { name, settings, host in
            try host.define(trait(name, settings))
            return nil
        }
    }.renaming(formerTraitSettings),
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
                            let name = try host.remembering { try definedName(call.withoutSubject, host) }
                            return call.returns(host.makeSegment(.named(name, host.location(of: call))))
                        }
                    ),
                ]))
    }
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

private func trait(_ name: String, _ settings: Settings) throws -> Trait {
    try settings.allow(traitSettings, formerly: formerTraitSettings)
    guard let function = try settings.function("of", named: settings.owner) else {
        throw settings.missing("of", example: "of = function(c) return c.order_count > 0 end")
    }
    return Trait(
        name: name, doc: try settings.text("doc") ?? "", location: settings.location, function: function)
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
