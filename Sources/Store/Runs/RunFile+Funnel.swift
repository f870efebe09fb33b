public import Catalog
internal import GRDB

/// How many customers came how far.
extension RunFile {
    /// The stages before the entry, by campaign.
    static func funnels(_ db: Database) throws -> [String: [RunFunnelStage]] {
        try Row.fetchAll(db, sql: "SELECT * FROM funnel ORDER BY rowid").reduce(into: [:]) {
            guard let kind = RunFunnelStage.Kind(rawValue: $1["kind"]) else { return }
            $0[$1["campaign"], default: []].append(
                RunFunnelStage(
                    kind: kind, text: $1["text"], script: $1["script"], time: $1["time"],
                    count: $1["count"]))
        }
    }

    /// What came of the goals, by campaign; nothing in files that were written before they were measured.
    static func goals(_ db: Database) throws -> [String: [RunGoal]] {
        guard try db.tableExists("goals") else { return [:] }
        return try Row.fetchAll(db, sql: "SELECT * FROM goals ORDER BY rowid").reduce(into: [:]) {
            $0[$1["campaign"], default: []].append(
                RunGoal(
                    variant: $1["variant"], isHeldOut: $1["held_out"], journeys: $1["journeys"],
                    met: $1["met"]))
        }
    }

    /// How many customers a campaign reached, and what they did; each number is part of the one before it.
    public struct Reach: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// For whom a message was decided on.
        public let asked: Int
        /// To whom one is sent.
        public let sent: Int
        /// Who open one.
        public let opened: Int
        /// Who click in one.
        public let clicked: Int
        /// Who order behind one.
        public let ordered: Int
    }

    /// The reach, by campaign. Cost: one pass over the decisions and one over the events.
    public func reach() throws -> [Reach] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    WITH people AS (
                        SELECT campaign, customer_id, MAX(outcome = 'sent') AS sent FROM decisions GROUP BY 1, 2
                    ), reactions AS (
                        SELECT campaign, customer_id, MAX(word = 'open') AS opened,
                            MAX(word = 'click') AS clicked, MAX(word = 'order') AS ordered
                        FROM events WHERE script IS NULL AND word IN ('open', 'click', 'order') GROUP BY 1, 2
                    )
                    SELECT campaign, COUNT(*) AS asked, SUM(sent) AS sent,
                        SUM(COALESCE(opened, 0)) AS opened, SUM(COALESCE(clicked, 0)) AS clicked,
                        SUM(COALESCE(ordered, 0)) AS ordered
                    FROM people LEFT JOIN reactions USING (campaign, customer_id)
                    GROUP BY 1 ORDER BY 1
                    """
            ).map {
                Reach(
                    campaign: $0["campaign"], asked: $0["asked"], sent: $0["sent"], opened: $0["opened"],
                    clicked: $0["clicked"], ordered: $0["ordered"])
            }
        }
    }

    /// How many customers of a campaign get no message at all, by the reason of the last that was decided on.
    public struct Loss: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// The reason.
        public let reason: Reason
        /// How many.
        public let count: Int
    }

    /// The losses, by campaign, most first. Cost: one pass over the decisions.
    public func losses() throws -> [Loss] {
        try read { db in
            // Of a group with one MAX, SQLite takes other columns from the row that has it.
            try Row.fetchAll(
                db,
                sql: """
                    WITH lost AS (
                        SELECT campaign, reason, MAX(id) AS last FROM decisions
                        GROUP BY campaign, customer_id HAVING SUM(outcome = 'sent') = 0
                    )
                    SELECT campaign, reason, COUNT(*) AS count FROM lost
                    GROUP BY 1, 2 ORDER BY campaign, count DESC, reason
                    """
            ).map {
                Loss(
                    campaign: $0["campaign"], reason: Reason(rawValue: $0["reason"]) ?? .error,
                    count: $0["count"])
            }
        }
    }

    /// Messages of one line of a script that were stopped, or are still held, for one reason.
    public struct Stop: Sendable, Equatable {
        /// The campaign.
        public let campaign: String
        /// The step.
        public let step: String
        /// Script and line that asked.
        public let script: String
        /// The reason.
        public let reason: Reason
        /// Whether they were still held at the end.
        public let isHeld: Bool
        /// How many.
        public let count: Int
        /// The first customer of them.
        public let customer: Int64
    }

    /// The stops, by campaign, most first. Cost: one pass over the decisions.
    public func stops() throws -> [Stop] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT campaign, step, script, reason, outcome = 'held' AS is_held, COUNT(*) AS count,
                        MIN(customer_id) AS customer
                    FROM decisions WHERE reason IS NOT NULL
                    GROUP BY 1, 2, 3, 4, 5 ORDER BY campaign, count DESC, script, step, reason, is_held
                    """
            ).map {
                Stop(
                    campaign: $0["campaign"], step: $0["step"], script: $0["script"],
                    reason: Reason(rawValue: $0["reason"]) ?? .error, isHeld: $0["is_held"],
                    count: $0["count"], customer: $0["customer"])
            }
        }
    }
}
