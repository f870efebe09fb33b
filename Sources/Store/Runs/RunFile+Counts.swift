public import Catalog
internal import GRDB

/// What reports count, each with one pass over the decisions or events.
extension RunFile {
    /// How many decisions of a campaign were alike at one step on one channel.
    public struct Tally: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// The step.
        public let step: String
        /// The channel; nil where none could be chosen.
        public let channel: Channel?
        /// The outcome.
        public let outcome: Outcome
        /// The reason; nil for `sent`.
        public let reason: Reason?
        /// What held them before they were sent: the cap where messages of the run had used it up, else what
        /// held them last; nil for others.
        public let heldBy: Reason?
        /// How many.
        public let count: Int
        /// How many parts they are sent in: their number, or more where they are long text messages.
        public let parts: Int
    }

    /// All tallies, by campaign, step and channel, largest first.
    public func tallies() throws -> [Tally] {
        try rows(
            """
            SELECT campaign, step, channel, outcome, reason,
                CASE WHEN outcome <> 'sent' THEN NULL WHEN displaced_by IS NULL THEN held_by
                    ELSE 'frequency_cap' END AS held_by,
                COUNT(*) AS count, SUM(COALESCE(parts, 1)) AS parts
            FROM decisions
            GROUP BY 1, 2, 3, 4, 5, 6
            ORDER BY campaign, step, channel, count DESC, outcome, reason, held_by
            """
        ) { row in
            Tally(
                campaign: row["campaign"], step: row["step"],
                channel: (row["channel"] as String?).flatMap(Channel.init(rawValue:)),
                outcome: Outcome(rawValue: row["outcome"]) ?? .failed,
                reason: (row["reason"] as String?).flatMap(Reason.init(rawValue:)),
                heldBy: (row["held_by"] as String?).flatMap(Reason.init(rawValue:)), count: row["count"],
                parts: row["parts"])
        }
    }

    /// How many messages of a campaign are sent in a quarter of an hour.
    public struct QuarterHour: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// Its first instant, Unix seconds.
        public let time: Int64
        /// How many.
        public let count: Int
    }

    // Every zone is some quarters of an hour away from UTC, so that days and hours of any are made of these.
    private static let quarter = "time - (time % 900 + 900) % 900"

    /// The quarters of an hour in which something is sent, by campaign and time.
    public func sendingTimes() throws -> [QuarterHour] {
        try rows(
            """
            SELECT campaign, \(Self.quarter) AS quarter, COUNT(*) AS count FROM decisions
            WHERE outcome = 'sent' GROUP BY 1, 2 ORDER BY 1, 2
            """
        ) { QuarterHour(campaign: $0["campaign"], time: $0["quarter"], count: $0["count"]) }
    }

    /// How often people did something with the messages of a step.
    public struct Response: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// The step.
        public let step: String
        /// `open`, `click`, `order`, `unsubscribe`, `complaint` or `bounce`.
        public let word: String
        /// How many.
        public let count: Int
    }

    /// What people did, by campaign and step.
    public func responses() throws -> [Response] {
        try rows(
            """
            SELECT campaign, subject, word, COUNT(*) AS count FROM events
            WHERE script IS NULL AND subject IS NOT NULL
            AND word IN ('open', 'click', 'order', 'unsubscribe', 'complaint', 'bounce')
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """
        ) {
            Response(
                campaign: $0["campaign"], step: $0["subject"], word: $0["word"], count: $0["count"])
        }
    }

    /// How many tasks or tickets of a campaign come to an owner in a quarter of an hour.
    public struct Work: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// `task` or `ticket`.
        public let word: String
        /// Whose; nil for nobody's.
        public let owner: String?
        /// The first instant of the quarter, Unix seconds.
        public let time: Int64
        /// How many.
        public let count: Int
    }

    /// What there is to do, by campaign, word, owner and time.
    public func work() throws -> [Work] {
        try rows(
            """
            SELECT campaign, word, owner, \(Self.quarter) AS quarter, COUNT(*) AS count FROM events
            WHERE word IN ('task', 'ticket') GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """
        ) {
            Work(
                campaign: $0["campaign"], word: $0["word"], owner: $0["owner"], time: $0["quarter"],
                count: $0["count"])
        }
    }

    /// What became of the customers who were told a campaign in one way.
    public struct Variant: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// The variant.
        public let name: String
        /// How many customers something was decided for.
        public let customers: Int
        /// How many messages are sent to them.
        public let sent: Int
        /// How many of these are opened.
        public let opens: Int
        /// How many are clicked.
        public let clicks: Int
        /// How many are followed by an order.
        public let orders: Int
    }

    /// The variants, by campaign and name.
    public func variants() throws -> [Variant] {
        try rows(
            """
            WITH people AS (
                SELECT campaign, variant, customer_id, SUM(outcome = 'sent') AS sent FROM decisions
                WHERE variant IS NOT NULL GROUP BY 1, 2, 3
            ), reactions AS (
                SELECT campaign, customer_id, SUM(word = 'open') AS opens, SUM(word = 'click') AS clicks,
                    SUM(word = 'order') AS orders
                FROM events WHERE script IS NULL GROUP BY 1, 2
            )
            SELECT campaign, variant, COUNT(*) AS customers, SUM(sent) AS sent, SUM(opens) AS opens,
                SUM(clicks) AS clicks, SUM(orders) AS orders
            FROM people LEFT JOIN reactions USING (campaign, customer_id)
            GROUP BY 1, 2 ORDER BY 1, 2
            """
        ) {
            Variant(
                campaign: $0["campaign"], name: $0["variant"], customers: $0["customers"], sent: $0["sent"],
                opens: $0["opens"] ?? 0, clicks: $0["clicks"] ?? 0, orders: $0["orders"] ?? 0)
        }
    }

    /// How many customers each campaign kept out because its limit was used up.
    public func refusals() throws -> [String: Int] {
        let counts: [(String, Int)] = try rows(
            "SELECT campaign, COUNT(*) AS count FROM events WHERE word = 'limit' AND script IS NULL GROUP BY 1"
        ) { ($0["campaign"], $0["count"]) }
        return Dictionary(counts) { first, _ in first }
    }

    /// What the messages of one campaign did to those of another through the cap.
    public struct Displacement: Sendable, Equatable {
        /// The campaign whose messages were stopped or held.
        public let campaign: String
        /// The campaign whose messages had used up the cap; it may be the same.
        public let by: String
        /// How many were not sent.
        public let lost: Int
        /// How many were sent later.
        public let moved: Int
        /// How many were still held at the end.
        public let waiting: Int
    }

    /// The displacements, those of most messages first. A message that several campaigns displaced counts for
    /// each.
    public func displacements() throws -> [Displacement] {
        try rows(
            """
            SELECT campaign, other.value AS by, SUM(outcome NOT IN ('sent', 'held')) AS lost,
                SUM(outcome = 'sent') AS moved, SUM(outcome = 'held') AS waiting
            FROM decisions, json_each(displaced_by) AS other
            GROUP BY 1, 2 ORDER BY COUNT(*) DESC, 1, 2
            """
        ) {
            Displacement(
                campaign: $0["campaign"], by: $0["by"], lost: $0["lost"], moved: $0["moved"],
                waiting: $0["waiting"])
        }
    }

    /// The customers who get most messages, at most so many of them, with how many they get.
    public func recipients(limit: Int) throws -> [(customer: Int64, messages: Int)] {
        try rows(
            """
            SELECT customer_id, COUNT(*) AS count FROM decisions WHERE outcome = 'sent'
            GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT \(limit)
            """
        ) { ($0["customer_id"], $0["count"]) }
    }

    private func rows<Item>(_ sql: String, _ item: (Row) -> Item) throws -> [Item] {
        try read { try Row.fetchAll($0, sql: sql).map(item) }
    }
}
