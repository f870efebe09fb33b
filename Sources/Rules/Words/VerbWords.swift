internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// What the table of `send` may have.
private let sendSettings = ["template", "channel", "best_hour"]

/// What the tables of `task` and `ticket` may have.
private let workSettings = ["title", "owner", "due"]

/// What verbs take.
private enum Take {
    static let time = LuaParameter<Int64?>.time("time")
    static let span = LuaParameter<Double>.number("span", "a span such as days(3)")
    static let event = LuaParameter<String>.text("event", "the name of an event such as \"click\"")
    static let longest = LuaParameter<Double?>.optionalNumber("span")
    static let field = LuaParameter<String>.text("field")
    static let value = LuaParameter<LuaValue>.any("value")
    static let points = LuaParameter<Double>.number("points", "a whole number of points")
    static let reason = LuaParameter<String?>.optionalText("reason")
    static let sentence = LuaParameter<String>.text("text")
    static let tagText = LuaParameter<String>.text("text", "a tag")
}

/// Words that a journey acts with. They only ask: the host decides, then records.
package let verbWords: [HostWord] = [
    HostWord(
        verb: "send", "send { \(sendSettings.joined(separator: ", ")) }",
        "Asks for a message from a template, by the given channel, or else the customer's preferred one, or else "
            + "the one on which they answer most; gives whether it was sent. Goes on when that is decided, "
            + "which may be after a wait for the send window or, with best_hour, for the hour in which they "
            + "open most.",
        example: "send { template = \"win-back\" }", settings: sendSettings
    ) { call, host in
        let table = try call.arguments(.table("settings", "a table such as { template = \"win-back\" }"))
        try host.allow(sendSettings, in: table, of: "send")
        guard case .text(let template) = table["template"] else {
            throw LuaError("send takes the name of a template", hint: "write send { template = \"NAME\" }")
        }
        let channel: Channel?
        switch table["channel"] {
        case .missing: channel = nil
        case .text(let name):
            channel = Channel(rawValue: name)
            if channel == nil {
                throw LuaError(
                    "unknown channel\(host.mention(name))", hint: "channels are email, sms and wecom")
            }
        case let other: throw LuaError("the channel of send is a text, got \(host.state.described(other))")
        }
        let bestHour: Bool?
        switch table["best_hour"] {
        case .missing: bestHour = nil
        case .boolean(let flag): bestHour = flag
        case let other:
            throw LuaError("'best_hour' of send is true or false, got \(host.state.described(other))")
        }
        let request = SendRequest(
            template: template, channel: channel, bestHour: bestHour, location: host.location(of: call))
        try host.check(request)
        return .send(request)
    }.giving("boolean"),
    HostWord(
        verb: "wait", "wait(span)", "Goes on after a span.", example: "wait(days(3))",
        parameters: HostWord.infos(Take.span)
    ) { call, host in
        .wait(until: try host.instant(in: try call.arguments(Take.span), "wait", "days(3)"))
    }.taking("span", "Span"),
    HostWord(
        verb: "wait_until", "wait_until(time)", "Goes on at a time; at once where that is over.",
        example: "wait_until(date \"2026-12-24 10:00\")", parameters: HostWord.infos(Take.time)
    ) { call, host in
        let time = try call.arguments(Take.time)
        guard let time else { throw LuaError("wait_until takes a time, got a missing value") }
        return .wait(until: time)
    },
    HostWord(
        verb: "wait_for", "wait_for(event, span)",
        "Goes on when something happens, and gives the event; after the span it gives nothing. What happens to messages is "
            + "meant of the journey's last one, from its sending on, all else from now on.",
        example: "if wait_for(\"click\", days(3)) then tag \"interested\" end",
        parameters: HostWord.infos(Take.event, Take.longest)
    ) { call, host in
        let (name, span) = try call.arguments(Take.event, Take.longest)
        guard !name.isEmpty, name.utf8.count <= 200 else {
            throw LuaError("wait_for takes the name of an event such as \"click\"")
        }
        return .waitFor(
            EventKind(name), until: try span.map { try host.instant(in: $0, "wait_for", "days(3)") })
    }.taking("span", "Span?").giving("CustomerEvent?"),
    HostWord(
        verb: "tag", "tag(text)", "Gives the customer a tag.", example: "tag \"interested\"",
        parameters: HostWord.infos(Take.tagText)
    ) { call, host in
        .tag(try tagName(call, host))
    }.naming("text", .tag),
    HostWord(
        verb: "untag", "untag(text)", "Takes a tag from the customer.", example: "untag \"interested\"",
        parameters: HostWord.infos(Take.tagText)
    ) { call, host in .untag(try tagName(call, host)) }.naming("text", .tag),
    HostWord(
        verb: "set", "set(field, value)",
        "Gives a field of the customer another value: a column or a custom attribute; nil takes the value away.",
        example: "set(\"level\", \"gold\")", parameters: HostWord.infos(Take.field, Take.value)
    ) { call, host in
        let (name, value) = try call.arguments(Take.field, Take.value)
        let settable = try host.settableField(name)
        if case .missing = value { return .set(settable, .null) }
        guard let stored = host.store(value, as: settable.type) else {
            throw LuaError("'\(name)' holds \(settable.type.described), got \(host.state.described(value))")
        }
        return .set(settable, stored)
    },
    HostWord(
        verb: "task", "task { \(workSettings.joined(separator: ", ")) }",
        "Gives a colleague something to do; `due` is a span from now.",
        example: "task { title = \"Call \" .. c.name, owner = c.owner, due = hours(24) }",
        settings: workSettings
    ) { call, host in .task(try host.work(call, "task")) },
    HostWord(
        verb: "ticket", "ticket { \(workSettings.joined(separator: ", ")) }",
        "Opens a ticket for the service; `due` is a span from now.",
        example: "ticket { title = \"Unhappy: \" .. c.name, due = hours(2) }", settings: workSettings
    ) { call, host in .ticket(try host.work(call, "ticket")) },
    HostWord(
        verb: "award", "award(points, reason)",
        "Gives the customer loyalty points; takes them where negative.",
        example: "award(100, \"birthday\")", parameters: HostWord.infos(Take.points, Take.reason)
    ) { call, _ in
        let (points, reason) = try call.arguments(Take.points, Take.reason)
        guard let whole = Int64(exactly: points), abs(whole) <= 1_000_000_000 else {
            throw LuaError("award takes a whole number of points")
        }
        return .award(points: whole, reason: reason)
    },
    HostWord(
        verb: "pause", "pause(span)",
        "Keeps marketing messages of every campaign from the customer for a span.",
        example: "pause(days(90))", parameters: HostWord.infos(Take.span)
    ) { call, host in
        .pause(until: try host.instant(in: try call.arguments(Take.span), "pause", "days(90)"))
    }.taking("span", "Span"),
    HostWord(
        verb: "exit", "exit(reason)", "Ends the journey.", example: "exit(\"bought elsewhere\")",
        parameters: HostWord.infos(Take.reason)
    ) { call, _ in .exit(reason: try call.arguments(Take.reason)) },
    HostWord(
        verb: "note", "note(text)", "Writes a sentence into the customer's story.",
        example: "note(\"liked the autumn mail\")", parameters: HostWord.infos(Take.sentence)
    ) { call, _ in .note(String(try call.arguments(Take.sentence).prefix(1000))) },
]

extension HostWord {
    /// A word that a journey asks the host with, and waits.
    fileprivate init(
        verb name: String, _ signature: String, _ doc: String, example: String,
        parameters: [LuaParameterInfo] = [], settings: [String] = [],
        _ request: @escaping @Sendable (HostCall, RuleHost) throws -> JourneyRequest
    ) {
        self.init(
            raw: name, signature, doc, example: example, parameters: parameters, settings: settings
        ) { call, host in
            guard host.runningCampaign != nil else {
                throw LuaError("\(name) works only inside the journey of a campaign")
            }
            try host.guest?.check(.act, name)
            let step = JourneyStep(request: try request(call, host), location: host.location(of: call))
            return try call.waits(for: StepObject(step, kind: host.stepKind))
        }
    }
}

private func tagName(_ call: HostCall, _ host: RuleHost) throws -> String {
    let tag = try call.arguments(Take.tagText)
    guard !tag.isEmpty, tag.count <= 100, !tag.contains(where: \.isNewline) else {
        throw LuaError("\(call.word) takes a tag of 1 to 100 characters")
    }
    return tag
}

extension RuleHost {
    fileprivate func allow(_ known: [String], in table: LuaTable, of word: String) throws {
        for field in table.fields where !known.contains(field.name) {
            throw LuaError(
                "\(word) has no setting '\(field.name)'", hint: "it takes \(known.joined(separator: ", "))")
        }
        if let first = table.array.first {
            throw LuaError("\(word) takes settings by name, got \(state.described(first))")
        }
    }

    /// The instant that lies a span ahead.
    fileprivate func instant(in span: Double, _ word: String, _ example: String) throws -> Int64 {
        guard (0...1e11).contains(span) else {
            throw LuaError("\(word) takes a span such as \(example), got \(span)")
        }
        return clock.now + Int64(span)
    }

    fileprivate func work(_ call: HostCall, _ word: String) throws -> WorkItem {
        let table = try call.arguments(.table("settings", "a table such as { title = \"Call\" }"))
        try allow(workSettings, in: table, of: word)
        func text(_ key: String) throws -> String? {
            switch table[key] {
            case .missing: return nil
            case .text(let text): return String(text.prefix(500))
            case let other: throw LuaError("'\(key)' of \(word) is a text, got \(state.described(other))")
            }
        }
        guard let title = try text("title"), !title.isEmpty else {
            throw LuaError("\(word) needs a title", hint: "write \(word) { title = \"Call \" .. c.name }")
        }
        let due: Int64?
        switch table["due"] {
        case .missing: due = nil
        case .integer(let span): due = try instant(in: Double(span), "'due' of \(word)", "hours(24)")
        case .number(let span): due = try instant(in: span, "'due' of \(word)", "hours(24)")
        case let other:
            throw LuaError("'due' of \(word) is a span such as hours(24), got \(state.described(other))")
        }
        return WorkItem(title: title, owner: try text("owner"), due: due)
    }

    /// Whose value a script may change: a column that people fill in, or a custom attribute.
    fileprivate func settableField(_ name: String) throws -> Field {
        let fixed = Set(["id", "erased_at", "registered_at"] + factFields.map(\.name))
        let fields = try requireData().fields.filter { !fixed.contains($0.name) }
        guard let field = fields.first(where: { $0.name == name }) else {
            if fixed.contains(name) || traits[name] != nil {
                throw LuaError("'\(name)' is not set, it follows from what happened")
            }
            throw LuaError(
                "unknown field '\(name)' of a customer",
                hint: suggestion(name, fields.map(\.name), what: "field"))
        }
        return field
    }
}
