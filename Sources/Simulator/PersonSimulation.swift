internal import Basics
internal import Catalog
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
        /// What comes to them from a past that is replayed.
        var arrivals: [Arrival] = []
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
        /// Whether the customer is in the audience of a campaign; `instant` counts those at which all are asked, and is nil
        /// where this customer alone is.
        case ask(campaign: Int, instant: Int?)
        case enter(campaign: Int, JourneyEvent?)
        /// A journey goes on, if it still waits for this.
        case resume(JourneyRun, JourneyAnswer, turn: Int)
        /// A message that was held comes to the gates again.
        case release(JourneyRun, HeldMessage)
        /// The customer does something with a message.
        case react(message: Int, event: String)
        /// Something recorded happens in a replay of the past.
        case arrive(Arrival)
    }

    let stage: Stage
    let options: DryRun.Options
    let records: [CustomerRecord]
    let person: Person
    private let known: Set<Membership>
    /// What calls of Lua are to throw that were ended by force before.
    private let errors: [Int: any Error]
    private var callCount = 0
    private var agenda = Agenda<Action>()
    /// Whether something was simulated that rules may see.
    private var isTouched: Bool { !stage.history.isEmpty }
    private var rowCount: Int64 = 0
    /// Messages that were sent, in the order of sending.
    var messages: [SentMessage] = []
    /// The journeys whose goal is measured when the run is over.
    var measured: [JourneyRun] = []
    /// What was written, by hash, where it is kept.
    var written: [String: RenderedMessage] = [:]
    var outcome: RangeOutcome
    /// What replays of the journeys need, and how many there are.
    var kept: JourneyRecord
    private(set) var journeyCount = 0
    private(set) var time: Int64

    init(_ stage: Stage, _ options: DryRun.Options, _ person: Person, _ errors: [Int: any Error]) {
        self.stage = stage
        self.options = options
        self.person = person
        self.errors = errors
        known = Set(person.known ?? [])
        records = person.customers.map { CustomerRecord(id: $0) }
        kept = JourneyRecord(customers: person.customers)
        outcome = RangeOutcome(sampleCount: options.sampleCount, seed: options.seed)
        time = stage.from
    }

    /// The person's lowest customer, which stands for the person in random choices.
    var lowest: Int64 { records[0].id }

    func run() throws {
        stage.history.begin(person.customers)
        watchHistory()
        defer { stage.history.onChange = nil }
        stage.replay?.begin(person.arrivals)
        stage.moveTime(to: stage.from)
        expectArrivals()
        for occasion in person.occasions {
            guard let record = records.first(where: { $0.id == occasion.customer }) else { continue }
            add(.ask(campaign: occasion.campaign, instant: nil), record, at: occasion.time)
        }
        // Before the first of what is known, the customer is in no audience.
        var first = stage.from
        if let known = person.known {
            first = (known.map(\.time) + person.occasions.map(\.time)).min() ?? stage.from
        }
        for question in stage.questions {
            guard let instant = question.instants.firstIndex(where: { $0 >= first }) else { continue }
            for record in records { ask(question, record, instant) }
        }
        while let (key, action) = agenda.next(), key.time < stage.end {
            time = key.time
            // What happens without Lua has its time too.
            stage.moveTime(to: time)
            guard let record = records.first(where: { $0.id == key.customer }) else { continue }
            try perform(action, record)
        }
        for run in records.flatMap(\.runs) { finish(run, .done, "under way") }
        keepBodies()
        time = stage.end - 1
        try measureGoals()
        for record in records {
            for campaign in record.entries.keys where !record.asked.contains(campaign) {
                outcome.silent[stage.campaigns[campaign].name, default: 0] += 1
            }
        }
    }

    private func perform(_ action: Action, _ record: CustomerRecord) throws {
        switch action {
        case .ask(let campaign, let instant):
            let question = stage.question(of: campaign)
            if let question, let instant { ask(question, record, instant + 1) }
            if let question, let change = question.watches {
                guard try hasChanged(record, question, change) else { return }
            }
            note(.event, record, campaign)
            guard canEnter(record, campaign), try isMember(record, campaign) else { return }
            note(.audience, record, campaign)
            try enter(record, campaign, nil)
        case .enter(let campaign, let event):
            guard canEnter(record, campaign), try isMember(record, campaign) else { return }
            note(.audience, record, campaign)
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
        case .arrive(let arrival): try arrive(arrival, record)
        }
    }

    func add(_ action: Action, _ record: CustomerRecord, at time: Int64, scheduled: Int64? = nil) {
        var key = Agenda<Action>.Key(
            time: time, isReaction: false, priority: 0, scheduled: scheduled ?? time, campaign: 0,
            customer: record.id, isQuestion: false)
        switch action {
        case .ask(let campaign, _):
            key.campaign = campaign
            key.isQuestion = true
        case .enter(let campaign, _): key.campaign = campaign
        case .resume(let run, _, _), .release(let run, _): key.campaign = run.campaign
        case .react, .arrive: key.isReaction = true
        }
        if !key.isReaction { key.priority = stage.campaigns[key.campaign].priority }
        agenda.add(action, at: key)
    }

    /// Asks at an instant of the question, if it has so many and the customer may still enter.
    private func ask(_ question: Stage.Question, _ record: CustomerRecord, _ instant: Int) {
        guard instant < question.instants.count,
            !question.isAskedOnce || record.entries[question.campaign] == nil
        else { return }
        add(
            .ask(campaign: question.campaign, instant: instant), record, at: question.instants[instant])
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

    /// Lays a row over the store; gives its number.
    func addRow(_ relation: String, of record: CustomerRecord, _ values: [String: Value]) throws -> Int64 {
        guard let relation = relations.first(where: { $0.name == relation }) else {
            preconditionFailure("there is no relation '\(relation)'")
        }
        rowCount += 1
        try stage.history.add(relation, of: record.id, id: -rowCount, at: time, values)
        return -rowCount
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
        guard isThere(record) else { return false }
        let isIn =
            !isTouched && person.known != nil && question.isAsked(at: time)
            ? known.contains(Membership(time: time, campaign: question.campaign))
            : try call(record) { try $0.walk.isIn(question.audience) }
        let before = record.wasIn.updateValue(isIn, forKey: question.campaign)
        let was = before ?? (time == stage.from ? isIn : false)
        return change == .entering ? isIn && !was : was && !isIn
    }

    private func isMember(_ record: CustomerRecord, _ campaign: Int) throws -> Bool {
        guard isThere(record) else { return false }
        if !isTouched, person.known != nil, let question = stage.question(of: campaign),
            question.watches == nil
        {
            return known.contains(Membership(time: time, campaign: campaign))
        }
        guard let audience = stage.audiences[campaign] else { return true }
        return try call(record) { try $0.walk.isIn(audience) }
    }

    private func enter(_ record: CustomerRecord, _ index: Int, _ event: JourneyEvent?) throws {
        guard try !isRefused(record, index) else { return }
        let campaign = stage.campaigns[index]
        record.entryCount = record.entries[index] == time ? record.entryCount + 1 : 1
        guard record.entryCount <= Self.entryLimit else {
            throw DryRunError.endless(campaign: campaign.name, at: campaign.location)
        }
        if record.entries.updateValue(time, forKey: index) == nil {
            outcome.entered[campaign.name, default: 0] += 1
        }
        let entry = Entry(time: time, variant: variant(of: campaign), event: event)
        try tell("enter", record, campaign.name, subject: entry.event?.name ?? entry.variant)
        let run = JourneyRun(record, index, try Journey(stage.host, campaign, entry))
        run.number = journeyCount
        journeyCount += 1
        keep(
            .begin(
                customer: record.id, campaign: campaign.name, variant: entry.variant,
                event: entry.event.map(JourneyRecord.Event.init)))
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
}
