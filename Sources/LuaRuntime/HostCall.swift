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
    /// How many arguments came.
    public let count: Int
    let stack: OpaquePointer

    /// Any argument, from 1; missing where there is none.
    public func value(_ position: Int) throws -> LuaValue {
        guard position <= count else { return .missing }
        return try state.value(at: Int32(position), on: stack)
    }

    /// A number.
    public func number(_ position: Int) throws -> Double {
        switch try value(position) {
        case .integer(let value): Double(value)
        case .number(let value): value
        case let other: throw mismatch(position, "a number", other)
        }
    }

    /// A time in Unix seconds; fractions are cut. Missing stays missing.
    public func instant(_ position: Int) throws -> Int64? {
        switch try value(position) {
        case .missing: nil
        case .integer(let value): value
        case .number(let value) where abs(value) < 9e15: Int64(value.rounded(.down))
        case let other: throw mismatch(position, "a time", other)
        }
    }

    /// A text.
    public func text(_ position: Int) throws -> String {
        let value = try value(position)
        guard case .text(let text) = value else { throw mismatch(position, "a text", value) }
        return text
    }

    /// A table.
    public func table(_ position: Int) throws -> LuaTable {
        let value = try value(position)
        guard case .table(let table) = value else { throw mismatch(position, "a table", value) }
        return table
    }

    /// A host object of the given class; `what` names it in the error.
    public func object<Object: LuaObject>(_ position: Int, _ type: Object.Type, _ what: String) throws
        -> Object
    {
        let value = try value(position)
        guard case .object(let object) = value, let typed = object as? Object else {
            throw mismatch(position, what, value)
        }
        return typed
    }

    /// The id of the customer row in an argument.
    public func customer(_ position: Int) throws -> Int64 {
        let id = mlb_row_id(stack, Int32(position))
        guard id != 0 else { throw mismatch(position, "a customer", try value(position)) }
        return id
    }

    /// The error for an argument of the wrong kind.
    public func mismatch(_ position: Int, _ expected: String, _ got: LuaValue) -> LuaError {
        LuaError("\(word) takes \(expected) as argument \(position), got \(got.described)")
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

    /// Gives an object back.
    public func returns(_ object: LuaObject) -> Int32 {
        returns(.object(object))
    }

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

    /// Gives nothing back.
    public func returnsNothing() -> Int32 { 0 }
}

/// A Swift function that Lua can call; it returns what one of the `returns` of its call gave.
public typealias HostFunction = (HostCall) throws -> Int32
