internal import Foundation
internal import GRDBSQLite

/// SQL functions that calculate as Lua does where SQL's own operators differ: whole numbers wrap, division by zero is
/// infinite, and modulo takes the sign of the divisor (https://www.lua.org/manual/5.4/manual.html#3.4.1). A missing
/// operand gives NULL, and so does a result that is no number.
enum LuaArithmetic {
    /// Adds the functions to a connection.
    static func install(_ connection: OpaquePointer?) {
        func add(
            _ name: String, _ count: Int32,
            _ body:
                @escaping @convention(c) (
                    OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?
                ) -> Void
        ) {
            sqlite3_create_function_v2(
                connection, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, body,
                nil, nil,
                nil)
        }
        add("lua_add", 2) { context, _, values in
            calculate(context, values, { $0 &+ $1 }, { $0 + $1 })
        }
        add("lua_subtract", 2) { context, _, values in
            calculate(context, values, { $0 &- $1 }, { $0 - $1 })
        }
        add("lua_multiply", 2) { context, _, values in
            calculate(context, values, { $0 &* $1 }, { $0 * $1 })
        }
        add("lua_divide", 2) { context, _, values in
            calculate(context, values, nil, { $0 / $1 })
        }
        add("lua_power", 2) { context, _, values in
            // As Lua 5.4: a square is a product.
            calculate(context, values, nil, { $1 == 2 ? $0 * $0 : pow($0, $1) })
        }
        add("lua_floor_divide", 2) { context, _, values in
            calculate(context, values, wholeQuotient, { ($0 / $1).rounded(.down) })
        }
        add("lua_modulo", 2) { context, _, values in
            calculate(context, values, wholeRemainder, remainder)
        }
        add("lua_negate", 1) { context, _, values in
            guard let value = values?[0] else { return }
            switch sqlite3_value_type(value) {
            case SQLITE_INTEGER: sqlite3_result_int64(context, 0 &- sqlite3_value_int64(value))
            case SQLITE_FLOAT: sqlite3_result_double(context, -sqlite3_value_double(value))
            default: sqlite3_result_null(context)
            }
        }
        add("lua_abs", 1) { context, _, values in
            guard let value = values?[0] else { return }
            switch sqlite3_value_type(value) {
            case SQLITE_INTEGER:
                let number = sqlite3_value_int64(value)
                sqlite3_result_int64(context, number < 0 ? 0 &- number : number)
            case SQLITE_FLOAT: sqlite3_result_double(context, abs(sqlite3_value_double(value)))
            default: sqlite3_result_null(context)
            }
        }
        addSum(connection)
        add("lua_floor", 1) { context, _, values in round(context, values, .down) }
        add("lua_ceil", 1) { context, _, values in round(context, values, .up) }
    }
}

/// `lua_sum(x)` is SQL's SUM, but where 64 bits do not hold the sum of whole numbers it is a float and not an error: an
/// error would depend on whether SQL asks at all.
private func addSum(_ connection: OpaquePointer?) {
    struct Sum {
        var whole: Int64
        var float: Double
        var isFloat: Bool
        var hasRows: Bool
    }
    func sum(_ context: OpaquePointer?, isFinal: Bool) -> UnsafeMutablePointer<Sum>? {
        // SQLite sets it to zeros.
        sqlite3_aggregate_context(context, isFinal ? 0 : Int32(MemoryLayout<Sum>.size))?
            .assumingMemoryBound(to: Sum.self)
    }
    sqlite3_create_function_v2(
        connection, "lua_sum", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, nil,
        { context, _, values in
            guard let value = values?[0], let sum = sum(context, isFinal: false) else { return }
            switch sqlite3_value_type(value) {
            case SQLITE_NULL: return
            case SQLITE_INTEGER:
                let (total, isOver) = sum.pointee.whole.addingReportingOverflow(sqlite3_value_int64(value))
                sum.pointee.whole = total
                if isOver { sum.pointee.isFloat = true }
            default: sum.pointee.isFloat = true
            }
            sum.pointee.float += sqlite3_value_double(value)
            sum.pointee.hasRows = true
        },
        { context in
            guard let sum = sum(context, isFinal: true), sum.pointee.hasRows else {
                return sqlite3_result_null(context)
            }
            if sum.pointee.isFloat {
                sqlite3_result_double(context, sum.pointee.float)
            } else {
                sqlite3_result_int64(context, sum.pointee.whole)
            }
        }, nil)
}

private func calculate(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    _ whole: ((Int64, Int64) -> Int64?)?, _ float: (Double, Double) -> Double
) {
    guard let a = values?[0], let b = values?[1] else { return }
    let types = (sqlite3_value_type(a), sqlite3_value_type(b))
    guard types.0 != SQLITE_NULL, types.1 != SQLITE_NULL else { return sqlite3_result_null(context) }
    if let whole, types == (SQLITE_INTEGER, SQLITE_INTEGER) {
        // Without a result Lua raises; whoever asks has seen to that.
        guard let result = whole(sqlite3_value_int64(a), sqlite3_value_int64(b)) else {
            return sqlite3_result_null(context)
        }
        return sqlite3_result_int64(context, result)
    }
    // No number becomes NULL.
    sqlite3_result_double(context, float(sqlite3_value_double(a), sqlite3_value_double(b)))
}

private func wholeQuotient(_ a: Int64, _ b: Int64) -> Int64? {
    if b == 0 { return nil }
    // The one quotient that 64 bits cannot hold.
    if b == -1 { return 0 &- a }
    let quotient = a / b
    return a % b != 0 && (a ^ b) < 0 ? quotient - 1 : quotient
}

private func wholeRemainder(_ a: Int64, _ b: Int64) -> Int64? {
    if b == 0 { return nil }
    if b == -1 { return 0 }
    let rest = a % b
    return rest != 0 && (rest ^ b) < 0 ? rest + b : rest
}

private func remainder(_ a: Double, _ b: Double) -> Double {
    let rest = fmod(a, b)
    return (rest > 0 ? b < 0 : rest < 0 && b != rest) ? rest + b : rest
}

/// Down or up to a whole number, which is a float where 64 bits cannot hold it.
private func round(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    _ rule: FloatingPointRoundingRule
) {
    guard let value = values?[0] else { return }
    switch sqlite3_value_type(value) {
    case SQLITE_INTEGER: sqlite3_result_int64(context, sqlite3_value_int64(value))
    case SQLITE_FLOAT:
        let rounded = sqlite3_value_double(value).rounded(rule)
        if let whole = Int64(exactly: rounded) {
            sqlite3_result_int64(context, whole)
        } else {
            sqlite3_result_double(context, rounded)
        }
    default: sqlite3_result_null(context)
    }
}
