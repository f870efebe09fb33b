import Basics
import Catalog

@testable import Simulator

extension TimelineWorld {
    /// A random world: a run of up to twelve days, in many of which a clock is set forward or back.
    static func random(_ seed: UInt64) -> TimelineWorld {
        var random = TimelineRandom(seed: seed)
        return random.world(seed)
    }
}

/// Draws the parts of a world.
private struct TimelineRandom {
    private typealias World = TimelineWorld
    private var random: SplitMix64
    /// Only one campaign answers what people do with messages, or its messages would bring forth more than
    /// themselves.
    private var isAnswered = false
    private static let tags = ["vip", "warm", "cold"]
    private static let hour: Int64 = 3600
    private static let day: Int64 = 86_400

    init(seed: UInt64) {
        random = SplitMix64(seed: seed ^ 0x74696d65)
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    private mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    mutating func world(_ seed: UInt64) -> TimelineWorld {
        // The clocks of Berlin change on 29 March and 25 October 2026, those of New York on 8 March and 1
        // November.
        let first = pick(["2026-03-27", "2026-03-06", "2026-10-23", "2026-10-30", "2026-12-01", "2026-04-03"])
        let midnight = Int64(CivilDate(iso: first)?.daysSinceEpoch ?? 0) * Self.day
        let from =
            midnight + Int64(Int.random(in: 0..<96, using: &random)) * 900 + pick([0, 0, 0, 1, 899, 450])
        var world = TimelineWorld(
            seed: seed, from: from, days: pick([0, 1, 2, 3, 3, 5, 7, 12]),
            zone: pick(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
            base: people(seed, at: from))
        for person in world.base.people {
            if chance(70) {
                world.zones[person.id] = pick([
                    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu",
                    "Australia/Lord_Howe", "Mars/Base", "",
                ])
            }
            for tag in Self.tags where chance(20) { world.tags.append((person.id, tag)) }
            for _ in 0..<pick([0, 0, 1, 3]) {
                world.orders.append((person.id, from - pick([0, Self.hour, Self.day, 5 * Self.day])))
            }
        }
        world.responses = pick([
            .none, .all, .rates(.init(open: 0.8, click: 0.6, buy: 0.4)),
            .rates(.init(open: 0.4, click: 0.6, buy: 0.1)), .rates(.init(open: 0.9, buy: 0.5)),
            .rates(.init(open: 0.4, click: 0.3, buy: 0.2, unsubscribe: 0.2, complaint: 0.1, bounce: 0.15)),
            .rates(.init(open: 0.9, click: 0.9, unsubscribe: 0.3, complaint: 0.2, bounce: 0.05, after: 600)),
        ])
        if chance(60) {
            let (from, to) = pick([(1260, 480), (780, 840), (1335, 405), (0, 600)])
            world.quiet = World.Window(from: from, to: to)
        }
        world.cap = pick([
            nil, nil, .day(1), .day(2), .day(2), .day(chance(30) ? 0 : 3),
            .rolling(1, seconds: 30 * Self.hour),
            .rolling(3, seconds: 2 * Self.day),
        ])
        if chance(35) {
            world.channelCaps[pick([.email, .email, .sms])] = pick([
                .day(1), .day(2), .rolling(1, seconds: 20 * Self.hour), .rolling(2, seconds: 3 * Self.day),
            ])
        }
        let today = Int(from / Self.day)
        if chance(40) {
            world.daysOff = (0..<9).map { today + $0 }.filter { _ in chance(30) }
            world.workdays = (0..<9).map { today + $0 }.filter { day in
                TimelineClock.weekday(day) > 5 && !world.daysOff.contains(day) && chance(50)
            }
        }
        // Messages of one channel cost nothing.
        world.prices = pick([[.email: 1, .sms: 2], [.email: 1, .wecom: 3], [.sms: 3, .wecom: 1]])
        let names = ["a", "b", "c", "d"].prefix(pick([1, 2, 2, 3, 4]))
        for name in names { world.campaigns.append(campaign(name, world)) }
        // Everybody who answers to everything answers without end.
        if isAnswered, world.responses == .all {
            world.responses = .rates(.init(open: 0.8, click: 0.7, buy: 0.5))
        }
        world.write()
        return world
    }

    /// Those of the other reference, of whom more can be reached, far enough apart for several ranges.
    private mutating func people(_ seed: UInt64, at from: Int64) -> ReferenceWorld {
        var base = ReferenceWorld(seed: seed, now: from)
        base.campaigns = []
        if chance(60) { base.workspaceChannels = [.email, .sms, .wecom] }
        for index in base.people.indices { base.people[index].id *= 400 }
        for index in base.consents.indices { base.consents[index].customer *= 400 }
        for index in base.sent.indices {
            base.sent[index].customer *= 400
            let before = pick([0, 0, Self.hour, 20 * Self.hour, 2 * Self.day])
            base.sent[index].time -= before
            base.sent[index].event?.time -= before
        }
        // Of some it is known by which channel they answer, and when.
        for person in base.people where chance(35) {
            let (channel, hour) = (pick(Channel.allCases), Int64(pick([0, 7, 13, 20])))
            for day in 0..<Int64(pick([4, 6, 8])) {
                let time = (from / Self.day - 60 + day) * Self.day + hour * Self.hour
                base.sent.append(
                    ReferenceWorld.Sent(
                        customer: person.id, campaign: "old", step: "old", channel: channel, address: nil,
                        time: time, event: (pick(["open", "open", "click", "delivered"]), time + 60)))
            }
        }
        for index in base.people.indices where chance(80) {
            let id = base.people[index].id
            base.people[index].email = chance(80) ? "c\(id)@x.com" : "both@x.com"
            if chance(8) {
                base.suppressions.append(
                    ReferenceWorld.Suppression(
                        channel: .email, address: "c\(id)@x.com", reason: pick([.hardBounce, .manual]),
                        time: from))
            }
            if chance(80) { base.people[index].level = base.people[index].level ?? "new" }
            base.people[index].erased = false
            base.people[index].isLong = chance(8)
            if chance(70) { base.people[index].phone = "139\(10_000_000 + id)" }
            if chance(70) { base.people[index].language = "zh" }
            if base.people[index].preferred == .wecom, chance(60) { base.people[index].preferred = .email }
            for channel in Channel.allCases {
                base.consents.removeAll { $0.customer == id && $0.channel == channel }
                base.consents.append(
                    ReferenceWorld.Consent(
                        customer: id, channel: channel, granted: true, time: from - 100))
            }
        }
        return base
    }

    // MARK: Campaigns

    private mutating func campaign(_ name: String, _ world: TimelineWorld) -> World.Campaign {
        var campaign = World.Campaign(name: name)
        campaign.isFollowUp = chance(25)
        campaign.trigger = campaign.isFollowUp || chance(25) ? reaction() : trigger(world)
        campaign.transactional = chance(15)
        campaign.priority = pick([0, 0, 0, 1, -1])
        campaign.channels = pick([nil, nil, nil, [.sms, .email], [.email]])
        if chance(40) {
            let (from, to) = pick([(600, 690), (480, 1080), (1320, 120), (120, 195), (0, 720)])
            campaign.window = World.Window(
                from: from, to: to, days: pick([.every, .workdays, .named([1, 4, 6, 7])]))
        }
        campaign.bestHour = chance(25)
        if chance(20) { campaign.limit = pick([1, 2, 3]) }
        if chance(20) { campaign.budget = pick([1, 2, 5, 8]) }
        campaign.overCap = pick([.skip, .defer, .defer, .switch, .switch])
        campaign.maxAge = pick([2 * Self.day, 2 * Self.day, 4 * Self.day, 12 * Self.hour, Self.hour])
        var isMoving = false
        if case .on(let event, _) = campaign.trigger, event == "tag" || event == "untag" { isMoving = true }
        campaign.journey = steps(depth: 0, campaign, world, tags: !isMoving)
        if campaign.isFollowUp {
            campaign.delay = pick([0, 60, Self.hour, Self.day])
            if chance(40) { campaign.filter = pick([.step("hello"), condition(depth: 1)]) }
            if chance(40) { campaign.unless = condition(depth: 1) }
            return campaign
        }
        campaign.audience = condition(depth: 0)
        campaign.holdout = pick([0, 0, 0, 0.3])
        if chance(30) { campaign.variants = [("long", 1), ("short", 2.5)] }
        campaign.reentry = pick([nil, 0, Self.hour, Self.day, 3 * Self.day])
        if chance(25) { campaign.goal = pick([.boughtSinceEntry, condition(depth: 1)]) }
        if chance(25) { campaign.exitRule = condition(depth: 1) }
        return campaign
    }

    private mutating func trigger(_ world: TimelineWorld) -> World.Trigger {
        let today = Int(world.from / Self.day)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: return .start
        case 3...4:
            return .at(World.Wall(day: today + pick([0, 1, 1, 2]), minute: pick([120, 150, 600, 1275])))
        case 5...6: return .daily(pick([[600], [150], [540, 1110]]), weekdays: false)
        case 7: return .daily([600], weekdays: true)
        default: return .hours(pick(world.days < 4 ? [1, 6] : [6, 12]))
        }
    }

    private mutating func reaction() -> World.Trigger {
        if !isAnswered, chance(60) {
            isAnswered = true
            return .on(
                pick(["open", "click", "click", "order", "bounce", "complaint", "unsubscribe"]), tag: nil)
        }
        return pick([.on("tag", tag: nil), .on("tag", tag: pick(Self.tags)), .on("untag", tag: nil)])
    }

    private mutating func condition(depth: Int) -> TimelineCondition {
        if depth == 0, chance(40) { return .everybody }
        switch Int.random(in: 0..<12, using: &random) {
        case 0...1: return .hasTag(pick(Self.tags))
        case 2: return .hasLevel(pick(["gold", "silver", "new"]))
        case 3: return .messages(atLeast: pick([1, 2, 4]))
        case 4: return .lately(messages: pick([1, 2]), inLast: pick([Self.hour, Self.day, 3 * Self.day]))
        case 5: return .clicks(atLeast: pick([1, 2]))
        case 6: return .opened(inLast: pick([2 * Self.hour, Self.day]))
        case 7: return .orders(atLeast: pick([1, 2, 3]))
        case 8: return .lastOrder(before: pick([Self.hour, Self.day, 3 * Self.day]))
        case 9 where depth < 3: return .not(condition(depth: depth + 1))
        case 10 where depth < 3: return .both(condition(depth: depth + 1), condition(depth: depth + 1))
        case 11 where depth < 3:
            return .either(.not(condition(depth: depth + 1)), condition(depth: depth + 1))
        default: return .everybody
        }
    }

    // MARK: Journeys

    private mutating func steps(
        depth: Int, _ campaign: World.Campaign, _ world: TimelineWorld, tags: Bool
    ) -> [TimelineStep] {
        (0..<pick(depth == 0 ? [2, 3, 4, 5] : [1, 1, 2])).map { _ in
            step(depth: depth, campaign, world, tags: tags)
        }
    }

    private mutating func step(
        depth: Int, _ campaign: World.Campaign, _ world: TimelineWorld, tags: Bool
    ) -> TimelineStep {
        let act = self.act(depth: depth, campaign, world, tags: tags)
        switch act {
        case .rounds:
            // The rounds of a loop take time, or wait for what takes time.
            let body = steps(depth: depth + 1, campaign, world, tags: tags)
            return TimelineStep(act, then: body + [TimelineStep(.wait(pick([Self.hour, Self.day])))])
        case .branch:
            return TimelineStep(
                act, then: steps(depth: depth + 1, campaign, world, tags: tags),
                otherwise: steps(depth: depth + 1, campaign, world, tags: tags))
        case .send, .waitFor:
            guard depth < 2, chance(40) else { return TimelineStep(act) }
            return TimelineStep(
                act, then: steps(depth: depth + 1, campaign, world, tags: tags),
                otherwise: chance(60) ? steps(depth: depth + 1, campaign, world, tags: tags) : [])
        default: return TimelineStep(act)
        }
    }

    private mutating func act(
        depth: Int, _ campaign: World.Campaign, _ world: TimelineWorld, tags: Bool
    ) -> TimelineStep.Act {
        switch Int.random(in: 0..<32, using: &random) {
        case 0..<11:
            let template = pick(["hello", "hello", "more"])
            // A journey that names a channel that its campaign or its template lacks, is a mistake.
            let written = world.base.written[template] ?? []
            let named = (campaign.channels ?? Channel.allCases).filter(written.contains)
            return .send(
                template: template, channel: chance(30) ? named.randomElement(using: &random)?.rawValue : nil,
                bestHour: chance(10) ? chance(50) : nil)
        case 11..<14: return .wait(pick([0, 60, 90 * 60, Self.day, Self.day, 2 * Self.day]))
        case 14: return .waitUntil(world.from + pick([-Self.hour, Self.hour, Self.day, 3 * Self.day]))
        case 15..<21:
            return .waitFor(
                pick(["click", "click", "open", "order", "tag", "bounce", "unsubscribe", "complaint"]),
                limit: pick([nil, 0, 2 * Self.hour, 7320, Self.day, Self.day, 3 * Self.day]))
        case 21..<23 where tags: return .tag(pick(Self.tags))
        case 23 where tags: return .untag(pick(Self.tags))
        case 24:
            return pick([
                .set("level", "gold"), .set("level", "new"), .set("time_zone", "Asia/Kathmandu"),
                .set("preferred_channel", "sms"),
            ])
        case 25: return .pause(pick([Self.hour, 2 * Self.day]))
        case 26: return chance(30) ? .raise : .note("here")
        case 27 where depth > 0: return .exit(pick([nil, "enough"]))
        case 28..<30 where depth < 2:
            return .branch(
                !campaign.variants.isEmpty && chance(60) ? .isVariant("long") : condition(depth: 1))
        case 30 where depth == 0: return .rounds(pick([2, 3]))
        default: return .wait(pick([Self.hour, 5 * Self.hour]))
        }
    }
}
