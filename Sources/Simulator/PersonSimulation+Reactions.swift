internal import Catalog
internal import Rules

extension PersonSimulation {
    func react(to index: Int, _ name: String, _ record: CustomerRecord) throws {
        let message = messages[index]
        let event = JourneyEvent(
            name, at: time,
            details: [
                .init("campaign", .text(message.campaign)), .init("step", .text(message.step)),
                .init("channel", .text(message.channel.rawValue)),
            ])
        try tell(name, record, message.campaign, subject: message.step)
        if name == "order" { return try order(event, record) }
        messages[index].events.append(event)
        let type = name == "bounce" ? "hard_bounce" : name
        try stage.history.addMessageEvent(type, of: message.row, customer: record.id, at: time)
        try happen(event, record, message: index)
    }

    /// What the customer will do with a message.
    private func responses(
        to message: ResponseModel.Message, _ record: CustomerRecord
    ) throws -> [ResponseModel.Response] {
        switch options.responses {
        case .answers(let answers): return answers[message.step] ?? []
        case .script(let name):
            let sent = ResponseMessage(
                campaign: message.campaign, step: message.step, channel: message.channel, time: message.time)
            let rates = try call(record) { try $0.host.rates(of: name, for: sent, in: $0.walk) }
            return options.responses.responses(to: message, at: rates)
        default:
            let rates = options.responses.rates(on: message.channel, own: try ownCounts(record))
            return options.responses.responses(to: message, at: rates ?? ResponseRates())
        }
    }

    /// What became of an earlier message to the address in this run that forbids to write to it; of several things, the
    /// first.
    func suppression(of address: String, on channel: Channel) -> SuppressionReason? {
        let events = messages.filter { $0.address == address && $0.channel == channel }.flatMap(\.events)
            .filter { ["bounce", "complaint"].contains($0.name) }
        let first = events.min { ($0.time, $1.name) < ($1.time, $0.name) }
        return first.map { $0.name == "bounce" ? .hardBounce : .complaint }
    }

    /// How the customer has responded by what is stored.
    private func ownCounts(_ record: CustomerRecord) throws -> ResponseHistory.Counts {
        guard case .history = options.responses else { return .init() }
        if let known = record.responded { return known }
        let facts = ["message_count", "open_count", "click_count"].compactMap { name in
            factFields.first { $0.name == name }
        }
        let values =
            try options.asOf.map { try stage.data.facts(facts, of: record.id, asOf: $0) }
            ?? stage.data.values(facts, of: record.id)
        let counts = (values ?? []).map { value in
            if case .integer(let count) = value { Int(count) } else { 0 }
        }
        guard counts.count == 3 else { return .init() }
        let own = ResponseHistory.Counts(messages: counts[0], opens: counts[1], clicks: counts[2], orders: 0)
        record.responded = own
        return own
    }

    /// A purchase of what the customer's purchases are worth on average, or else everybody's.
    private func order(_ event: JourneyEvent, _ record: CustomerRecord) throws {
        let facts = ["total_spent", "order_count"].compactMap { name in factFields.first { $0.name == name } }
        var amount = try stage.averagePurchase() ?? 0
        try stage.renew()
        if case (.integer(let spent)?, .integer(let count)?)? = try stage.data.values(facts, of: record.id)
            .map({
                ($0.first, $0.last)
            }), count > 0
        {
            amount = spent / count
        }
        _ = try addRow(
            "orders", of: record,
            ["amount": .integer(amount), "currency": .text(stage.data.currency), "status": .text("paid")])
        var event = event
        event.details.append(.init("amount", .integer(amount), .money))
        try happen(event, record)
    }

    /// Tells journeys that wait for it, and campaigns that begin with it.
    func happen(
        _ event: JourneyEvent, _ record: CustomerRecord, message: Int? = nil, subject: String? = nil
    ) throws {
        for run in record.runs where run.waiting?.name == event.name {
            if let message, run.lastMessage != message { continue }
            // It waits for nothing else: a limit at this very instant comes too late.
            run.turn += 1
            run.waiting = nil
            add(.resume(run, .event(event), turn: run.turn), record, at: time)
        }
        for (index, campaign) in stage.campaigns.enumerated() {
            guard case .event(let kind) = campaign.trigger, kind.name == event.name,
                kind.subject == nil || kind.subject == subject
            else { continue }
            note(.event, record, index)
            if campaign.isFollowUp,
                try !call(record, { try $0.host.isMeant(event, by: campaign, in: $0.walk) })
            {
                continue
            }
            note(.meant, record, index)
            add(.enter(campaign: index, event), record, at: time + campaign.delay)
        }
        lookAgain(record)
    }

    /// Asks campaigns that watch a segment whether the customer has come or gone.
    func lookAgain(_ record: CustomerRecord) {
        for question in stage.questions where question.watches != nil {
            add(.ask(campaign: question.campaign, instant: nil), record, at: time)
        }
    }

    /// A message was sent; the customer may do something with it.
    func sent(_ message: SentMessage, subject: String?, by run: JourneyRun) throws {
        var message = message
        message.row = try addRow(
            "messages", of: run.record,
            [
                "campaign": .text(message.campaign), "step": .text(message.step),
                "channel": .text(message.channel.rawValue), "subject": subject.map(Value.text) ?? .null,
                "kind": .text(stage.campaigns[run.campaign].kind.rawValue),
            ])
        messages.append(message)
        run.lastMessage = messages.count - 1
        let responses = try responses(
            to: ResponseModel.Message(
                seed: options.seed, customer: run.record.id, campaign: message.campaign, step: message.step,
                channel: message.channel, time: message.time), run.record)
        for response in responses {
            add(
                .react(message: messages.count - 1, event: response.event), run.record,
                at: message.time + response.delay)
        }
    }
}
