internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// What can be asked of a dry run.
let runMethods: [HostWord] = [
    HostWord(
        of: "run", RunObject.self, shown: "r", "sent",
        doc: "The messages that would be sent.", example: "r:sent():where { channel = \"sms\" }:show()"
    ) { session, run in
        .object(try DecisionQuery(run, session).among([.sent], session))
    }.gives("decisions"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "held_back",
        doc: "The messages that would not be sent, or were still held at the end.",
        example: "r:held_back():by \"reason\""
    ) { session, run in
        .object(
            try DecisionQuery(run, session).among(Outcome.allCases.filter { $0 != .sent }, session))
    }.gives("decisions"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "decisions",
        doc: "What became of every message that was asked for.",
        example: "r:decisions():by(\"day\", \"outcome\")"
    ) { session, run in .object(DecisionQuery(run, session)) }.gives("decisions"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "why", .namedCustomer("customer"),
        doc: "The story of one customer in the run.", example: "r:why(customer(42))"
    ) { session, run, person in
        .object(try RunStory(run, of: person.id(session), in: nil, session))
    }.gives("story"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "samples",
        doc: "Example messages, a few of each campaign.", example: "r:samples()[1].text"
    ) { session, run in
        let fields = [
            Field("customer", .integer, "The customer's number."), Field("campaign", .text, "The campaign."),
            Field("channel", .text, "The channel."), Field("address", .text, "The address, masked."),
            Field("subject", .text, "The subject line."), Field("text", .text, "The text of the message."),
        ]
        return .object(
            ResultTable(
                fields,
                try run.summary(session.masking).samples.map { sample in
                    [
                        .integer(sample.customer), .text(sample.campaign), .text(sample.channel),
                        .text(sample.address), sample.subject.map(Value.text) ?? .null,
                        .text(sample.text ?? sample.body),
                    ]
                }, session))
    }.gives("table"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "goal",
        doc:
            "How many journeys met the goal of their campaign, of those that got a message and of those held out.",
        example: "r:goal()"
    ) { session, run in
        let fields = [
            Field("campaign", .text, "The campaign."),
            Field("variant", .text, "The way in which it is told."),
            Field("group", .text, "Who got a message, or who was held out."),
            Field("journeys", .integer, "How many journeys."),
            Field("met", .integer, "How many of them met the goal."),
            Field("share", .number, "The share of them, 0 to 1."),
        ]
        let rows = try run.file.campaigns().flatMap { campaign in
            campaign.goals.map { goal -> [Value] in
                [
                    .text(campaign.name), goal.variant.map(Value.text) ?? .null,
                    .text(goal.isHeldOut ? "held out" : "reached"), .integer(Int64(goal.journeys)),
                    .integer(Int64(goal.met)),
                    goal.journeys > 0
                        ? .number((Double(goal.met) / Double(goal.journeys) * 10_000).rounded() / 10_000)
                        : .null,
                ]
            }
        }
        return .object(ResultTable(fields, rows, session))
    }.gives("table"),
    HostWord(
        of: "run", RunObject.self, shown: "r", "cost",
        doc: "What the messages cost, by campaign and channel, in the currency of the run.",
        example: "r:cost()"
    ) { session, run in
        let summary = try run.summary(session.masking)
        let fields = [
            Field("campaign", .text, "The campaign."), Field("channel", .text, "The channel."),
            Field("sent", .integer, "How many messages."), Field("cost", .number, "What they cost."),
            Field("currency", .text, "The currency."),
        ]
        let rows = summary.campaigns.flatMap { campaign in
            campaign.channels.sorted { $0.key < $1.key }.map { channel, sent -> [Value] in
                [
                    .text(campaign.name), .text(channel), .integer(Int64(sent)),
                    campaign.costs[channel].map(Value.number) ?? .null, .text(summary.currency),
                ]
            }
        }
        return .object(ResultTable(fields, rows, session))
    }.gives("table"),
]
