import Basics
import Catalog
import Foundation

@testable import Simulator

/// What must happen in a ``TimelineWorld``: written from DESIGN §3 to §5 and the decisions 014 and 015 alone, slow and
/// without any cleverness. All that is to happen to all customers stands in one array.
final class Timeline {
    /// Without what is in the message: subject, hash and detail.
    private(set) var decisions: [Decision] = []
    private(set) var events: [RunEvent] = []
    private(set) var flows: [RunFlow] = []
    /// Who entered a campaign at all, and who was asked to get a message.
    private(set) var entered: Set<Place> = []
    private(set) var addressed: Set<Place> = []

    struct Place: Hashable {
        var customer: Int64
        var campaign: String
    }

    private enum Action {
        case ask(TimelineWorld.Campaign)
        case enter(TimelineWorld.Campaign, Event)
        case goOn(Walk, Answer, turn: Int)
        case release(Walk, Held)
        case react(Int, String)
    }

    private struct Item {
        var time: Int64
        var isReaction = false
        var priority = 0
        var asked: Int64
        var campaign = ""
        var customer: Int64
        var number: Int
        var action: Action

        /// At one instant what customers do comes first, then campaigns by priority, by when it was asked for, by name, then
        /// the lower customer.
        func isBefore(_ other: Item) -> Bool {
            if time != other.time { return time < other.time }
            if isReaction != other.isReaction { return isReaction }
            if priority != other.priority { return priority > other.priority }
            if asked != other.asked { return asked < other.asked }
            if campaign != other.campaign { return campaign < other.campaign }
            return customer != other.customer ? customer < other.customer : number < other.number
        }
    }

    /// Something that happened to a customer.
    private struct Event {
        var name: String
        var step: String?
    }

    private enum Answer {
        case done
        case sent(Bool)
        case event(Event?)

        var isYes: Bool {
            switch self {
            case .done: false
            case .sent(let flag): flag
            case .event(let event): event != nil
            }
        }

        var text: String {
            switch self {
            case .done: ""
            case .sent(let flag): flag ? "sent" : "not sent"
            case .event(let event): event?.name ?? "nothing"
            }
        }
    }

    /// A customer on the way through a journey.
    private final class Walk {
        let customer: Int64
        let campaign: TimelineWorld.Campaign
        let entry: Int64
        let variant: String?
        /// The blocks that it is in, the innermost last: what is still to be done there, and how many rounds more.
        var blocks: [(left: ArraySlice<TimelineStep>, all: [TimelineStep], rounds: Int)]
        /// The last line that asked for something.
        var step: TimelineStep?
        var line: Int?
        var hasBegun = false
        var isOver = false
        var waitsFor: String?
        var turn = 0
        var lastMessage: Int?

        init(_ customer: Int64, _ campaign: TimelineWorld.Campaign, at entry: Int64, variant: String?) {
            self.customer = customer
            self.campaign = campaign
            self.entry = entry
            self.variant = variant
            blocks = [(campaign.journey[...], campaign.journey, 0)]
        }

        /// The place of that line.
        var place: String? { line.map { "scripts/x.lua:\($0)" } }

        func begin(_ steps: [TimelineStep], rounds: Int = 1) {
            blocks.append((steps[...], steps, rounds - 1))
        }

        func nextStep() -> TimelineStep? {
            while let block = blocks.last {
                if let step = block.left.first {
                    blocks[blocks.count - 1].left.removeFirst()
                    return step
                }
                blocks.removeLast()
                if block.rounds > 0 { blocks.append((block.all[...], block.all, block.rounds - 1)) }
            }
            return nil
        }
    }

    private struct Held {
        var template: String
        var channel: Channel?
        var line: Int
        var asked: Int64
        var reason: Reason?
        var displacedBy: [String] = []
    }

    private struct Message {
        var walk: Walk
        var template: String
        var channel: Channel
        var address: String
        var time: Int64
        /// Of `open` and `click`, when.
        var events: [String: Int64] = [:]
    }

    private let world: TimelineWorld
    private let clock: TimelineClock
    private let end: Int64
    private var now: Int64
    /// What is to happen, the next last.
    private var items: [Item] = []
    private var itemCount = 0
    private var walks: [Walk] = []
    private var messages: [Message] = []
    private var orders: [(customer: Int64, time: Int64)] = []
    private var people: [Int64: ReferenceWorld.Person] = [:]
    private var zones: [Int64: String]
    private var tags: [Int64: Set<String>] = [:]
    private var paused: [Int64: Int64] = [:]
    private var entries: [Place: Int64] = [:]
    /// The lowest customer of each customer's person, who stands for the person in random choices.
    private var lowest: [Int64: Int64] = [:]
    /// How many events were told of a person, by the lowest customer.
    private var told: [Int64: Int] = [:]

    init(_ world: TimelineWorld) {
        self.world = world
        clock = TimelineClock(home: world.zone)
        now = world.from
        end = max(world.from + Int64(world.days) * 86_400, world.from + 1)
        zones = world.zones
        for person in world.base.people {
            people[person.id] = person
            lowest[person.id] = world.base.household(of: person.id).min()
        }
        for (customer, tag) in world.tags { tags[customer, default: []].insert(tag) }
        orders = world.orders
        run()
    }

    private func run() {
        for campaign in world.campaigns {
            for time in instants(of: campaign.trigger) {
                for person in world.base.people { add(.ask(campaign), campaign, person.id, at: time) }
            }
        }
        while let item = items.popLast(), item.time < end {
            now = item.time
            switch item.action {
            case .ask(let campaign):
                if mayEnter(item.customer, campaign) { enter(item.customer, campaign, nil) }
            case .enter(let campaign, let event):
                guard mayEnter(item.customer, campaign) else { continue }
                if let unless = campaign.unless, holds(unless, item.customer, event: event) { continue }
                enter(item.customer, campaign, event)
            case .goOn(let walk, let answer, let turn):
                if !walk.isOver, walk.turn == turn { goOn(walk, answer) }
            case .release(let walk, let held):
                if let answer = bring(held, walk) { goOn(walk, answer) }
            case .react(let message, let name): react(message, name)
            }
        }
        for walk in walks where !walk.isOver { finish(walk, .done, "under way") }
    }

    private func add(
        _ action: Action, _ campaign: TimelineWorld.Campaign?, _ customer: Int64, at time: Int64,
        asked: Int64? = nil
    ) {
        itemCount += 1
        let item = Item(
            time: time, isReaction: campaign == nil, priority: campaign?.priority ?? 0, asked: asked ?? time,
            campaign: campaign?.name ?? "", customer: customer, number: itemCount, action: action)
        var place = items.count
        while place > 0, items[place - 1].isBefore(item) { place -= 1 }
        items.insert(item, at: place)
    }

    // MARK: Triggers

    private func instants(of trigger: TimelineWorld.Trigger) -> [Int64] {
        switch trigger {
        case .start: return [world.from]
        case .at(let wall): return planned([wall])
        case .daily(let minutes, let weekdays):
            let days = allDays.filter { !weekdays || TimelineClock.weekday($0) <= 5 }
            return planned(days.flatMap { day in minutes.map { TimelineWorld.Wall(day: day, minute: $0) } })
        case .hours(let hours):
            let times = stride(from: 0, to: 24 * 60, by: hours * 60)
            let plan = planned(
                allDays.flatMap { day in times.map { TimelineWorld.Wall(day: day, minute: $0) } })
            // What repeats within the day goes on through an hour that comes twice.
            let shown = quarters.filter { time in
                time >= world.from && time < end
                    && clock.secondOfDay(time, world.zone).isMultiple(of: hours * 3600)
            }
            return Set(plan + shown).sorted()
        case .on: return []
        }
    }

    private var quarters: StrideTo<Int64> {
        clock.quarters(after: world.from - 2 * 86_400, days: Int64(world.days) + 3)
    }

    private var allDays: ClosedRange<Int> {
        clock.day(world.from, world.zone)...clock.day(end, world.zone)
    }

    /// The instants at which the workspace's clock first shows these times, or later ones, once each.
    private func planned(_ walls: [TimelineWorld.Wall]) -> [Int64] {
        let found = walls.compactMap { wall in
            quarters.first {
                clock.wall($0, world.zone) >= Int64(wall.day) * 86_400 + Int64(wall.minute) * 60
            }
        }
        return Set(found).filter { $0 >= world.from && $0 < end }.sorted()
    }

    // MARK: Entering

    private func mayEnter(_ customer: Int64, _ campaign: TimelineWorld.Campaign) -> Bool {
        if !campaign.isFollowUp, let last = entries[Place(customer: customer, campaign: campaign.name)] {
            guard let reentry = campaign.reentry, now - last >= reentry else { return false }
        }
        return holds(campaign.audience, customer)
    }

    private func enter(_ customer: Int64, _ campaign: TimelineWorld.Campaign, _ event: Event?) {
        let place = Place(customer: customer, campaign: campaign.name)
        entries[place] = now
        entered.insert(place)
        let walk = Walk(customer, campaign, at: now, variant: variant(of: campaign, for: customer))
        walks.append(walk)
        tell("enter", customer, campaign.name, subject: event?.name ?? walk.variant)
        goOn(walk, .done)
    }

    private func variant(of campaign: TimelineWorld.Campaign, for customer: Int64) -> String? {
        guard !campaign.variants.isEmpty else { return nil }
        var hash = StableHash("variant", campaign.name)
        hash.combine(Int64(bitPattern: world.seed))
        hash.combine(lowest[customer] ?? customer)
        let sorted = campaign.variants.sorted { $0.name < $1.name }
        let place = hash.unitInterval * sorted.map(\.weight).reduce(0, +)
        var sum = 0.0
        for variant in sorted {
            sum += variant.weight
            if place < sum { return variant.name }
        }
        return sorted.last?.name
    }

    // MARK: Journeys

    private func goOn(_ walk: Walk, _ answer: Answer) {
        walk.turn += 1
        walk.waitsFor = nil
        if walk.hasBegun {
            if let goal = walk.campaign.goal, holds(goal, walk.customer, walk) {
                tell("goal", walk.customer, walk.campaign.name)
                return finish(walk, answer, "goal")
            }
            if let rule = walk.campaign.exitRule, holds(rule, walk.customer, walk) {
                tell("exit", walk.customer, walk.campaign.name)
                return finish(walk, answer, "exit")
            }
        }
        walk.hasBegun = true
        var answer = answer
        while true {
            if let step = walk.step { walk.begin(answer.isYes ? step.then : step.otherwise) }
            guard let step = nextAsked(walk) else { return finish(walk, answer, "end") }
            if case .raise = step.act { return fail(walk, answer) }
            flow(walk, answer, to: step)
            walk.step = step
            walk.line = step.line
            guard let next = perform(step, walk) else { return }
            answer = next
        }
    }

    /// A journey that raises is one decision, which the exit gate may have made before.
    private func fail(_ walk: Walk, _ answer: Answer) {
        addressed.insert(Place(customer: walk.customer, campaign: walk.campaign.name))
        let exit = exit(of: walk)
        append(
            Decision(
                customer: walk.customer, campaign: walk.campaign.name, step: "",
                script: place(walk.campaign.line), time: now,
                localTime: clock.text(now, zones[walk.customer]), outcome: exit == nil ? .failed : .exited,
                reason: exit ?? .error, variant: walk.variant))
        finish(walk, answer, "error")
    }

    /// Goes through conditions and loops up to the next line that asks for something, or raises.
    private func nextAsked(_ walk: Walk) -> TimelineStep? {
        while let step = walk.nextStep() {
            switch step.act {
            case .branch(let condition):
                walk.begin(holds(condition, walk.customer, walk) ? step.then : step.otherwise)
            case .rounds(let count): walk.begin(step.then, rounds: count)
            default: return step
            }
        }
        return nil
    }

    /// Nil where the journey waits or is over.
    private func perform(_ step: TimelineStep, _ walk: Walk) -> Answer? {
        let customer = walk.customer
        switch step.act {
        case .send(let template, let channel):
            addressed.insert(Place(customer: customer, campaign: walk.campaign.name))
            return bring(
                Held(
                    template: template, channel: channel.flatMap(Channel.init(rawValue:)), line: step.line,
                    asked: now),
                walk)
        case .wait(let span): return wait(walk, until: now + span)
        case .waitUntil(let time): return wait(walk, until: time)
        case .waitFor(let name, let limit):
            if ["open", "click"].contains(name), let last = walk.lastMessage,
                messages[last].events[name] != nil
            {
                return .event(Event(name: name))
            }
            if limit == 0 { return .event(nil) }
            walk.waitsFor = name
            if let limit {
                add(.goOn(walk, .event(nil), turn: walk.turn), walk.campaign, customer, at: now + limit)
            }
            return nil
        case .tag(let tag):
            let isNew = tags[customer, default: []].insert(tag).inserted
            tell("tag", walk, subject: tag)
            if isNew { happen(Event(name: "tag"), customer, tag: tag) }
        case .untag(let tag):
            let isGone = tags[customer, default: []].remove(tag) != nil
            tell("untag", walk, subject: tag)
            if isGone { happen(Event(name: "untag"), customer, tag: tag) }
        case .set(let field, let value):
            switch field {
            case "level": people[customer]?.level = value
            case "time_zone": zones[customer] = value
            case "preferred_channel": people[customer]?.preferred = Channel(rawValue: value)
            default: fatalError("no world sets \(field)")
            }
            tell("set", walk, subject: "\(field) = \(value)")
        case .pause(let span):
            paused[customer] = max(paused[customer] ?? .min, now + span)
            tell("pause", walk, due: now + span)
        case .note(let text): tell("note", walk, subject: text)
        case .exit(let reason):
            tell("exit", walk, subject: reason)
            finish(walk, .done, "exit")
            return nil
        case .raise, .branch, .rounds: break
        }
        return .done
    }

    private func wait(_ walk: Walk, until time: Int64) -> Answer? {
        guard time > now else { return .done }
        add(.goOn(walk, .done, turn: walk.turn), walk.campaign, walk.customer, at: time)
        return nil
    }

    private func finish(_ walk: Walk, _ answer: Answer, _ word: String) {
        walk.isOver = true
        count(
            RunFlow(
                campaign: walk.campaign.name, source: walk.place, answer: answer.text, target: nil,
                word: word, count: 1))
    }

    private func flow(_ walk: Walk, _ answer: Answer, to step: TimelineStep) {
        count(
            RunFlow(
                campaign: walk.campaign.name, source: walk.place, answer: answer.text,
                target: place(step.line), word: step.word, count: 1))
    }

    private func count(_ flow: RunFlow) {
        let same = flows.firstIndex {
            $0.campaign == flow.campaign && $0.source == flow.source && $0.answer == flow.answer
                && $0.target == flow.target && $0.word == flow.word
        }
        if let same { flows[same].count += 1 } else { flows.append(flow) }
    }

    // MARK: What happens

    private func react(_ index: Int, _ name: String) {
        let message = messages[index]
        let customer = message.walk.customer
        tell(name, customer, message.walk.campaign.name, subject: message.template)
        if name == "order" {
            orders.append((customer, now))
        } else {
            messages[index].events[name] = now
        }
        happen(Event(name: name, step: message.template), customer, message: name == "order" ? nil : index)
    }

    private func happen(_ event: Event, _ customer: Int64, message: Int? = nil, tag: String? = nil) {
        for walk in walks where walk.customer == customer && !walk.isOver && walk.waitsFor == event.name {
            if let message, walk.lastMessage != message { continue }
            // It waits for nothing else: a limit at this very instant comes too late.
            walk.waitsFor = nil
            walk.turn += 1
            add(.goOn(walk, .event(event), turn: walk.turn), walk.campaign, customer, at: now)
        }
        for campaign in world.campaigns {
            guard case .on(event.name, let wanted) = campaign.trigger, wanted == nil || wanted == tag else {
                continue
            }
            if let filter = campaign.filter, !holds(filter, customer, event: event) { continue }
            add(.enter(campaign, event), campaign, customer, at: now + campaign.delay)
        }
    }

    private func tell(_ word: String, _ customer: Int64, _ campaign: String, subject: String? = nil) {
        append(RunEvent(customer: customer, campaign: campaign, time: now, word: word, subject: subject))
    }

    private func tell(_ word: String, _ walk: Walk, subject: String? = nil, due: Int64? = nil) {
        append(
            RunEvent(
                customer: walk.customer, campaign: walk.campaign.name, time: now, word: word,
                script: walk.place, subject: subject, due: due))
    }

    private func append(_ event: RunEvent) {
        var event = event
        event.place = told[lowest[event.customer] ?? 0] ?? 0
        told[lowest[event.customer] ?? 0] = event.place + 1
        events.append(event)
    }

    private func append(_ decision: Decision) {
        var decision = decision
        decision.place = told[lowest[decision.customer] ?? 0] ?? 0
        decisions.append(decision)
    }

    private func place(_ line: Int) -> String { "scripts/x.lua:\(line)" }

    // MARK: The gates

    /// Brings a message to the gates; gives the journey's answer, nil where the message is held or the journey over.
    private func bring(_ held: Held, _ walk: Walk) -> Answer? {
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
        switch verdict(held, walk, &decision) {
        case .pass:
            messages.append(
                Message(
                    walk: walk, template: held.template, channel: decision.channel ?? .email,
                    address: decision.address ?? "", time: now))
            walk.lastMessage = messages.count - 1
            let responses = world.responses.responses(
                to: ResponseModel.Message(
                    seed: world.seed, customer: customer, campaign: walk.campaign.name, step: held.template,
                    channel: decision.channel ?? .email, time: now))
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
            var held = held
            held.reason = reason
            if reason == .frequencyCap { held.displacedBy = decision.displacedBy }
            add(.release(walk, held), walk.campaign, customer, at: until, asked: held.asked)
            return nil
        }
    }

    private enum Verdict {
        case pass
        case stop(Reason)
        case end(Reason)
        /// Nil for never.
        case hold(Reason, Int64?)
    }

    private func verdict(_ held: Held, _ walk: Walk, _ decision: inout Decision) -> Verdict {
        let campaign = walk.campaign
        guard let person = people[walk.customer] else { return .stop(.error) }
        // 1. exit
        if let reason = exit(of: walk) { return .end(reason) }
        // A channel that the workspace does not use is a mistake of the script.
        if let channel = held.channel, !world.base.workspaceChannels.contains(channel) {
            return .stop(.error)
        }
        // 2. address
        let policy = ReferenceWorld.Campaign(
            name: campaign.name, transactional: campaign.transactional, channels: campaign.channels,
            holdout: campaign.holdout, reentry: campaign.reentry, sends: [])
        let channels = world.base.candidates(person, policy, (held.template, held.channel))
        if !channels.isEmpty,
            !channels.contains(where: { world.base.isReadable(held.template, $0, by: person) })
        {
            return .stop(.noLanguage)
        }
        guard let (channel, address) = world.base.target(person, policy, (held.template, held.channel)) else {
            return .stop(.noAddress)
        }
        decision.channel = channel
        decision.address = address
        // 3. suppression
        if let reason = world.base.suppression(person, channel, address) { return .stop(reason) }
        if !campaign.transactional {
            // 4. consent
            if let reason = world.base.consent(person, channel) { return .stop(reason) }
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
        if campaign.transactional { return .pass }
        // 7. quiet hours and send window
        let windows = [isAwake, { self.isOpen(campaign.window, $0, $1) }]
        for (window, reason) in zip(windows, [Reason.quietHours, .sendWindow])
        where !window(now, person.id) {
            let opening = clock.quarters(after: now, days: 20).first { time in
                windows.allSatisfy { $0(time, person.id) }
            }
            return .hold(reason, opening)
        }
        // 8. frequency cap
        if let cap = world.cap, !allows(cap, at: now, person.id) {
            decision.displacedBy = []
            for message in messages
            where message.walk.customer == person.id && !message.walk.campaign.transactional
                && counts(cap, message.time, at: now, person.id)
                && !decision.displacedBy.contains(message.walk.campaign.name)
            {
                decision.displacedBy.append(message.walk.campaign.name)
            }
            guard campaign.defers else { return .stop(.frequencyCap) }
            return .hold(.frequencyCap, whenAllowed(cap, person.id))
        }
        return .pass
    }

    private func exit(of walk: Walk) -> Reason? {
        if people[walk.customer]?.erased == true { return .erased }
        if let goal = walk.campaign.goal, holds(goal, walk.customer, walk) { return .goalMet }
        if let rule = walk.campaign.exitRule, holds(rule, walk.customer, walk) { return .exitRule }
        return nil
    }

    /// The step went to the address in this journey, in one that began less than the campaign's time of reentry before this
    /// one, or before the run and less than that ago.
    private func isDuplicate(_ held: Held, _ walk: Walk, _ address: String) -> Bool {
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

    private func isAwake(_ time: Int64, _ customer: Int64) -> Bool {
        guard let quiet = world.quiet else { return true }
        return !isBetween(quiet.from, quiet.to, clock.secondOfDay(time, zones[customer]))
    }

    private func isOpen(_ window: TimelineWorld.Window?, _ time: Int64, _ customer: Int64) -> Bool {
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

    private func isBetween(_ from: Int, _ to: Int, _ second: Int) -> Bool {
        from < to ? second >= from * 60 && second < to * 60 : second >= from * 60 || second < to * 60
    }

    /// When marketing messages were sent to a customer.
    private func marketing(to customer: Int64) -> [Int64] {
        world.base.sent.filter { $0.customer == customer && $0.time <= world.from }.map(\.time)
            + messages.filter { $0.walk.customer == customer && !$0.walk.campaign.transactional }.map(\.time)
    }

    private func allows(_ cap: TimelineWorld.Cap, at time: Int64, _ customer: Int64) -> Bool {
        let limit =
            switch cap {
            case .day(let limit), .rolling(let limit, _): limit
            }
        return marketing(to: customer).count { counts(cap, $0, at: time, customer) } < limit
    }

    /// Whether a message that was sent earlier still counts.
    private func counts(
        _ cap: TimelineWorld.Cap, _ sent: Int64, at time: Int64, _ customer: Int64
    ) -> Bool {
        switch cap {
        case .day: clock.day(sent, zones[customer]) == clock.day(time, zones[customer])
        case .rolling(_, let seconds): time - sent < seconds
        }
    }

    private func whenAllowed(_ cap: TimelineWorld.Cap, _ customer: Int64) -> Int64? {
        switch cap {
        case .day:
            return clock.quarters(after: now, days: 3).first { allows(cap, at: $0, customer) }
        case .rolling(_, let seconds):
            return marketing(to: customer).map { $0 + seconds }.sorted().first {
                $0 > now && allows(cap, at: $0, customer)
            }
        }
    }

    // MARK: Questions

    private func holds(
        _ condition: TimelineCondition, _ customer: Int64, _ walk: Walk? = nil, event: Event? = nil
    ) -> Bool {
        func sub(_ condition: TimelineCondition) -> Bool { holds(condition, customer, walk, event: event) }
        let stored = world.base.sent.filter { $0.customer == customer }
        let simulated = messages.filter { $0.walk.customer == customer }
        let sent = stored.map(\.time).filter { $0 <= world.from } + simulated.map(\.time)
        func times(of name: String) -> [Int64] {
            stored.compactMap { $0.event?.type == name ? $0.event?.time : nil }.filter { $0 <= world.from }
                + simulated.compactMap { $0.events[name] }
        }
        let bought = orders.filter { $0.customer == customer }.map(\.time)
        switch condition {
        case .everybody: return true
        case .hasTag(let tag): return tags[customer]?.contains(tag) == true
        case .hasLevel(let level): return people[customer]?.level == level
        case .messages(let least): return sent.count >= least
        case .lately(let least, let span): return sent.count { $0 >= now - span } >= least
        case .clicks(let least): return times(of: "click").count >= least
        case .opened(let span): return times(of: "open").max().map { $0 >= now - span } ?? false
        case .orders(let least): return bought.count >= least
        case .lastOrder(let span): return bought.max().map { $0 < now - span } ?? false
        case .boughtSinceEntry: return bought.contains { $0 >= walk?.entry ?? .max }
        case .isVariant(let name): return walk?.variant == name
        case .step(let step): return event?.step == step
        case .not(let condition): return !sub(condition)
        case .both(let a, let b): return sub(a) && sub(b)
        case .either(let a, let b): return sub(a) || sub(b)
        }
    }
}
