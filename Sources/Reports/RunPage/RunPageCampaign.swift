internal import Basics

/// What the page shows of one campaign.
struct RunPageCampaign: Encodable {
    struct FunnelRow: Encodable {
        var label: String
        var isCondition: Bool
        var script: String
        var count: String
        /// Of all customers, in percent; of more journeys than customers, 100.
        var width: Double
        var share: String
        var lost: String
    }

    struct Step: Encodable {
        var name: String
        var channel: String
        var sent: Int
        var heldBack: Int
        var later: String
        var waiting: String
    }

    struct Stop: Encodable {
        var phrase: String
        var count: Int
        var width: Double
        var step: String
        var script: String
        var text: String
        /// What finds them in the table of decisions, as the part of an address behind `#`.
        var query: String
    }

    struct Goal: Encodable {
        var name: String
        var reached: String
        var reachedMet: String
        var heldOut: String
        var heldOutMet: String
        var difference: String
    }

    struct Response: Encodable {
        var name: String
        var sent: Int
        /// In the order of the columns.
        var reactions: [String]
    }

    struct Variant: Encodable {
        var name: String
        var customers: String
        var sent: Int
        var opened: String
        var clicked: String
        var ordered: String
    }

    let id: String
    let name: String
    let description: String
    let audience: String
    let funnel: [FunnelRow]
    let steps: [Step]
    let stops: [Stop]
    let responses: [Response]
    /// The heads of their columns.
    let reactions: [String]
    let variants: [Variant]
    let goals: [Goal]
    /// Whether some were held out to compare with.
    let comparesGoal: Bool
    /// What that leaves out.
    let goalNote: String
    let journey: JourneyDiagram?

    init(_ campaign: RunSummary.CampaignSummary, _ summary: RunSummary) {
        id = "campaign-\((summary.campaigns.firstIndex { $0.name == campaign.name } ?? 0) + 1)"
        name = campaign.name
        description = campaign.description
        audience = campaign.audience
        let all = Double(max(1, campaign.customers))
        funnel = campaign.funnelLines(days: summary.days).map { line in
            let share = Double(line.count ?? 0) / all
            return FunnelRow(
                label: line.label, isCondition: line.isCondition, script: line.script ?? "",
                count: line.number,
                width: RunPageValues.rounded(min(1, share) * 100),
                share: line.count == nil ? "" : percent(share),
                lost: reasonPhrases(line.lost))
        }
        steps = campaign.steps.map { step in
            Step(
                name: step.step.isEmpty ? "(journey)" : step.step, channel: step.channel ?? "–",
                sent: step.sent,
                heldBack: step.heldBack.values.reduce(0, +), later: reasonPhrases(step.moved),
                waiting: reasonPhrases(step.waiting))
        }
        let most = Double(campaign.stops.map(\.count).max() ?? 1)
        stops = campaign.stops.map { stop in
            let phrase = reasonPhrase(stop.reason)
            return Stop(
                phrase: stop.held ? "still held: \(phrase)" : phrase, count: stop.count,
                width: RunPageValues.rounded(Double(stop.count) / most * 100), step: stop.step,
                script: stop.script, text: stop.text ?? "",
                query: Self.query([
                    ("reason", stop.reason), ("campaign", campaign.name), ("step", stop.step),
                    ("script", stop.script), ("outcome", stop.held ? "held" : ""),
                ]))
        }
        let reactions = campaign.reactions
        self.reactions = reactions.map(\.title)
        responses = campaign.responses.map { step in
            Response(
                name: step.step, sent: step.sent,
                reactions: reactions.map { withShare(step[keyPath: $0.count], of: step.sent) })
        }
        variants = campaign.variants.map {
            Variant(
                name: $0.name, customers: grouped($0.customers), sent: $0.sent,
                opened: withShare($0.opens, of: $0.sent), clicked: withShare($0.clicks, of: $0.sent),
                ordered: withShare($0.orders, of: $0.sent))
        }
        goals = campaign.goals.map(GoalLine.init).map {
            Goal(
                name: $0.label, reached: $0.reached, reachedMet: $0.reachedMet, heldOut: $0.heldOut,
                heldOutMet: $0.heldOutMet, difference: $0.difference)
        }
        comparesGoal = campaign.comparesGoal
        goalNote = summary.goalNote ?? ""
        journey = JourneyDiagram(campaign.journey)
    }

    /// A search for decisions by their columns; not by one with a quotation mark, which a search cannot hold.
    private static func query(_ columns: [(name: String, value: String)]) -> String {
        columns.filter { !$0.value.isEmpty && !$0.value.contains("\"") }.map { name, value in
            value.contains(where: \.isWhitespace) ? "\(name):\"\(value)\"" : "\(name):\(value)"
        }.joined(separator: " ")
    }
}
