internal import Basics
internal import Catalog
internal import Foundation
internal import Store

/// What a run file counts over all campaigns, read once.
struct RunCounts {
    let header: RunHeader
    let clock: ZoneClock
    let masking: Masking
    let tallies: [RunFile.Tally]
    let times: [RunFile.QuarterHour]
    let responses: [RunFile.Response]
    let work: [RunFile.Work]
    let variants: [RunFile.Variant]
    let refusals: [String: Int]
    let flow: [RunFlow]
    let reach: [RunFile.Reach]
    let losses: [RunFile.Loss]
    let stops: [RunFile.Stop]
    let scripts: ScriptLines

    init(_ file: RunFile, _ header: RunHeader, _ clock: ZoneClock, _ masking: Masking) throws {
        self.header = header
        self.clock = clock
        self.masking = masking
        tallies = try file.tallies()
        times = try file.sendingTimes()
        responses = try file.responses()
        work = try file.work()
        variants = try file.variants()
        refusals = try file.refusals()
        flow = try file.flow()
        reach = try file.reach()
        losses = try file.losses()
        stops = try file.stops()
        scripts = ScriptLines(try file.scripts())
    }
}

extension RunSummary.CampaignSummary {
    init(_ campaign: RunCampaign, _ counts: RunCounts) {
        let own = counts.tallies.filter { $0.campaign == campaign.name }
        let flow = counts.flow.filter { $0.campaign == campaign.name }
        let times = counts.times.filter { $0.campaign == campaign.name }
        name = campaign.name
        description = campaign.description
        audience = campaign.audience
        customers = counts.header.customers
        audienceCount = campaign.audienceCount
        // A run of which no flow is known has those who entered.
        entries = max(campaign.audienceCount, flow.filter { $0.source == nil }.reduce(0) { $0 + $1.count })
        refused = counts.refusals[campaign.name] ?? 0
        silentCount = campaign.silentCount
        funnel = RunSummary.funnel(
            campaign, counts, hasResponses: counts.responses.contains { $0.campaign == campaign.name })
        requested = own.total
        sent = own.sent
        heldBack = own.heldBack
        moved = own.moved
        waiting = own.waiting
        channels = [:]
        let counted = counts.header.costs[campaign.name] ?? [:]
        costs = Dictionary(uniqueKeysWithValues: counted.map { ($0.rawValue, $1) })
        for tally in own where tally.outcome == .sent {
            channels[tally.channel?.rawValue ?? "none", default: 0] += tally.count
            if let channel = tally.channel, let price = counts.header.prices[channel],
                counted[channel] == nil
            {
                costs[channel.rawValue, default: 0] += price * Double(tally.parts)
            }
        }
        costs = costs.mapValues { ($0 * 1e6).rounded() / 1e6 }
        steps = Self.steps(own)
        stops = counts.stops.filter { $0.campaign == campaign.name }.map { stop in
            RunSummary.Stop(
                reason: stop.reason.rawValue, held: stop.isHeld, step: stop.step, script: stop.script,
                text: counts.scripts.quoted(stop.script).map {
                    counts.masking.show(text: $0, to: nil, on: nil)
                }, count: stop.count, customer: stop.customer)
        }
        responses = Self.responses(counts.responses.filter { $0.campaign == campaign.name }, own)
        let hours = Self.hours(times, counts.clock)
        calendar = RunSummary.Calendar(
            days: Self.days(times, counts), hours: hours,
            busiestHour: hours.max { ($0.sent, $1.hour) < ($1.sent, $0.hour) })
        journey = RunSummary.journey(flow, counts.scripts, counts.masking)
        work = Self.work(counts.work.filter { $0.campaign == campaign.name }, counts.clock)
        variants = counts.variants.filter { $0.campaign == campaign.name }.map {
            RunSummary.Variant(
                name: $0.name, customers: $0.customers, sent: $0.sent, opens: $0.opens, clicks: $0.clicks,
                orders: $0.orders)
        }
        goals = RunSummary.goals(campaign.goals)
    }

    private static func steps(_ tallies: [RunFile.Tally]) -> [RunSummary.StepSummary] {
        var steps: [RunSummary.StepSummary] = []
        for tally in tallies
        where !steps.contains(where: { $0.step == tally.step && $0.channel == tally.channel?.rawValue }) {
            let own = tallies.filter { $0.step == tally.step && $0.channel == tally.channel }
            steps.append(
                RunSummary.StepSummary(
                    step: tally.step, channel: tally.channel?.rawValue, requested: own.total, sent: own.sent,
                    heldBack: own.heldBack, moved: own.moved, waiting: own.waiting))
        }
        return steps
    }

    private static func responses(
        _ responses: [RunFile.Response], _ tallies: [RunFile.Tally]
    ) -> [RunSummary.Response] {
        Set(responses.map(\.step)).sorted().map { step in
            func count(_ word: String) -> Int {
                responses.filter { $0.step == step && $0.word == word }.reduce(0) { $0 + $1.count }
            }
            return RunSummary.Response(
                step: step, sent: tallies.filter { $0.step == step }.sent, opens: count("open"),
                clicks: count("click"), orders: count("order"), unsubscribes: count("unsubscribe"),
                complaints: count("complaint"), bounces: count("bounce"))
        }
    }

    private static func days(_ times: [RunFile.QuarterHour], _ counts: RunCounts) -> [RunSummary.Day] {
        var clock = counts.clock
        func day(_ time: Int64) -> Int { dayAndSecond(clock.wallSeconds(at: time)).day }
        let first = day(counts.header.now)
        let last = max(first, day(max(counts.header.now, counts.header.until - 1)))
        var sent = [Int](repeating: 0, count: last - first + 1)
        for time in times {
            let place = day(time.time) - first
            if sent.indices.contains(place) { sent[place] += time.count }
        }
        return sent.enumerated().map { place, count in
            RunSummary.Day(day: CivilDate(daysSinceEpoch: first + place).description, sent: count)
        }
    }

    private static func hours(_ times: [RunFile.QuarterHour], _ clock: ZoneClock) -> [RunSummary.Hour] {
        var clock = clock
        var hours: [Int64: Int] = [:]
        for time in times {
            let wall = clock.wallSeconds(at: time.time)
            hours[wall - (wall % 3600 + 3600) % 3600, default: 0] += time.count
        }
        return hours.sorted { $0.key < $1.key }.map { wall, count in
            let (day, second) = dayAndSecond(wall)
            return RunSummary.Hour(
                hour: "\(CivilDate(daysSinceEpoch: day)) \(digits(second / 3600, 2)):00", sent: count)
        }
    }

    private static func work(_ work: [RunFile.Work], _ clock: ZoneClock) -> [RunSummary.Work] {
        struct Desk: Hashable {
            var word: String
            var owner: String?
        }
        var clock = clock
        var desks: [Desk: [Int: Int]] = [:]
        for item in work {
            let day = dayAndSecond(clock.wallSeconds(at: item.time)).day
            desks[Desk(word: item.word, owner: item.owner), default: [:]][day, default: 0] += item.count
        }
        return desks.map { desk, days in
            let (day, count) = days.max { ($0.value, $1.key) < ($1.value, $0.key) } ?? (0, 0)
            return RunSummary.Work(
                word: desk.word, owner: desk.owner, count: days.values.reduce(0, +),
                busiestDay: CivilDate(daysSinceEpoch: day).description, busiestCount: count,
                days: days.sorted { $0.key < $1.key }.map {
                    RunSummary.WorkDay(day: CivilDate(daysSinceEpoch: $0.key).description, count: $0.value)
                })
        }.sorted { ($0.word, $1.count, $0.owner ?? "") < ($1.word, $0.count, $1.owner ?? "") }
    }
}

extension [RunFile.Tally] {
    fileprivate var total: Int { reduce(0) { $0 + $1.count } }
    fileprivate var sent: Int { filter { $0.outcome == .sent }.total }
    fileprivate var heldBack: [String: Int] { filter { $0.outcome != .held }.counts(by: \.reason) }
    fileprivate var moved: [String: Int] { filter { $0.outcome == .sent }.counts(by: \.heldBy) }
    fileprivate var waiting: [String: Int] { filter { $0.outcome == .held }.counts(by: \.reason) }

    private func counts(by key: KeyPath<RunFile.Tally, Reason?>) -> [String: Int] {
        reduce(into: [:]) { result, tally in
            if let reason = tally[keyPath: key] { result[reason.rawValue, default: 0] += tally.count }
        }
    }
}
