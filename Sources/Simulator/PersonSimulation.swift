internal import Basics
internal import Catalog
internal import Diagnostics
internal import Rules

/// One person through the whole stretch of a run: the agenda in the order of virtual time, and what comes of it.
final class PersonSimulation {
    /// The customers who are the person, and when they are in which audience by what is stored; nil where that was not
    /// asked.
    struct Person {
        var customers: [Int64]
        var known: [Membership]?
        /// When which of them comes to a day before which a campaign is.
        var occasions: [(customer: Int64, time: Int64, campaign: Int)] = []
    }

    /// In the audience of a campaign, by its place, at an instant.
    struct Membership: Hashable {
        var time: Int64
        var campaign: Int
    }

    /// A script was ended by force in this call of Lua, counted from the person's beginning.
    struct Stop: Error {
        let call: Int
        let error: any Error
    }

    enum Action {
        /// Whether the customer is in the audience of a campaign.
        case ask(campaign: Int)
        case enter(campaign: Int, JourneyEvent?)
        /// A journey goes on, if it still waits for this.
        case resume(JourneyRun, JourneyAnswer, turn: Int)
        /// A message that was held comes to the gates again.
        case release(JourneyRun, HeldMessage)
        /// The customer does something with a message.
        case react(message: Int, event: String)
    }

    let stage: Stage
    let options: DryRun.Options
    let records: [CustomerRecord]
    private let person: Person
    private let known: Set<Membership>
    /// What calls of Lua are to throw that were ended by force before.
    private let errors: [Int: any Error]
    private var callCount = 0
    private var agenda = Agenda<Action>()
    /// Whether something was simulated that rules may see.
    private var isTouched: Bool { !stage.history.isEmpty || hasReacted }
    private var hasReacted = false
    private var rowCount: Int64 = 0
    /// Messages that were sent, in the order of sending.
    var messages: [SentMessage] = []
    var outcome: RangeOutcome
    private(set) var time: Int64

    init(_ stage: Stage, _ options: DryRun.Options, _ person: Person, _ errors: [Int: any Error]) {
        self.stage = stage
        self.options = options
        self.person = person
        self.errors = errors
        known = Set(person.known ?? [])
        records = person.customers.map { CustomerRecord(id: $0) }
        outcome = RangeOutcome(sampleCount: options.sampleCount, seed: options.seed)
        time = stage.from
    }

    /// The first instant behind the run; what happens at its very beginning is in any run.
    private var end: Int64 { max(stage.until, stage.from + 1) }

    /// The person's lowest customer, which stands for the person in random choices.
    var lowest: Int64 { records[0].id }

    func run() throws {
        stage.history.begin(person.customers)
        for occasion in person.occasions {
            guard let record = records.first(where: { $0.id == occasion.customer }) else { continue }
            add(.ask(campaign: occasion.campaign), record, at: occasion.time)
        }
        // Before the first of what is known, the customer is in no audience.
        var first = stage.from
        if let known = person.known {
            first = (known.map(\.time) + person.occasions.map(\.time)).min() ?? stage.from
        }
        for question in stage.questions {
            for instant in question.instants where instant >= first {
                for record in records { add(.ask(campaign: question.campaign), record, at: instant) }
            }
        }
        while let (key, action) = agenda.next(), key.time < end {
            time = key.time
            // What happens without Lua has its time too.
            stage.host.moveTime(to: time)
            guard let record = records.first(where: { $0.id == key.customer }) else { continue }
            try perform(action, record)
        }
        for run in records.flatMap(\.runs) { finish(run, .done, "under way") }
        for record in records {
            for campaign in record.entries.keys where !record.asked.contains(campaign) {
                outcome.silent[stage.campaigns[campaign].name, default: 0] += 1
            }
        }
    }

    private func perform(_ action: Action, _ record: CustomerRecord) throws {
        switch action {
        case .ask(let campaign):
            if let question = stage.question(of: campaign), let change = question.watches {
                guard try hasChanged(record, question, change) else { return }
            }
            guard canEnter(record, campaign), try isMember(record, campaign) else { return }
            try enter(record, campaign, nil)
        case .enter(let campaign, let event):
            guard canEnter(record, campaign), try isMember(record, campaign) else { return }
            if let event, stage.campaigns[campaign].isFollowUp,
                try call(
                    record, { try $0.host.isCalledOff($0.campaigns[campaign], after: event, in: $0.walk) })
            {
                return
            }
            try enter(record, campaign, event)
        case .resume(let run, let answer, let turn):
            guard run.turn == turn, !run.isOver else { return }
            try goOn(run, answer)
        case .release(let run, let held):
            guard !run.isOver else { return }
            if let answer = try attempt(held, run) { try goOn(run, answer) }
        case .react(let message, let event): try react(to: message, event, record)
        }
    }

    func add(_ action: Action, _ record: CustomerRecord, at time: Int64, scheduled: Int64? = nil) {
        var key = Agenda<Action>.Key(
            time: time, isReaction: false, priority: 0, scheduled: scheduled ?? time, campaign: 0,
            customer: record.id)
        switch action {
        case .ask(let campaign), .enter(let campaign, _): key.campaign = campaign
        case .resume(let run, _, _), .release(let run, _): key.campaign = run.campaign
        case .react: key.isReaction = true
        }
        if !key.isReaction { key.priority = stage.campaigns[key.campaign].priority }
        agenda.add(action, at: key)
    }

    /// Calls Lua for a customer at the instant.
    func call<Result>(_ record: CustomerRecord, _ body: (Stage) throws -> Result) throws -> Result {
        callCount += 1
        if let error = errors[callCount] { throw error }
        do {
            guard try stage.go(to: record, at: time) else { throw DryRunError.vanished(record.id) }
            return try body(stage)
        } catch {
            // An interrupt is for the whole run.
            guard stage.host.isStopped, !RuleHost.isInterrupted else { throw error }
            throw Stop(call: callCount, error: error)
        }
    }

    // MARK: Entering

    /// A customer may enter campaigns again so often at one instant; only a campaign that sets itself off does.
    private static let entryLimit = 1000

    private func canEnter(_ record: CustomerRecord, _ campaign: Int) -> Bool {
        guard let last = record.entries[campaign] else { return true }
        guard let reentry = stage.campaigns[campaign].reentry else { return false }
        return time - last >= reentry
    }

    /// Whether the customer has come into a segment that is watched, or left it, since the last look.
    private func hasChanged(
        _ record: CustomerRecord, _ question: Stage.Question, _ change: Stage.Change
    ) throws -> Bool {
        let isIn =
            !isTouched && person.known != nil
            ? known.contains(Membership(time: time, campaign: question.campaign))
            : try call(record) { try $0.walk.isIn(question.audience) }
        let before = record.wasIn.updateValue(isIn, forKey: question.campaign)
        let was = before ?? (time == stage.from ? isIn : false)
        return change == .entering ? isIn && !was : was && !isIn
    }

    private func isMember(_ record: CustomerRecord, _ campaign: Int) throws -> Bool {
        if !isTouched, person.known != nil, let question = stage.question(of: campaign),
            question.watches == nil
        {
            return known.contains(Membership(time: time, campaign: campaign))
        }
        guard let audience = stage.audiences[campaign] else { return true }
        return try call(record) { try $0.walk.isIn(audience) }
    }

    private func enter(_ record: CustomerRecord, _ index: Int, _ event: JourneyEvent?) throws {
        let campaign = stage.campaigns[index]
        record.entryCount = record.entries[index] == time ? record.entryCount + 1 : 1
        guard record.entryCount <= Self.entryLimit else {
            throw DryRunError.endless(campaign: campaign.name, at: campaign.location)
        }
        if record.entries.updateValue(time, forKey: index) == nil {
            outcome.entered[campaign.name, default: 0] += 1
        }
        let entry = Entry(time: time, variant: variant(of: campaign), event: event)
        tell("enter", record, campaign.name, subject: entry.event?.name ?? entry.variant)
        let run = JourneyRun(record, index, try Journey(stage.host, campaign, entry))
        try goOn(run, .done)
    }

    /// The way in which the person is told, drawn by weight.
    private func variant(of campaign: Campaign) -> String? {
        guard !campaign.variants.isEmpty else { return nil }
        var hash = StableHash("variant", campaign.name)
        hash.combine(Int64(bitPattern: options.seed))
        hash.combine(lowest)
        var rest = hash.unitInterval * campaign.variants.map(\.weight).reduce(0, +)
        for variant in campaign.variants {
            rest -= variant.weight
            if rest < 0 { return variant.name }
        }
        return campaign.variants.last?.name
    }

    // MARK: The journey

    /// Lets a journey go on until it waits or ends.
    func goOn(_ run: JourneyRun, _ answer: JourneyAnswer) throws {
        var answer = answer
        run.turn += 1
        run.waiting = nil
        if run.hasBegun, let reason = try reasonToEnd(run) {
            tell(reason == .goalMet ? "goal" : "exit", run.record, stage.campaigns[run.campaign].name)
            return finish(run, answer, reason == .goalMet ? "goal" : "exit")
        }
        run.hasBegun = true
        while true {
            let step: JourneyStep?
            do {
                step = try call(run.record) { try run.journey.next(answer, in: $0.walk) }
            } catch let stop as Stop {
                throw stop
            } catch {
                run.record.asked.insert(run.campaign)
                try recordFailure(of: run, error)
                return finish(run, answer, "error")
            }
            guard let step else { return finish(run, answer, "end") }
            flow(run, answer, to: step.location.description, step.request.word)
            run.line = step.location.description
            guard let next = try perform(step, of: run) else { return }
            answer = next
        }
    }

    /// Does what a journey asks for, and gives the answer; nil where the journey waits or is over.
    private func perform(_ step: JourneyStep, of run: JourneyRun) throws -> JourneyAnswer? {
        switch step.request {
        case .send(let request):
            run.record.asked.insert(run.campaign)
            return try attempt(HeldMessage(request: request, asked: time), run)
        case .wait(let until):
            guard until > time else { return .done }
            add(.resume(run, .done, turn: run.turn), run.record, at: until)
            return nil
        case .waitFor(let kind, let until): return wait(run, for: kind, until: until)
        case .exit(let reason):
            tell("exit", run, step, subject: reason)
            finish(run, .done, "exit")
            return nil
        case .pause(let until):
            run.record.pausedUntil = max(run.record.pausedUntil, until)
            tell("pause", run, step, due: until)
        case .tag(let tag):
            let isNew = try !hasTag(tag, run.record)
            stage.history.tag(tag, run.record.id)
            tell("tag", run, step, subject: tag)
            if isNew { try change("tag", tag, run.record) }
        case .untag(let tag):
            let isGone = try hasTag(tag, run.record)
            stage.history.untag(tag, run.record.id)
            tell("untag", run, step, subject: tag)
            if isGone { try change("untag", tag, run.record) }
        case .set(let field, let value):
            try stage.history.set(field, of: run.record.id, to: value)
            // Another address, zone or language counts from now on.
            run.record.contact = nil
            lookAgain(run.record)
            tell("set", run, step, subject: "\(field.name) = \(value.shown)")
        case .task(let item):
            rowCount += 1
            if let tasks = relations.first(where: { $0.name == "tasks" }) {
                try stage.history.add(
                    tasks, of: run.record.id, id: -rowCount, at: time,
                    [
                        "title": .text(item.title), "owner": item.owner.map(Value.text) ?? .null,
                        "due_at": item.due.map(Value.integer) ?? .null, "status": .text("open"),
                    ])
            }
            tell("task", run, step, subject: item.title, owner: item.owner, due: item.due)
        case .ticket(let item):
            tell("ticket", run, step, subject: item.title, owner: item.owner, due: item.due)
        case .award(let points, let reason):
            try stage.history.award(points, to: run.record.id)
            lookAgain(run.record)
            tell("award", run, step, subject: reason.map { "\(points) \($0)" } ?? String(points))
        case .note(let text): tell("note", run, step, subject: text)
        }
        return .done
    }

    private func hasTag(_ tag: String, _ record: CustomerRecord) throws -> Bool {
        try (stage.host.data ?? stage.data).hasTag(tag, customer: record.id)
    }

    /// A tag that was not there came, or one that was there went.
    private func change(_ name: String, _ tag: String, _ record: CustomerRecord) throws {
        try happen(JourneyEvent(name, at: time, details: [.init("tag", .text(tag))]), record, subject: tag)
    }

    /// Keeps something for the customer's story.
    private func tell(_ word: String, _ record: CustomerRecord, _ campaign: String, subject: String? = nil) {
        outcome.events.append(
            RunEvent(
                customer: record.id, campaign: campaign, time: time, word: word, subject: subject,
                place: outcome.events.count))
    }

    private func tell(
        _ word: String, _ run: JourneyRun, _ step: JourneyStep, subject: String? = nil, owner: String? = nil,
        due: Int64? = nil
    ) {
        outcome.events.append(
            RunEvent(
                customer: run.record.id, campaign: stage.campaigns[run.campaign].name, time: time, word: word,
                script: step.location.description, subject: subject, owner: owner, due: due,
                place: outcome.events.count))
    }

    private func flow(_ run: JourneyRun, _ answer: JourneyAnswer, to target: String?, _ word: String) {
        let flow = RunFlow(
            campaign: stage.campaigns[run.campaign].name, source: run.line, answer: answer.shown,
            target: target,
            word: word, count: 0)
        outcome.flow[flow, default: 0] += 1
    }

    /// Lets a journey wait; gives the answer where what it waits for has happened to its last message.
    private func wait(_ run: JourneyRun, for kind: EventKind, until: Int64?) -> JourneyAnswer? {
        if EventKind.ofMessages.contains(kind.name), let message = run.lastMessage,
            let event = messages[message].events.first(where: { $0.name == kind.name })
        {
            return .event(event)
        }
        if let until, until <= time { return .event(nil) }
        run.waiting = kind
        if let until { add(.resume(run, .event(nil), turn: run.turn), run.record, at: until) }
        return nil
    }

    /// Ends a journey, in a way that the flow tells.
    func finish(_ run: JourneyRun, _ answer: JourneyAnswer, _ word: String) {
        guard !run.isOver else { return }
        flow(run, answer, to: nil, word)
        run.isOver = true
        run.record.runs.removeAll { $0 === run }
    }

    // MARK: What happens

    private func react(to index: Int, _ name: String, _ record: CustomerRecord) throws {
        let message = messages[index]
        let event = JourneyEvent(
            name, at: time,
            details: [
                .init("campaign", .text(message.campaign)), .init("step", .text(message.step)),
                .init("channel", .text(message.channel.rawValue)),
            ])
        tell(name, record, message.campaign, subject: message.step)
        if name == "order" { return try order(event, record) }
        messages[index].events.append(event)
        try stage.history.addMessageEvent(name, of: message.row, customer: record.id, at: time)
        try happen(event, record, message: index)
    }

    /// How the customer has responded by what is stored.
    private func ownCounts(_ record: CustomerRecord) throws -> ResponseHistory.Counts {
        guard case .history = options.responses else { return .init() }
        if let known = record.responded { return known }
        let facts = ["message_count", "open_count", "click_count"].compactMap { name in
            factFields.first { $0.name == name }
        }
        let counts = (try stage.data.values(facts, of: record.id) ?? []).map { value in
            if case .integer(let count) = value { Int(count) } else { 0 }
        }
        guard counts.count == 3 else { return .init() }
        let own = ResponseHistory.Counts(messages: counts[0], opens: counts[1], clicks: counts[2], orders: 0)
        record.responded = own
        return own
    }

    /// A purchase of what the customer's purchases are worth on average, or else everybody's.
    private func order(_ event: JourneyEvent, _ record: CustomerRecord) throws {
        guard let orders = relations.first(where: { $0.name == "orders" }) else { return }
        let facts = ["total_spent", "order_count"].compactMap { name in factFields.first { $0.name == name } }
        var amount = try stage.averagePurchase() ?? 0
        if case (.integer(let spent)?, .integer(let count)?)? = try stage.data.values(facts, of: record.id)
            .map({
                ($0.first, $0.last)
            }), count > 0
        {
            amount = spent / count
        }
        rowCount += 1
        try stage.history.add(
            orders, of: record.id, id: -rowCount, at: time,
            ["amount": .integer(amount), "currency": .text(stage.data.currency), "status": .text("paid")])
        var event = event
        event.details.append(.init("amount", .integer(amount), .money))
        try happen(event, record)
    }

    /// Tells journeys that wait for it, and campaigns that begin with it.
    private func happen(
        _ event: JourneyEvent, _ record: CustomerRecord, message: Int? = nil, subject: String? = nil
    ) throws {
        hasReacted = true
        for run in record.runs where run.waiting?.name == event.name {
            if let message, run.lastMessage != message { continue }
            // It waits for nothing else: a limit at this very instant comes too late.
            run.turn += 1
            run.waiting = nil
            add(.resume(run, .event(event), turn: run.turn), record, at: time)
        }
        for (index, campaign) in stage.campaigns.enumerated() {
            guard case .event(let kind) = campaign.trigger, kind.name == event.name,
                kind.subject == nil || kind.subject == subject
            else { continue }
            if campaign.isFollowUp,
                try !call(record, { try $0.host.isMeant(event, by: campaign, in: $0.walk) })
            {
                continue
            }
            add(.enter(campaign: index, event), record, at: time + campaign.delay)
        }
        lookAgain(record)
    }

    /// Asks campaigns that watch a segment whether the customer has come or gone.
    private func lookAgain(_ record: CustomerRecord) {
        for question in stage.questions where question.watches != nil {
            add(.ask(campaign: question.campaign), record, at: time)
        }
    }

    /// A message was sent; the customer may do something with it.
    func sent(_ message: SentMessage, subject: String?, by run: JourneyRun) throws {
        rowCount += 1
        var message = message
        message.row = -rowCount
        if let relation = relations.first(where: { $0.name == "messages" }) {
            try stage.history.add(
                relation, of: run.record.id, id: message.row, at: time,
                [
                    "campaign": .text(message.campaign), "step": .text(message.step),
                    "channel": .text(message.channel.rawValue), "subject": subject.map(Value.text) ?? .null,
                    "kind": .text(stage.campaigns[run.campaign].kind.rawValue),
                ])
        }
        messages.append(message)
        run.lastMessage = messages.count - 1
        let responses = options.responses.responses(
            to: ResponseModel.Message(
                seed: options.seed, customer: run.record.id, campaign: message.campaign, step: message.step,
                channel: message.channel, time: message.time),
            own: try ownCounts(run.record))
        for response in responses {
            add(
                .react(message: messages.count - 1, event: response.event), run.record,
                at: message.time + response.delay)
        }
    }
}

/// A customer in a simulation.
final class CustomerRecord {
    let id: Int64
    /// The turn of the walk in which rules saw the customer first; nil before.
    var turn: UInt64?
    /// The last entry into each campaign, by its place.
    var entries: [Int: Int64] = [:]
    /// How often campaigns that were entered at an instant were entered again at it.
    var entryCount = 0
    /// The campaigns, by place, whose journeys asked for a message.
    var asked: Set<Int> = []
    /// Whether the customer was in the segments that campaigns watch, at the last look.
    var wasIn: [Int: Bool] = [:]
    /// The journeys that are under way.
    var runs: [JourneyRun] = []
    /// No marketing messages before this instant.
    var pausedUntil = Int64.min
    /// When marketing messages were sent, stored ones included, in order; nil where nobody has asked yet.
    var sends: [Int64]?
    var contact: Contact?
    /// How the customer responded in the past; nil where nobody has asked yet.
    var responded: ResponseHistory.Counts?
    var decisions: [Decision] = []

    init(id: Int64) {
        self.id = id
    }
}

/// A journey that is under way.
final class JourneyRun {
    let record: CustomerRecord
    /// The place of the campaign.
    let campaign: Int
    let journey: Journey
    /// What it waits for; nil while it waits for a time, or for its message.
    var waiting: EventKind?
    /// Counts how often it went on, so that what it no longer waits for is told from what it waits for.
    var turn = 0
    var hasBegun = false
    var isOver = false
    /// The place of its last message.
    var lastMessage: Int?
    /// The line of its last step; nil before the first.
    var line: String?

    init(_ record: CustomerRecord, _ campaign: Int, _ journey: Journey) {
        self.record = record
        self.campaign = campaign
        self.journey = journey
        record.runs.append(self)
    }
}

/// A message that was sent in a simulation.
struct SentMessage {
    var campaign: String
    var step: String
    var channel: Channel
    var address: String
    var time: Int64
    /// Its number among the rows that rules see.
    var row: Int64 = 0
    /// Whether the cap counts it.
    var isMarketing: Bool
    /// The journey that asked for it.
    let run: JourneyRun
    /// What happened to it.
    var events: [JourneyEvent] = []
}

/// A message on its way through the gates.
struct HeldMessage {
    var request: SendRequest
    /// When the journey asked for it.
    var asked: Int64
    /// Why it was held, the last time.
    var reason: Reason?
    /// The campaigns that used up the cap, the last time it held it.
    var displacedBy: [String] = []
}

extension JourneyAnswer {
    /// What a journey was told, in a word.
    fileprivate var shown: String {
        switch self {
        case .done: ""
        case .sent(let flag): flag ? "sent" : "not sent"
        case .event(let event): event?.name ?? "nothing"
        }
    }
}

extension Value {
    /// As a story shows it.
    fileprivate var shown: String {
        switch self {
        case .null: "nothing"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .text(let text): text
        }
    }
}
