import Catalog
import GRDB

extension WorldFiller {
    /// Tags, interests, consents, messages with what became of them, feedback, tasks and points of a
    /// customer.
    mutating func addContact(_ customer: Int64, _ db: Database) throws {
        let owner = ("customer_id", Value.integer(customer))
        for _ in 0..<dice.below(4) {
            try insert(
                "tags", [owner, ("tag", .text(dice.one(of: Pool.tags))), ("tagged_at", maybeInstant())], db)
            try insert(
                "interests",
                [
                    owner, ("interest", .text(dice.one(of: Pool.interests))),
                    ("weight", .number(dice.one(of: [0, 1, 1, 2.5, -1]))), ("noted_at", maybeInstant()),
                ], db)
        }
        try addConsents(customer, db)
        for _ in 0..<dice.below(4) { try addMessage(customer, db) }
        for _ in 0..<dice.below(3) {
            try insert(
                "feedback",
                [
                    owner, ("survey", text(["nps", "NPS", "店"])), ("comment", text(Pool.plainTexts)),
                    (
                        "score",
                        dice.chance(20)
                            ? .null : .number(dice.one(of: [0, 3, 7.5, 9, 10, 10, .infinity, -0.0]))
                    ),
                    ("given_at", .integer(instant())),
                ], db)
            try insert(
                "tasks",
                [
                    owner, ("title", .text(dice.one(of: Pool.texts))), ("owner", text(["张经理", "Ann"])),
                    ("due_at", maybeInstant()), ("created_at", .integer(instant())),
                    ("status", .text(dice.one(of: ["open", "done", "cancelled"]))),
                ], db)
            try insert(
                "interactions",
                [
                    owner, ("type", .text(dice.one(of: ["call", "visit"]))),
                    ("occurred_at", .integer(instant())),
                ], db)
        }
        // Sums of points must fit, so an extreme one stands alone.
        let isExtreme = dice.chance(20)
        for _ in 0..<(isExtreme ? 1 : dice.below(4)) {
            let points = isExtreme ? dice.one(of: Pool.integers) : Int64(dice.number(-50...200))
            try insert(
                "points_ledger", [owner, ("points", .integer(points)), ("occurred_at", .integer(instant()))],
                db)
        }
    }

    private mutating func addConsents(_ customer: Int64, _ db: Database) throws {
        var time = instant()
        for _ in 0..<dice.below(6) {
            // Often at the instant of the one before.
            if dice.chance(60) { time = instant() }
            try insert(
                "consents",
                [
                    ("customer_id", .integer(customer)), ("channel", .text(dice.one(of: Pool.channels))),
                    ("status", .text(dice.chance(70) ? "granted" : "withdrawn")),
                    ("recorded_at", .integer(time)),
                ], db)
        }
    }

    private mutating func addMessage(_ customer: Int64, _ db: Database) throws {
        let sent = instant()
        try insert(
            "messages",
            [
                ("customer_id", .integer(customer)), ("campaign", text(Pool.campaigns)),
                ("step", text(["1", "2"])),
                ("channel", .text(dice.one(of: Pool.channels))), ("address", text(Pool.emails)),
                ("kind", .text(dice.one(of: ["marketing", "transactional"]))),
                ("subject", text(Pool.plainTexts)),
                ("sent_at", .integer(sent)),
            ], db)
        let message = db.lastInsertedRowID
        let types = ["delivered", "open", "open", "click", "unsubscribe", "complaint", "soft_bounce"]
        for _ in 0..<dice.below(4) {
            // Also before the message itself was sent.
            let time = dice.chance(30) ? sent : instant()
            try insert(
                "message_events",
                [
                    ("message_id", .integer(message)), ("customer_id", .integer(customer)),
                    ("type", .text(dice.one(of: types))), ("occurred_at", .integer(time)),
                ], db)
        }
    }
}
