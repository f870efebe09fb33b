internal import Basics
internal import Catalog

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

    struct Response: Encodable {
        var name: String
        var customers: String
        var sent: Int
        var opened: String
        var clicked: String
        var ordered: String
        /// Unsubscribes, complaints and bounces, where there are any.
        var refused = ""
    }

    let id: String
    let name: String
    let description: String
    let audience: String
    let funnel: [FunnelRow]
    let steps: [Step]
    let stops: [Stop]
    let responses: [Response]
    let variants: [Response]
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
                lost: Self.phrases(line.lost))
        }
        steps = campaign.steps.map { step in
            Step(
                name: step.step.isEmpty ? "(journey)" : step.step, channel: step.channel ?? "–",
                sent: step.sent,
                heldBack: step.heldBack.values.reduce(0, +), later: Self.phrases(step.moved),
                waiting: Self.phrases(step.waiting))
        }
        let most = Double(campaign.stops.map(\.count).max() ?? 1)
        stops = campaign.stops.map { stop in
            let phrase = Reason(rawValue: stop.reason)?.phrase ?? stop.reason
            return Stop(
                phrase: stop.held ? "still held: \(phrase)" : phrase, count: stop.count,
                width: RunPageValues.rounded(Double(stop.count) / most * 100), step: stop.step,
                script: stop.script, text: stop.text ?? "",
                query: Self.query([
                    ("reason", stop.reason), ("campaign", campaign.name), ("step", stop.step),
                    ("script", stop.script), ("outcome", stop.held ? "held" : ""),
                ]))
        }
        responses = campaign.responses.map {
            var response = Self.response($0.step, nil, $0.sent, $0.opens, $0.clicks, $0.orders)
            response.refused = [
                ($0.unsubscribes, "unsubscribed"), ($0.complaints, "complained"), ($0.bounces, "bounced"),
            ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: " · ")
            return response
        }
        variants = campaign.variants.map {
            Self.response($0.name, $0.customers, $0.sent, $0.opens, $0.clicks, $0.orders)
        }
        journey = JourneyDiagram(campaign.journey)
    }

    private static func response(
        _ name: String, _ customers: Int?, _ sent: Int, _ opens: Int, _ clicks: Int, _ orders: Int
    ) -> Response {
        func text(_ count: Int) -> String {
            count == 0 || sent == 0
                ? grouped(count) : "\(grouped(count)) (\(percent(Double(count) / Double(sent))))"
        }
        return Response(
            name: name, customers: customers.map { grouped($0) } ?? "", sent: sent, opened: text(opens),
            clicked: text(clicks), ordered: text(orders))
    }

    /// Counts by reason code in words, largest first.
    private static func phrases(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
            "\(grouped(count)) \(Reason(rawValue: code)?.phrase ?? code)"
        }.joined(separator: " · ")
    }

    /// A search for decisions by their columns; not by one with a quotation mark, which a search cannot hold.
    private static func query(_ columns: [(name: String, value: String)]) -> String {
        columns.filter { !$0.value.isEmpty && !$0.value.contains("\"") }.map { name, value in
            value.contains(where: \.isWhitespace) ? "\(name):\"\(value)\"" : "\(name):\(value)"
        }.joined(separator: " ")
    }
}
