internal import CLua
internal import CLuaBridge

/// Predicates over rows, combined: what a scan asks of every customer.
///
/// It is built from its leaves up; each part is known by the number that its method returns, and may be part of
/// several others. The part added last is the whole.
public struct LuaFilter {
    var parts: [mlb_Filter] = []
    /// Kept from the collector as long as the filter.
    private var functions: [LuaFunction] = []

    /// A filter without parts, which cannot be asked.
    public init() {}

    /// What a function answers: true, or else false or nothing.
    public mutating func predicate(_ function: LuaFunction) -> Int {
        functions.append(function)
        return add(MLB_PREDICATE, Int(function.reference), place: function.place)
    }

    /// A column of the statement holds 1; column 0 is the id.
    public mutating func column(_ number: Int) -> Int { add(MLB_COLUMN, number) }

    /// Every row.
    public mutating func everyRow() -> Int { add(MLB_EVERY_ROW, 0) }

    /// Both parts hold; the second is asked only where the first does.
    public mutating func both(_ first: Int, _ second: Int) -> Int { add(MLB_BOTH, first, second) }

    /// One of two parts holds; the second is asked only where the first does not.
    public mutating func either(_ first: Int, _ second: Int) -> Int { add(MLB_EITHER, first, second) }

    /// The first part holds and the second does not; it is asked only where the first does.
    public mutating func without(_ first: Int, _ second: Int) -> Int { add(MLB_WITHOUT, first, second) }

    /// The part does not hold.
    public mutating func not(_ part: Int) -> Int { add(MLB_NOT, part) }

    private mutating func add(_ kind: mlb_FilterKind, _ first: Int, _ second: Int = 0, place: UInt64 = 0)
        -> Int
    {
        parts.append(
            mlb_Filter(kind: Int32(kind.rawValue), first: Int32(first), second: Int32(second), place: place))
        return parts.count - 1
    }
}

/// A predicate of a filter that gave no answer.
public struct LuaFilterError: Error {
    /// Its number in the filter.
    public let part: Int
    /// The customer it was asked about.
    public let customer: Int64
    /// What went wrong.
    public let cause: Cause

    /// What went wrong.
    public enum Cause: Sendable {
        /// It raised, or was ended by force.
        case raised(LuaError)
        /// It answered neither true, false nor nothing, but for instance "a text".
        case notABoolean(got: String)
    }
}

extension LuaRow {
    /// Goes over the next rows and notes the ids of those that the filter holds for, until `ids` is full; the row of
    /// the last one noted is then the one whose turn it is.
    ///
    /// - Returns: how many were noted, and whether there may be more rows. It returns early where a rule asks for a
    ///   column that the statement lacks.
    /// - Throws: ``LuaFilterError``, or ``LuaError`` with SQLite's error code.
    /// Cost: one call of Lua a predicate that is asked; no Swift allocation a row.
    public func scan(
        _ filter: LuaFilter, into ids: UnsafeMutableBufferPointer<Int64>
    ) throws -> (found: Int, hasMore: Bool) {
        var found = 0
        let code = try run(filter, into: ids, stays: false, &found)
        return (found, code == MLB_SCAN_PAUSED)
    }

    /// Goes over the rows to the end, and adds to `counts` for each part of the filter how many rows it held for.
    ///
    /// - Returns: whether it came to the end. It returns early where a rule asks for a column that the statement lacks.
    /// - Throws: ``LuaFilterError``, or ``LuaError`` with SQLite's error code.
    public func count(_ filter: LuaFilter, _ counts: inout [UInt64]) throws -> Bool {
        var found = 0
        if counts.count < filter.parts.count { counts = Array(repeating: 0, count: filter.parts.count) }
        return try counts.withUnsafeMutableBufferPointer { counts in
            try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 4096) { ids in
                while !cursor.pointee.wants_columns {
                    let code = try run(filter, into: ids, stays: false, &found, counts.baseAddress)
                    if code == MLB_SCAN_DONE { return true }
                }
                return false
            }
        }
    }

    /// Whether the filter holds for the row whose turn it is.
    ///
    /// - Throws: ``LuaFilterError``.
    public func holds(_ filter: LuaFilter) throws -> Bool {
        var found = 0
        try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1) { ids in
            _ = try run(filter, into: ids, stays: true, &found)
        }
        return found > 0
    }

    private func run(
        _ filter: LuaFilter, into ids: UnsafeMutableBufferPointer<Int64>, stays: Bool, _ found: inout Int,
        _ passed: UnsafeMutablePointer<UInt64>? = nil
    ) throws -> Int {
        var scan = mlb_Scan()
        scan.cursor = cursor
        scan.metatable = metatable
        scan.part_count = Int32(filter.parts.count)
        scan.stays = stays
        scan.passed = passed
        scan.ids = ids.baseAddress
        scan.capacity = Int32(clamping: ids.count)
        let state = state
        lua_checkstack(state.stack, 16)
        let code = filter.parts.withUnsafeBufferPointer { parts in
            scan.filter = parts.baseAddress
            return withUnsafeMutablePointer(to: &scan) { scan in
                let outer = question
                question = scan
                defer { question = outer }
                return mlb_scan(state.stack, scan, state.limits(.predicate))
            }
        }
        found = Int(scan.found)
        switch Int(code) {
        case MLB_SCAN_DONE, MLB_SCAN_PAUSED: return Int(code)
        case MLB_SCAN_FAILED: throw LuaRow.failure(scan.code)
        case MLB_SCAN_NO_BOOLEAN:
            throw LuaFilterError(
                part: Int(scan.asked), customer: cursor.pointee.id, cause: .notABoolean(got: described(scan)))
        default:
            let error = try state.error(code, on: state.stack, .predicate)
            mlb_pop(state.stack, 1)
            throw LuaFilterError(part: Int(scan.asked), customer: cursor.pointee.id, cause: .raised(error))
        }
    }

    private func described(_ scan: mlb_Scan) -> String {
        switch scan.answer_type {
        case LUA_TSTRING: "a text"
        case LUA_TNUMBER: "a number"
        case LUA_TTABLE: "a table"
        case LUA_TFUNCTION: "a function"
        default: scan.answers_row ? "a customer" : "an object"
        }
    }
}
