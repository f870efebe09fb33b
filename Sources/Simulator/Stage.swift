internal import Basics
internal import Calendars
internal import Catalog
internal import Foundation
internal import Rules

/// A host with its campaigns, and what a thread needs of them to simulate customers.
final class Stage {
    private(set) var host: RuleHost
    let data: any ContactData
    /// The customers as rules see them, with what was simulated.
    var customers: any CustomerData { host.data ?? data }
    /// What was simulated of the customers who are simulated.
    let history = SimulatedHistory()
    /// By name.
    private(set) var campaigns: [Campaign] = []
    /// Of each campaign; nil for everybody.
    private(set) var audiences: [Audience?] = []
    /// The walk that stands at the customer who is simulated.
    private(set) var walk: CustomerWalk
    /// The customer at whom it stands.
    private var placed: CustomerRecord?
    /// The questions that are asked of all customers, and when, by the places of their campaigns.
    private(set) var questions: [Question] = []
    private var occasions: [Occasion] = []
    /// The past that comes with the clock, where one is replayed.
    let replay: Replay?
    /// The limits of the campaigns.
    private(set) var limits = Limits()
    /// The first instant of the run.
    let from: Int64
    /// The first instant behind the run.
    let end: Int64

    /// Who is in the audience of a campaign at some instants, or in the segment that a campaign watches.
    struct Question {
        let campaign: Int
        let instants: [Int64]
        let walk: CustomerWalk
        let audience: Audience
        /// What the segment is watched for; nil where it is an audience.
        let watches: Change?
        /// Whether a customer who was in the audience at one instant, and so entered then or before, cannot enter at another.
        let isAskedOnce: Bool

        /// Whether all customers are asked at the instant.
        func isAsked(at time: Int64) -> Bool {
            var range = instants[...]
            while !range.isEmpty {
                let middle = range.startIndex + range.count / 2
                if instants[middle] == time { return true }
                range = time < instants[middle] ? range[..<middle] : range[(middle + 1)...]
            }
            return false
        }
    }

    /// What a campaign watches a segment for.
    enum Change {
        case entering
        case leaving
    }

    /// A campaign that customers enter before a day of their own.
    struct Occasion {
        let campaign: Int
        let field: Field
        let anniversary: Anniversary
    }

    init(_ host: RuleHost, _ data: any ContactData, _ names: [String], _ options: DryRun.Options) throws {
        self.host = host
        self.data = data
        from = host.clock.now
        end = options.end(from: from)
        replay = try options.asOf.map { [end] in
            try Replay(data, asOf: $0, hiding: names, until: end)
        }
        host.attach(data, history)
        walk = try CustomerWalk(host)
        try setUp(names)
        guard options.hasLimits else { return }
        for (index, campaign) in campaigns.enumerated() {
            limits.allowed[Limit(campaign: index, kind: .customers)] = campaign.limit
            guard let budget = campaign.budget else { continue }
            guard !options.prices.isEmpty || host.countsCost else {
                throw DryRunError.noPrices(campaign: campaign.name, at: campaign.location)
            }
            limits.allowed[Limit(campaign: index, kind: .money)] = millionths(budget)
        }
    }

    /// Says from which place on limits are closed.
    func close(_ closed: [Limit: RunPlace]) {
        limits.closed = closed
    }

    private func setUp(_ names: [String]) throws {
        campaigns = try names.map(host.campaign)
        audiences = try campaigns.map { try $0.audience.map(host.audience) }
        questions = try campaigns.indices.compactMap { index in
            let instants = self.instants(of: campaigns[index].trigger)
            var audience = audiences[index]
            var watches: Change?
            switch campaigns[index].trigger {
            case .enters(let segment): (audience, watches) = (try host.audience(segment), .entering)
            case .leaves(let segment): (audience, watches) = (try host.audience(segment), .leaving)
            default: break
            }
            guard !instants.isEmpty, let audience else { return nil }
            return Question(
                campaign: index, instants: instants, walk: try CustomerWalk(host, for: [audience]),
                audience: audience, watches: watches,
                isAskedOnce: watches == nil && (campaigns[index].reentry ?? .max) >= end - from)
        }
        occasions = campaigns.indices.compactMap { index in
            guard case .before(let field, let anniversary) = campaigns[index].trigger else { return nil }
            return Occasion(campaign: index, field: field, anniversary: anniversary)
        }
    }

    /// When the occasions of the customers with these ids are, in the run.
    func occasions(
        in ids: ClosedRange<Int64>
    ) throws -> [(customer: Int64, time: Int64, campaign: Int)] {
        guard !occasions.isEmpty, let zone = customerColumns.first(where: { $0.name == "time_zone" }) else {
            return []
        }
        var found: [(customer: Int64, time: Int64, campaign: Int)] = []
        // Whoever registers in the run may have a day in it, too.
        if replay != nil { data.move(to: end - 1) }
        try data.forEachCustomer(in: ids, [zone] + occasions.map(\.field)) { customer, values in
            var name: String?
            if case .text(let text) = values[0] { name = text }
            for (occasion, value) in zip(occasions, values.dropFirst()) {
                withClock(named: name) { clock in
                    let date: CivilDate? =
                        switch value {
                        case .text(let text): CivilDate(iso: text)
                        case .integer(let instant): clock.wallClock(at: instant).date
                        default: nil
                        }
                    guard let date,
                        let time = occasion.anniversary.next(of: date, after: from - 1, in: &clock),
                        time < end
                    else { return }
                    found.append((customer, time, occasion.campaign))
                }
            }
        }
        return found
    }

    /// The question that is asked of all customers for a campaign; nil where none is.
    func question(of campaign: Int) -> Question? {
        questions.first { $0.campaign == campaign }
    }

    /// When all customers are asked whether they enter.
    private func instants(of trigger: Trigger) -> [Int64] {
        switch trigger {
        case .start: return [from]
        case .at(let time): return time >= from && time < end ? [time] : []
        case .every(let schedule): return instants { schedule.next(after: $0, in: &$1) }
        case .festival(let festival, let rule):
            return instants { festival.next(rule, after: $0, in: &$1) }
        case .enters, .leaves:
            // Whoever is there at the beginning is no news; then every day is looked at.
            var clock = host.clock.local
            var instants = [from]
            var day = clock.wallClock(at: from).date.daysSinceEpoch + 1
            while true {
                let midnight = clock.firstInstant(reaching: Int64(day) * 86_400)
                guard midnight < end else { return instants }
                instants.append(midnight)
                day += 1
            }
        case .event, .before: return []
        }
    }

    /// All instants of the run that follow each other by a rule, on the workspace's clock.
    private func instants(_ next: (Int64, inout ZoneClock) -> Int64?) -> [Int64] {
        var clock = host.clock.local
        var instants: [Int64] = []
        var last = from - 1
        while let instant = next(last, &clock), instant < end {
            instants.append(instant)
            last = instant
        }
        return instants
    }

    /// Goes to a customer at an instant; false where there is no such customer.
    func go(to record: CustomerRecord, at time: Int64) throws -> Bool {
        moveTime(to: time)
        try renew()
        guard placed !== record else { return true }
        placed = nil
        walk.takeTurn()
        guard try walk.go(to: record.id, resuming: record.turn) else { return false }
        record.turn = walk.turn
        placed = record
        return true
    }

    /// Customers are to be asked about by other walks, and gone to anew.
    func leave() {
        placed = nil
    }

    private var meanPurchase: Int64??

    /// What a purchase brings on average over all customers, in minor units; nil where nobody has bought.
    func averagePurchase() throws -> Int64? {
        if let meanPurchase { return meanPurchase }
        let mean = try replay.map { try $0.asOfStart(data.averagePurchase) } ?? data.averagePurchase()
        meanPurchase = .some(mean)
        return mean
    }

    private var clocks: [String: ZoneClock] = [:]

    /// Hands over the wall clock of a customer, the workspace's where their zone is unknown.
    func withClock<Result>(
        of contact: Contact, _ body: (inout ZoneClock) throws -> Result
    ) rethrows -> Result {
        try withClock(named: contact.timeZone, body)
    }

    private func withClock<Result>(
        named name: String?, _ body: (inout ZoneClock) throws -> Result
    ) rethrows -> Result {
        let name = name ?? ""
        if clocks[name] == nil {
            // Zones are names that people wrote: more than there are on earth are not kept.
            if clocks.count > 1000 { clocks.removeAll() }
            clocks[name] = ZoneClock(named: name, else: host.clock.local)
        }
        return try body(&clocks[name, default: host.clock.local])
    }

    /// Goes on with another host where a script of this one was ended by force: it may have left its own data half
    /// written, and what it would do next would depend on when it was ended.
    func replaceHost() throws {
        host.moveTime(to: from)
        host = try host.makeReplacement()
        walk = try CustomerWalk(host)
        placed = nil
        try setUp(campaigns.map(\.name))
    }
}
