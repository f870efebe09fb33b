public import Catalog
internal import Foundation
internal import GRDB
internal import GRDBSQLite

extension Snapshot {
    /// A prepared statement over the customers with an id above its first argument and up to its second, if
    /// the request has an end, in the order of ids; column 0 is the id, then come the flags and the fields.
    ///
    /// The caller binds, steps and resets it; the snapshot finalizes it. Cost: as SQL, no copy. A table that nothing
    /// asks for is not read.
    public func customerStatement(_ request: CustomerRequest) throws -> OpaquePointer {
        let (sql, arguments) = statement(request)
        let statement = try prepare(sql)
        customerArguments[statement] = arguments
        let places = arguments.indices.filter { arguments[$0] == .now }
        bindNow(at: places.map { Int32(Self.rangeArguments + $0 + 1) }, of: statement)
        return statement
    }

    /// Resets such a statement and gives it the values of its request, and the customers whom it leaves out, who are to be
    /// kept while it runs.
    public func bind(_ request: CustomerRequest, leavingOut: CustomerSet?, to statement: OpaquePointer) {
        sqlite3_reset(statement)
        let arguments = customerArguments[statement] ?? []
        var index = Int32(Self.rangeArguments)
        for argument in arguments {
            index += 1
            bind(value(argument, request), at: index, of: statement)
        }
        if let leavingOut { leavingOut.bind(at: index + 1, of: statement) }
    }

    /// How SQLite goes about such a statement, step by step, in its own words.
    public func queryPlan(_ request: CustomerRequest) throws -> [String] {
        let (sql, _) = statement(request)
        // Without values for its arguments, which GRDB asks for and a plan does not need.
        let statement = try prepare("EXPLAIN QUERY PLAN \(sql)")
        var details: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if let text = sqlite3_column_text(statement, 3) { details.append(String(cString: text)) }
        }
        return details
    }

    /// The text of a statement and its arguments from ?3 on; behind them comes the set of customers who are left out.
    public func statement(_ request: CustomerRequest) -> (sql: String, arguments: [SQLArgument]) {
        var numbering = SQLNumbering(reserved: Self.rangeArguments)
        let columns =
            ["c.id"] + request.flags.map { numbering.text($0) } + request.fields.map(\.sql)
        var conditions = ["c.id > ?1"]
        if !request.isOpenEnded { conditions.append("c.id <= ?2") }
        if isHistorical {
            // Customers who had registered by then, with the time as an argument.
            conditions.append(
                numbering.text("(c.registered_at IS NULL OR c.registered_at <= \(argument: .now))"))
        }
        if let condition = request.condition { conditions.append("(\(numbering.text(condition)))") }
        if request.leavesOut {
            // SQLite asks conditions of one table as they stand, so that the others are not asked of these customers.
            let last = Self.rangeArguments + numbering.arguments.count + 1
            conditions.insert("NOT is_among(?\(last), c.id)", at: 1)
        }
        let sql = Self.overTables { tables in
            """
            SELECT \(columns.joined(separator: ", ")) FROM \(tables) \
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY c.id
            """
        }
        return (sql, numbering.arguments)
    }

    /// The statement that `select` makes of the tables that it names as `c` and `f`; one of the two where it asks nothing
    /// but the id of the other.
    static func overTables(_ select: (_ tables: String) -> String) -> String {
        let asked = select("")
        if !uses("f", in: asked) { return select("customers AS c") }
        if uses("c", in: asked.replacing("c.id", with: "")) {
            return select("customers AS c JOIN customer_facts AS f ON f.customer_id = c.id")
        }
        // The facts alone have the id too.
        return select("customer_facts AS f").replacing("c.id", with: "f.customer_id")
    }

    /// The range of ids.
    private static var rangeArguments: Int { 2 }

    /// Whether SQL of the program names a table by its alias; no text of a person stands in it.
    private static func uses(_ alias: String, in sql: String) -> Bool {
        var previous = UInt8(ascii: " ")
        let bytes = Array(sql.utf8)
        let sought = Array("\(alias).".utf8)
        for index in bytes.indices {
            defer { previous = bytes[index] }
            guard bytes[index...].starts(with: sought) else { continue }
            let isName = previous == UInt8(ascii: "_") || (previous | 0x20) >= 97 && (previous | 0x20) <= 122
            if !isName { return true }
        }
        return false
    }

    func value(_ argument: SQLArgument, _ request: CustomerRequest) -> Value {
        switch argument {
        case .now: .integer(now)
        case .value(let value): value
        case .computed(let place): request.computed[place]
        }
    }

    private func bind(_ value: Value, at index: Int32, of statement: OpaquePointer) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .number(let number): sqlite3_bind_double(statement, index, number)
        case .text(var text):
            if text.isEmpty {
                // Without an address it would be NULL.
                text = "\0"
                text.withUTF8 { bytes in
                    _ = sqlite3_bind_text(
                        statement, index,
                        UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self), 0,
                        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                }
                return
            }
            text.withUTF8 { bytes in
                // The text is copied (SQLITE_TRANSIENT).
                _ = sqlite3_bind_text(
                    statement, index,
                    UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
                    Int32(bytes.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
            }
        }
    }
}
