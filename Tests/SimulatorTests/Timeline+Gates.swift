import Catalog

@testable import Simulator

extension Timeline {
    /// Brings a message to the gates; gives the journey's answer, nil where the message is held or the
    /// journey over.
    func bring(_ held: Held, _ walk: Walk) -> Answer? {
        let customer = walk.customer
        var decision = Decision(
            customer: customer, campaign: walk.campaign.name, step: held.template, script: place(held.line),
            time: now, localTime: clock.text(now, zones[customer]), variant: walk.variant)
        if now > held.asked {
            decision.scheduled = held.asked
            decision.heldBy = held.reason
            decision.displacedBy = held.displacedBy
        }
        func decide(_ outcome: Outcome, _ reason: Reason?) -> Answer {
            decision.outcome = outcome
            decision.reason = reason
            append(decision)
            return .sent(outcome == .sent)
        }
        var held = held
        switch verdict(&held, walk, &decision) {
        case .pass:
            spent[walk.campaign.name, default: 0] += world.prices[decision.channel ?? .email] ?? 0
            messages.append(
                Message(
                    walk: walk, template: held.template, channel: decision.channel ?? .email,
                    address: decision.address ?? "", time: now))
            walk.lastMessage = messages.count - 1
            let channel = decision.channel ?? .email
            let responses = world.responses.responses(
                to: ResponseModel.Message(
                    seed: world.seed, customer: customer, campaign: walk.campaign.name, step: held.template,
                    channel: channel, time: now),
                at: world.responses.rates(on: channel) ?? ResponseRates())
            for response in responses {
                add(.react(messages.count - 1, response.event), nil, customer, at: now + response.delay)
            }
            return decide(.sent, nil)
        case .stop(.error): return decide(.failed, .error)
        case .stop(let reason): return decide(.skipped, reason)
        case .end(let reason):
            _ = decide(reason == .holdout ? .heldOut : .exited, reason)
            let words: [Reason: String] = [.goalMet: "goal", .exitRule: "exit"]
            finish(walk, .done, words[reason] ?? reason.rawValue)
            return nil
        case .hold(let reason, let until):
            guard let until, until - held.asked <= walk.campaign.maxAge else {
                return decide(.skipped, .expired)
            }
            if until >= end {
                _ = decide(.held, reason)
                finish(walk, .done, "under way")
                return nil
            }
            held.reason = reason
            if reason == .frequencyCap { held.displacedBy = decision.displacedBy }
            add(.release(walk, held), walk.campaign, customer, at: until, asked: held.asked)
            return nil
        }
    }

    enum Verdict {
        case pass
        case stop(Reason)
        case end(Reason)
        /// Nil for never.
        case hold(Reason, Int64?)
    }

    func verdict(_ held: inout Held, _ walk: Walk, _ decision: inout Decision) -> Verdict {
        let campaign = walk.campaign
        guard let person = people[walk.customer] else { return .stop(.error) }
        // 1. exit
        if let reason = exit(of: walk) { return .end(reason) }
        // A channel that the workspace does not use is a mistake of the script.
        if let channel = held.channel, !world.base.workspaceChannels.contains(channel) {
            return .stop(.error)
        }
        // 2. address
        let ways: [(Channel, String)]
        switch self.ways(held, campaign, person) {
        case .success(let found): ways = found
        case .failure(let stop): return .stop(stop.reason)
        }
        let first = verdict(&held, walk, person, ways[0], &decision)
        guard case .stop(.frequencyCap) = first, campaign.overCap == .switch else { return first }
        // The next channel on which nothing stops it.
        for way in ways.dropFirst() {
            var other = decision
            other.displacedBy = []
            if case .pass = verdict(&held, walk, person, way, &other) {
                decision = other
                return .pass
            }
        }
        return first
    }

    struct Stop: Error {
        var reason: Reason
    }

    /// The channels that it may take, the most wanted first, with the addresses.
    func ways(
        _ held: Held, _ campaign: TimelineWorld.Campaign, _ person: ReferenceWorld.Person
    ) -> Result<[(Channel, String)], Stop> {
        let policy = ReferenceWorld.Campaign(
            name: campaign.name, transactional: campaign.transactional, channels: campaign.channels,
            holdout: campaign.holdout, reentry: campaign.reentry, sends: [])
        let channels = world.base.candidates(person, policy, (held.template, held.channel))
        if !channels.isEmpty,
            !channels.contains(where: { world.base.isReadable(held.template, $0, by: person) })
        {
            return .failure(Stop(reason: .noLanguage))
        }
        let ways = world.base.targets(
            person, policy, (held.template, held.channel),
            later: messages.filter { $0.walk.customer == person.id }.map { ($0.channel, !$0.events.isEmpty) })
        return ways.isEmpty ? .failure(Stop(reason: .noAddress)) : .success(ways)
    }

    /// What the gates behind the address say of one channel.
    func verdict(
        _ held: inout Held, _ walk: Walk, _ person: ReferenceWorld.Person, _ way: (Channel, String),
        _ decision: inout Decision
    ) -> Verdict {
        let campaign = walk.campaign
        let (channel, address) = way
        decision.channel = channel
        decision.address = address
        // 3. suppression
        if let reason = world.base.suppression(person, channel, address) { return .stop(reason) }
        if let reason = refusal(of: address, on: channel) { return .stop(reason) }
        if !campaign.transactional {
            // 4. consent
            if let reason = world.base.consent(person, channel) { return .stop(reason) }
            if hasUnsubscribed(person, channel) { return .stop(.unsubscribed) }
            if now < paused[person.id] ?? .min { return .stop(.paused) }
        }
        // What the template asks.
        if held.template == "hello" {
            if channel == .email, person.level == nil { return .stop(.missingValue) }
            if channel == .sms, person.isLong { return .stop(.tooLong) }
            if channel == .wecom, person.level == "new" { return .stop(.aborted) }
        }
        // 5. holdout
        if !campaign.transactional, campaign.holdout > 0,
            Policy.isHeldOut(
                share: campaign.holdout, campaign: campaign.name, seed: world.seed,
                person: lowest[person.id] ?? person.id)
        {
            return .end(.holdout)
        }
        // 6. duplicate
        if isDuplicate(held, walk, address) { return .stop(.duplicate) }
        if campaign.transactional { return isAffordable(campaign, channel) ? .pass : .stop(.budget) }
        // 7. quiet hours and send window
        let windows = [isAwake, { self.isOpen(campaign.window, $0, $1) }]
        for (window, reason) in zip(windows, [Reason.quietHours, .sendWindow])
        where !window(now, person.id) {
            let opening = clock.quarters(after: now, days: 20).first { time in
                windows.allSatisfy { $0(time, person.id) }
            }
            return .hold(reason, opening)
        }
        // The hour in which they open most, where it is not too late then.
        if held.wantsBestHour {
            let hour = held.hour ?? bestHour(held, person.id, campaign)
            held.hour = hour
            if self.hour(now, person.id) != hour {
                let next = clock.quarters(after: now, days: 20).first { time in
                    self.hour(time, person.id) == hour && windows.allSatisfy { $0(time, person.id) }
                }
                if let next, next - held.asked <= campaign.maxAge { return .hold(.bestHour, next) }
            }
        }
        // 8. frequency cap
        let caps = [(world.cap, nil), (world.channelCaps[channel], channel)].compactMap { cap, channel in
            cap.map { (cap: $0, channel: channel) }
        }
        let exceeded = caps.filter { !allows($0, at: now, person.id) }
        guard !exceeded.isEmpty else { return isAffordable(campaign, channel) ? .pass : .stop(.budget) }
        decision.displacedBy = []
        for message in messages
        where message.walk.customer == person.id && !message.walk.campaign.transactional
            && !decision.displacedBy.contains(message.walk.campaign.name)
        {
            let isCounted = exceeded.contains { cap, channel in
                counts(cap, message.time, at: now, person.id) && channel ?? message.channel == message.channel
            }
            if isCounted { decision.displacedBy.append(message.walk.campaign.name) }
        }
        guard campaign.overCap == .defer else { return .stop(.frequencyCap) }
        return .hold(.frequencyCap, whenAllowed(caps, person.id))
    }

    /// What was said first of the address in the run: that it takes nothing, or that it wants nothing.
    private func refusal(of address: String, on channel: Channel) -> Reason? {
        var first: (time: Int64, reason: Reason)?
        for message in messages where message.address == address && message.channel == channel {
            // At one instant, the complaint counts.
            for (name, reason) in [("complaint", Reason.complaint), ("bounce", .hardBounce)] {
                guard let time = message.events[name], time < first?.time ?? .max else { continue }
                first = (time, reason)
            }
        }
        return first?.reason
    }

    /// Whether the customer, or another record with the same address, unsubscribed from a message on the channel in the run.
    private func hasUnsubscribed(_ person: ReferenceWorld.Person, _ channel: Channel) -> Bool {
        let address = world.base.stored(person, channel)
        return messages.contains { message in
            guard message.channel == channel, message.events["unsubscribe"] != nil,
                let other = people[message.walk.customer]
            else { return false }
            return other.id == person.id || address != nil && world.base.stored(other, channel) == address
        }
    }

    func exit(of walk: Walk) -> Reason? {
        if people[walk.customer]?.erased == true { return .erased }
        if let goal = walk.campaign.goal, holds(goal, walk.customer, walk) { return .goalMet }
        if let rule = walk.campaign.exitRule, holds(rule, walk.customer, walk) { return .exitRule }
        return nil
    }

    /// The step went to the address in this journey, in one that began less than the campaign's time of
    /// reentry before this one, or before the run and less than that ago.
    func isDuplicate(_ held: Held, _ walk: Walk, _ address: String) -> Bool {
        let reentry = walk.campaign.isFollowUp ? 0 : walk.campaign.reentry
        func isRecent(_ time: Int64) -> Bool { reentry.map { time > walk.entry - $0 } ?? true }
        let inRun = messages.contains { message in
            message.walk.campaign.name == walk.campaign.name && message.template == held.template
                && message.address == address && (message.walk === walk || isRecent(message.walk.entry))
        }
        return inRun
            || world.base.sent.contains { message in
                message.campaign == walk.campaign.name && (message.step ?? held.template) == held.template
                    && message.time <= world.from && isRecent(message.time)
                    && (message.address == address
                        || message.address == nil && message.customer == walk.customer)
            }
    }

    func hour(_ time: Int64, _ customer: Int64) -> Int { clock.secondOfDay(time, zones[customer]) / 3600 }

    /// The hour in which the message was asked for, or the next in which the windows open; unless another one
    /// has three opens more, the most of all, the first of equals.
    func bestHour(_ held: Held, _ customer: Int64, _ campaign: TimelineWorld.Campaign) -> Int {
        // By their times alone, whatever the days.
        func canOpen(_ hour: Int) -> Bool {
            let seconds = stride(from: hour * 3600, to: hour * 3600 + 3600, by: 900)
            return seconds.contains { second in
                let quiet = world.quiet.map { isBetween($0.from, $0.to, second) } ?? false
                let window = campaign.window.map { isBetween($0.from, $0.to, second) } ?? true
                return !quiet && window
            }
        }
        let stored = world.base.sent.filter { $0.customer == customer }.compactMap { message in
            message.event.flatMap { $0.type == "open" && $0.time <= world.from ? $0.time : nil }
        }
        let simulated = messages.filter { $0.walk.customer == customer }.compactMap { $0.events["open"] }
        let opens = (stored + simulated).map { hour($0, customer) }
        let asked = hour(held.asked, customer)
        let home = (0..<24).map { (asked + $0) % 24 }.first(where: canOpen) ?? asked
        func count(_ hour: Int) -> Int { opens.count { $0 == hour } }
        let others = (0..<24).filter { canOpen($0) && count($0) > count(home) + 2 }
        return others.max { (count($0), $1) < (count($1), $0) } ?? home
    }

    /// Whether the campaign's budget has room; the first message for which it has none is the last that is
    /// asked.
    func isAffordable(_ campaign: TimelineWorld.Campaign, _ channel: Channel) -> Bool {
        guard let budget = campaign.budget, let price = world.prices[channel] else { return true }
        if spent[campaign.name, default: 0] + price > budget { broke.insert(campaign.name) }
        return !broke.contains(campaign.name)
    }

    func isAwake(_ time: Int64, _ customer: Int64) -> Bool {
        guard let quiet = world.quiet else { return true }
        return !isBetween(quiet.from, quiet.to, clock.secondOfDay(time, zones[customer]))
    }

    func isOpen(_ window: TimelineWorld.Window?, _ time: Int64, _ customer: Int64) -> Bool {
        guard let window else { return true }
        let second = clock.secondOfDay(time, zones[customer])
        guard isBetween(window.from, window.to, second) else { return false }
        // A window across midnight belongs to the day on which it opens.
        let today = clock.day(time, zones[customer])
        let day = window.to <= window.from && second < window.to * 60 ? today - 1 : today
        if world.daysOff.contains(day) { return false }
        switch window.days {
        case .every: return true
        case .workdays: return TimelineClock.weekday(day) <= 5 || world.workdays.contains(day)
        case .named(let days): return days.contains(TimelineClock.weekday(day))
        }
    }

    func isBetween(_ from: Int, _ to: Int, _ second: Int) -> Bool {
        from < to ? second >= from * 60 && second < to * 60 : second >= from * 60 || second < to * 60
    }

    /// A cap over all channels, or over one.
    typealias ChannelCap = (cap: TimelineWorld.Cap, channel: Channel?)

    /// When marketing messages were sent to a customer, by a channel or by any.
    func marketing(to customer: Int64, by channel: Channel?) -> [Int64] {
        let stored = world.base.sent.filter {
            $0.customer == customer && $0.time <= world.from && channel ?? $0.channel == $0.channel
        }
        let simulated = messages.filter {
            $0.walk.customer == customer && !$0.walk.campaign.transactional
                && channel ?? $0.channel == $0.channel
        }
        return stored.map(\.time) + simulated.map(\.time)
    }

    func allows(_ cap: ChannelCap, at time: Int64, _ customer: Int64) -> Bool {
        let limit =
            switch cap.cap {
            case .day(let limit), .rolling(let limit, _): limit
            }
        let sent = marketing(to: customer, by: cap.channel)
        return sent.count { counts(cap.cap, $0, at: time, customer) } < limit
    }

    /// Whether a message that was sent earlier still counts.
    func counts(
        _ cap: TimelineWorld.Cap, _ sent: Int64, at time: Int64, _ customer: Int64
    ) -> Bool {
        switch cap {
        case .day: clock.day(sent, zones[customer]) == clock.day(time, zones[customer])
        case .rolling(_, let seconds): time - sent < seconds
        }
    }

    /// The first instant at which all caps allow a message: a midnight, or when one leaves a span.
    func whenAllowed(_ caps: [ChannelCap], _ customer: Int64) -> Int64? {
        var candidates = Array(clock.quarters(after: now, days: 3))
        for cap in caps {
            guard case .rolling(_, let seconds) = cap.cap else { continue }
            candidates += marketing(to: customer, by: cap.channel).map { $0 + seconds }
        }
        return candidates.sorted().first { time in
            time > now && caps.allSatisfy { allows($0, at: time, customer) }
        }
    }
}
