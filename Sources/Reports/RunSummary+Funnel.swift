internal import Basics
internal import Catalog
internal import Foundation
internal import Store

extension RunSummary {
    /// A stage on the way of customers through a campaign. Each is part of the one before it, but for
    /// `entered`, which counts over the whole run, where `audience` counts at one instant.
    public struct FunnelStage: Codable {
        /// `customers`, `condition`, `event`, `meant`, `audience`, `entered`, `asked` (a message was decided
        /// on), `sent`, `opened`, `clicked` or `ordered`.
        public var stage: String
        /// The condition, the event or the audience as a person would write it; empty for other stages.
        public var text: String
        /// Script and line of a condition; null elsewhere.
        public var script: String?
        /// When all customers were asked, ISO 8601 with the workspace's offset; null where each is asked by
        /// itself.
        public var time: String?
        /// How many customers came to it; null where a rule raised before all were asked.
        public var customers: Int?
        /// At `sent`, those of the stage before who get no message, by the reason of the last that was
        /// decided on.
        public var lost: [String: Int]

        /// What is missing is null, so that every stage has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(stage, forKey: .stage)
            try container.encode(text, forKey: .text)
            try container.encode(script, forKey: .script)
            try container.encode(time, forKey: .time)
            try container.encode(customers, forKey: .customers)
            try container.encode(lost, forKey: .lost)
        }

        init(
            _ stage: String, _ customers: Int?, text: String = "", script: String? = nil, time: String? = nil,
            lost: [String: Int] = [:]
        ) {
            self.stage = stage
            self.text = text
            self.script = script
            self.time = time
            self.customers = customers
            self.lost = lost
        }
    }

    /// The stages of a campaign, as far as there are such.
    static func funnel(_ campaign: RunCampaign, _ counts: RunCounts, hasResponses: Bool) -> [FunnelStage] {
        var clock = counts.clock
        let before = campaign.funnel.map { stage in
            FunnelStage(
                stage.kind.rawValue, stage.count,
                text: counts.masking.show(text: stage.text, to: nil, on: nil),
                script: stage.script, time: stage.time.map { clock.isoText(at: $0) })
        }
        let entered = FunnelStage("entered", campaign.audienceCount)
        let stages = [FunnelStage("customers", counts.header.customers)] + before + [entered]
        guard let reach = counts.reach.first(where: { $0.campaign == campaign.name }) else { return stages }
        let lost = counts.losses.filter { $0.campaign == campaign.name }.map {
            ($0.reason.rawValue, $0.count)
        }
        let messages = [
            FunnelStage("asked", reach.asked),
            FunnelStage("sent", reach.sent, lost: Dictionary(lost, uniquingKeysWith: +)),
        ]
        guard hasResponses else { return stages + messages }
        return stages + messages + [
            FunnelStage("opened", reach.opened), FunnelStage("clicked", reach.clicked),
            FunnelStage("ordered", reach.ordered),
        ]
    }
}

/// A line of a funnel as people read it.
struct FunnelLine {
    /// How many; nil where it is not known.
    var count: Int?
    /// The count as people read it.
    var number: String { count.map { grouped($0) } ?? "?" }
    /// What they are, or the condition.
    var label: String
    /// Script and line of a condition.
    var script: String?
    /// Whether the label is a condition, in the words of a script.
    var isCondition = false
    /// Those who got no further, by reason code.
    var lost: [String: Int] = [:]
}

extension RunSummary.CampaignSummary {
    /// The funnel in lines; `days` is how long the run lasts. Where who was in the audience is who entered,
    /// one line says both.
    func funnelLines(days: Int) -> [FunnelLine] {
        func count(_ stage: String) -> Int? { funnel.first { $0.stage == stage }?.customers }
        var lines: [FunnelLine] = []
        for stage in funnel {
            var line = FunnelLine(count: stage.customers, label: "", script: stage.script)
            switch stage.stage {
            case "customers": line.label = "customers"
            case "condition": (line.label, line.isCondition) = (stage.text, true)
            case "event": line.label = "to whom this happens: \(stage.text)"
            case "meant": line.label = "of whom the follow-up means it"
            case "audience":
                guard stage.time == nil || stage.customers != audienceCount else { continue }
                line.label = "in the audience \(stage.time.map { "on \(momentText($0))" } ?? "then")"
            case "entered": line.label = "\(days > 0 ? "entered" : "in the audience"): \(audience)"
            case "asked":
                guard stage.customers != audienceCount else { continue }
                line.label = "with a message to decide on"
            case "sent":
                line.label = sent == stage.customers ? "get a message" : "get \(grouped(sent)) messages"
                line.lost = stage.lost
            default: line.label = stage.stage
            }
            lines.append(line)
            if stage.stage == "entered", refused > 0 {
                lines.append(FunnelLine(count: refused, label: "kept out by the limit"))
            }
            if stage.stage == "entered", entries > audienceCount {
                lines.append(FunnelLine(count: entries, label: "entries, some again"))
            }
        }
        return lines
    }
}
