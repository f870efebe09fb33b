import Basics
import Catalog

@testable import Simulator

/// What must happen in a ``TimelineWorld``: written from DESIGN §3 to §5 and the decisions 014 and 015 alone,
/// slow and without any cleverness. All that is to happen to all customers stands in one array.
final class Timeline {
    /// Without what is in the message: subject, hash and detail.
    var decisions: [Decision] = []
    private(set) var events: [RunEvent] = []
    private(set) var flows: [RunFlow] = []
    /// Who entered a campaign at all, and who was asked to get a message.
    private(set) var entered: Set<Place> = []
    private(set) var addressed: Set<Place> = []

    struct Place: Hashable {
        var customer: Int64
        var campaign: String
    }

    enum Action {
        case ask(TimelineWorld.Campaign)
        case enter(TimelineWorld.Campaign, Event)
        case goOn(Walk, Answer, turn: Int)
        case release(Walk, Held)
        case react(Int, String)
    }

    private struct Item {
        var time: Int64
        /// At one instant the people come one after the other, as they have drawn lots for it.
        var lot: UInt64
        var person: Int64
        var isReaction = false
        var priority = 0
        var asked: Int64
        var campaign = ""
        var customer: Int64
        var number: Int
        var action: Action

        /// Of one person at one instant what customers do comes first, then campaigns by priority, by when it
        /// was asked for, by name, then the lower customer.
        func isBefore(_ other: Item) -> Bool {
            if time != other.time { return time < other.time }
            if lot != other.lot { return lot < other.lot }
            if person != other.person { return person < other.person }
            if isReaction != other.isReaction { return isReaction }
            if priority != other.priority { return priority > other.priority }
            if asked != other.asked { return asked < other.asked }
            if campaign != other.campaign { return campaign < other.campaign }
            return customer != other.customer ? customer < other.customer : number < other.number
        }
    }

    /// Something that happened to a customer.
    struct Event {
        var name: String
        var step: String?
    }

    enum Answer {
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
    final class Walk {
        let customer: Int64
        let campaign: TimelineWorld.Campaign
        let entry: Int64
        let variant: String?
        /// The blocks that it is in, the innermost last: what is still to be done there, and how many rounds
        /// more.
        var blocks: [(left: ArraySlice<TimelineStep>, all: [TimelineStep], rounds: Int)]
        /// The last line that asked for something.
        var step: TimelineStep?
        var line: Int?
        var hasBegun = false
        var isOver = false
        var hasMetGoal = false
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

    struct Held {
        var template: String
        var channel: Channel?
        var wantsBestHour: Bool
        /// Chosen when it is first needed.
        var hour: Int?
        var line: Int
        var asked: Int64
        var reason: Reason?
        var displacedBy: [String] = []
    }

    struct Message {
        var walk: Walk
        var template: String
        var channel: Channel
        var address: String
        var time: Int64
        /// Of `open`, `click` and the others, when.
        var events: [String: Int64] = [:]
    }

    let world: TimelineWorld
    let clock: TimelineClock
    let end: Int64
    var now: Int64
    /// What is to happen, the next last.
    private var items: [Item] = []
    private var itemCount = 0
    private var walks: [Walk] = []
    private var heldOut: [Walk] = []
    /// By campaign, whether each of the journeys that count met the goal.
    private(set) var goals: [String: [RunGoal: [Bool]]] = [:]
    var messages: [Message] = []
    var orders: [(customer: Int64, time: Int64)] = []
    var people: [Int64: ReferenceWorld.Person] = [:]
    var zones: [Int64: String]
    var tags: [Int64: Set<String>] = [:]
    var paused: [Int64: Int64] = [:]
    private var entries: [Place: Int64] = [:]
    /// Whom the limit of a campaign has kept out.
    private var refused: Set<Place> = []
    /// What the messages of each campaign cost so far, and the campaigns for whose next one there was too
    /// little.
    var spent: [String: Int] = [:]
    var broke: Set<String> = []
    /// The lowest customer of each customer's person, who stands for the person in random choices.
    var lowest: [Int64: Int64] = [:]
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
        measureGoals()
    }

    /// Of those who got a message or were held out, whose goal was met on the way or is at the end.
    private func measureGoals() {
        now = end - 1
        for walk in walks where world.days > 0 {
            guard let goal = walk.campaign.goal else { continue }
            let isHeldOut = heldOut.contains { $0 === walk }
            guard isHeldOut || messages.contains(where: { $0.walk === walk }) else { continue }
            let group = RunGoal(variant: walk.variant, isHeldOut: isHeldOut)
            goals[walk.campaign.name, default: [:]][group, default: []].append(
                walk.hasMetGoal || holds(goal, walk.customer, walk))
        }
    }

    func add(
        _ action: Action, _ campaign: TimelineWorld.Campaign?, _ customer: Int64, at time: Int64,
        asked: Int64? = nil
    ) {
        itemCount += 1
        let person = lowest[customer] ?? customer
        var lot = StableHash("lot")
        lot.combine(Int64(bitPattern: world.seed))
        lot.combine(time)
        lot.combine(person)
        let item = Item(
            time: time, lot: lot.value, person: person, isReaction: campaign == nil,
            priority: campaign?.priority ?? 0, asked: asked ?? time,
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
        if let limit = campaign.limit, entries[place] == nil,
            entered.count(where: { $0.campaign == campaign.name }) >= limit
        {
            if refused.insert(place).inserted {
                tell("limit", customer, campaign.name, subject: "\(limit)")
            }
            return
        }
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

    func goOn(_ walk: Walk, _ answer: Answer) {
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
        case .send(let template, let channel, let bestHour):
            addressed.insert(Place(customer: customer, campaign: walk.campaign.name))
            return bring(
                Held(
                    template: template, channel: channel.flatMap(Channel.init(rawValue:)),
                    wantsBestHour: bestHour ?? walk.campaign.bestHour, line: step.line, asked: now),
                walk)
        case .wait(let span): return wait(walk, until: now + span)
        case .waitUntil(let time): return wait(walk, until: time)
        case .waitFor(let name, let limit):
            if ["open", "click", "bounce", "complaint", "unsubscribe"].contains(name),
                let last = walk.lastMessage,
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

    func finish(_ walk: Walk, _ answer: Answer, _ word: String) {
        walk.isOver = true
        walk.hasMetGoal = word == "goal"
        if word == "holdout" { heldOut.append(walk) }
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
        let local = clock.text(now, zones[event.customer])
        event.localTime = local == clock.text(now, nil) ? nil : local
        event.place = told[lowest[event.customer] ?? 0] ?? 0
        told[lowest[event.customer] ?? 0] = event.place + 1
        events.append(event)
    }

    func append(_ decision: Decision) {
        var decision = decision
        decision.place = told[lowest[decision.customer] ?? 0] ?? 0
        decisions.append(decision)
    }

    func place(_ line: Int) -> String { "scripts/x.lua:\(line)" }
}
