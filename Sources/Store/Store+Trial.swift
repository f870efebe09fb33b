public import Catalog
internal import GRDB

/// Stores in memory, for the tests of scripts: what is written in one trial is gone in the next.
extension Store {
    /// A store in memory, of the same schema as any other and without customers.
    ///
    /// Cost: that of the schema, some milliseconds.
    ///
    /// Each customer may have values of traits over the whole population of these names.
    public convenience init(inMemory currency: String, attributes: [Field], populations: [String] = []) throws
    {
        try self.init(creating: ":memory:", currency: currency)
        try write { db in
            for (index, name) in populations.enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO populations (id, name, definition, state, has_values) VALUES (?, ?, '', 0, 1)
                        """, arguments: [index + 1, name])
            }
            for attribute in attributes {
                try db.execute(
                    sql: "INSERT INTO attribute_definitions (name, type, doc) VALUES (?, ?, ?)",
                    arguments: [attribute.name, attribute.type.rawValue, attribute.doc])
            }
        }
    }

    /// The traits over the whole population of a store in memory, as fields.
    public func trialPopulations(_ fields: [Field]) -> Populations {
        var populations = Populations()
        populations.isTrial = true
        for (index, field) in fields.enumerated() {
            let sql = Snapshot.populationSQL(Int64(index + 1))
            populations.add(Field(field.name, field.type, field.doc, sql: sql), isTimeless: false)
        }
        return populations
    }

    /// Hands over a snapshot, which knows of all that is added to its customers; at the end of the body
    /// everything is taken back.
    public func trial<Result>(_ body: (Snapshot, TrialCustomers) throws -> Result) throws -> Result {
        try StoreError.wrapping(path) {
            try queue.writeWithoutTransaction { db in
                var result: Result?
                try db.inTransaction(.immediate) {
                    result = try Self.interruptible(db) {
                        let snapshot = try Snapshot(db, currency: currency, now: .max)
                        defer { snapshot.close() }
                        return try body(snapshot, TrialCustomers(db, currency: currency))
                    }
                    return .rollback
                }
                guard let result else {
                    throw StoreError.sqlite(path: path, message: "the transaction did not run")
                }
                return result
            }
        }
    }
}

/// The customers of a trial. Valid only inside ``Store/trial(_:)``.
public final class TrialCustomers {
    private let db: Database
    private let currency: String

    init(_ db: Database, currency: String) {
        self.db = db
        self.currency = currency
    }

    /// Writes a customer with all that belongs to them, and gives the number: 1 for the first. Facts follow
    /// from the rows, but for those that are given.
    public func add(_ customer: ExampleCustomer) throws -> Int64 {
        let id = try insert("customers", customer.columns)
        try addLists(of: customer, id)
        for relation in relations {
            for row in customer.rows[relation.name] ?? [] { try add(row, to: relation, of: customer, id) }
        }
        try Store.refreshTouchedFacts(db)
        for (name, value) in customer.facts where factFields.contains(where: { $0.name == name }) {
            try db.execute(
                sql: "UPDATE customer_facts SET \(name) = ? WHERE customer_id = ?",
                arguments: [value.databaseValue, id])
        }
        return id
    }

    private func addLists(of customer: ExampleCustomer, _ id: Int64) throws {
        for (name, value) in customer.attributes where value != .null {
            try db.execute(
                sql: """
                    INSERT INTO attribute_values (customer_id, attribute_id, value)
                    SELECT ?, id, ? FROM attribute_definitions WHERE name = ?
                    """, arguments: [id, value.databaseValue, name])
        }
        for (name, value) in customer.populations where value != .null {
            try db.execute(
                sql: "INSERT INTO population_values SELECT id, ?, ? FROM populations WHERE name = ?",
                arguments: [id, value.databaseValue, name])
        }
        for tag in customer.tags {
            try db.execute(
                sql: "INSERT OR IGNORE INTO tags (customer_id, tag) VALUES (?, ?)", arguments: [id, tag])
        }
        for (place, interest) in customer.interests.enumerated() {
            try db.execute(
                sql: "INSERT OR IGNORE INTO interests (customer_id, interest, weight) VALUES (?, ?, ?)",
                arguments: [id, interest, Double(customer.interests.count - place)])
        }
        for (channel, consent) in customer.consents where consent != .none {
            // Before anything else, so that whoever unsubscribed did so afterwards.
            for status in consent == .withdrawn ? ["granted", "withdrawn"] : ["granted"] {
                try db.execute(
                    sql:
                        "INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES (?, ?, ?, 0)",
                    arguments: [id, channel.rawValue, status])
            }
        }
    }

    private func add(
        _ row: ExampleCustomer.Row, to relation: Relation, of customer: ExampleCustomer, _ id: Int64
    ) throws {
        let table = String(relation.source.prefix { $0 != " " })
        var values: [String: Value] = ["customer_id": .integer(id)]
        if let column = column(relation.time) { values[column] = .integer(row.time) }
        for field in relation.fields {
            guard let value = row.values[field.name], let column = column(field.sql) else { continue }
            values[column] = value
        }
        switch relation.name {
        case "orders":
            values["currency"] = values["currency"] ?? .text(currency)
            values["amount"] = values["amount"] ?? .integer(row.items.reduce(0) { $0 + whole($1["amount"]) })
            if !row.items.isEmpty {
                values["item_count"] = .number(row.items.reduce(0) { $0 + quantity($1) })
            }
        case "events":
            values["category"] = row.values["category"]
            if row.values["sku"] != nil || row.values["product"] != nil {
                values["product_id"] = .integer(
                    try product(sku: row.values["sku"], name: row.values["product"], category: nil))
            }
        case "messages":
            let channel = values["channel"] ?? .text(Channel.email.rawValue)
            values["channel"] = channel
            if case .text(let name) = channel, let channel = Channel(rawValue: name) {
                values["address"] = compared(customer.columns[channel.addressField], on: channel)
            }
        default: break
        }
        let number = try insert(table, values)
        for (line, item) in row.items.enumerated() {
            let product = try product(sku: item["sku"], name: item["name"], category: item["category"])
            try insert(
                "order_items",
                [
                    "order_id": .integer(number), "line": .integer(Int64(line + 1)),
                    "product_id": .integer(product), "quantity": .number(quantity(item)),
                    "amount": .integer(whole(item["amount"])),
                ])
        }
        for event in row.events {
            try insert(
                "message_events",
                [
                    "message_id": .integer(number), "customer_id": .integer(id), "type": .text(event.type),
                    "occurred_at": .integer(event.time),
                ])
        }
    }

    /// The column of the relation's table that an expression of SQL is; nil for any other.
    private func column(_ sql: String) -> String? {
        guard sql.hasPrefix("r."), sql.dropFirst(2).allSatisfy({ $0.isLetter || $0 == "_" }) else {
            return nil
        }
        return String(sql.dropFirst(2))
    }

    /// An address in the form in which it is compared.
    private func compared(_ address: Value?, on channel: Channel) -> Value? {
        guard channel == .email, case .text(let text)? = address else { return address }
        return .text(text.lowercased())
    }

    private func whole(_ value: Value?) -> Int64 {
        if case .integer(let number)? = value { number } else { 0 }
    }

    private func quantity(_ item: [String: Value]) -> Double {
        switch item["quantity"] {
        case .integer(let number)?: Double(number)
        case .number(let number)?: number
        default: 1
        }
    }

    /// The number of a product, which is made where there is none with that SKU; without a SKU its name is
    /// taken for it.
    private func product(sku: Value?, name: Value?, category: Value?) throws -> Int64 {
        let sku = sku ?? name ?? .text("product")
        try db.execute(
            sql: "INSERT OR IGNORE INTO products (sku, name, category) VALUES (?, ?, ?)",
            arguments: [
                sku.databaseValue, (name ?? sku).databaseValue, (category ?? .null).databaseValue,
            ])
        return try Int64.fetchOne(
            db, sql: "SELECT id FROM products WHERE sku = ?", arguments: [sku.databaseValue]) ?? 0
    }

    @discardableResult
    private func insert(_ table: String, _ values: [String: Value]) throws -> Int64 {
        let columns = values.filter { $0.value != .null }.sorted { $0.key < $1.key }
        guard !columns.isEmpty else {
            try db.execute(sql: "INSERT INTO \(table) DEFAULT VALUES")
            return db.lastInsertedRowID
        }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO \(table) (\(columns.map(\.key).joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(columns.map(\.value.databaseValue)))
        return db.lastInsertedRowID
    }
}

extension Value {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .number(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}
