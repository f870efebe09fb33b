public import Catalog
internal import GRDB

extension RunFile {
    /// One thing of a customer's story.
    public enum StoryEntry: Sendable, Equatable {
        /// What became of a message.
        case decision(Decision)
        /// Something else.
        case event(RunEvent)

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

    /// All that the run says about a customer, in one campaign or in all, in the order in which it happened.
    ///
    /// Cost: one pass over the decisions and one over the events.
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
            return StoryEntry.merged(decisions, events)
        }
    }
}
