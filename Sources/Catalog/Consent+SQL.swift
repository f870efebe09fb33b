/// The SQL condition under which a customer, whose alias is given, agreed to marketing on a channel and has not taken
/// it back: the latest statement grants it, and since then it was not withdrawn for any record with the same address.
public func consentCondition(on channel: Channel, customer: String) -> SQLFragment {
    let consent = ConsentSQL(channel, customer)
    return """
        EXISTS (SELECT 1 FROM (\(consent.latestStatement)) AS g WHERE g.status = 'granted' \
        AND NOT \(consent.isWithdrawn) AND NOT \(consent.isUnsubscribed))
        """
}

/// The SQL expression of the state of consent, as ``ConsentState`` names it; NULL where nothing was ever said.
///
/// The same statements and events count as in ``consentCondition(on:customer:)``, and the state tells which.
public func consentState(on channel: Channel, customer: String) -> SQLFragment {
    let consent = ConsentSQL(channel, customer)
    return """
        (SELECT CASE WHEN g.status <> 'granted' OR \(consent.isWithdrawn) THEN 'withdrawn' \
        WHEN \(consent.isUnsubscribed) THEN 'unsubscribed' ELSE 'granted' END \
        FROM (\(consent.latestStatement)) AS g)
        """
}

/// The parts of questions about consent; `g` is the latest statement.
private struct ConsentSQL {
    /// The row of the latest statement. Of two at one instant the withdrawal counts: never send in doubt.
    let latestStatement: SQLFragment
    /// Whether it was withdrawn since, for any record with the same address.
    let isWithdrawn: SQLFragment
    /// Whether a message to such a record was answered by unsubscribing since.
    let isUnsubscribed: SQLFragment

    init(_ channel: Channel, _ customer: String) {
        let column = channel.addressField
        let same =
            channel == .email
            ? "lower(o.\(column)) = lower(\(customer).\(column))" : "o.\(column) = \(customer).\(column)"
        // Asked of the customer alone first, who may have no address, and then by the address: a set of both would be
        // built anew for each customer.
        let sharing = "\(same) AND o.\(column) IS NOT NULL"
        let name: SQLFragment = "'\(raw: channel.rawValue)'"
        latestStatement = """
            SELECT k.status, k.recorded_at FROM consents AS k WHERE k.customer_id = \(raw: customer).id \
            AND k.channel = \(name) AND k.recorded_at <= \(argument: .now) \
            ORDER BY k.recorded_at DESC, k.status DESC LIMIT 1
            """
        let withdrawn: SQLFragment = """
            w.channel = \(name) AND w.status = 'withdrawn' \
            AND w.recorded_at BETWEEN g.recorded_at AND \(argument: .now)
            """
        isWithdrawn = """
            (EXISTS (SELECT 1 FROM consents AS w WHERE w.customer_id = \(raw: customer).id AND \(withdrawn)) \
            OR EXISTS (SELECT 1 FROM customers AS o CROSS JOIN consents AS w ON w.customer_id = o.id \
            WHERE \(raw: sharing) AND \(withdrawn)))
            """
        let unsubscribed: SQLFragment = """
            e.type = 'unsubscribe' AND m.channel = \(name) \
            AND e.occurred_at BETWEEN g.recorded_at AND \(argument: .now)
            """
        isUnsubscribed = """
            (EXISTS (SELECT 1 FROM message_events AS e CROSS JOIN messages AS m ON m.id = e.message_id \
            WHERE e.customer_id = \(raw: customer).id AND \(unsubscribed)) \
            OR EXISTS (SELECT 1 FROM customers AS o CROSS JOIN message_events AS e ON e.customer_id = o.id \
            CROSS JOIN messages AS m ON m.id = e.message_id WHERE \(raw: sharing) AND \(unsubscribed)))
            """
    }
}
