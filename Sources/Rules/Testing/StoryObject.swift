public import Catalog
internal import Diagnostics
internal import LuaRuntime

/// What `simulate` gives: what was done with the customer, to be asked.
final class StoryObject: LuaObject {
    let story: TestStory

    init(_ story: TestStory, kind: LuaObjectKind) {
        self.story = story
        super.init(kind: kind)
    }

    /// The metatable: `entered`, `ended`, and the methods.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        let methods = Dictionary(uniqueKeysWithValues: storyMethods.map { ($0.name, $0.value(host)) })
        return host.state.makeKind(
            "story",
            [
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let (object, name) = try call.arguments(
                                LuaParameter<StoryObject>.object("story", "a story"), .text("name"))
                            if let method = methods[name] { return call.returns(method) }
                            switch name {
                            case "entered":
                                return call.returns(
                                    .boolean(object.story.events.contains { $0.word == "enter" }))
                            case "ended":
                                return call.returns(object.story.endings.last.map(LuaValue.text) ?? .missing)
                            default:
                                throw LuaError(
                                    "a story has no '\(name)'",
                                    hint: suggestion(
                                        name, Array(methods.keys) + storyFields.map(\.name), what: "name"))
                            }
                        }
                    }
                )
            ])
    }
}

/// What a story has behind a point.
public let storyFields: [Field] = [
    Field("entered", .boolean, "Whether the customer came into a campaign."),
    Field(
        "ended", .text, "How the last journey that ended did; missing where there was none.",
        values: ["end", "exit", "goal", "erased", "holdout", "under way"]),
]

/// What can be asked of a story with a colon.
public let storyMethods: [HostWord] = [
    HostWord(
        story: "sent", .text("template"), .optionalText("channel"),
        doc: "Whether a message of the template was sent, on the channel where one is named.",
        example: "story:sent(\"win-back\", \"email\")"
    ) { host, story, template, channel in
        try host.templates().check(template, try channel.map { try host.channel($0) })
        return .boolean(
            story.decisions.contains {
                $0.outcome == .sent && $0.step == template
                    && (channel == nil || $0.channel?.rawValue == channel)
            })
    }.giving("boolean"),
    HostWord(
        story: "at", .number("span", "a span such as days(3)"),
        doc:
            "The latest message that was sent by then, so long after the beginning: a table with template, campaign, "
            + "channel, at and subject; nothing where none was.",
        example: "story:at(days(3)).channel"
    ) { _, story, span in
        let sent = story.decisions.last { $0.outcome == .sent && Double($0.time - story.from) <= span }
        return sent.map(table) ?? .missing
    }.taking("span", "Span").giving("AskedMessage?"),
    HostWord(
        story: "messages",
        doc:
            "All messages that were asked for, as a list of such tables, with outcome (sent, skipped, …) and reason.",
        example: "#story:messages()"
    ) { _, story in .table(LuaTable(array: story.decisions.map(table))) }.giving("AskedMessage[]"),
    HostWord(
        story: "held_back", .text("reason"),
        doc:
            "Whether a message was not sent for the reason, or sent later: no_consent, quiet_hours, frequency_cap, …",
        example: "story:held_back(\"quiet_hours\")"
    ) { _, story, name in
        guard let reason = Reason(rawValue: name) else {
            throw LuaError(
                "no message is held back for '\(name)'",
                hint: suggestion(name, Reason.allCases.map(\.rawValue), what: "reason"))
        }
        return .boolean(story.decisions.contains { $0.reason == reason || $0.heldBy == reason })
    }.taking("reason", "Reason").giving("boolean"),
    HostWord(
        story: "reason", .text("template"),
        doc: "Why the last message of the template was not sent; nothing where it was, or was not asked for.",
        example: "story:reason \"win-back\""
    ) { host, story, template in
        try host.templates().check(template, nil)
        let last = story.decisions.last { $0.step == template }
        return last?.reason.map { .text($0.rawValue) } ?? .missing
    }.giving("Reason?"),
    HostWord(
        story: "tagged", .text("tag"), doc: "Whether a journey gave the customer the tag.",
        example: "story:tagged \"interested\""
    ) { _, story, tag in .boolean(story.events.contains { $0.word == "tag" && $0.subject == tag }) }.giving(
        "boolean"),
    HostWord(
        story: "tasks",
        doc: "The tasks that journeys gave to colleagues: a list of tables with title, owner, due and at.",
        example: "story:tasks()[1].owner"
    ) { _, story in work("task", story) }.giving("StoryTask[]"),
    HostWord(
        story: "tickets", doc: "The tickets that journeys opened, likewise.", example: "#story:tickets()"
    ) { _, story in work("ticket", story) }.giving("StoryTask[]"),
    HostWord(
        story: "events",
        doc:
            "What else happened, as a list of tables with word (enter, open, click, order, award, set, note, …), subject, "
            + "campaign and at.",
        example: "story:events()[1].word"
    ) { _, story in
        let rows = story.events.map { event in
            fields(
                ("word", .text(event.word)), ("subject", event.subject.map(LuaValue.text)),
                ("campaign", .text(event.campaign)), ("at", .integer(event.time)))
        }
        return .table(LuaTable(array: rows))
    }.giving("StoryEvent[]"),
]

private func work(_ word: String, _ story: TestStory) -> LuaValue {
    let rows = story.events.filter { $0.word == word }.map { event in
        fields(
            ("title", event.subject.map(LuaValue.text)), ("owner", event.owner.map(LuaValue.text)),
            ("due", event.due.map(LuaValue.integer)), ("at", .integer(event.time)))
    }
    return .table(LuaTable(array: rows))
}

private func table(_ decision: Decision) -> LuaValue {
    fields(
        ("template", .text(decision.step)), ("campaign", .text(decision.campaign)),
        ("channel", decision.channel.map { .text($0.rawValue) }), ("at", .integer(decision.time)),
        ("subject", decision.subject.map(LuaValue.text)), ("outcome", .text(decision.outcome.rawValue)),
        ("reason", decision.reason.map { .text($0.rawValue) }))
}

private func fields(_ fields: (name: String, value: LuaValue?)...) -> LuaValue {
    .table(LuaTable(fields: fields.compactMap { field in field.value.map { (field.name, $0) } }))
}

extension RuleHost {
    fileprivate func channel(_ name: String) throws -> Channel {
        guard let channel = Channel(rawValue: name) else {
            throw LuaError("unknown channel '\(name)'", hint: "channels are email, sms and wecom")
        }
        return channel
    }
}

extension HostWord {
    /// A method of a story.
    fileprivate init<each Argument>(
        story name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        _ body: @escaping @Sendable (RuleHost, TestStory, repeat each Argument) throws -> LuaValue
    ) {
        let infos = Self.infos(repeat each parameters)
        let signature = "story:\(name)\(Self.list(infos))"
        self.init(name, signature, doc, example: example, place: .story, parameters: infos) { host in
            .function(
                host.makeFunction("story:\(name)") { call, host in
                    guard case .object(let object as StoryObject) = try call.value(1) else {
                        throw LuaError("'\(name)' is called with a colon: \(signature)")
                    }
                    let call = call.withoutSubject
                    return call.returns(
                        try body(host, object.story, repeat each call.arguments(repeat each parameters)))
                })
        }
    }
}
