internal import CLua
internal import CLuaBridge

/// How a column of a row reaches Lua.
public enum LuaColumn: Hashable, Sendable {
    /// As SQLite holds it.
    case plain
    /// 1 and 0 as true and false.
    case boolean
    /// A whole number divided: minor units as major ones.
    case scaled(divisor: Double)
}

/// The customers of a statement, one after the other, as the `c` of rules.
///
/// Values are read from SQLite when a script asks for them, without a Swift allocation. A script that keeps
/// `c` and reads it later gets an error, never another customer's data.
public final class LuaRow {
    let cursor: UnsafeMutablePointer<mlb_Cursor>
    let metatable: Int32
    let state: LuaState
    private let names: Int32
    private var fieldNames: [String] = []
    private var flagCount = 0
    private var columns: UnsafeMutablePointer<mlb_Column>?
    /// The question that is being asked, which a rule may have asked within another.
    var question: UnsafeMutablePointer<mlb_Scan>?

    /// A row kind: `methods` are found by name, and relations by theirs, in the order of their numbers; names that are
    /// neither a column, a method nor a relation are answered by `fallback`, which gets the row and the name. What
    /// the overlay of the relations says goes before what the statement has.
    public init(
        _ state: LuaState, methods: [(String, LuaValue)],
        relations: (names: [String], streams: LuaRelations)? = nil, fallback: @escaping HostFunction
    ) {
        self.state = state
        cursor = state.makeCursor()
        mlb_new_table(state.main)
        for (name, function) in methods {
            state.push(.text(name), on: state.main)
            state.push(function, on: state.main)
            lua_rawset(state.main, -3)
        }
        if let relations {
            cursor.pointee.overlay = UnsafePointer(relations.streams.set.pointee.overlay)
            for (number, name) in relations.names.enumerated() {
                state.push(.text(name), on: state.main)
                lua_pushlightuserdata(state.main, relations.streams.set.pointee.relations + number)
                lua_rawset(state.main, -3)
            }
        }
        lua_pushvalue(state.main, -1)
        names = mlb_ref(state.main)
        mlb_new_row_metatable(state.main, state.register("c", fallback))
        metatable = mlb_ref(state.main)
    }

    deinit {
        // A script may still hold the row of the last turn: it must not reach for what is gone.
        mlb_cursor_stop(cursor)
        columns?.deallocate()
        state.release(names)
        state.release(metatable)
    }

    /// Starts at the first row with an id above `after` (bound as ?1) and at most `last` (?2); column 0 of the
    /// statement is the id, then come `flags` that scripts do not see, and then `fields`. The caller finalizes the statement when the row is no longer
    /// used.
    public func start(
        _ statement: OpaquePointer, flags: Int = 0, fields: [(name: String, column: LuaColumn)], after: Int64,
        last: Int64
    ) {
        mlb_cursor_leave(cursor)
        columns?.deallocate()
        let buffer = UnsafeMutablePointer<mlb_Column>.allocate(capacity: max(1, flags + fields.count))
        buffer.initialize(repeating: mlb_Column(), count: flags)
        mlb_push_ref(state.main, names)
        // A name of before whose column is gone.
        for name in fieldNames {
            state.push(.text(name), on: state.main)
            lua_pushnil(state.main)
            lua_rawset(state.main, -3)
        }
        fieldNames = fields.map(\.name)
        flagCount = flags
        for (index, field) in fields.enumerated() {
            let (kind, divisor) = field.column.numbers
            (buffer + flags + index).initialize(to: mlb_Column(kind: kind, divisor: divisor))
            state.push(.text(field.name), on: state.main)
            lua_pushinteger(state.main, Int64(flags + index + 1))
            lua_rawset(state.main, -3)
        }
        mlb_pop(state.main, 1)
        columns = buffer
        mlb_cursor_start(cursor, statement, buffer, after, last)
    }

    /// The part of the filter whose predicate runs now; nil where none does.
    public var askedPart: Int? { question.map { Int($0.pointee.asked) } }

    /// Lets scripts read another value of a field than the stored one; nil: the stored one again. Only of a field that
    /// the statement has.
    public func pretend(_ name: String, is value: LuaValue?) {
        guard let index = fieldNames.firstIndex(of: name) else { return }
        mlb_push_ref(state.main, names)
        state.push(.text(name), on: state.main)
        if let value {
            state.push(.table(LuaTable(array: [value])), on: state.main)
        } else {
            lua_pushinteger(state.main, Int64(flagCount + index + 1))
        }
        lua_rawset(state.main, -3)
        mlb_pop(state.main, 1)
    }

    /// A field of the row whose turn it is as the statement has it, whatever scripts read in its place: a whole number, a
    /// number or missing; nil for a text, and where the statement has no such field.
    public func storedNumber(_ name: String) -> LuaValue? {
        guard cursor.pointee.has_row, let index = fieldNames.firstIndex(of: name) else { return nil }
        let cell = mlb_cursor_number(cursor, Int32(flagCount + index + 1))
        switch UInt32(cell.type) {
        case MLB_CELL_INTEGER.rawValue: return .integer(cell.integer)
        case MLB_CELL_NUMBER.rawValue: return .number(cell.number)
        case MLB_CELL_MISSING.rawValue: return .missing
        default: return nil
        }
    }

    /// Another number for every turn of a row.
    public var turn: UInt64 { cursor.pointee.serial }

    /// Lets what scripts kept of an earlier turn be valid again, now that the row is at the customer of that turn.
    public func resume(_ turn: UInt64) {
        cursor.pointee.serial = turn
    }

    /// The id of the row whose turn it is; nil where none has it.
    public var current: Int64? {
        cursor.pointee.has_row ? cursor.pointee.id : nil
    }

    /// Makes ``scan(_:into:)`` return after this row, so that the statement can be replaced.
    public func wantColumns() {
        cursor.pointee.wants_columns = true
    }

    /// Goes to the next customer; nil at the end.
    ///
    /// - Throws: ``LuaError`` with SQLite's error code.
    public func next() throws -> Int64? {
        switch mlb_cursor_step(cursor) {
        case 1: return cursor.pointee.id
        case 0: return nil
        case let code: throw Self.failure(-code)
        }
    }

    /// Whether SQLite could not work out a condition or a column for the row that was to come next.
    public var hasFailedExpression: Bool {
        // SQLITE_ERROR
        cursor.pointee.failure == 1
    }

    /// The error of a step that failed with SQLite's `code`.
    static func failure(_ code: Int32) -> LuaError {
        // SQLITE_INTERRUPT
        code == 9
            ? LuaError(.interrupted, trace: [])
            : LuaError("reading customers failed with SQLite error \(code)")
    }
}
