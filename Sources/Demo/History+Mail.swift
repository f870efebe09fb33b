internal import Basics

extension History {
    private static let consentSources = Weighted([
        ("checkout", 40), ("sign-up form", 38), ("store card", 14), ("fair", 8),
    ])

    mutating func makeConsents(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "consents", customer: person.number)
        for (channel, address, share) in [
            ("email", person.email, 0.8), ("sms", person.phone, 0.53), ("wecom", person.wecomID, 0.7),
        ] {
            guard address != nil, chance.happens(share) else { continue }
            var at = person.registeredAt
            // A fifth agree some time later.
            if chance.happens(0.2) { at = chance.instant(from: at, before: world.until) }
            let source = channel == "wecom" ? "wecom contact" : chance.pick(Self.consentSources)
            consents.append(Consent(channel: channel, isGranted: true, at: at, source: source))
            guard chance.happens(0.035), at + 1 < world.until else { continue }
            at = chance.instant(from: at + 1, before: world.until)
            consents.append(Consent(channel: channel, isGranted: false, at: at, source: "preference page"))
            // Some think better of it.
            guard chance.happens(0.15), at + 1 < world.until else { continue }
            at = chance.instant(from: at + 1, before: world.until)
            consents.append(Consent(channel: channel, isGranted: true, at: at, source: "preference page"))
        }
    }

    /// A message that a campaign wants to send.
    private struct Plan {
        let at: Int64
        let campaign: String
        let step: String
        let subject: String
        var prefersSMS = false
    }

    private func plans(_ person: Person, _ world: World, _ chance: inout Chance) -> [Plan] {
        let start = max(person.registeredAt, world.until - 365 * 86_400)
        let isChinese = person.language.map { $0.hasPrefix("zh") } ?? true
        var plans = [
            Plan(
                at: person.registeredAt + Int64(chance.within(60...900)), campaign: "welcome", step: "hello",
                subject: isChinese ? "欢迎来到山屿" : "Welcome to Shanyu")
        ]
        for mailing in world.mailings {
            let isNews = mailing.campaign == "weekly-news"
            if isNews, !person.temper.readsNews || chance.happens(0.5) { continue }
            let isLast = mailing.step == "last-call"
            let subject =
                if isNews {
                    isChinese ? "本周上新与户外路线" : "New this week, and a trail to walk"
                } else if isLast {
                    isChinese ? "双十一最后四小时" : "Four hours left"
                } else {
                    isChinese ? "双十一抢先看" : "11.11 starts early"
                }
            // Spread over half an hour; the last call goes out in the evening.
            let at = mailing.morning + person.number % 1_800 + (isLast ? 36_000 : 0)
            plans.append(
                Plan(
                    at: at, campaign: mailing.campaign, step: mailing.step, subject: subject,
                    prefersSMS: isLast))
        }
        if let day = lastBirthday(person, world) {
            plans.append(
                Plan(
                    at: world.zones[person.zone].instant(day, second: 32_400), campaign: "birthday",
                    step: "wishes", subject: isChinese ? "生日快乐,送您一份礼物" : "Happy birthday, a gift for you"))
        }
        return plans.filter { $0.at >= start && $0.at < world.until }
            .sorted { ($0.at, $0.campaign) < ($1.at, $1.campaign) }
    }

    /// The day of the birthday within the last year; 29 February is kept on the 28th in ordinary years.
    private func lastBirthday(_ person: Person, _ world: World) -> Int? {
        guard let birthday = person.birthday else { return nil }
        let year = CivilDate(daysSinceEpoch: world.today).year
        let days = [year, year - 1].compactMap { year in
            let day = min(birthday.day, CivilDate.days(inMonth: birthday.month, of: year))
            return CivilDate(year: year, month: birthday.month, day: day)?.daysSinceEpoch
        }
        return days.first { $0 <= world.today }
    }

    mutating func makeMessages(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "messages", customer: person.number)
        let addresses = [
            ("email", person.email?.lowercased()), ("wecom", person.wecomID), ("sms", person.phone),
        ]
        var closed: [String] = []
        for plan in plans(person, world, &chance) {
            let open = addresses.filter { !closed.contains($0.0) && mayUse($0.0, at: plan.at) }
            let wanted = plan.prefersSMS ? "sms" : person.preferredChannel
            guard let route = open.first(where: { $0.0 == wanted }) ?? open.first, let address = route.1
            else {
                continue
            }
            // The news is too long for a text message.
            if route.0 == "sms", plan.campaign == "weekly-news" { continue }
            var message = Message(
                campaign: plan.campaign, step: plan.step, channel: route.0, address: address,
                subject: plan.subject, sentAt: plan.at)
            if let reason = respond(to: &message, person, world, &chance), let at = message.events.last?.at {
                closed.append(message.channel)
                if reason != "unsubscribe", !person.borrowsEmail {
                    suppressions.append(
                        Suppression(channel: "email", address: address, reason: reason, at: at))
                }
                if reason != "hard_bounce" {
                    consents.append(Consent(channel: "email", isGranted: false, at: at, source: reason))
                }
            }
            messages.append(message)
        }
        // Requests by telephone or letter.
        if let email = addresses[0].1, !person.borrowsEmail, suppressions.isEmpty, chance.happens(0.008) {
            let at = chance.instant(from: person.registeredAt, before: world.until)
            suppressions.append(Suppression(channel: "email", address: email, reason: "manual", at: at))
        }
        consents.sort { ($0.at, $0.channel) < ($1.at, $1.channel) }
    }

    /// Adds what became of a message; what closes its channel for good, if anything.
    private func respond(
        to message: inout Message, _ person: Person, _ world: World, _ chance: inout Chance
    ) -> String? {
        /// False where the event would lie in the future.
        func add(_ type: String, _ at: Int64, url: String? = nil) -> Bool {
            guard at < world.until else { return false }
            message.events.append((type, at, url))
            return true
        }
        let arrival = message.sentAt + Int64(chance.within(1...90))
        let isMail = message.channel == "email"
        if isMail, person.temper.hasDeadMailbox {
            return add("hard_bounce", arrival) ? "hard_bounce" : nil
        }
        if chance.happens(0.024) {
            _ = add(isMail && chance.happens(0.8) ? "soft_bounce" : "delivered", arrival + 600)
            return nil
        }
        guard add("delivered", arrival), message.channel != "sms" else { return nil }
        let complains = isMail && person.temper.complains
        let unsubscribes = isMail && person.temper.unsubscribes && chance.happens(0.12)
        let opens = complains || unsubscribes || chance.happens(person.temper.openRate)
        let opened = opens ? readingTime(arrival, person, world, &chance) : arrival
        guard opens, add("open", opened) else { return nil }
        let later = opened + Int64(chance.within(8...200))
        if complains { return add("complaint", later) ? "complaint" : nil }
        if unsubscribes { return add("unsubscribe", later) ? "unsubscribe" : nil }
        if chance.happens(0.17) {
            let product = chance.pick(world.shop.popular[chance.pick(world.shop.popularCategories)])
            _ = add("click", later, url: world.shop.products[product].url)
        }
        if chance.happens(0.12) { _ = add("open", later + Int64(chance.within(600...90_000))) }
        return nil
    }

    /// Many read at once, the others at their hour of that day or of one of the next.
    private func readingTime(_ arrival: Int64, _ person: Person, _ world: World, _ chance: inout Chance)
        -> Int64
    {
        if chance.happens(0.4) { return arrival + Int64(chance.within(30...5_400)) }
        let zone = world.zones[person.zone]
        let second = person.temper.readingHour * 3_600 + chance.below(3_600)
        var day = zone.day(at: arrival) + chance.pick([0, 0, 0, 1, 1, 2, 4])
        if zone.instant(day, second: second) <= arrival { day += 1 }
        return zone.instant(day, second: second)
    }
}
