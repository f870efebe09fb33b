internal import CLua
internal import CLuaBridge

/// A Lua function that waits for the host wherever a host function says so, and goes on when it is resumed.
///
/// It runs once. A coroutine that raised, or was ended by force, is over: it is dropped as it is, so that nothing
/// it wanted to close runs.
public final class LuaCoroutine {
    /// What became of a step.
    public enum Step {
        /// It waits; the value is what the host function gave.
        case waits(LuaValue)
        /// It is over.
        case finished
    }

    private let state: LuaState
    private let thread: LuaReference
    private let coroutine: OpaquePointer
    private let function: LuaFunction
    private var stepCount: UInt64 = 0
    private var protectedDepth: Int32 = 0
    /// The customer that it began with, for its random numbers.
    private var customer: Int64 = 0
    private var isOver = false

    /// A coroutine that has not begun.
    public init(_ state: LuaState, _ function: LuaFunction) throws {
        self.state = state
        self.function = function
        lua_checkstack(state.stack, 16)
        guard let coroutine = lua_newthread(state.stack) else {
            throw LuaError("there is no memory for a coroutine")
        }
        thread = state.registry.keep(from: state.stack)
        self.coroutine = coroutine
        mlb_push_ref(coroutine, function.reference)
    }

    /// Begins with the arguments, or goes on: the host function that it waits in gives them.
    ///
    /// - Throws: ``LuaError`` where it raises, where it is over, or where its budget is used up.
    public func resume(_ arguments: LuaArgument..., within kind: LuaBudgets.Kind = .journey) throws -> Step {
        guard !isOver else { throw LuaError("this coroutine is over") }
        lua_checkstack(coroutine, Int32(arguments.count + 16))
        if stepCount > 0 { state.context.pointee.customer = customer }
        for argument in arguments { state.push(argument, on: coroutine) }
        customer = state.context.pointee.customer
        var results: Int32 = 0
        let status = mlb_resume(
            coroutine, state.stack, Int32(arguments.count), &results, state.limits(kind),
            function.place &+ stepCount, &protectedDepth)
        stepCount += 1
        guard status == LUA_YIELD else {
            isOver = true
            guard status == LUA_OK else { throw try state.error(status, on: coroutine, kind) }
            mlb_pop(coroutine, results)
            return .finished
        }
        defer { mlb_pop(coroutine, results) }
        return .waits(results == 0 ? .missing : try state.value(at: -1, on: coroutine))
    }
}
