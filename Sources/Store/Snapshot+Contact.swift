public import Catalog
internal import GRDB

extension Snapshot {
    /// The state of the customer's consent on a channel; the latest statement counts.
    ///
    /// The address may be another record's too: what was taken back there since, was taken back for it.
    public func consent(of customer: Int64, on channel: Channel) throws -> ConsentState {
        let state = consentState(on: channel, customer: "c")
        let id = SQLFragment(.value(.integer(customer)))
        let row = try row("SELECT \(state) FROM customers AS c WHERE c.id = \(id)")
        guard case .text(let text)? = row?.first else { return .none }
        return ConsentState(rawValue: text) ?? .none
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

    /// The addresses on a channel that several customers have, as they are compared, with these customers by id. Cost: one
    /// pass over the index of addresses.
    public func sharedAddresses(on channel: Channel) throws -> [(address: String, customers: [Int64])] {
        let field = channel.addressField
        let address = channel == .email ? "lower(email)" : field
        var found: [(address: String, customers: [Int64])] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(address), c.id FROM customers AS c WHERE \(field) IS NOT NULL AND \(existing)
                ORDER BY \(address), c.id
                """)
        var last = ""
        var customers: [Int64] = []
        while let row = try rows.next() {
            let next: String = row[0]
            if next != last {
                if customers.count > 1 { found.append((last, customers)) }
                last = next
                customers.removeAll(keepingCapacity: true)
            }
            customers.append(row[1])
        }
        if customers.count > 1 { found.append((last, customers)) }
        return found
    }

    /// When marketing messages were sent to a customer since an instant, in order.
    public func marketingMessages(to customer: Int64, since: Int64) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT sent_at FROM messages WHERE customer_id = ?1 AND kind = 'marketing' AND sent_at >= ?2
                    AND sent_at <= ?3 ORDER BY sent_at
                    """), arguments: [customer, since, now])
    }

    /// What a purchase brings on average, in minor units; nil where there is none. Cost: one pass over the orders.
    public func averagePurchase() throws -> Int64? {
        try Double.fetchOne(
            db, sql: "SELECT AVG(amount) FROM orders WHERE \(purchaseCondition()) AND placed_at <= \(now)"
        ).map { Int64($0.rounded()) }
    }

    /// Hands over fields of the customers with these ids, in their order. Cost: one pass over the customers.
    public func forEachCustomer(
        in ids: ClosedRange<Int64>, _ fields: [Field], _ body: (Int64, [Value]) throws -> Void
    ) throws {
        let columns = ["c.id"] + fields.map(\.sql)
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT \(columns.joined(separator: ", ")) FROM customers AS c \(factJoin(fields))
                    WHERE c.id BETWEEN ?1 AND ?2 AND \(existing) ORDER BY c.id
                    """), arguments: [ids.lowerBound, ids.upperBound])
        while let row = try rows.next() { try body(row[0], Array(values(of: row).dropFirst())) }
    }
}
