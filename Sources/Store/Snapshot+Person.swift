public import Catalog
internal import GRDB

/// What a person wants to see of one customer at a glance; each question is a look-up in an index unless it says more.
extension Snapshot {
    /// The last messages to a customer, the latest first, with what became of each.
    public func lastMessages(to customer: Int64, limit: Int) throws -> [PersonMessage] {
        let statement = try raw("last messages") {
            """
            SELECT id, sent_at, channel, campaign, step, subject FROM messages
            WHERE customer_id = ?1 AND sent_at <= ?2 ORDER BY sent_at DESC, id DESC LIMIT ?3
            """
        }
        let events = try raw("events of a message") {
            """
            SELECT type, MIN(occurred_at) FROM message_events WHERE message_id = ?1 AND occurred_at <= ?2
            GROUP BY type ORDER BY 2, 1
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        statement.bind(3, Int64(limit))
        var messages: [PersonMessage] = []
        try statement.forEach { row in
            events.bind(1, row.integer(0))
            events.bind(2, now)
            var reactions: [PersonMessage.Reaction] = []
            try events.forEach { event in
                reactions.append(PersonMessage.Reaction(type: event.text(0) ?? "", time: event.integer(1)))
            }
            messages.append(
                PersonMessage(
                    time: row.integer(1), channel: row.text(2) ?? "", campaign: row.text(3),
                    step: row.text(4), subject: row.text(5), reactions: reactions))
        }
        return messages
    }

    /// What a customer said last on each channel about being written to.
    public func consentStatements(of customer: Int64) throws -> [ConsentStatement] {
        let statement = try raw("consent statements") {
            """
            SELECT channel, status, recorded_at FROM consents WHERE customer_id = ?1 AND recorded_at <= ?2
            ORDER BY recorded_at, status
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var last: [Channel: ConsentStatement] = [:]
        try statement.forEach { row in
            guard let channel = row.text(0).flatMap(Channel.init(rawValue:)) else { return }
            last[channel] = ConsentStatement(
                channel: channel, status: row.text(1) ?? "", time: row.integer(2))
        }
        return Channel.allCases.compactMap { last[$0] }
    }

    /// A customer's tags, by name.
    public func tags(of customer: Int64) throws -> [String] {
        let statement = try raw("tags of a customer") {
            "SELECT tag FROM tags WHERE customer_id = ?1 AND (tagged_at IS NULL OR tagged_at <= ?2) ORDER BY tag"
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var tags: [String] = []
        try statement.forEach { row in tags.append(row.text(0) ?? "") }
        return tags
    }

    /// The tasks and tickets about a customer that are open, what is due first before the rest.
    public func openWork(about customer: Int64) throws -> [OpenWork] {
        let statement = try raw("open work") {
            """
            SELECT 'task', title, owner, due_at, created_at FROM tasks
            WHERE customer_id = ?1 AND status = 'open' AND created_at <= ?2
            UNION ALL
            SELECT 'ticket', title, owner, due_at, created_at FROM tickets
            WHERE customer_id = ?1 AND status = 'open' AND created_at <= ?2
            ORDER BY 4 NULLS LAST, 5, 1
            """
        }
        statement.bind(1, customer)
        statement.bind(2, now)
        var work: [OpenWork] = []
        try statement.forEach { row in
            let due = row.value(3)
            work.append(
                OpenWork(
                    kind: row.text(0) ?? "", title: row.text(1) ?? "", owner: row.text(2),
                    due: due == .null ? nil : row.integer(3)))
        }
        return work
    }

    /// The customers who have an address on a channel, as addresses are compared, by id.
    public func customers(with address: String, on channel: Channel) throws -> [Int64] {
        let statement = try raw("customers by \(channel.rawValue)") {
            let column = channel == .email ? "lower(email)" : channel.addressField
            let value = channel == .email ? "lower(?1)" : "?1"
            return """
                SELECT c.id FROM customers AS c WHERE \(column) = \(value)
                AND c.\(channel.addressField) IS NOT NULL AND \(existing(by: "?2")) ORDER BY c.id
                """
        }
        statement.bind(1, copying: address)
        if isHistorical { statement.bind(2, now) }
        return try ids(statement)
    }

    /// The customers whom a text names whole, by id: those with that address on a channel or that external id; where there
    /// is none, those with that name. Cost: for a name, one scan of the customers.
    public func customers(named text: String) throws -> [Int64] {
        var found: Set<Int64> = []
        for channel in Channel.allCases { found.formUnion(try customers(with: text, on: channel)) }
        found.formUnion(try customers(where: "c.external_id", is: text))
        if found.isEmpty { found.formUnion(try customers(where: fullName, is: text)) }
        return found.sorted()
    }

    private func customers(where column: String, is text: String) throws -> [Int64] {
        let statement = try raw("customers by \(column)") {
            "SELECT c.id FROM customers AS c WHERE \(column) = ?1 AND \(existing(by: "?2")) ORDER BY c.id"
        }
        statement.bind(1, copying: text)
        if isHistorical { statement.bind(2, now) }
        return try ids(statement)
    }

    /// The SQL of the field `name`.
    private var fullName: String {
        customerColumns.first { $0.name == "name" }?.sql ?? "c.name"
    }

    private func ids(_ statement: RawStatement) throws -> [Int64] {
        var ids: [Int64] = []
        try statement.forEach { ids.append($0.integer(0)) }
        return ids
    }
}
