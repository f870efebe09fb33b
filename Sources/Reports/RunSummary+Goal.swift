internal import Basics
internal import Catalog

extension RunSummary {
    /// How many journeys of a campaign, or of one of its variants, met the goal in the run.
    public struct Goal: Codable {
        /// The variant; null for the whole campaign.
        public var variant: String?
        /// The journeys that got a message or several.
        public var reached: Journeys
        /// The journeys that were held out.
        public var heldOut: Journeys
        /// By how many points, in hundredths of all journeys, the share of the reached is above that of the held out;
        /// null where one of them has no journey.
        public var difference: Double?

        /// A missing value is null, so that every goal has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(variant, forKey: .variant)
            try container.encode(reached, forKey: .reached)
            try container.encode(heldOut, forKey: .heldOut)
            try container.encode(difference, forKey: .difference)
        }

        init(variant: String?, _ counts: [RunGoal]) {
            func journeys(heldOut: Bool) -> Journeys {
                let own = counts.filter { $0.isHeldOut == heldOut }
                return Journeys(
                    journeys: own.reduce(0) { $0 + $1.journeys }, met: own.reduce(0) { $0 + $1.met })
            }
            self.variant = variant
            reached = journeys(heldOut: false)
            heldOut = journeys(heldOut: true)
            guard let above = reached.share, let below = heldOut.share else { return }
            difference = ((above - below) * 1e8).rounded() / 1e6
        }
    }

    /// Journeys, and how many of them met the goal.
    public struct Journeys: Codable {
        /// How many journeys; one whose goal raised is not counted.
        public var journeys: Int
        /// How many of them met the goal.
        public var met: Int

        /// The share of those that met it; nil of none.
        var share: Double? { journeys > 0 ? Double(met) / Double(journeys) : nil }
    }

    /// What came of a campaign's goal: all of it, then each variant where there are several.
    static func goals(_ counts: [RunGoal]) -> [Goal] {
        guard !counts.isEmpty else { return [] }
        let variants = Set(counts.compactMap(\.variant)).sorted()
        return [Goal(variant: nil, counts)]
            + variants.map { name in Goal(variant: name, counts.filter { $0.variant == name }) }
    }
}

/// What came of a goal as people read it.
struct GoalLine {
    /// The variant, or that it is all of them.
    var label: String
    /// How many journeys got a message, and how many of them met the goal.
    var reached: String
    var reachedMet: String
    /// The same of those that were held out.
    var heldOut: String
    var heldOutMet: String
    /// In points: `+5.3`.
    var difference: String

    init(_ goal: RunSummary.Goal) {
        func met(_ journeys: RunSummary.Journeys) -> String {
            journeys.share.map { "\(grouped(journeys.met)) (\(percent($0)))" } ?? "–"
        }
        label = goal.variant ?? "all"
        reached = grouped(goal.reached.journeys)
        reachedMet = met(goal.reached)
        heldOut = grouped(goal.heldOut.journeys)
        heldOutMet = met(goal.heldOut)
        difference =
            goal.difference.map { points in
                let tenths = Int((points * 10).rounded())
                let sign = tenths > 0 ? "+" : tenths < 0 ? "−" : ""
                return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
            } ?? ""
    }
}

extension RunSummary.CampaignSummary {
    /// Whether journeys were held out, so that there is something to compare with.
    var comparesGoal: Bool { goals.contains { $0.heldOut.journeys > 0 } }
}

extension RunSummary {
    /// What a comparison with those held out leaves out; nil where it leaves nothing out.
    var goalNote: String? {
        asOf == nil
            ? "nobody acts unasked in this run; a replay of the past (--as-of) has what people do by themselves"
            : nil
    }
}
