public import Catalog
internal import Rules

/// What a replay of the past asks; the rooms above wire the store to it.
public protocol PastData {
    /// Lets the instant move; messages that campaigns sent after the present one are hidden, with all that happened to
    /// them.
    func beginReplay(hiding campaigns: [String]) throws
    /// Goes to another instant; facts and statements stay as they were until ``renew(_:)``.
    func move(to instant: Int64)
    /// Brings the facts that are made of these tables, by customer, up to the instant, and lets statements begin anew as
    /// of it.
    func renew(_ tables: [Int64: Set<String>]) throws
    /// What is recorded of customers, by customer and time; registrations are told however late they are.
    func arrivals(in ids: ClosedRange<Int64>, from start: Int64, before end: Int64) throws -> [Arrival]
    /// Facts of a customer as of an instant.
    func facts(_ facts: [Field], of customer: Int64, asOf instant: Int64) throws -> [Value]
}

/// The recorded past as it comes to the customers that a thread simulates: the store goes with their clock.
///
/// What is recorded of a customer is seen by the store itself as of each instant, with all that it knows; nothing of it is
/// told a second time (`docs/decisions/020-replay-of-the-past.md`). What the store keeps by customer, it brings up to the
/// instant only before somebody looks.
final class Replay {
    private let data: any ContactData
    /// The instant as of which the store was read first.
    private let start: Int64
    /// Behind the run.
    private let end: Int64
    /// What comes to the customers, by time, and how much of it has come.
    private var arrivals: [Arrival] = []
    private var next = 0
    /// Where the store stands, and where what it keeps does; nil where that is to begin anew.
    private var time: Int64
    private var renewed: Int64?
    /// Of whom the store keeps what is later than the replay's beginning.
    private var ahead: Set<Int64> = []

    init(_ data: any ContactData, asOf start: Int64, hiding campaigns: [String], until end: Int64) throws {
        self.data = data
        self.start = start
        self.end = end
        time = start
        data.move(to: start)
        try data.beginReplay(hiding: campaigns)
    }

    /// What is recorded of customers from the replay's beginning on, by customer and time.
    func arrivals(in ids: ClosedRange<Int64>) throws -> [Arrival] {
        try data.arrivals(in: ids, from: start, before: end)
    }

    /// Begins anew with the customers of these arrivals.
    func begin(_ arrivals: [Arrival]) {
        self.arrivals = arrivals.filter { $0.time < end }
        self.arrivals.sort { ($0.time, $0.customer) < ($1.time, $1.customer) }
        renewed = nil
    }

    /// Lets the store go to an instant.
    func move(to time: Int64) {
        self.time = time
        data.move(to: time)
    }

    /// Brings what the store keeps up to the instant.
    ///
    /// - Parameter isAsked: whether statements are to begin anew in any case.
    /// - Returns: whether they do, for something has come.
    func renew(isAsked: Bool) throws -> Bool {
        var tables: [Int64: Set<String>] = [:]
        let isBack = renewed.map { time < $0 } ?? true
        if isBack {
            next = 0
            for customer in Set(arrivals.map(\.customer)) where ahead.remove(customer) != nil {
                tables[customer] = Set(factGroups.map(\.table))
            }
        }
        let first = next
        while next < arrivals.count, arrivals[next].time <= time {
            let arrival = arrivals[next]
            tables[arrival.customer, default: []].insert(arrival.table)
            ahead.insert(arrival.customer)
            next += 1
        }
        renewed = time
        guard isBack || isAsked || next > first else { return false }
        try data.renew(tables)
        return true
    }

    /// Answers as of the replay's beginning, of which no facts are asked.
    func asOfStart<Result>(_ body: () throws -> Result) rethrows -> Result {
        data.move(to: start)
        defer { data.move(to: time) }
        return try body()
    }
}

extension Stage {
    /// Lets the clock of rules go to an instant, and a past that is replayed with it.
    func moveTime(to time: Int64) {
        host.moveTime(to: time)
        replay?.move(to: time)
    }

    /// Lets rules see what has come of a past that is replayed, before they are asked; where they are asked about all
    /// customers, statements begin anew in any case.
    func renew(asksAll: Bool = false) throws {
        guard let replay, try replay.renew(isAsked: asksAll) else { return }
        leave()
        host.renewStored()
    }

    /// Begins with the customers of a range, of whom nothing is simulated yet; gives what is recorded of them in
    /// a past that is replayed.
    @discardableResult
    func begin(over ids: ClosedRange<Int64>) throws -> [Arrival] {
        history.begin([])
        leave()
        let arrivals = try replay?.arrivals(in: ids) ?? []
        replay?.begin(arrivals)
        return arrivals
    }

    /// What is recorded of the customers of a person; nothing where no past is replayed.
    func arrivals(of customers: [Int64]) throws -> [Arrival] {
        guard let replay else { return [] }
        return try customers.flatMap { try replay.arrivals(in: $0...$0) }
    }

    /// Whether somebody may enter a campaign for it.
    func mayEnter(_ arrival: Arrival) -> Bool {
        guard arrival.time >= from, arrival.time < end else { return false }
        if questions.contains(where: { $0.watches != nil }) { return true }
        return campaigns.contains { campaign in
            guard case .event(let kind) = campaign.trigger else { return false }
            return kind.name == arrival.name && (kind.subject == nil || kind.subject == arrival.subject)
        }
    }
}

extension PersonSimulation {
    /// No message of the simulation.
    private static let recordedMessage = -1

    /// Puts what is recorded of the person into the agenda.
    func expectArrivals() {
        for arrival in person.arrivals {
            guard let record = records.first(where: { $0.id == arrival.customer }) else { continue }
            if arrival.kind == .customer { record.registered = arrival.time }
            if arrival.time >= stage.from { add(.arrive(arrival), record, at: arrival.time) }
        }
    }

    /// Something that is recorded happens; rules see it already.
    func arrive(_ arrival: Arrival, _ record: CustomerRecord) throws {
        var isNews = true
        switch arrival.kind {
        case .contact: record.contact = nil
        case .message: (record.counted, record.answers) = (nil, nil)
        case .messageEvent: (record.answers, record.opens) = (nil, nil)
        case .tag:
            if let tag = arrival.subject, let isTagged = stage.history.isTagged(tag, record.id) {
                isNews = !isTagged
                stage.history.tag(tag, record.id)
            }
        case .customer, .other: break
        }
        guard let name = arrival.name, isNews, isThere(record) else { return lookAgain(record) }
        if !record.runs.isEmpty { try tell("recorded", record, "", subject: name) }
        let event = JourneyEvent(
            name, at: time, details: arrival.details.map { .init($0.name, $0.value, $0.type) })
        try happen(
            event, record, message: arrival.kind == .messageEvent ? Self.recordedMessage : nil,
            subject: arrival.subject)
    }

    /// Whether the customer has registered, as far as that is recorded.
    func isThere(_ record: CustomerRecord) -> Bool { record.registered <= time }
}
