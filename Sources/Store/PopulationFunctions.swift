internal import Basics
internal import Catalog
internal import Foundation
internal import GRDBSQLite

/// SQL functions of questions about many customers.
enum PopulationFunctions {
    /// Adds the functions to a connection.
    static func install(_ connection: OpaquePointer?) {
        addMedian(connection)
        addMonth(connection)
        addChance(connection)
        addHeldValue(connection)
    }

    /// `held_value(n, id)`: the value of a customer among those that the program holds under a number; NULL where there is
    /// none.
    private static func addHeldValue(_ connection: OpaquePointer?) {
        sqlite3_create_function_v2(
            connection, "held_value", 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, nil,
            { context, _, values in
                guard let values,
                    let held = PopulationFunctions.heldValues(of: context, sqlite3_value_int64(values[0]))
                else {
                    return sqlite3_result_null(context)
                }
                switch held[sqlite3_value_int64(values[1])] {
                case .integer(let number): sqlite3_result_int64(context, number)
                case .number(let number): sqlite3_result_double(context, number)
                case .null, .text: sqlite3_result_null(context)
                }
            }, nil, nil, nil)
    }

    /// The values of a number, which SQLite keeps with the argument that names them.
    private static func heldValues(of context: OpaquePointer?, _ number: Int64) -> HeldValues? {
        if let known = sqlite3_get_auxdata(context, 0) {
            return Unmanaged<HeldValues>.fromOpaque(known).takeUnretainedValue()
        }
        guard let found = HeldValues.find(number) else { return nil }
        sqlite3_set_auxdata(context, 0, Unmanaged.passRetained(found).toOpaque()) { known in
            if let known { Unmanaged<HeldValues>.fromOpaque(known).release() }
        }
        return found
    }

    /// `median_of(x)`: the middle number, or the mean of the two in the middle.
    private static func addMedian(_ connection: OpaquePointer?) {
        sqlite3_create_function_v2(
            connection, "median_of", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, nil,
            { context, _, values in
                guard let value = values?[0], let box = SampleBox.current(of: context) else { return }
                switch sqlite3_value_type(value) {
                case SQLITE_INTEGER: box.sample.add(sqlite3_value_int64(value))
                case SQLITE_FLOAT: box.sample.add(sqlite3_value_double(value))
                default: break
                }
            },
            { context in
                // SQLite asks for the result even where the statement was stopped.
                switch SampleBox.taken(from: context)?.sample.median() ?? .null {
                case .integer(let number): sqlite3_result_int64(context, number)
                case .number(let number): sqlite3_result_double(context, number)
                case .null, .text: sqlite3_result_null(context)
                }
            }, nil)
    }

    /// `month_of(x, zone)`: months since the year 0 of an instant, by the wall clock of the zone of that name, or of a
    /// date; NULL of anything else, and of instants outside the years 1 to 9999.
    private static func addMonth(_ connection: OpaquePointer?) {
        sqlite3_create_function_v2(
            connection, "month_of", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
            { context, _, values in
                guard let values, let value = values[0] else { return }
                switch sqlite3_value_type(value) {
                case SQLITE_INTEGER:
                    let instant = sqlite3_value_int64(value)
                    guard calendarInstants.contains(instant),
                        let clock = ClockBox.current(of: context, zone: values[1])
                    else { return sqlite3_result_null(context) }
                    sqlite3_result_int64(context, clock.month(of: instant))
                case SQLITE_TEXT:
                    guard let month = monthOfDate(value) else { return sqlite3_result_null(context) }
                    sqlite3_result_int64(context, month)
                default: sqlite3_result_null(context)
                }
            }, nil, nil, nil)
    }

    /// `chance_of(seed, id)`: a number that looks random and is always the same for both.
    private static func addChance(_ connection: OpaquePointer?) {
        sqlite3_create_function_v2(
            connection, "chance_of", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil,
            { context, _, values in
                guard let values else { return }
                var hash = StableHash()
                hash.combine(sqlite3_value_int64(values[0]))
                hash.combine(sqlite3_value_int64(values[1]))
                sqlite3_result_int64(context, Int64(bitPattern: hash.value))
            }, nil, nil, nil)
    }
}

/// Months since the year 0 of a date, `YYYY-MM-DD`; nil of another text.
private func monthOfDate(_ value: OpaquePointer) -> Int64? {
    guard let text = sqlite3_value_text(value), sqlite3_value_bytes(value) == 10,
        text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-")
    else { return nil }
    func number(_ places: Range<Int>) -> Int64? {
        var number: Int64 = 0
        for place in places {
            let digit = text[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }
    guard let year = number(0..<4), let month = number(5..<7), (1...12).contains(month) else { return nil }
    return year * 12 + month - 1
}

/// The instants of the years 1 to 9999, less a day on both sides for the zones.
let calendarInstants: ClosedRange<Int64> = -62_135_510_400...253_402_214_399

/// The numbers of a group while SQLite goes through it.
private final class SampleBox {
    var sample = NumberSample()

    /// That of the group that the context is about.
    static func current(of context: OpaquePointer?) -> SampleBox? {
        guard let slot = slot(context, Int32(MemoryLayout<UnsafeMutableRawPointer?>.size)) else { return nil }
        if let known = slot.pointee { return Unmanaged<SampleBox>.fromOpaque(known).takeUnretainedValue() }
        let box = SampleBox()
        slot.pointee = Unmanaged.passRetained(box).toOpaque()
        return box
    }

    /// The same, which nobody else keeps; nil of a group without rows.
    static func taken(from context: OpaquePointer?) -> SampleBox? {
        guard let slot = slot(context, 0), let known = slot.pointee else { return nil }
        slot.pointee = nil
        return Unmanaged<SampleBox>.fromOpaque(known).takeRetainedValue()
    }

    /// Memory of the group, which SQLite sets to zeros.
    private static func slot(
        _ context: OpaquePointer?, _ size: Int32
    ) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>? {
        sqlite3_aggregate_context(context, size)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    }
}

/// The clock of a statement's zone, which SQLite keeps with the argument that names it.
private final class ClockBox {
    private var clock: ZoneClock

    private init(_ zone: TimeZone) {
        clock = ZoneClock(zone)
    }

    func month(of instant: Int64) -> Int64 {
        let date = clock.wallClock(at: instant).date
        return Int64(date.year * 12 + date.month - 1)
    }

    /// The clock of the zone that the second argument names; nil where there is no such zone.
    static func current(of context: OpaquePointer?, zone: OpaquePointer?) -> ClockBox? {
        if let known = sqlite3_get_auxdata(context, 1) {
            return Unmanaged<ClockBox>.fromOpaque(known).takeUnretainedValue()
        }
        guard let name = sqlite3_value_text(zone), let zone = TimeZone(identifier: String(cString: name))
        else { return nil }
        let box = ClockBox(zone)
        sqlite3_set_auxdata(context, 1, Unmanaged.passRetained(box).toOpaque()) { known in
            if let known { Unmanaged<ClockBox>.fromOpaque(known).release() }
        }
        return box
    }
}
