public import Catalog
internal import GRDB

extension Snapshot {
    /// The state of the customer's consent on a channel; the latest statement counts.
    ///
    /// The address may be another record's too: what was taken back there since, was taken back for it.
    public func consent(of customer: Int64, on channel: Channel) throws -> ConsentState {
        let latest = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT status, recorded_at FROM consents
                    WHERE customer_id = ?1 AND channel = ?2 AND recorded_at <= ?3
                    ORDER BY recorded_at DESC, status DESC LIMIT 1
                    """),
            arguments: [customer, channel.rawValue, now])
        guard let latest else { return .none }
        // Of two statements at one instant the withdrawal counts: never send in doubt.
        guard latest["status"] == "granted" else { return .withdrawn }
        let granted: Int64 = latest["recorded_at"]
        let (column, form) = channel == .email ? ("email", "lower(%)") : (channel.addressField, "%")
        let same = form.replacing("%", with: "o.\(column)") + " = " + form.replacing("%", with: "c.\(column)")
        // The union keeps the customer without an address, who shares it with nobody.
        let sharing = """
            (SELECT ?1 UNION SELECT o.id FROM customers AS c JOIN customers AS o
             ON \(same) AND o.\(column) IS NOT NULL WHERE c.id = ?1)
            """
        let takenBack = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM consents WHERE customer_id IN \(sharing) AND channel = ?2
                        AND status = 'withdrawn' AND recorded_at BETWEEN ?3 AND ?4),
                    EXISTS (SELECT 1 FROM message_events AS e JOIN messages AS m ON m.id = e.message_id
                        WHERE e.customer_id IN \(sharing) AND e.type = 'unsubscribe' AND m.channel = ?2
                        AND e.occurred_at BETWEEN ?3 AND ?4)
                    """),
            arguments: [customer, channel.rawValue, granted, now])
        if takenBack?[0] == true { return .withdrawn }
        return takenBack?[1] == true ? .unsubscribed : .granted
    }

    /// Why the address must not be written to; nil where it may. The list counts before events, and of events
    /// the earliest.
    ///
    /// Messages that were recorded without an address count for the customer they went to.
    public func suppression(of address: String, on channel: Channel, customer: Int64) throws
        -> SuppressionReason?
    {
        let reason = try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT reason FROM suppressions
                    WHERE channel = ?1 AND address = ?2 AND (suppressed_at IS NULL OR suppressed_at <= ?3)
                    """),
            arguments: [channel.rawValue, address, now])
        if let reason { return SuppressionReason(rawValue: reason) }
        let event = try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT e.type, e.occurred_at FROM messages AS m JOIN message_events AS e ON e.message_id = m.id
                    WHERE m.address = ?2 AND m.channel = ?1 AND e.type IN ('hard_bounce', 'complaint')
                    AND e.occurred_at <= ?3
                    UNION ALL
                    SELECT e.type, e.occurred_at FROM message_events AS e JOIN messages AS m ON m.id = e.message_id
                    WHERE e.customer_id = ?4 AND m.address IS NULL AND m.channel = ?1
                    AND e.type IN ('hard_bounce', 'complaint') AND e.occurred_at <= ?3
                    ORDER BY 2, 1 LIMIT 1
                    """),
            arguments: [channel.rawValue, address, now, customer])
        return event.flatMap(SuppressionReason.init(rawValue:))
    }

    /// Whether the step of the campaign went to the address, or to the customer without one, since an instant.
    public func wasSent(
        campaign: String, step: String, to address: String, customer: Int64, since: Int64
    ) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (SELECT 1 FROM messages WHERE address = ?1 AND campaign = ?2
                        AND (step IS NULL OR step = ?3) AND sent_at >= ?4 AND sent_at <= ?5)
                    OR EXISTS (SELECT 1 FROM messages WHERE customer_id = ?6 AND address IS NULL AND campaign = ?2
                        AND (step IS NULL OR step = ?3) AND sent_at >= ?4 AND sent_at <= ?5)
                    """),
            arguments: [address, campaign, step, since, now, customer]) ?? false
    }

    /// The customers that can be reached at the address, by id.
    public func customers(reachableAt address: String, on channel: Channel) throws -> [Int64] {
        let condition =
            channel == .email ? "lower(email) = ?1 AND email IS NOT NULL" : "\(channel.addressField) = ?1"
        return try Int64.fetchAll(
            db.cachedStatement(
                sql: "SELECT id FROM customers AS c WHERE \(condition) AND \(existing) ORDER BY id"),
            arguments: [address])
    }
}
