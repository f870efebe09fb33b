internal import CLua
internal import CLuaBridge

/// A call of a host function from Lua: its arguments, and the way to give results back.
///
/// Valid only until the function returns. Nothing here can jump: a wrong argument is a thrown error, which
/// the bridge raises in Lua after the Swift function has returned.
public struct HostCall {
    /// The state that calls.
    public let state: LuaState
    /// The word as errors name it.
    public let word: String
    let stack: OpaquePointer
    private let total: Int
    /// Arguments that do not count, such as what stands before a colon.
    private var skipped = 0

    init(state: LuaState, word: String, count: Int, stack: OpaquePointer) {
        self.state = state
        self.word = word
        self.stack = stack
        total = count
    }

    /// How many arguments came.
    public var count: Int { total - skipped }

    /// The same call without its first argument, so that errors count as the script writes a method.
    public var withoutSubject: HostCall {
        var call = self
        call.skipped += 1
        return call
    }

    /// Any argument, from 1; missing where there is none.
    public func value(_ position: Int) throws -> LuaValue {
        guard position <= count else { return .missing }
        return try state.value(at: Int32(position + skipped), on: stack)
    }

    /// An argument, kept in Lua.
    public func kept(_ position: Int) -> LuaReference {
        lua_pushvalue(stack, Int32(position + skipped))
        return state.registry.keep(from: stack)
    }

    /// The id of the customer in an argument; nil where it is none, or one whose turn is over.
    public func customer(_ position: Int) -> Int64? {
        let place = Int32(position + skipped)
        var id: Int64 = 0
        if mlb_to_row(stack, place, &id) { return id }
        guard let object = mlb_to_object(stack, place) else { return nil }
        return (Unmanaged<LuaObject>.fromOpaque(object).takeUnretainedValue() as? LuaCustomer)?.id
    }

    /// The error for an argument of the wrong kind.
    public func mismatch(_ position: Int, _ expected: String, _ got: LuaValue) -> LuaError {
        LuaError("\(word) takes \(expected) as argument \(position), got \(state.described(got))")
    }

    /// The script line that called.
    public var line: (file: String, line: Int)? {
        state.callerLine(on: stack)
    }

    /// Gives one value back.
    public func returns(_ value: LuaValue) -> Int32 {
        state.push(value, on: stack)
        return 1
    }

    /// Gives two values back, the second only where it is not missing.
    public func returns(_ first: LuaValue, _ second: LuaValue) -> Int32 {
        if case .missing = second { return returns(first) }
        return returns(first) + returns(second)
    }

    /// Gives a value back that stayed in Lua.
    public func returns(_ reference: LuaReference) -> Int32 {
        mlb_push_ref(stack, reference.reference)
        return 1
    }

    /// Gives an object back.
    public func returns(_ object: LuaObject) -> Int32 {
        returns(.object(object))
    }

    /// Gives a customer back, whose turn it is in their row.
    public func returns(_ row: LuaRow) -> Int32 {
        state.push(.row(row), on: stack)
        return 1
    }

    /// Gives nothing back.
    public func returnsNothing() -> Int32 { 0 }

    /// Makes the coroutine that called wait: the host gets the object, and what it resumes with is what the script
    /// gets.
    ///
    /// - Throws: ``LuaError`` outside a coroutine, and where a function of Lua's library stands between.
    public func waits(for object: LuaObject) throws -> Int32 {
        guard lua_isyieldable(stack) != 0 else {
            throw LuaError(
                "\(word) waits for the host, which works only in the journey itself and in functions that it calls",
                hint: "call it from a loop, not from table.sort, string.gsub, a metamethod or an iterator")
        }
        state.push(.object(object), on: stack)
        return Int32(MLB_YIELD)
    }
}

/// A Swift function that Lua can call; it returns what one of the `returns` of its call gave.
public typealias HostFunction = (HostCall) throws -> Int32
