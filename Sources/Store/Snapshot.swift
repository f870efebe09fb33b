public import Catalog
internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// The store as of one instant, within one read transaction.
///
/// Facts, relations, tags, interests, consents and suppressions count only what had happened by `now`.
/// Columns of customers and custom attributes have no history: they are as they are today. Customers who
/// registered later are not there yet. Valid only inside ``Store/read(asOf:_:)``, on its thread.
public final class Snapshot {
    /// The instant, Unix seconds; a replay moves it (`Snapshot+Replay`).
    public internal(set) var now: Int64
    /// ISO 4217 code of the currency of all amounts.
    public let currency: String
    /// Whether rows later than `now` exist, so that facts had to be computed anew.
    public let isHistorical: Bool
    /// The custom attributes as fields of a customer.
    public let attributes: [Field]
    /// Traits over the whole population, as fields of a customer.
    public var populationFields: [Field] = []
    let db: Database
    private var statements: [OpaquePointer] = []
    /// What the arguments stand for of statements over customers.
    var customerArguments: [OpaquePointer: [SQLArgument]] = [:]
    /// Statements that others step, with the places of those arguments that are the instant.
    var timed: [(statement: OpaquePointer, places: [Int32])] = []
    /// Whether the instant moves.
    var isReplay = false
    /// Statements that are asked for each of many customers, by what they are for.
    private var rawStatements: [String: RawStatement] = [:]
    var recommender = Recommender()
    let suppressed = SuppressedAddresses()

    init(_ db: Database, currency: String, now: Int64) throws {
        self.db = db
        self.now = now
        self.currency = currency
        isHistorical = try Self.isHistorical(db, at: now)
        attributes = try Row.fetchAll(
            db, sql: "SELECT id, name, type, doc FROM attribute_definitions ORDER BY name"
        )
        .map { row in
            let type = ValueType(rawValue: row["type"]) ?? .text
            let id: Int64 = row["id"]
            return Field(
                row["name"], type, row["doc"],
                sql: """
                    (SELECT v.value FROM attribute_values AS v \
                    WHERE v.customer_id = c.id AND v.attribute_id = \(id))
                    """)
        }
        // A team that runs again has computed them the first time, in the same transaction and as of the same
        // instant.
        let table = "SELECT EXISTS (SELECT 1 FROM temp.sqlite_master WHERE name = 'customer_facts')"
        if isHistorical, try Bool.fetchOne(db, sql: table) != true {
            // The name without a schema now means the temporary table, for every query of this snapshot.
            try Store.buildFacts(db, table: "temp.customer_facts", asOf: now)
        }
    }

    static func isHistorical(_ db: Database, at now: Int64) throws -> Bool {
        let latest = try Int64.fetchOne(
            db, sql: "SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'latest_row_at'")
        return (latest ?? Int64.min) > now
    }

    func close() {
        for statement in statements { sqlite3_finalize(statement) }
        statements = []
        customerArguments = [:]
        timed = []
        rawStatements = [:]
    }

    /// The statement of that name, which is prepared once.
    func raw(_ name: String, _ sql: () -> String) throws -> RawStatement {
        if let known = rawStatements[name] { return known }
        let statement = try RawStatement(db, sql())
        rawStatements[name] = statement
        return statement
    }

    /// Every field that rules may read, by name.
    public var fields: [Field] { columns + factFields + attributes + populationFields }

    /// The columns; that a customer was erased later, the past does not know.
    private var columns: [Field] {
        guard isHistorical || isReplay else { return customerColumns }
        let instant = isReplay ? "(SELECT at FROM temp.replayed)" : String(now)
        return customerColumns.map { field in
            guard field.name == "erased_at" else { return field }
            let sql = "CASE WHEN c.erased_at <= \(instant) THEN c.erased_at END"
            return Field(field.name, field.type, field.doc, sql: sql)
        }
    }

    /// Customers who had registered by `now`.
    var existing: String { existing(by: String(now)) }

    /// Customers who had registered by the instant that an SQL expression gives.
    func existing(by instant: String) -> String {
        isHistorical ? "(c.registered_at IS NULL OR c.registered_at <= \(instant))" : "1"
    }

    /// How many customers there are.
    public func customerCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM customers AS c WHERE \(existing)") ?? 0
    }

    /// The lowest and the highest id of a customer; nil where there is none.
    public func customerIDs() throws -> ClosedRange<Int64>? {
        // In one SELECT, SQLite would go through all of them.
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT MIN(c.id) FROM customers AS c WHERE \(existing)),
                    (SELECT MAX(c.id) FROM customers AS c WHERE \(existing))
                """)
        guard let row, let low: Int64 = row[0], let high: Int64 = row[1] else { return nil }
        return low...high
    }

    /// One customer's values of the fields; nil where there is no such customer.
    public func values(_ fields: [Field], of customer: Int64) throws -> [Value]? {
        let columns = fields.map(\.sql).joined(separator: ", ")
        let statement = try raw("values \(columns)") {
            """
            SELECT 1\(fields.isEmpty ? "" : ", ")\(columns) \
            FROM customers AS c \(factJoin(fields)) WHERE c.id = ?1 AND \(existing(by: "?2"))
            """
        }
        statement.bind(1, customer)
        if isHistorical { statement.bind(2, now) }
        return try statement.first { row in fields.indices.map { row.value($0 + 1) } }
    }

    func factJoin(_ fields: [Field]) -> String {
        fields.contains { $0.sql.hasPrefix("f.") } ? "JOIN customer_facts AS f ON f.customer_id = c.id" : ""
    }

    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(
            db.sqliteConnection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
        }
        statements.append(statement)
        return statement
    }

    func values(of row: Row) -> [Value] {
        row.databaseValues.map { value in
            switch value.storage {
            case .null: .null
            case .int64(let number): .integer(number)
            case .double(let number): .number(number)
            case .string(let text): .text(text)
            case .blob(let data): .text(String(decoding: data, as: UTF8.self))
            }
        }
    }
}
