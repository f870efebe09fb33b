internal import Basics
internal import Catalog
internal import Rules

/// The gates, each a pure function of plain values that gives its reason. `PersonSimulation+Values` collects
/// the values, `PersonSimulation+Delivery` asks the gates in their order; content is asked when the message
/// is written (`Rules/Rendering`).
enum Policy {
    /// The customer's data was erased, the goal is met, or the exit rule holds.
    static func exit(
        erased: Bool, goalMet: @autoclosure () throws -> Bool, exitRuleHolds: @autoclosure () throws -> Bool
    ) rethrows -> Reason? {
        if erased { return .erased }
        if try goalMet() { return .goalMet }
        return try exitRuleHolds() ? .exitRule : nil
    }

    /// Of the channels that a template is written for and the message may take, the customer can read it on none.
    static func language(written: [Channel], readable: [Channel]) -> Reason? {
        written.isEmpty || written.contains(where: readable.contains) ? nil : .noLanguage
    }

    /// Those of the channels on which the customer has a usable address, with it; none is a reason to stop. And why plugins
    /// refuse the addresses on others.
    static func addresses(
        _ contact: Contact, on channels: [Channel], by rules: (Channel) -> ChannelRules? = { _ in nil }
    ) throws -> (usable: [(channel: Channel, address: String)], refusals: [String]) {
        var usable: [(channel: Channel, address: String)] = []
        var refusals: [String] = []
        for channel in channels {
            guard let address = contact.addresses[channel] else { continue }
            switch try Contact.verdict(on: address, channel, by: rules(channel)) {
            case .usable(let sent): usable.append((channel, sent))
            case .refused(let reason): if let reason { refusals.append("\(channel.rawValue): \(reason)") }
            }
        }
        return (usable, refusals)
    }

    /// On a channel on which a customer got fewer messages than this, it is not known whether they answer.
    static let tellingMessages = 5

    /// The channels in the order in which a message tries them: the customer's preferred one, then the one on
    /// which they have opened or clicked the largest share of their messages, then the others as they come.
    ///
    /// Of equal shares, the first channel is taken; one without any answer has no advantage.
    static func order(
        _ channels: [Channel], preferred: Channel?,
        answers: @autoclosure () throws -> [Channel: ChannelAnswers]
    ) rethrows -> [Channel] {
        let first = channels.filter { $0 == preferred }
        let others = channels.filter { $0 != preferred }
        guard others.count > 1 else { return first + others }
        let answers = try answers()
        var best: (channel: Channel, share: Double)?
        for channel in others {
            guard let counts = answers[channel], counts.messages >= tellingMessages else { continue }
            let share = Double(counts.answered) / Double(counts.messages)
            if share > best?.share ?? 0 { best = (channel, share) }
        }
        return first + others.filter { $0 == best?.channel } + others.filter { $0 != best?.channel }
    }

    /// A hard bounce, a complaint or the suppression list.
    static func suppression(_ reason: SuppressionReason?) -> Reason? {
        switch reason {
        case .none: nil
        case .hardBounce: .hardBounce
        case .complaint: .complaint
        case .unsubscribe: .unsubscribed
        case .manual: .suppressed
        }
    }

    /// Marketing needs an opt-in on the channel that was not taken back since.
    static func consent(_ state: ConsentState) -> Reason? {
        switch state {
        case .granted: nil
        case .none: .noConsent
        case .withdrawn: .consentWithdrawn
        case .unsubscribed: .unsubscribed
        }
    }

    /// A journey has paused all marketing messages to the customer before an instant.
    static func pause(until: Int64, at time: Int64) -> Reason? {
        time < until ? .paused : nil
    }

    /// Whether the person belongs to the share that is kept without messages.
    ///
    /// The same person falls on the same side for every size of audience; a larger share keeps those of a
    /// smaller one. `person` is the lowest number among the records that share an address.
    static func isHeldOut(share: Double, campaign: String, seed: UInt64, person: Int64) -> Bool {
        guard share > 0 else { return false }
        var hash = StableHash("holdout", campaign)
        hash.combine(Int64(bitPattern: seed))
        hash.combine(person)
        return hash.unitInterval < share
    }

    /// A step of a campaign that went to an address before.
    struct SentStep: Equatable {
        var campaign: String
        var step: String
        var address: String
        /// When the customer entered the journey that asked for it.
        var entered: Int64
    }

    /// From which entry on the steps of others count as those of a journey that began at `entered`: somebody
    /// who entered before that might enter again by then, and get them again.
    static func repeats(since entered: Int64, reentry: Int64?) -> Int64 {
        reentry.map { entered - $0 + 1 } ?? .min
    }

    /// The step went to the address in this journey, or in one that began at `since` or later.
    static func duplicate(
        _ step: SentStep, before: some Sequence<(step: SentStep, isOfThisJourney: Bool)>, since: Int64
    ) -> Reason? {
        let isRepeated = before.contains { earlier, isOfThisJourney in
            earlier.campaign == step.campaign && earlier.step == step.step && earlier.address == step.address
                && (isOfThisJourney || earlier.entered >= since)
        }
        return isRepeated ? .duplicate : nil
    }

    /// Whether a limit is used up at a place of the run; `closedFrom` is the first thing for which it had no
    /// room.
    static func isUsedUp(closedFrom: RunPlace?, at place: RunPlace) -> Bool {
        closedFrom.map { place >= $0 } ?? false
    }
}
