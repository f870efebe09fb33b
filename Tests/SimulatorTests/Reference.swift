import Basics
import Catalog

/// A small world in plain arrays, and what the policy must decide in it: written from DESIGN §5 alone, slow and
/// without any cleverness.
struct ReferenceWorld {
    struct Person {
        var id: Int64
        var email: String?
        var phone: String?
        var wecom: String?
        var preferred: Channel?
        var erased = false
        /// Read by the rules as the field `level`.
        var level: String?
        var language: String?
        /// Whether the text message to them has 161 characters.
        var isLong = false
    }
    struct Consent {
        var customer: Int64
        var channel: Channel
        var granted: Bool
        var time: Int64
    }
    struct Suppression {
        var channel: Channel
        var address: String
        var reason: SuppressionReason
        var time: Int64?
    }
    struct Sent {
        var customer: Int64
        var campaign: String
        var step: String?
        var channel: Channel
        var address: String?
        var time: Int64
        /// What came back, such as a bounce.
        var event: (type: String, time: Int64)?
    }
    struct Campaign {
        var name: String
        var transactional: Bool
        var channels: [Channel]?
        var holdout: Double
        var reentry: Int64?
        /// The journey: template, and a channel where it names one.
        var sends: [(template: String, channel: Channel?)]
        /// Customers of this level have met the goal, or the exit rule.
        var goalLevel: String?
        var exitLevel: String?
    }

    var now: Int64
    var people: [Person] = []
    var consents: [Consent] = []
    var suppressions: [Suppression] = []
    var sent: [Sent] = []
    var campaigns: [Campaign] = []
    var workspaceChannels: [Channel] = []
    /// The channels that each template is written for.
    let written: [String: [Channel]] = ["hello": [.email, .sms, .wecom], "more": [.email, .sms]]

    struct Answer: Equatable {
        var customer: Int64
        var campaign: String
        var step: String
        var channel: Channel?
        var outcome: Outcome
        var reason: Reason?
    }

    /// Every decision, in the order of a run. `isHeldOut` says whether a person is in the share of a campaign.
    func decisions(isHeldOut: (Campaign, Int64) -> Bool) -> [Answer] {
        var answers: [Answer] = []
        var sentInThisRun: [(campaign: String, step: String, address: String)] = []
        for person in people.sorted(by: { $0.id < $1.id }) {
            for campaign in campaigns.sorted(by: { $0.name < $1.name }) {
                for send in campaign.sends {
                    var answer = Answer(
                        customer: person.id, campaign: campaign.name, step: send.template, channel: nil,
                        outcome: .skipped)
                    func stop(_ outcome: Outcome, _ reason: Reason) {
                        answer.outcome = outcome
                        answer.reason = reason
                        answers.append(answer)
                    }
                    // 1. exit
                    if person.erased { stop(.exited, .erased); break }
                    if let level = campaign.goalLevel, person.level == level {
                        stop(.exited, .goalMet); break
                    }
                    if let level = campaign.exitLevel, person.level == level {
                        stop(.exited, .exitRule); break
                    }
                    // A channel that the workspace does not use is a mistake of the script.
                    if let channel = send.channel, !workspaceChannels.contains(channel) {
                        stop(.failed, .error); continue
                    }
                    // 2. address
                    let channels = candidates(person, campaign, send)
                    if !channels.isEmpty,
                        !channels.contains(where: { isReadable(send.template, $0, by: person) })
                    {
                        stop(.skipped, .noLanguage); continue
                    }
                    guard let (channel, address) = targets(person, campaign, send).first else {
                        stop(.skipped, .noAddress); continue
                    }
                    answer.channel = channel
                    // 3. suppression
                    if let reason = suppression(person, channel, address) { stop(.skipped, reason); continue }
                    if !campaign.transactional {
                        // 4. consent
                        if let reason = consent(person, channel) { stop(.skipped, reason); continue }
                    }
                    // What the template asks.
                    if send.template == "hello" {
                        if channel == .email, person.level == nil { stop(.skipped, .missingValue); continue }
                        if channel == .sms, person.isLong { stop(.skipped, .tooLong); continue }
                        if channel == .wecom, person.level == "new" { stop(.skipped, .aborted); continue }
                    }
                    if !campaign.transactional {
                        // 5. holdout
                        if campaign.holdout > 0,
                            isHeldOut(campaign, household(of: person.id).min() ?? person.id)
                        {
                            stop(.heldOut, .holdout)
                            break
                        }
                    }
                    // 6. duplicate
                    let inRun = sentInThisRun.contains { $0 == (campaign.name, send.template, address) }
                    if inRun || before(person, campaign, send.template, address) {
                        stop(.skipped, .duplicate); continue
                    }
                    sentInThisRun.append((campaign.name, send.template, address))
                    answer.outcome = .sent
                    answers.append(answer)
                }
            }
        }
        return answers
    }

    // MARK: The gates

    func usable(_ person: Person, _ channel: Channel) -> String? {
        switch channel {
        case .email:
            guard let email = person.email else { return nil }
            // The worlds only have addresses of one of these forms.
            return email.contains("@") && email.contains(".") && !email.contains(" ")
                ? email.lowercased() : nil
        case .sms:
            guard let phone = person.phone, phone.count >= 7 else { return nil }
            return phone
        case .wecom:
            return person.wecom == "" ? nil : person.wecom
        }
    }

    /// The channels that a message may take, the most wanted first, with the addresses. Whether what was sent
    /// later was answered comes on top of what is stored, by channel.
    func targets(
        _ person: Person, _ campaign: Campaign, _ send: (template: String, channel: Channel?),
        later: [(channel: Channel, isAnswered: Bool)] = []
    ) -> [(Channel, String)] {
        var targets: [(Channel, String)] = []
        for channel in candidates(person, campaign, send) where isReadable(send.template, channel, by: person)
        {
            if let address = usable(person, channel) { targets.append((channel, address)) }
        }
        let stored = sent.filter { $0.customer == person.id && $0.time <= now }.map { message in
            let event = message.event
            return (
                channel: message.channel,
                isAnswered: event.map { ["open", "click"].contains($0.type) && $0.time <= now } ?? false
            )
        }
        // A share of five messages at least; the first of the highest.
        func share(_ channel: Channel) -> Double {
            let messages = (stored + later).filter { $0.channel == channel }
            if messages.count < 5 { return 0 }
            return Double(messages.count { $0.isAnswered }) / Double(messages.count)
        }
        let others = targets.filter { $0.0 != person.preferred }
        let best = others.first { way in
            share(way.0) > 0 && others.allSatisfy { share($0.0) <= share(way.0) }
        }
        return targets.filter { $0.0 == person.preferred } + others.filter { $0.0 == best?.0 }
            + others.filter { $0.0 != best?.0 }
    }

    /// The e-mail `more` is written in Chinese only.
    func isReadable(_ template: String, _ channel: Channel, by person: Person) -> Bool {
        template != "more" || channel != .email || person.language?.hasPrefix("zh") == true
    }

    func candidates(
        _ person: Person, _ campaign: Campaign, _ send: (template: String, channel: Channel?)
    ) -> [Channel] {
        var candidates: [Channel]
        if let named = send.channel {
            candidates = [named]
        } else {
            candidates = (campaign.channels ?? workspaceChannels).filter {
                written[send.template]?.contains($0) == true && workspaceChannels.contains($0)
            }
        }
        return candidates
    }

    func suppression(_ person: Person, _ channel: Channel, _ address: String) -> Reason? {
        for entry in suppressions
        where entry.channel == channel && entry.address == address && (entry.time ?? 0) <= now {
            switch entry.reason {
            case .hardBounce: return .hardBounce
            case .complaint: return .complaint
            case .unsubscribe: return .unsubscribed
            case .manual: return .suppressed
            }
        }
        for message in sent where message.channel == channel {
            guard let event = message.event, event.time <= now else { continue }
            let concerns =
                message.address == address || (message.address == nil && message.customer == person.id)
            if concerns, event.type == "hard_bounce" { return .hardBounce }
            if concerns, event.type == "complaint" { return .complaint }
        }
        return nil
    }

    func consent(_ person: Person, _ channel: Channel) -> Reason? {
        let own = consents.filter { $0.customer == person.id && $0.channel == channel && $0.time <= now }
        guard let latest = own.map(\.time).max() else { return .noConsent }
        if own.contains(where: { $0.time == latest && !$0.granted }) { return .consentWithdrawn }
        let sharing = people.filter { other in
            other.id == person.id
                || stored(person, channel) != nil && stored(other, channel) == stored(person, channel)
        }.map(\.id)
        let takenBack = consents.contains {
            sharing.contains($0.customer) && $0.channel == channel && !$0.granted && $0.time >= latest
                && $0.time <= now
        }
        if takenBack { return .consentWithdrawn }
        for message in sent where sharing.contains(message.customer) && message.channel == channel {
            if let event = message.event, event.type == "unsubscribe", event.time >= latest, event.time <= now
            {
                return .unsubscribed
            }
        }
        return nil
    }

    /// The address as it is compared, whether it can be used or not.
    func stored(_ person: Person, _ channel: Channel) -> String? {
        switch channel {
        case .email: person.email?.lowercased()
        case .sms: person.phone
        case .wecom: person.wecom
        }
    }

    private func before(_ person: Person, _ campaign: Campaign, _ step: String, _ address: String) -> Bool {
        sent.contains { message in
            message.campaign == campaign.name && (message.step ?? step) == step && message.time <= now
                && (campaign.reentry.map { message.time >= now - $0 } ?? true)
                && (message.address == address || (message.address == nil && message.customer == person.id))
        }
    }

    /// Everyone who shares an address with the person, directly or through others.
    func household(of id: Int64) -> Set<Int64> {
        var members: Set<Int64> = [id]
        while true {
            let wider = members.union(
                people.filter { other in
                    people.contains { member in
                        members.contains(member.id)
                            && Channel.allCases.contains { channel in
                                usable(member, channel) != nil
                                    && usable(member, channel) == usable(other, channel)
                            }
                    }
                }.map(\.id))
            if wider == members { return members }
            members = wider
        }
    }

    // MARK: A random world

    init(seed: UInt64, now: Int64) {
        self.now = now
        var random = SplitMix64(seed: seed)
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        let emails = ["a@x.com", "A@X.com", "b@x.com", "c@x.com", "d@x.com", "broken", "e e@x.com"]
        let phones = ["13800000001", "13800000002", "13800000003", "12345"]
        let wecoms = ["w1", "w2", "w3", ""]
        let levels = ["gold", "silver", "new"]
        for id in 1...Int64.random(in: 2...9, using: &random) {
            people.append(
                Person(
                    id: id * 2, email: chance(80) ? pick(emails) : nil,
                    phone: chance(70) ? pick(phones) : nil,
                    wecom: chance(40) ? pick(wecoms) : nil,
                    preferred: chance(50) ? pick(Channel.allCases) : nil,
                    erased: chance(6), level: chance(80) ? pick(levels) : nil,
                    language: pick([nil, "en", "zh", "zh-TW"]), isLong: chance(15)))
        }
        for person in people {
            for channel in Channel.allCases {
                // Times of one customer and channel may repeat with the other status.
                var seen: Set<String> = []
                for _ in 0..<pick([0, 1, 1, 1, 2, 3]) {
                    let consent = Consent(
                        customer: person.id, channel: channel, granted: chance(75),
                        time: now - Int64(pick([-5, 0, 10, 20, 20, 30])))
                    if seen.insert("\(consent.granted)\(consent.time)").inserted { consents.append(consent) }
                }
            }
        }
        let addresses: [Channel: [String]] = [
            .email: ["a@x.com", "b@x.com", "c@x.com", "d@x.com"], .sms: Array(phones.prefix(3)),
            .wecom: Array(wecoms.prefix(3)),
        ]
        var listed: Set<String> = []
        for _ in 0..<pick([0, 0, 1, 2]) {
            let channel = pick(Channel.allCases)
            let address = pick(addresses[channel] ?? [])
            guard listed.insert("\(channel) \(address)").inserted else { continue }
            suppressions.append(
                Suppression(
                    channel: channel, address: address,
                    reason: pick([.hardBounce, .complaint, .unsubscribe, .manual]),
                    time: pick([nil, now - 5, now, now + 5])))
        }
        // In one world all that come back for good are of one kind, so that it does not matter which is found.
        let final = pick(["hard_bounce", "complaint"])
        for _ in 0..<pick([0, 2, 4, 8]) {
            let channel = pick(Channel.allCases)
            sent.append(
                Sent(
                    customer: pick(people).id, campaign: pick(["a", "b", "old"]),
                    step: pick(["hello", "more", nil]), channel: channel,
                    address: chance(75) ? pick(addresses[channel] ?? []) : nil,
                    time: now - Int64(pick([-5, 0, 5, 15, 40])),
                    event: chance(50)
                        ? (
                            pick([final, "unsubscribe", "unsubscribe", "open", "soft_bounce"]),
                            now - Int64(pick([-5, 0, 4, 20, 25]))
                        ) : nil))
        }
        workspaceChannels = pick([
            [.email, .sms, .wecom], [.wecom, .sms, .email], [.email], [.sms, .email],
        ])
        for name in ["a", "b"].prefix(pick([1, 2])) {
            let channels: [Channel]? = pick([nil, nil, [.sms, .email], [.email], [.wecom, .email]])
            let allowed = channels ?? Channel.allCases
            campaigns.append(
                Campaign(
                    name: name, transactional: chance(20), channels: channels,
                    holdout: pick([0, 0, 0.3, 0.6]),
                    reentry: pick([nil, 10, 30]),
                    sends: (0..<pick([1, 1, 2, 3])).map { _ in
                        let template = pick(["hello", "hello", "more"])
                        let possible = allowed.filter { (written[template] ?? []).contains($0) }
                        return (template, chance(30) && !possible.isEmpty ? pick(possible) : nil)
                    },
                    goalLevel: chance(25) ? pick(levels) : nil, exitLevel: chance(25) ? pick(levels) : nil))
        }
    }

    // MARK: The same world for the real program

    var templates: [String: String] {
        [
            "hello": "---\nrequire: [level]\n---\nx",
            "hello.sms": "---\nmax_parts: 1\n---\n{{ customer.company }}",
            "hello.wecom": "{% if customer.level == 'new' %}{% abort_message 'too new' %}{% endif %}x",
            "more.zh": "x", "more.sms": "x",
        ]
    }

    var sql: String {
        func text(_ value: String?) -> String { value.map { "'\($0)'" } ?? "NULL" }
        func number(_ value: Int64?) -> String { value.map(String.init) ?? "NULL" }
        var lines = people.map {
            "INSERT INTO customers (id, email, phone, wecom_id, preferred_channel, erased_at, level, language, company) VALUES (\($0.id), \(text($0.email)), \(text($0.phone)), \(text($0.wecom)), \(text($0.preferred?.rawValue)), \($0.erased ? "1" : "NULL"), \(text($0.level)), \(text($0.language)), \(text(String(repeating: "x", count: $0.isLong ? 161 : 160))));"
        }
        lines += consents.map {
            "INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (\($0.customer), '\($0.channel.rawValue)', '\($0.granted ? "granted" : "withdrawn")', \($0.time));"
        }
        lines += suppressions.map {
            "INSERT INTO suppressions VALUES ('\($0.channel.rawValue)', '\($0.address)', '\($0.reason.rawValue)', \(number($0.time)));"
        }
        for (index, message) in sent.enumerated() {
            lines.append(
                "INSERT INTO messages (id, customer_id, campaign, step, channel, address, sent_at) VALUES (\(index + 1), \(message.customer), '\(message.campaign)', \(text(message.step)), '\(message.channel.rawValue)', \(text(message.address)), \(message.time));"
            )
            if let event = message.event {
                lines.append(
                    "INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES (\(index + 1), \(message.customer), '\(event.type)', \(event.time));"
                )
            }
        }
        return lines.joined(separator: "\n")
    }

    var script: String {
        campaigns.map { campaign in
            let sends = campaign.sends.map { send in
                "send { template = '\(send.template)'\(send.channel.map { ", channel = '\($0.rawValue)'" } ?? "") }"
            }
            var lines = [
                "campaign '\(campaign.name)' {", "  audience = function(c) return true end,",
                "  journey = function(c) \(sends.joined(separator: " ")) end,",
                "  holdout = \(campaign.holdout),",
                "  kind = '\(campaign.transactional ? "transactional" : "marketing")',",
            ]
            if let channels = campaign.channels {
                lines.append(
                    "  channels = { \(channels.map { "'\($0.rawValue)'" }.joined(separator: ", ")) },")
            }
            if let reentry = campaign.reentry { lines.append("  reentry = \(reentry),") }
            if let level = campaign.goalLevel {
                lines.append("  goal = function(c) return c.level == '\(level)' end,")
            }
            if let level = campaign.exitLevel {
                lines.append("  exit_when = function(c) return c.level == '\(level)' end,")
            }
            return (lines + ["}"]).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
