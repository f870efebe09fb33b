internal import CLua
internal import CLuaBridge

/// An argument of a call from Swift to Lua.
public enum LuaArgument {
    /// A value.
    case value(LuaValue)
    /// The customer whose turn it is.
    case row(LuaRow)
    /// A value that stayed in Lua.
    case reference(LuaReference)
}

extension LuaState {
    /// Calls a function and reads its first result.
    @discardableResult
    public func call(
        _ function: LuaFunction, _ arguments: LuaArgument..., within kind: LuaBudgets.Kind = .load
    ) throws -> LuaValue {
        try run(function, arguments, results: 1, kind)
        defer { mlb_pop(stack, 1) }
        return try value(at: -1, on: stack)
    }

    /// Calls a function and keeps its first result in Lua.
    public func keep(
        _ function: LuaFunction, _ arguments: LuaArgument..., within kind: LuaBudgets.Kind = .load
    ) throws -> LuaReference {
        try keep(function, arguments, within: kind)
    }

    /// The same with a list of arguments.
    public func keep(
        _ function: LuaFunction, _ arguments: [LuaArgument], within kind: LuaBudgets.Kind
    ) throws -> LuaReference {
        try run(function, arguments, results: 1, kind)
        return registry.keep(from: stack)
    }

    /// Calls a function and keeps all its results in Lua.
    public func keepAll(
        _ function: LuaFunction, _ arguments: LuaArgument..., within kind: LuaBudgets.Kind = .load
    ) throws -> [LuaReference] {
        lua_checkstack(stack, Int32(arguments.count + 16))
        let top = lua_gettop(stack)
        mlb_push_ref(stack, function.reference)
        for argument in arguments { push(argument, on: stack) }
        try check(mlb_call(stack, Int32(arguments.count), LUA_MULTRET, limits(kind), function.place), kind)
        let count = lua_gettop(stack) - top
        guard lua_checkstack(stack, 16) != 0 else { throw LuaError("stack overflow") }
        // From the last to the first, as they come off the stack.
        return (0..<count).map { _ in registry.keep(from: stack) }.reversed()
    }

    /// The customer whose turn it is, for random numbers, where no row comes with the next call; 0 for none.
    package var customer: Int64 {
        get { context.pointee.customer }
        set { context.pointee.customer = newValue }
    }

    /// A value as one that stays in Lua.
    public func keep(_ value: LuaValue) -> LuaReference {
        push(value, on: stack)
        return registry.keep(from: stack)
    }

    /// Calls a function and reads its first two results.
    public func callForTwo(
        _ function: LuaFunction, _ arguments: LuaArgument..., within kind: LuaBudgets.Kind = .load
    ) throws -> (LuaValue, LuaValue) {
        try callForTwo(function, arguments, within: kind)
    }

    /// The same with a list of arguments.
    public func callForTwo(
        _ function: LuaFunction, _ arguments: [LuaArgument], within kind: LuaBudgets.Kind
    ) throws -> (LuaValue, LuaValue) {
        try run(function, arguments, results: 2, kind)
        defer { mlb_pop(stack, 2) }
        return (try value(at: -2, on: stack), try value(at: -1, on: stack))
    }

    /// A value that stayed in Lua, read.
    public func value(of reference: LuaReference) throws -> LuaValue {
        mlb_push_ref(stack, reference.reference)
        defer { mlb_pop(stack, 1) }
        return try value(at: -1, on: stack)
    }

    /// Lua's name of the type of a value that stayed in Lua.
    public func type(of reference: LuaReference) -> String {
        let type = mlb_push_ref(stack, reference.reference)
        defer { mlb_pop(stack, 1) }
        return String(cString: lua_typename(stack, type))
    }

    private func run(
        _ function: LuaFunction, _ arguments: [LuaArgument], results: Int32, _ kind: LuaBudgets.Kind
    ) throws {
        lua_checkstack(stack, Int32(arguments.count + 16))
        mlb_push_ref(stack, function.reference)
        for argument in arguments { push(argument, on: stack) }
        try check(
            mlb_call(stack, Int32(arguments.count), results, limits(kind), function.place), kind)
    }

    func push(_ argument: LuaArgument, on stack: OpaquePointer) {
        switch argument {
        case .value(let value): push(value, on: stack)
        case .row(let row): mlb_push_row(stack, row.cursor, row.metatable)
        case .reference(let reference): mlb_push_ref(stack, reference.reference)
        }
    }

    /// The limits of a kind of call, for C; valid as long as the state.
    func limits(_ kind: LuaBudgets.Kind) -> UnsafePointer<mlb_Limits> {
        UnsafePointer(limitTable + kind.index)
    }
}

extension LuaBudgets.Kind {
    var index: Int {
        switch self {
        case .load: 0
        case .predicate: 1
        case .template: 2
        case .journey: 3
        case .line: 4
        case .test: 5
        case .fit: 6
        }
    }
}

extension mlb_Limits {
    /// The limits as C takes them.
    init(_ limits: LuaLimits) {
        self.init(
            memory: max(0, limits.memory), steps: UInt64(max(0, limits.steps)),
            nanoseconds: UInt64(min(max(0, limits.seconds), 1e9) * 1e9))
    }
}
