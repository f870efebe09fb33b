/// The SQL condition under which a customer, whose alias is given, agreed to marketing on a channel and has not taken
/// it back: the latest statement grants it, and since then it was not withdrawn for any record with the same address.
public func consentCondition(on channel: Channel, customer: String) -> SQLFragment {
    let column = channel.addressField
    let same =
        channel == .email
        ? "lower(o.\(column)) = lower(\(customer).\(column))" : "o.\(column) = \(customer).\(column)"
    let sharing = """
        (SELECT \(customer).id UNION SELECT o.id FROM customers AS o WHERE \(same) AND o.\(column) IS NOT NULL)
        """
    let name: SQLFragment = "'\(raw: channel.rawValue)'"
    let granted: SQLFragment = """
        SELECT k.status, k.recorded_at FROM consents AS k WHERE k.customer_id = \(raw: customer).id \
        AND k.channel = \(name) AND k.recorded_at <= \(argument: .now) \
        ORDER BY k.recorded_at DESC, k.status DESC LIMIT 1
        """
    return """
        EXISTS (SELECT 1 FROM (\(granted)) AS g WHERE g.status = 'granted' \
        AND NOT EXISTS (SELECT 1 FROM consents AS w WHERE w.customer_id IN \(raw: sharing) \
        AND w.channel = \(name) AND w.status = 'withdrawn' \
        AND w.recorded_at BETWEEN g.recorded_at AND \(argument: .now)) \
        AND NOT EXISTS (SELECT 1 FROM message_events AS e JOIN messages AS m ON m.id = e.message_id \
        WHERE e.customer_id IN \(raw: sharing) AND e.type = 'unsubscribe' AND m.channel = \(name) \
        AND e.occurred_at BETWEEN g.recorded_at AND \(argument: .now)))
        """
}
