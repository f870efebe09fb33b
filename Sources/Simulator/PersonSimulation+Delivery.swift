internal import Basics
internal import Catalog
internal import Diagnostics
internal import Messages
internal import Rules

extension PersonSimulation {
    /// Brings a message to the gates, at the instant; gives what the journey is answered, or nil where the message is held or
    /// the journey is over.
    func attempt(_ held: HeldMessage, _ run: JourneyRun) throws -> JourneyAnswer? {
        var held = held
        let verdict = try verdict(on: &held, run)
        switch verdict {
        case .decided(let decision, let sent):
            run.record.decisions.append(decision)
            return .sent(sent)
        case .ended(let decision):
            run.record.decisions.append(decision)
            switch decision.reason {
            case .goalMet: finish(run, .done, "goal")
            case .holdout:
                measure(run, isHeldOut: true)
                finish(run, .done, "holdout")
            case .erased: finish(run, .done, "erased")
            default: finish(run, .done, "exit")
            }
            return nil
        case .held(var decision, let hold):
            let campaign = stage.campaigns[run.campaign]
            if let reason = Policy.age(hold, asked: held.asked, maxAge: campaign.maxAge) {
                decision = stopped(decision, .skipped, reason)
                decision.detail = hold.reason.phrase
                run.record.decisions.append(decision)
                return .sent(false)
            }
            if hold.until >= stage.end {
                run.record.decisions.append(stopped(decision, .held, hold.reason))
                finish(run, .done, "under way")
                return nil
            }
            held.reason = hold.reason
            if hold.reason == .frequencyCap { held.displacedBy = hold.displacedBy }
            add(.release(run, held), run.record, at: hold.until, scheduled: held.asked)
            return nil
        }
    }

    private enum Verdict {
        case decided(Decision, sent: Bool)
        case ended(Decision)
        case held(Decision, Policy.Hold)
    }

    private func verdict(on held: inout HeldMessage, _ run: JourneyRun) throws -> Verdict {
        let (request, campaign) = (held.request, stage.campaigns[run.campaign])
        let contact = try contact(of: run.record)
        var decision = blank(request, run, contact)
        if held.asked < time {
            decision.scheduled = held.asked
            decision.heldBy = held.reason
            decision.displacedBy = held.displacedBy
        }
        if let end = try exited(decision, run, at: request.location) { return end }
        if let channel = request.channel, !options.channels.contains(channel) {
            let error = Diagnostic(
                "send names the channel '\(channel.rawValue)', which the workspace does not use",
                at: request.location, token: channel.rawValue, hint: "add it to channels in workspace.lua")
            return .decided(failed(decision, error, at: request.location), sent: false)
        }
        let allowed = stage.host.allowedChannels(request, campaign, of: options.channels)
        let readable = stage.host.channels(ofTemplate: request.template, for: contact.language)
        if let reason = Policy.language(written: allowed, readable: readable) {
            return .decided(stopped(decision, .skipped, reason), sent: false)
        }
        let (usable, refusals): ([Way], [String])
        do {
            (usable, refusals) = try addresses(run.record, on: allowed.filter(readable.contains))
        } catch let stop as Stop {
            throw stop
        } catch {
            return .decided(failed(decision, error, at: request.location), sent: false)
        }
        let order = try Policy.order(
            usable.map(\.channel), preferred: contact.preferred, answers: answers(run.record))
        let ways = order.compactMap { channel in usable.first { $0.channel == channel } }
        guard let first = ways.first else {
            if !refusals.isEmpty { decision.detail = refusals.joined(separator: "; ") }
            return .decided(stopped(decision, .skipped, .noAddress), sent: false)
        }
        var passage = try passage(of: &held, run, decision, by: first)
        if campaign.overCap == .switch, passage.isOverCap {
            decision.detail = "instead of \(first.channel.rawValue): \(Reason.frequencyCap.phrase)"
            for way in ways.dropFirst() {
                let other = try self.passage(of: &held, run, decision, by: way)
                guard case .passed = other else { continue }
                passage = other
                break
            }
        }
        switch passage {
        case .stopped(let verdict): return verdict
        case .passed(let decision, let message, let way, let cost):
            try deliver(message, request, run, by: way, cost)
            return .decided(decision, sent: true)
        }
    }

    /// A channel and the customer's address on it.
    typealias Way = (channel: Channel, address: String)

    /// What the gates behind the address say of a message on one channel.
    private enum Passage {
        /// With what it costs, in millionths of the currency.
        case passed(Decision, RenderedMessage, Way, Int64)
        case stopped(Verdict)

        var isOverCap: Bool {
            guard case .stopped(.decided(let decision, _)) = self else { return false }
            return decision.reason == .frequencyCap
        }
    }

    private func passage(
        of held: inout HeldMessage, _ run: JourneyRun, _ decision: Decision, by way: Way
    ) throws -> Passage {
        let (request, campaign, record) = (held.request, stage.campaigns[run.campaign], run.record)
        let contact = try contact(of: record)
        var decision = decision
        decision.channel = way.channel
        decision.address = way.address
        func skipped(_ reason: Reason) -> Passage {
            .stopped(.decided(stopped(decision, .skipped, reason), sent: false))
        }
        let spellings: [String]
        do {
            spellings = try self.spellings(of: way)
        } catch let stop as Stop {
            throw stop
        } catch {
            return .stopped(.decided(failed(decision, error, at: request.location), sent: false))
        }
        for address in spellings {
            let recorded = try stage.data.suppression(of: address, on: way.channel, customer: record.id)
            if let reason = Policy.suppression(recorded ?? suppression(of: address, on: way.channel)) {
                return skipped(reason)
            }
        }
        let isMarketing = campaign.kind == .marketing
        if isMarketing {
            if let reason = Policy.consent(try stage.host.consent(of: record.id, on: way.channel)) {
                return skipped(reason)
            }
            if let reason = Policy.pause(until: record.pausedUntil, at: time) { return skipped(reason) }
        }
        let message: RenderedMessage
        do {
            let rendering = try call(record) { stage in
                try stage.host.render(
                    request.template, way.channel, for: contact.language,
                    try stage.host.content(of: campaign, in: stage.walk, entry: run.journey.entry),
                    campaign: campaign, in: stage.walk)
            }
            switch rendering {
            case .written(let written): message = written
            case .heldBack(let reason, let detail, _):
                decision.detail = detail
                return skipped(reason)
            }
        } catch let stop as Stop {
            throw stop
        } catch {
            return .stopped(.decided(failed(decision, error, at: request.location), sent: false))
        }
        decision.subject = message.subject
        let hash = hash(message)
        decision.bodyHash = hash
        if options.keepsBodies { written[hash] = message }
        decision.parts = message.parts
        if isMarketing, campaign.holdout > 0, isHeldOut(campaign) {
            return .stopped(.ended(stopped(decision, .heldOut, .holdout)))
        }
        if let reason = try duplicate(request.template, way.address, spellings, run) {
            return skipped(reason)
        }
        if isMarketing {
            let closed = stage.withClock(of: contact) {
                Policy.windows(
                    at: time, awake: options.awake, sendWindow: campaign.sendWindow, in: &$0)
            }
            if let closed { return .stopped(.held(decision, closed)) }
            if request.bestHour ?? campaign.bestHour, let hold = try bestHour(&held, campaign, record) {
                return .stopped(.held(decision, hold))
            }
            let sent = try countedMessages(record)
            let over = stage.withClock(of: contact) {
                Policy.cap(
                    options.cap, ofChannel: options.channelCaps[way.channel], by: way.channel, at: time,
                    sent: sent, in: &$0)
            }
            if let over {
                decision.displacedBy = over.displacedBy
                decision.detail = recorded(over)
                return campaign.overCap == .defer ? .stopped(.held(decision, over)) : skipped(over.reason)
            }
        }
        let cost: Int64
        do {
            cost = try self.cost(of: message, to: record, by: way)
        } catch let stop as Stop {
            throw stop
        } catch {
            return .stopped(.decided(failed(decision, error, at: request.location), sent: false))
        }
        if let reason = overBudget(run.campaign, cost) { return skipped(reason) }
        return .passed(decision, message, way, cost)
    }

    private func deliver(
        _ message: RenderedMessage, _ request: SendRequest, _ run: JourneyRun, by way: Way,
        _ cost: Int64
    ) throws {
        let campaign = stage.campaigns[run.campaign]
        if campaign.kind == .marketing {
            run.record.counted?.append(
                Policy.Counted(time: time, channel: way.channel, campaign: campaign.name))
        }
        pay(run.campaign, way.channel, cost)
        measure(run)
        note(message, campaign, run.record, way.channel, way.address)
        try sent(
            SentMessage(
                campaign: campaign.name, step: request.template, channel: way.channel, address: way.address,
                time: time, run: run),
            subject: message.subject, by: run)
    }

    // MARK: The gates

    /// The messages on record that used up a cap, in words: `1 message before the run, campaign news`.
    private func recorded(_ hold: Policy.Hold) -> String? {
        guard !hold.recorded.isEmpty else { return nil }
        let time = hold.recorded.allSatisfy { $0.time < stage.from } ? "before the run" : "on record"
        let names = Set(hold.recorded.compactMap(\.recorded)).sorted()
        let senders =
            names.isEmpty ? "" : ", campaign\(names.count == 1 ? "" : "s") \(names.joined(separator: ", "))"
        return "\(counted(hold.recorded.count, "message")) \(time)\(senders)"
    }

    private func isHeldOut(_ campaign: Campaign) -> Bool {
        switch options.holdout {
        case .all: true
        case .nobody: false
        case .byShare:
            Policy.isHeldOut(
                share: campaign.holdout, campaign: campaign.name, seed: options.seed, person: lowest)
        }
    }

    /// Why a journey ends before it goes on: the goal is met, or the exit rule holds. An error is told by the next message.
    func reasonToEnd(_ run: JourneyRun) throws -> Reason? {
        let campaign = stage.campaigns[run.campaign]
        guard campaign.hasGoal || campaign.hasExitRule else { return nil }
        do {
            return try exitReason(run, isErased: false)
        } catch let stop as Stop {
            throw stop
        } catch {
            return nil
        }
    }

    private func exitReason(_ run: JourneyRun, isErased: Bool) throws -> Reason? {
        let campaign = stage.campaigns[run.campaign]
        let entered = run.journey.entry.time
        return try Policy.exit(
            erased: isErased,
            goalMet: campaign.hasGoal
                ? try call(run.record) {
                    try $0.host.isGoalMet(of: campaign, enteredAt: entered, in: $0.walk)
                } : false,
            exitRuleHolds: campaign.hasExitRule
                ? try call(run.record) {
                    try $0.host.exitRuleHolds(of: campaign, enteredAt: entered, in: $0.walk)
                }
                : false)
    }

    /// What the exit gate decides, which ends the journey; nil where it lets the message pass.
    private func exited(_ decision: Decision, _ run: JourneyRun, at location: SourceLocation) throws
        -> Verdict?
    {
        do {
            guard let reason = try exitReason(run, isErased: try contact(of: run.record).isErased) else {
                return nil
            }
            return .ended(stopped(decision, .exited, reason))
        } catch let stop as Stop {
            throw stop
        } catch {
            return .decided(failed(decision, error, at: location), sent: false)
        }
    }

    /// A journey that raised: one decision, which the exit gate may have made before.
    func recordFailure(of run: JourneyRun, _ error: any Error) throws {
        let campaign = stage.campaigns[run.campaign]
        let decision = blank(nil, run, try contact(of: run.record))
        switch try exited(decision, run, at: campaign.location) {
        case .ended(let ended)?: run.record.decisions.append(ended)
        case .decided(let decided, _)?: run.record.decisions.append(decided)
        case .held?, nil: run.record.decisions.append(failed(decision, error, at: campaign.location))
        }
    }

    // MARK: Decisions

    private func blank(_ request: SendRequest?, _ run: JourneyRun, _ contact: Contact) -> Decision {
        Decision(
            customer: run.record.id, campaign: stage.campaigns[run.campaign].name,
            step: request?.template ?? "",
            script: (request?.location ?? stage.campaigns[run.campaign].location).description, time: time,
            localTime: stage.withClock(of: contact) { $0.text(at: time) }, variant: run.journey.entry.variant,
            place: outcome.events.count)
    }

    private func stopped(_ decision: Decision, _ outcome: Outcome, _ reason: Reason) -> Decision {
        var decision = decision
        decision.outcome = outcome
        decision.reason = reason
        return decision
    }

    private func failed(_ decision: Decision, _ error: any Error, at location: SourceLocation) -> Decision {
        var decision = decision
        decision.outcome = .failed
        decision.reason = .error
        decision.detail = noteProblem(
            error, campaign: decision.campaign, customer: decision.customer, at: location)
        return decision
    }

    /// Counts an error among the problems; gives it with its place, which is `location` where it names none.
    @discardableResult
    func noteProblem(
        _ error: any Error, campaign: String, customer: Int64, at location: SourceLocation
    ) -> String {
        let diagnostic = (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
        let place = diagnostic.location ?? location
        outcome.ledger.note(
            campaign: campaign, location: place.description, message: diagnostic.message, customer: customer)
        return "\(place): \(diagnostic.message)"
    }

    private func hash(_ message: RenderedMessage) -> String {
        var hash = StableHash()
        for text in message.fingerprint { hash.combine(text) }
        return hash.hex
    }

    /// Notes what is wrong with a message that is sent, and offers it as an example.
    private func note(
        _ message: RenderedMessage, _ campaign: Campaign, _ record: CustomerRecord, _ channel: Channel,
        _ address: String
    ) {
        for missing in message.missing {
            outcome.ledger.note(
                campaign: campaign.name, location: missing.location.description,
                message: "{{ \(missing.path) }} is empty", customer: record.id)
        }
        for problem in message.problems {
            outcome.ledger.note(
                campaign: campaign.name, location: problem.location.description, message: problem.message,
                customer: record.id)
        }
        let (customer, name) = (record.id, campaign.name)
        outcome.ledger.offer(
            RunSample(
                customer: customer, campaign: name, channel: channel, address: address,
                subject: message.subject, preheader: message.preheader, body: message.html ?? message.text,
                text: message.html == nil ? nil : message.text, fromName: message.fromName,
                replyTo: message.replyTo, parts: message.parts),
            campaign: name, customer: customer)
    }
}
