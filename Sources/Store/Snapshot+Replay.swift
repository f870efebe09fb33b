public import Catalog
internal import GRDB
internal import GRDBSQLite

/// Replays of the past: the snapshot goes with the time of a simulation, and answers at each instant as a store would
/// that holds only what had happened by then.
extension Snapshot {
    /// Lets the instant move, from the one that the snapshot was made for; call it before anything is asked.
    ///
    /// Messages of the `campaigns` that were sent later are hidden, with all that happened to them: a simulation sends
    /// others in their place. Cost: nothing by itself; where a replay went on before, that of bringing its customers back.
    public func beginReplay(hiding campaigns: [String]) throws {
        let names = campaigns.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
        // What another run still steps, would keep its tables.
        for (statement, _) in timed { sqlite3_reset(statement) }
        // Names without a schema now mean these, for every statement of the snapshot. The facts stay with the
        // connection, of which a team that runs again makes another snapshot, and so does whose were renewed.
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS renewed (customer_id INTEGER PRIMARY KEY);
                DROP TABLE IF EXISTS temp.replayed;
                DROP VIEW IF EXISTS temp.messages;
                DROP VIEW IF EXISTS temp.message_events;
                CREATE TEMP TABLE replayed (at INTEGER NOT NULL);
                INSERT INTO temp.replayed VALUES (\(now));
                CREATE TEMP VIEW messages AS SELECT * FROM main.messages
                WHERE sent_at <= \(now) OR campaign IS NULL OR campaign NOT IN (\(names));
                CREATE TEMP VIEW message_events AS SELECT * FROM main.message_events AS e
                WHERE e.occurred_at <= \(now) OR NOT EXISTS (SELECT 1 FROM main.messages AS m
                    WHERE m.id = e.message_id AND m.sent_at > \(now) AND m.campaign IN (\(names)));
                """)
        isReplay = true
        let all = Set(factGroups.map(\.table))
        let renewed = try Int64.fetchAll(db, sql: "SELECT customer_id FROM temp.renewed")
        try renew(Dictionary(uniqueKeysWithValues: renewed.map { ($0, all) }))
        try db.execute(sql: "DELETE FROM temp.renewed")
    }

    /// Goes to another instant: what is asked of the snapshot itself is answered as of it. Facts, and the rows of
    /// statements that others step, stay as they were until ``renew(_:)``.
    ///
    /// Cost: nothing.
    public func move(to instant: Int64) {
        now = instant
    }

    /// Brings the facts that are made of these tables, by customer, up to the instant, and lets all statements begin anew
    /// as of it.
    ///
    /// Cost: a look-up for each customer and table.
    public func renew(_ tables: [Int64: Set<String>]) throws {
        for (statement, places) in timed {
            sqlite3_reset(statement)
            for place in places { sqlite3_bind_int64(statement, place, now) }
        }
        let clock = try raw("replayed") { "UPDATE temp.replayed SET at = ?1" }
        clock.bind(1, now)
        try clock.run()
        // Where nothing is later, the facts are those of the store.
        guard isHistorical else { return }
        let note = try raw("renewed") { "INSERT OR IGNORE INTO temp.renewed VALUES (?1)" }
        for customer in tables.keys {
            note.bind(1, customer)
            try note.run()
        }
        for group in factGroups {
            let statement = try raw("renew \(group.table)") {
                let facts = Store.factsSQL(group, from: group.table, of: "?1", asOf: "?2")
                return """
                    UPDATE temp.customer_facts SET \(Store.factTarget(group)) = (\(facts)) WHERE customer_id = ?1
                    """
            }
            for (customer, changed) in tables where changed.contains(group.table) {
                statement.bind(1, customer)
                statement.bind(2, now)
                try statement.run()
            }
        }
    }

    /// Binds the instant, now and whenever the statement begins anew.
    func bindNow(at places: [Int32], of statement: OpaquePointer) {
        for place in places { sqlite3_bind_int64(statement, place, now) }
        if isReplay { timed.append((statement, places)) }
    }

    /// What is recorded of the customers with these ids from one instant on and before another, by customer and time; at
    /// one instant in the order of ``Catalog/ArrivalSource/all``. Registrations are told however late they are.
    ///
    /// Cost: a pass over the indexes on customer and time.
    public func arrivals(in ids: ClosedRange<Int64>, from start: Int64, before end: Int64) throws -> [Arrival]
    {
        var arrivals: [Arrival] = []
        for (number, source) in ArrivalSource.all.enumerated() {
            let statement = try raw("arrivals \(number)") { Self.arrivalsSQL(source) }
            statement.bind(1, ids.lowerBound)
            statement.bind(2, ids.upperBound)
            statement.bind(3, start)
            statement.bind(4, source.kind == .customer ? Int64.max : end)
            try statement.forEach { row in
                let details = source.details.enumerated().map { index, field in
                    Arrival.Detail(field.name, row.value(index + 3), field.type)
                }
                // Of the arrivals, a tag alone is about something that campaigns name.
                let tag: String? =
                    if source.kind == .tag, case .text(let tag)? = details.first?.value { tag } else { nil }
                arrivals.append(
                    Arrival(
                        customer: row.integer(0), time: row.integer(1), name: row.text(2), subject: tag,
                        details: details.filter { $0.value != .null }, table: source.table, kind: source.kind)
                )
            }
        }
        return arrivals.enumerated().sorted {
            ($0.element.customer, $0.element.time, $0.offset)
                < ($1.element.customer, $1.element.time, $1.offset)
        }.map(\.element)
    }

    private static func arrivalsSQL(_ source: ArrivalSource) -> String {
        let columns = [source.customer, source.time, source.name ?? "NULL"] + source.details.map(\.sql)
        return """
            SELECT \(columns.joined(separator: ", ")) FROM \(source.source)
            WHERE \(source.customer) BETWEEN ?1 AND ?2 AND \(source.time) >= ?3 AND \(source.time) < ?4
            ORDER BY \(source.customer), \(source.time), \(source.order)
            """
    }

    /// Facts of a customer as of an instant, whatever the snapshot's is.
    public func facts(_ facts: [Field], of customer: Int64, asOf instant: Int64) throws -> [Value] {
        try facts.map { field in
            guard
                let group = factGroups.first(where: { $0.facts.contains { $0.name == field.name } }),
                let place = group.facts.firstIndex(where: { $0.name == field.name })
            else { return .null }
            let statement = try raw("facts \(group.table)") {
                Store.factsSQL(group, from: group.table, of: "?1", asOf: "?2")
            }
            statement.bind(1, customer)
            statement.bind(2, instant)
            return try statement.first { $0.value(place) } ?? .null
        }
    }
}
