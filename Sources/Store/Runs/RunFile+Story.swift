public import Catalog
internal import GRDB

extension RunFile {
    /// One thing of a customer's story.
    public enum StoryEntry: Sendable, Equatable {
        /// What became of a message.
        case decision(Decision)
        /// Something else.
        case event(RunEvent)
        /// A journey ended, or was under way when the run did.
        case ending(Ending)

        /// The decisions and events of one person, each in their order, as they happened.
        public static func merged(_ decisions: [Decision], _ events: [RunEvent]) -> [StoryEntry] {
            var story: [StoryEntry] = []
            var next = 0
            for decision in decisions {
                while next < events.count, events[next].place < decision.place {
                    story.append(.event(events[next]))
                    next += 1
                }
                story.append(.decision(decision))
            }
            return story + events[next...].map(StoryEntry.event)
        }
    }

    /// How a journey ended, where no event and no decision tells it.
    public struct Ending: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// When; of a journey under way, when the person's last thing happened. Unix seconds.
        public let time: Int64
        /// `end`, `error` or `under way`.
        public let word: String
        /// What it asked for last; nil where it asked for nothing.
        public let step: JourneyRecord.Step?
        /// When it asked for that, Unix seconds.
        public let asked: Int64?
    }

    /// How the journeys of a customer ended, in one campaign or in all: at its time behind what else happened in the
    /// campaign; those under way behind everything.
    private func addingEndings(
        to story: [StoryEntry], of customer: Int64, in campaign: String?, _ db: Database
    ) throws -> [StoryEntry] {
        guard let record = try journeyRecord(of: customer, db) else { return story }
        var story = story
        var journeys: [(isMeant: Bool, campaign: String, step: JourneyRecord.Step?, asked: Int64?)] = []
        for entry in record.entries {
            switch entry.what {
            case .begin(let own, let name, _, _):
                journeys.append((own == customer && campaign ?? name == name, name, nil, nil))
            case .step(let number, let step) where journeys.indices.contains(number):
                (journeys[number].step, journeys[number].asked) = (step, entry.time)
            case .end(let number, let word) where journeys.indices.contains(number):
                let journey = journeys[number]
                // What becomes of a message is told by its decision.
                let isTold =
                    word == "under way" ? journey.step?.word == "send" : !["end", "error"].contains(word)
                guard journey.isMeant, !isTold else { continue }
                let ending = Ending(
                    campaign: journey.campaign, time: entry.time, word: word, step: journey.step,
                    asked: journey.asked)
                let last = story.lastIndex {
                    word == "under way" || $0.time < ending.time
                        || $0.time == ending.time && $0.campaign == ending.campaign
                }
                story.insert(.ending(ending), at: last.map { $0 + 1 } ?? 0)
            default: continue
            }
        }
        return story
    }

    /// All that the run says about a customer, in one campaign or in all, in the order in which it happened.
    ///
    /// Cost: one pass over the decisions and one over the events; of a customer who is not the lowest of their person,
    /// one over the journeys of those before.
    public func story(of customer: Int64, in campaign: String? = nil) throws -> [StoryEntry] {
        try read { db in
            let condition =
                "WHERE customer_id = ?1 AND (?2 IS NULL OR campaign IN (?2, '')) ORDER BY place, id"
            let arguments: StatementArguments = [customer, campaign]
            let events = try Row.fetchAll(db, sql: "SELECT * FROM events \(condition)", arguments: arguments)
                .map { RunEvent($0) }
            let decisions = try Row.fetchAll(
                db, sql: "SELECT * FROM decisions \(condition)", arguments: arguments
            ).map { try Decision($0) }
            let story = StoryEntry.merged(decisions, events)
            guard !events.isEmpty else { return story }
            return try addingEndings(to: story, of: customer, in: campaign, db)
        }
    }
}

extension RunFile.StoryEntry {
    fileprivate var time: Int64 {
        switch self {
        case .decision(let decision): decision.time
        case .event(let event): event.time
        case .ending(let ending): ending.time
        }
    }

    fileprivate var campaign: String {
        switch self {
        case .decision(let decision): decision.campaign
        case .event(let event): event.campaign
        case .ending(let ending): ending.campaign
        }
    }
}
