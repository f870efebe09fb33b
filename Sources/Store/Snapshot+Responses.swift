public import Catalog
internal import GRDB

extension Snapshot {
    /// So many of the latest messages tell how people respond.
    static var respondedMessages: Int64 { 200_000 }

    /// How customers responded to the latest messages that are at least a week old, so that they had the time for it.
    ///
    /// Cost: look-ups for at most 200,000 messages, twice, whatever the size of the store.
    public func responseHistory() throws -> ResponseHistory {
        var history = ResponseHistory()
        let week: Int64 = 7 * 86_400
        let statement = try raw("responses") {
            """
            SELECT channel, sent_at, opened, clicked, CASE WHEN clicked IS NOT NULL THEN (
                SELECT MIN(o.placed_at) FROM orders AS o WHERE o.customer_id = r.customer_id
                AND o.placed_at >= clicked AND o.placed_at < clicked + ?3 AND o.placed_at <= ?2
                AND \(purchaseCondition(alias: "o"))) END
            FROM (SELECT m.customer_id, m.channel, m.sent_at,
                (SELECT MIN(e.occurred_at) FROM message_events AS e WHERE e.message_id = m.id
                    AND e.type IN ('open', 'click') AND e.occurred_at >= m.sent_at AND e.occurred_at <= ?2) AS opened,
                (SELECT MIN(e.occurred_at) FROM message_events AS e WHERE e.message_id = m.id
                    AND e.type = 'click' AND e.occurred_at >= m.sent_at AND e.occurred_at <= ?2) AS clicked
                FROM messages AS m WHERE m.id > (SELECT MAX(id) FROM messages) - ?1 AND m.sent_at <= ?2 - ?3) AS r
            """
        }
        statement.bind(1, Self.respondedMessages)
        statement.bind(2, now)
        statement.bind(3, week)
        try statement.forEach { row in
            guard let channel = row.text(0).flatMap(Channel.init(rawValue:)) else { return }
            let sent = row.integer(1)
            var counts = history.channels[channel] ?? .init()
            counts.messages += 1
            if case .integer(let opened) = row.value(2) {
                counts.opens += 1
                history.openDelays.append(opened - sent)
                if case .integer(let clicked) = row.value(3) {
                    counts.clicks += 1
                    history.clickDelays.append(clicked - opened)
                    if case .integer(let ordered) = row.value(4) {
                        counts.orders += 1
                        history.orderDelays.append(ordered - clicked)
                    }
                }
            }
            history.channels[channel] = counts
        }
        try countRefusals(in: &history, settledBy: now - week)
        history.openDelays = Self.sample(history.openDelays)
        history.clickDelays = Self.sample(history.clickDelays)
        history.orderDelays = Self.sample(history.orderDelays)
        return history
    }

    /// Counts those of the latest messages that people did not want, or that reached nobody.
    private func countRefusals(in history: inout ResponseHistory, settledBy time: Int64) throws {
        let statement = try raw("refusals") {
            """
            SELECT m.channel, e.type, COUNT(DISTINCT m.id)
            FROM message_events AS e CROSS JOIN messages AS m ON m.id = e.message_id
            WHERE e.message_id > (SELECT MAX(id) FROM messages) - ?1
            AND e.type IN ('unsubscribe', 'complaint', 'hard_bounce')
            AND e.occurred_at BETWEEN m.sent_at AND ?2 AND m.sent_at <= ?3
            GROUP BY m.channel, e.type
            """
        }
        statement.bind(1, Self.respondedMessages)
        statement.bind(2, now)
        statement.bind(3, time)
        try statement.forEach { row in
            guard let channel = row.text(0).flatMap(Channel.init(rawValue:)) else { return }
            let count = Int(row.integer(2))
            switch row.text(1) {
            case "unsubscribe": history.channels[channel]?.unsubscribes = count
            case "complaint": history.channels[channel]?.complaints = count
            default: history.channels[channel]?.bounces = count
            }
        }
    }

    /// How many messages a customer got on each channel, and how many of them they opened or clicked. Cost: a
    /// look-up for each message.
    public func answers(of customer: Int64) throws -> [Channel: ChannelAnswers] {
        let statement = try raw("answers") {
            """
            SELECT m.channel, COUNT(*), SUM(EXISTS (SELECT 1 FROM message_events AS e WHERE e.message_id = m.id
                AND e.type IN ('open', 'click') AND e.occurred_at <= ?2))
            FROM messages AS m WHERE m.customer_id = ?1 AND m.sent_at <= ?2 GROUP BY 1
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var answers: [Channel: ChannelAnswers] = [:]
        try statement.forEach { row in
            guard let channel = row.text(0).flatMap(Channel.init(rawValue:)) else { return }
            answers[channel] = ChannelAnswers(
                messages: Int(row.integer(1)), answered: Int(row.integer(2)))
        }
        return answers
    }

    /// When a customer opened messages, in order.
    public func opens(of customer: Int64) throws -> [Int64] {
        let statement = try raw("opens") {
            """
            SELECT occurred_at FROM message_events
            WHERE customer_id = ?1 AND occurred_at <= ?2 AND type = 'open' ORDER BY occurred_at
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var opens: [Int64] = []
        try statement.forEach { opens.append($0.integer(0)) }
        return opens
    }

    /// A thousand of the values at even distances, in order; all where there are fewer.
    private static func sample(_ values: [Int64]) -> [Int64] {
        let values = values.sorted()
        let count = min(values.count, 1000)
        return (0..<count).map { values[$0 * values.count / count] }
    }
}
