internal import Calendars
internal import Catalog
internal import Rules

/// What the gates need to know of the customer, from the store and from the run.
extension PersonSimulation {
    /// The hold of the customer's best hour, which is chosen the first time that a message comes so far.
    func bestHour(
        _ held: inout HeldMessage, _ campaign: Campaign, _ record: CustomerRecord
    ) throws -> Policy.Hold? {
        let opens = try record.opens ?? stage.data.opens(of: record.id)
        record.opens = opens
        let simulated = messages.filter { $0.run.record === record }.flatMap(\.events).filter {
            $0.name == "open"
        }
        let windows = [options.awake, campaign.sendWindow].compactMap(\.self)
        return try stage.withClock(of: try contact(of: record)) { clock in
            let chosen =
                try held.hour
                ?? Policy.bestHour(
                    opens: opens + simulated.map(\.time), asked: held.asked, windows: windows, in: &clock)
            held.hour = chosen
            return chosen.flatMap {
                Policy.bestHour(
                    $0, at: time, asked: held.asked, maxAge: campaign.maxAge, windows: windows, in: &clock)
            }
        }
    }

    /// How the customer has answered on each channel, before the run and in it.
    func answers(_ record: CustomerRecord) throws -> [Channel: ChannelAnswers] {
        let stored = try record.answers ?? stage.data.answers(of: record.id)
        record.answers = stored
        return messages.reduce(into: stored) { answers, message in
            guard message.run.record === record else { return }
            answers[message.channel, default: ChannelAnswers()].messages += 1
            if message.events.contains(where: { ["open", "click"].contains($0.name) }) {
                answers[message.channel]?.answered += 1
            }
        }
    }

    /// The channels on which a customer has a usable address, with it, and why plugins refuse others.
    func addresses(
        _ record: CustomerRecord, on channels: [Channel]
    ) throws -> (usable: [Way], refusals: [String]) {
        let contact = try contact(of: record)
        guard channels.contains(where: { stage.host.channelRules($0) != nil }) else {
            return try Policy.addresses(contact, on: channels)
        }
        return try call(record) { try Policy.addresses(contact, on: channels, by: $0.host.channelRules) }
    }

    /// An address as it is sent to, and as the customers of the person have it where a plugin writes it in another way: what is
    /// recorded of it stands under any of these.
    func spellings(of way: Way) throws -> [String] {
        var spellings = [way.address]
        guard stage.host.channelRules(way.channel)?.checksAddresses == true else { return spellings }
        for record in records {
            let contact = try contact(of: record)
            guard let address = contact.addresses[way.channel] else { continue }
            let recorded = Contact.recorded(address, on: way.channel)
            guard !spellings.contains(recorded) else { continue }
            let sent = try call(record) {
                try contact.usableAddress(on: way.channel, by: $0.host.channelRules(way.channel))
            }
            if sent == way.address { spellings.append(recorded) }
        }
        return spellings
    }

    /// Whether the step went to the address before, in the run or by what is stored under any of its spellings, of which its own
    /// time counts.
    func duplicate(
        _ name: String, _ address: String, _ spellings: [String], _ run: JourneyRun
    ) throws -> Reason? {
        let campaign = stage.campaigns[run.campaign]
        let entered = run.journey.entry.time
        let since = Policy.repeats(since: entered, reentry: campaign.reentry)
        let step = Policy.SentStep(campaign: campaign.name, step: name, address: address, entered: entered)
        let before = messages.lazy.map { message in
            (
                step: Policy.SentStep(
                    campaign: message.campaign, step: message.step, address: message.address,
                    entered: message.run.journey.entry.time),
                isOfThisJourney: message.run === run
            )
        }
        if let reason = Policy.duplicate(step, before: before, since: since) { return reason }
        let wasSent = try spellings.contains { spelling in
            try stage.data.wasSent(
                campaign: campaign.name, step: name, to: spelling, customer: run.record.id, since: since)
        }
        return wasSent ? .duplicate : nil
    }

    /// The marketing messages that a cap may count.
    func countedMessages(_ record: CustomerRecord) throws -> [Policy.Counted] {
        if let known = record.counted { return known }
        let caps = [options.cap].compactMap(\.self) + options.channelCaps.values
        guard !caps.isEmpty else { return [] }
        // A local day is never longer than two.
        var span: Int64 = 2 * 86_400
        for cap in caps { if case .rolling(let seconds) = cap.span { span = max(span, seconds) } }
        var counted = try stage.data.marketingMessages(to: record.id, since: stage.from - span).map {
            Policy.Counted(time: $0.time, channel: $0.channel, recorded: $0.campaign)
        }
        // What is recorded in a replay may come after messages of the run.
        for message in messages
        where message.run.record === record && stage.campaigns[message.run.campaign].kind == .marketing {
            counted.append(
                Policy.Counted(time: message.time, channel: message.channel, campaign: message.campaign))
        }
        counted.sort { $0.time < $1.time }
        record.counted = counted
        return counted
    }

    func contact(of record: CustomerRecord) throws -> Contact {
        if let known = record.contact { return known }
        let contact = try Contact(record.id, in: stage.customers, at: time)
        record.contact = contact
        return contact
    }
}
