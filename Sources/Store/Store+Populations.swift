public import Catalog
internal import GRDB

extension Store {
    /// So many of one name are kept: of several instants, such as those of replays that are compared.
    private static let keptCount = 8

    /// Keeps what was computed from the data of a snapshot, and gives what `known` is with it. Where the store cannot be
    /// written, or its data have changed since, the values stay in memory.
    ///
    /// Cost: a row for each customer who has a value.
    public func keep(
        _ computed: [ComputedPopulation], asOf instant: Int64, state: Int64, _ known: Populations
    ) -> Populations {
        var known = known
        guard !computed.isEmpty else { return known }
        do {
            let fields = try StoreError.wrapping(path) {
                // Somebody who writes for long is not waited for: all of it can be computed again.
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 500") }
                defer {
                    try? queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 10000") }
                }
                return try queue.write { db -> [(Field, Bool)] in
                    guard try Self.dataState(db) == state else { return [] }
                    // Of a time with rows ahead, nothing is the same at another.
                    let isAhead = try Snapshot.isHistorical(db, at: instant)
                    let fields = try computed.compactMap {
                        try Self.keep($0, asOf: $0.isTimeless && !isAhead ? nil : instant, state: state, db)
                    }
                    try Self.prune(Set(computed.map(\.key.name)), state: state, db)
                    return fields
                }
            }
            for (field, isTimeless) in fields { known.add(field, isTimeless: isTimeless) }
        } catch {
            // A folder that cannot be written, or another program's lock: they stay where they are.
        }
        return known
    }

    private static func keep(
        _ computed: ComputedPopulation, asOf instant: Int64?, state: Int64, _ db: Database
    ) throws -> (Field, Bool)? {
        try db.execute(
            sql: """
                INSERT INTO populations (name, definition, holds_at, state, has_values) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                computed.key.name, computed.key.definition, instant, state,
                computed.trait != nil || computed.numbers != nil,
            ])
        let id = db.lastInsertedRowID
        if let (field, values) = computed.trait {
            let insert = try RawStatement(db, "INSERT INTO population_values VALUES (?1, ?2, ?3)")
            insert.bind(1, id)
            for (customer, number) in zip(values.ids, values.numbers) {
                insert.bind(2, customer)
                if values.areWhole { insert.bind(3, Int64(number)) } else { insert.bind(3, number) }
                try insert.run()
            }
            let stored = Field(field.name, field.type, field.doc, sql: Snapshot.populationSQL(id))
            return (stored, computed.isTimeless)
        }
        let insert = try RawStatement(db, "INSERT INTO population_numbers VALUES (?1, ?2, ?3)")
        for (name, value) in computed.numbers ?? [:] {
            insert.bind(1, id)
            insert.bind(2, copying: name)
            insert.bind(3, value)
            try insert.run()
        }
        return nil
    }

    /// Takes away those of data that are no more, and of each name all but the last.
    private static func prune(_ names: Set<String>, state: Int64, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM populations WHERE state <> ?", arguments: [state])
        for name in names.sorted() {
            try db.execute(
                sql: """
                    DELETE FROM populations WHERE name = ?1 AND id NOT IN
                        (SELECT id FROM populations WHERE name = ?1 ORDER BY id DESC LIMIT \(keptCount))
                    """, arguments: [name])
        }
        try db.execute(
            sql: """
                DELETE FROM population_values WHERE population_id NOT IN (SELECT id FROM populations);
                DELETE FROM population_numbers WHERE population_id NOT IN (SELECT id FROM populations);
                """)
    }

    /// Another number after each change of the data.
    static func dataState(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'data_state'")
            ?? 0
    }

    /// The data have changed.
    static func noteChange(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO settings (name, value) VALUES ('data_state', '1')
                ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1
                """)
    }
}

extension Snapshot {
    /// Another number after each change of the data.
    public func dataState() throws -> Int64 { try Store.dataState(db) }

    /// What is kept of a trait or a model, from these data and for this instant; nil where it has to be computed.
    public func keptPopulation(_ key: PopulationKey) throws -> KeptPopulation? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT id, holds_at IS NULL, has_values FROM populations
                WHERE name = ? AND definition = ? AND state = ? AND (holds_at = ? OR holds_at IS NULL AND ?)
                ORDER BY id DESC LIMIT 1
                """, arguments: [key.name, key.definition, try dataState(), now, !isHistorical])
        guard let row else { return nil }
        let (id, isTimeless, hasValues): (Int64, Bool, Bool) = (row[0], row[1], row[2])
        let numbers = try Row.fetchAll(
            db, sql: "SELECT name, value FROM population_numbers WHERE population_id = ?", arguments: [id])
        guard numbers.isEmpty, hasValues else {
            let all = Dictionary(uniqueKeysWithValues: numbers.map { ($0[0] as String, values(of: $0)[1]) })
            return .numbers(hasValues ? all : nil, isTimeless: isTimeless)
        }
        return .values(sql: Self.populationSQL(id), isTimeless: isTimeless)
    }

    /// - Throws: ``StoreError/changed(path:)`` where the data are no longer those that values were made from.
    public func confirm(state: Int64?) throws {
        if let state, try dataState() != state { throw StoreError.changed }
    }

    static func populationSQL(_ id: Int64) -> String {
        "(SELECT p.value FROM population_values AS p WHERE p.population_id = \(id) AND p.customer_id = c.id)"
    }
}
