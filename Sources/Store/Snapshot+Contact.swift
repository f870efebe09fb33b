public import Catalog
internal import GRDB

extension Snapshot {
    /// The state of the customer's consent on a channel; the latest statement counts.
    ///
    /// The address may be another record's too: what was taken back there since, was taken back for it.
    public func consent(of customer: Int64, on channel: Channel) throws -> ConsentState {
        let statement = try raw("consent \(channel.rawValue)") {
            var numbering = SQLNumbering(reserved: 1)
            let state = numbering.text(consentState(on: channel, customer: "c"))
            // What it asks for besides is the time alone, which stays that of the snapshot.
            return "SELECT \(state) FROM customers AS c WHERE c.id = ?1"
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        guard let text = try statement.first({ $0.text(0) }) ?? nil else { return .none }
        return ConsentState(rawValue: text) ?? .none
    }

    /// Why the address must not be written to; nil where it may. The list counts before events, and of events
    /// the earliest.
    ///
    /// Messages that were recorded without an address count for the customer they went to.
    ///
    /// Cost: look-ups of all messages to the address. A snapshot that is asked often goes through what suppresses once, and
    /// from then on knows of most that nothing does.
    public func suppression(of address: String, on channel: Channel, customer: Int64) throws
        -> SuppressionReason?
    {
        guard try suppressed.mayHold(address, channel, customer, gather: gatherSuppressed) else { return nil }
        let list = try raw("suppressions") {
            """
            SELECT reason FROM suppressions
            WHERE channel = ?1 AND address = ?2 AND (suppressed_at IS NULL OR suppressed_at <= ?3)
            """
        }
        let events = try raw("suppressing events") {
            """
            SELECT e.type, e.occurred_at FROM messages AS m JOIN message_events AS e ON e.message_id = m.id
            WHERE m.address = ?2 AND m.channel = ?1 AND e.type IN ('hard_bounce', 'complaint')
            AND e.occurred_at <= ?3
            UNION ALL
            SELECT e.type, e.occurred_at FROM message_events AS e JOIN messages AS m ON m.id = e.message_id
            WHERE e.customer_id = ?4 AND m.address IS NULL AND m.channel = ?1
            AND e.type IN ('hard_bounce', 'complaint') AND e.occurred_at <= ?3
            ORDER BY 2, 1 LIMIT 1
            """
        }
        for statement in [list, events] {
            statement.bind(1, copying: channel.rawValue)
            statement.bind(2, copying: address)
            statement.bind(3, now)
        }
        events.bind(4, customer)
        for statement in [list, events] {
            if let reason = try statement.first({ $0.text(0) }) ?? nil {
                return SuppressionReason(rawValue: reason)
            }
        }
        return nil
    }

    /// Hands over whom or what something suppresses, at whatever time.
    private func gatherSuppressed(_ note: (Channel, SuppressedAddresses.Subject) -> Void) throws {
        let statement = try raw("suppressed") {
            """
            SELECT channel, address, NULL FROM suppressions
            UNION ALL
            SELECT m.channel, m.address, e.customer_id
            FROM message_events AS e JOIN messages AS m ON m.id = e.message_id
            WHERE e.type IN ('hard_bounce', 'complaint')
            """
        }
        try statement.forEach { row in
            guard let channel = row.text(0).flatMap(Channel.init(rawValue:)) else { return }
            if let address = row.text(1) {
                note(channel, .address(address))
            } else {
                note(channel, .customer(row.integer(2)))
            }
        }
    }

    /// Whether the step of the campaign went to the address, or to the customer without one, since an instant.
    public func wasSent(
        campaign: String, step: String, to address: String, customer: Int64, since: Int64
    ) throws -> Bool {
        let statement = try raw("sent") {
            """
            SELECT EXISTS (SELECT 1 FROM messages WHERE address = ?1 AND campaign = ?2
                AND (step IS NULL OR step = ?3) AND sent_at >= ?4 AND sent_at <= ?5)
            OR EXISTS (SELECT 1 FROM messages WHERE customer_id = ?6 AND address IS NULL AND campaign = ?2
                AND (step IS NULL OR step = ?3) AND sent_at >= ?4 AND sent_at <= ?5)
            """
        }
        statement.bind(1, copying: address)
        statement.bind(2, copying: campaign)
        statement.bind(3, copying: step)
        statement.bind(4, since)
        statement.bind(5, now)
        statement.bind(6, customer)
        return try statement.first { $0.integer(0) != 0 } ?? false
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

    /// When marketing messages were sent to a customer since an instant, by which channel, and by which campaign where
    /// that is known, in order.
    public func marketingMessages(
        to customer: Int64, since: Int64
    ) throws -> [(time: Int64, channel: Channel, campaign: String?)] {
        let statement = try raw("marketing") {
            """
            SELECT sent_at, channel, campaign FROM messages WHERE customer_id = ?1 AND kind = 'marketing'
            AND sent_at >= ?2 AND sent_at <= ?3 ORDER BY sent_at
            """
        }
        statement.bind(1, customer)
        statement.bind(2, since)
        statement.bind(3, now)
        var messages: [(time: Int64, channel: Channel, campaign: String?)] = []
        try statement.forEach { row in
            guard let channel = row.text(1).flatMap(Channel.init(rawValue:)) else { return }
            messages.append((row.integer(0), channel, row.text(2)))
        }
        return messages
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
                    WHERE c.id BETWEEN ?1 AND ?2 AND \(existing(by: "?3")) ORDER BY c.id
                    """), arguments: [ids.lowerBound, ids.upperBound] + (isHistorical ? [now] : []))
        while let row = try rows.next() { try body(row[0], Array(values(of: row).dropFirst())) }
    }
}
