internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Messages
internal import Rules

/// One customer's way through one campaign: the journey asks, the policy answers, the ledger remembers.
final class Visit {
    private let host: RuleHost
    private let data: any ContactData
    private let walk: CustomerWalk
    private let campaign: Campaign
    private let customer: Int64
    private let options: DryRun.Options
    private lazy var contact = Result { try Contact(customer, in: data) }
    private lazy var content = Result { try host.content(of: campaign, in: walk) }
    private var sentHere: Set<String> = []
    /// Set once the journey is over for this customer; further requests are not even looked at.
    private var hasEnded = false
    /// How many messages the journey asked for.
    private(set) var requestCount = 0

    init(
        _ host: RuleHost, _ data: any ContactData, _ walk: CustomerWalk, _ campaign: Campaign,
        _ customer: Int64,
        _ options: DryRun.Options
    ) {
        self.host = host
        self.data = data
        self.walk = walk
        self.campaign = campaign
        self.customer = customer
        self.options = options
    }

    func run(_ recorder: any RunRecorder, _ ledger: inout RunLedger) throws {
        var thrown: (any Error)?
        let failure = host.runJourney(of: campaign, in: walk) { request in
            do {
                requestCount += 1
                try recorder.record(try decide(request, &ledger))
            } catch {
                thrown = error
            }
            return thrown == nil && !hasEnded
        }
        if let thrown { throw thrown }
        // Of a journey that has ended, nobody knows that it would have come so far.
        if let failure, !hasEnded {
            requestCount += 1
            let decision = try blank(nil)
            try recorder.record(
                try exited(decision, at: campaign.location, &ledger)
                    ?? failed(decision, failure, at: campaign.location, &ledger))
        }
    }

    // MARK: One message

    private func decide(_ request: SendRequest, _ ledger: inout RunLedger) throws -> Decision {
        var decision = try blank(request)
        let contact = try contact.get()
        if let end = try exited(decision, at: request.location, &ledger) { return end }
        if let channel = request.channel, !options.channels.contains(channel) {
            let error = Diagnostic(
                "send names the channel '\(channel.rawValue)', which the workspace does not use",
                at: request.location, token: channel.rawValue, hint: "add it to channels in workspace.lua")
            return failed(decision, error, at: request.location, &ledger)
        }
        let allowed = host.allowedChannels(request, campaign, contact, of: options.channels)
        let readable = host.channels(ofTemplate: request.template, for: contact.language)
        if let reason = Policy.language(written: allowed, readable: readable) {
            return stopped(decision, .skipped, reason)
        }
        guard let (channel, address) = Policy.address(contact, on: allowed.filter(readable.contains)) else {
            return stopped(decision, .skipped, .noAddress)
        }
        decision.channel = channel
        decision.address = address
        if let reason = Policy.suppression(
            try data.suppression(of: address, on: channel, customer: customer))
        {
            return stopped(decision, .skipped, reason)
        }
        let isMarketing = campaign.kind == .marketing
        if isMarketing {
            if let reason = Policy.consent(try data.consent(of: customer, on: channel)) {
                return stopped(decision, .skipped, reason)
            }
        }
        let message: RenderedMessage
        do {
            switch try host.render(
                request.template, channel, for: contact.language, try content.get(), campaign: campaign,
                in: walk)
            {
            case .written(let written): message = written
            case .heldBack(let reason, let detail, _):
                decision.detail = detail
                return stopped(decision, .skipped, reason)
            }
        } catch {
            return failed(decision, error, at: request.location, &ledger)
        }
        decision.subject = message.subject
        decision.bodyHash = hash(message)
        if isMarketing, campaign.holdout > 0 {
            let person = try lowestRecord(sharingAddressesWith: contact, &ledger)
            if Policy.isHeldOut(
                share: campaign.holdout, campaign: campaign.name, seed: options.seed, person: person)
            {
                hasEnded = true
                return stopped(decision, .heldOut, .holdout)
            }
        }
        if try isDuplicate(request.template, address, ledger) {
            return stopped(decision, .skipped, .duplicate)
        }
        try remember(request.template, address, on: channel, &ledger)
        for missing in message.missing {
            ledger.note(
                campaign: campaign.name, location: missing.location.description,
                message: "{{ \(missing.path) }} is empty", customer: customer)
        }
        for problem in message.problems {
            ledger.note(
                campaign: campaign.name, location: problem.location.description, message: problem.message,
                customer: customer)
        }
        ledger.offer(
            RunSample(
                customer: customer, campaign: campaign.name, channel: channel, address: address,
                subject: message.subject, preheader: message.preheader, body: message.html ?? message.text,
                text: message.html == nil ? nil : message.text, fromName: message.fromName,
                replyTo: message.replyTo, parts: message.length?.parts),
            campaign: campaign.name, customer: customer)
        return decision
    }

    /// The decision of the exit gate, which ends the journey; nil where it lets the message pass.
    private func exited(
        _ decision: Decision, at location: SourceLocation, _ ledger: inout RunLedger
    ) throws -> Decision? {
        let isErased = try contact.get().isErased
        do {
            guard
                let reason = try Policy.exit(
                    erased: isErased, goalMet: try host.isGoalMet(of: campaign, in: walk),
                    exitRuleHolds: try host.exitRuleHolds(of: campaign, in: walk))
            else { return nil }
            hasEnded = true
            return stopped(decision, .exited, reason)
        } catch {
            return failed(decision, error, at: location, &ledger)
        }
    }

    private func blank(_ request: SendRequest?) throws -> Decision {
        var clock = host.clock.local
        if let name = try contact.get().timeZone, let zone = TimeZone(identifier: name) {
            clock = ZoneClock(zone)
        }
        return Decision(
            customer: customer, campaign: campaign.name, step: request?.template ?? "",
            script: (request?.location ?? campaign.location).description, time: host.clock.now,
            localTime: clock.text(at: host.clock.now))
    }

    private func stopped(_ decision: Decision, _ outcome: Outcome, _ reason: Reason) -> Decision {
        var decision = decision
        decision.outcome = outcome
        decision.reason = reason
        return decision
    }

    private func failed(
        _ decision: Decision, _ error: any Error, at location: SourceLocation, _ ledger: inout RunLedger
    ) -> Decision {
        let diagnostic = (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
        let place = diagnostic.location ?? location
        ledger.note(
            campaign: campaign.name, location: place.description, message: diagnostic.message,
            customer: customer)
        var decision = decision
        decision.outcome = .failed
        decision.reason = .error
        decision.detail = "\(place): \(diagnostic.message)"
        return decision
    }

    // MARK: What the gates ask

    private func hash(_ message: RenderedMessage) -> String {
        var hash = StableHash()
        for text in message.fingerprint { hash.combine(text) }
        return hash.hex
    }

    private func isDuplicate(_ step: String, _ address: String, _ ledger: RunLedger) throws -> Bool {
        if sentHere.contains("\(step)\u{0}\(address)") || ledger.wasSent(campaign.name, step, address) {
            return true
        }
        let since = campaign.reentry.map { host.clock.now - $0 } ?? Int64.min
        return try data.wasSent(
            campaign: campaign.name, step: step, to: address, customer: customer, since: since)
    }

    private func remember(_ step: String, _ address: String, on channel: Channel, _ ledger: inout RunLedger)
        throws
    {
        sentHere.insert("\(step)\u{0}\(address)")
        if try data.customers(reachableAt: address, on: channel).count > 1 {
            ledger.markSent(campaign.name, step, address)
        }
    }

    /// The lowest id among the records that share an address, directly or through others: one person.
    private func lowestRecord(sharingAddressesWith contact: Contact, _ ledger: inout RunLedger) throws
        -> Int64
    {
        if let person = ledger.person(of: contact.id) { return person }
        var known: Set<Int64> = [contact.id]
        var open = [contact]
        while let next = open.popLast() {
            for channel in Channel.allCases {
                guard let address = next.usableAddress(on: channel) else { continue }
                for id in try data.customers(reachableAt: address, on: channel)
                where known.insert(id).inserted {
                    open.append(try Contact(id, in: data))
                }
            }
        }
        let person = known.min() ?? contact.id
        ledger.markPerson(person, of: known)
        return person
    }
}
