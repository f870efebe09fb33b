internal import Basics
internal import Catalog
internal import Formats
internal import Foundation

/// What the templates of the page print; they see the names in snake_case.
struct RunPageValues: Encodable {
    /// A name and what belongs to it, as texts.
    struct Fact: Encodable {
        var name: String
        var value: String
        /// What else there is to say; empty for nothing.
        var note = ""
    }

    /// One bar of a row of bars, in a picture that is 100 wide and 24 high.
    struct Bar: Encodable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double
        var title: String
    }

    /// A name, a number, and how the number is spread over the days.
    struct Row: Encodable {
        var name: String
        var total: Int
        var bars: [Bar]
        /// What the bars say, for those who do not see them.
        var summary: String
    }

    struct Channel: Encodable {
        var name: String
        var sent: Int
        var price: String
        var cost: String
    }

    struct Contention: Encodable {
        var campaign: String
        var by: String
        var lost: Int
        var moved: Int
        var waiting: Int
    }

    /// What a plugin adds.
    struct Section: Encodable {
        struct Column: Encodable {
            var title: String
            /// `number` for numbers, which stand to the right; empty for others.
            var look: String
        }

        struct Cell: Encodable {
            var text: String
            var look: String
        }

        /// The place in the page.
        var id: String
        var title: String
        var columns: [Column]
        var rows: [[Cell]]
        /// How many rows are not among them.
        var moreRows: Int
        /// Why it has no rows; empty where nothing is wrong.
        var problem: String
        var plugin: String
    }

    let title: String
    let nonce: String
    let facts: [Fact]
    let keys: [Fact]
    let campaigns: [RunPageCampaign]
    let calendar: RunPageCalendar
    let channels: [Channel]
    let totalCost: String
    let contention: [Contention]
    /// How many pairs of campaigns are not among them.
    let moreContention: Int
    let work: [Row]
    /// How many owners are not among them.
    let moreWork: Int
    let mostMessages: [RunSummary.Recipient]
    let sections: [Section]
    let samples: [RunSummary.Sample]
    let problems: [RunProblem]
    /// How many kinds of problems are not among them.
    let moreProblems: Int
    /// How many decisions there are, how many of them are in the page, and those, as JSON that may stand in a
    /// script.
    let decisionCount: Int
    let decisionsShown: Int
    let decisions: String
    /// How to see the story of a customer.
    let why: String

    init(_ summary: RunSummary, _ sample: DecisionSample) throws {
        let money = MoneyFormat(currency: summary.currency)
        title =
            summary.campaigns.count == 1 ? summary.campaigns[0].name : "\(summary.campaigns.count) campaigns"
        // Whoever writes into a message does not know the hash of the scripts.
        nonce = summary.sources.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        facts = Self.facts(summary)
        keys = Self.keys(summary, money)
        campaigns = summary.campaigns.map { RunPageCampaign($0, summary) }
        calendar = RunPageCalendar(summary)
        channels = Self.channels(summary, money)
        let costs = summary.campaigns.flatMap { $0.costs.values }
        totalCost = costs.isEmpty ? "" : money.text(costs.reduce(0, +))
        moreContention = max(0, summary.displaced.count - Self.listLimit)
        contention = summary.displaced.prefix(Self.listLimit).map {
            Contention(
                campaign: $0.campaign, by: $0.rival, lost: $0.lost, moved: $0.moved,
                waiting: $0.waiting)
        }
        let work = Self.work(summary)
        self.work = Array(work.prefix(Self.listLimit))
        moreWork = max(0, work.count - Self.listLimit)
        mostMessages = summary.mostMessages.filter { $0.messages > 1 }
        sections = summary.sections.enumerated().map { Self.section($1, number: $0 + 1) }
        samples = summary.samples
        problems = Array(summary.problems.prefix(Self.listLimit))
        moreProblems = max(0, summary.problems.count - Self.listLimit)
        decisionCount = sample.total
        decisionsShown = sample.decisions.count
        decisions = try sample.json()
        why = "moonletter why --run \(shellWord(summary.run)) --customer"
    }

    /// No list that may have any length is longer than this.
    private static let listLimit = 30

    private static func section(_ section: RunSection, number: Int) -> Section {
        func look(_ column: Int) -> String { section.isNumeric(column) ? "number" : "" }
        return Section(
            id: "section-\(number)", title: section.title,
            columns: section.columns.enumerated().map { .init(title: $1, look: look($0)) },
            rows: section.rows.prefix(rowLimit).map { row in
                row.enumerated().map { .init(text: $1.text, look: look($0)) }
            },
            moreRows: max(0, section.rows.count - rowLimit), problem: section.problem ?? "",
            plugin: section.plugin)
    }

    /// So many rows of a section are in the page.
    private static let rowLimit = 1000

    private static func facts(_ summary: RunSummary) -> [Fact] {
        let names = summary.campaigns.map(\.name).joined(separator: ", ")
        var facts = [
            Fact(name: summary.campaigns.count == 1 ? "Campaign" : "Campaigns", value: names),
            Fact(name: "From", value: "\(momentText(summary.now, withYear: true)), \(summary.timeZone)"),
        ]
        if let asOf = summary.asOf {
            facts.append(Fact(name: "Past", value: "replayed since \(momentText(asOf, withYear: true))"))
        }
        if summary.days > 0 {
            facts += [
                Fact(
                    name: "Days",
                    value: "\(grouped(summary.days)), until \(momentText(summary.until, withYear: true))"),
                Fact(name: "Responses", value: responsePhrase(summary.responses)),
            ]
        }
        let customers = summary.campaigns.first?.customers ?? 0
        return facts + [
            Fact(name: "Seed", value: String(summary.seed)),
            Fact(name: "Data", value: "\(grouped(customers)) customers"),
            Fact(name: "Scripts and templates", value: summary.sources),
            Fact(name: "Run file", value: summary.run),
            Fact(name: "Hash of the decisions", value: shortHash(summary.decisionsHash)),
        ]
    }

    private static func keys(_ summary: RunSummary, _ money: MoneyFormat) -> [Fact] {
        func sum(_ count: (RunSummary.CampaignSummary) -> Int) -> Int {
            summary.campaigns.map(count).reduce(0, +)
        }
        let requested = sum(\.requested)
        let sent = sum(\.sent)
        func share(_ count: Int, of all: Int) -> String {
            all == 0 ? "" : "\(percent(Double(count) / Double(all)))"
        }
        var keys = [
            Fact(name: "journeys", value: grouped(sum(\.entries))),
            Fact(
                name: "messages to send", value: grouped(sent),
                note: requested == 0 ? "" : "\(share(sent, of: requested)) of \(grouped(requested))"),
            Fact(name: "held back", value: grouped(sum { $0.heldBack.values.reduce(0, +) })),
        ]
        let waiting = sum { $0.waiting.values.reduce(0, +) }
        if waiting > 0 { keys.append(Fact(name: "still held", value: grouped(waiting))) }
        let responses = summary.campaigns.flatMap(\.responses)
        if !responses.isEmpty {
            for (name, key) in [
                ("opened", \RunSummary.Response.opens), ("clicked", \.clicks), ("ordered", \.orders),
            ] {
                let count = responses.map { $0[keyPath: key] }.reduce(0, +)
                keys.append(Fact(name: name, value: grouped(count), note: share(count, of: sent)))
            }
        }
        let costs = summary.campaigns.flatMap { $0.costs.values }
        if !costs.isEmpty { keys.append(Fact(name: "cost", value: money.text(costs.reduce(0, +)))) }
        let work = sum { $0.work.map(\.count).reduce(0, +) }
        if work > 0 { keys.append(Fact(name: "tasks and tickets", value: grouped(work))) }
        if !summary.problems.isEmpty {
            keys.append(Fact(name: "kinds of problems", value: grouped(summary.problems.count)))
        }
        return keys
    }

    private static func channels(_ summary: RunSummary, _ money: MoneyFormat) -> [Channel] {
        let names = Set(summary.campaigns.flatMap { $0.channels.keys }).sorted()
        return names.map { name in
            let cost = summary.campaigns.compactMap { $0.costs[name] }
            return Channel(
                name: name, sent: summary.campaigns.map { $0.channels[name] ?? 0 }.reduce(0, +),
                price: summary.prices[name].map { price in
                    let text = String(price)
                    return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) \(summary.currency)"
                } ?? "",
                cost: cost.isEmpty ? "" : money.text(cost.reduce(0, +)))
        }
    }

    private static func work(_ summary: RunSummary) -> [Row] {
        let days = summary.campaigns.first?.calendar.days.map(\.day) ?? []
        return summary.campaigns.flatMap { campaign in
            campaign.work.map { work in
                let counts = Dictionary(work.days.map { ($0.day, $0.count) }) { first, _ in first }
                let name = "\(work.word) · \(work.owner ?? "for nobody")"
                return Row(
                    name: summary.campaigns.count == 1 ? name : "\(name) · \(campaign.name)",
                    total: work.count,
                    bars: bars(days.map { (dayText($0), counts[$0] ?? 0) }),
                    summary: "most on \(dayText(work.busiestDay)): \(grouped(work.busiestCount))")
            }
        }.sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }

    /// Counts side by side, the highest as high as the picture; days without any have no bar.
    static func bars(_ counts: [(name: String, count: Int)]) -> [Bar] {
        let most = Double(max(1, counts.map(\.count).max() ?? 0))
        let step = 100 / Double(max(1, counts.count))
        return counts.enumerated().compactMap { place, item in
            guard item.count > 0 else { return nil }
            let height = max(1.5, 24 * Double(item.count) / most)
            return Bar(
                x: rounded(Double(place) * step + step * 0.1), y: rounded(24 - height),
                width: rounded(step * 0.8), height: rounded(height),
                title: "\(item.name): \(grouped(item.count))")
        }
    }

    /// To hundredths, so that pages have no long fractions.
    static func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}
