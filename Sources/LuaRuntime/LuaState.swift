internal import CLua
internal import CLuaBridge
internal import Diagnostics
internal import Foundation

/// One Lua state with the sandboxed environment, its budgets and the host functions it may call.
///
/// Not safe to share between threads; each may have states of its own. A Lua error never crosses a Swift frame:
/// every call into Lua is protected and throws ``LuaError``; errors of host functions are raised by C after Swift
/// has returned.
///
/// A call that uses up its budget, and every call after ``interrupt()``, is ended. A script cannot catch that. The
/// state then answers every further call with the same error, for the script may have left its own data half
/// written: make a new one, or ``revive()`` this one where a person sees what became of it.
public final class LuaState {
    let main: OpaquePointer
    /// The stack of the Lua thread that runs now, or else the main one.
    var stack: OpaquePointer
    let registry: LuaRegistry
    let context: UnsafeMutablePointer<mlb_Context>
    /// What calls may use.
    public let budgets: LuaBudgets
    let limitTable: UnsafeMutablePointer<mlb_Limits>
    /// The error of the call that was ended by force.
    var lastStop: LuaError?
    /// Cursors live as long as the state: a script may have kept a row of one.
    private var cursors: [UnsafeMutablePointer<mlb_Cursor>] = []
    /// Likewise relations: a script may have kept a question or a row.
    private var relations: [UnsafeMutablePointer<mlb_Relations>] = []
    private var overlays: [UnsafeMutablePointer<mlb_Overlay>] = []
    private var functions: [(word: String, body: HostFunction)] = []
    /// Lua's short form of a chunk's name → the name. Chunks of the host itself are not among them.
    var sources: [String: String] = [:]
    /// How often a file was loaded anew, and the chunks of it that no longer say what the file says.
    var versions: [String: Int] = [:]
    package internal(set) var retired: Set<String> = []
    /// What functions are called in traces, by where they are defined.
    var names: [LuaDefinition: String] = [:]
    /// The table that scripts see as their globals: empty, so that no write goes past ``seal(unknown:written:)``.
    var environment: Int32 = 0
    /// The table behind it, with the words.
    private(set) var wordTable: Int32 = 0

    /// Whether errors may show a text or a number as it is: one of a customer's they may not.
    public var mayQuote: (String) -> Bool = { _ in true }

    /// Version of the Lua library, such as `Lua 5.4.4`.
    public static var version: String { String(cString: mlb_release()) }

    /// A state whose calls may use what `budgets` say; `seed` decides every random number.
    public convenience init(budgets: LuaBudgets = .standard, seed: UInt64 = 1) throws {
        try self.init(budgets: budgets, seed: seed, isLimited: true)
    }

    /// A state without limits on steps and time where `isLimited` is false, to measure what they cost.
    package init(budgets: LuaBudgets, seed: UInt64, isLimited: Bool) throws {
        self.budgets = budgets
        limitTable = .allocate(capacity: LuaBudgets.Kind.allCases.count)
        for kind in LuaBudgets.Kind.allCases {
            (limitTable + kind.index).initialize(to: mlb_Limits(budgets[kind]))
        }
        context = .allocate(capacity: 1)
        context.initialize(to: mlb_Context())
        context.pointee.total_limit = budgets.memory
        context.pointee.seed = seed
        context.pointee.is_limited = isLimited
        context.pointee.dispatch = { host, id, stack in
            guard let host, let stack else { return 0 }
            return Unmanaged<LuaState>.fromOpaque(host).takeUnretainedValue().dispatch(id, stack)
        }
        context.pointee.release = { object in
            if let object { Unmanaged<LuaObject>.fromOpaque(object).release() }
        }
        guard let state = mlb_open(context) else {
            context.deallocate()
            limitTable.deallocate()
            throw LuaError("the libraries of Lua do not open")
        }
        main = state
        stack = state
        registry = LuaRegistry(state)
        // The state never outlives this object, which closes it.
        context.pointee.host = Unmanaged.passUnretained(self).toOpaque()
        try installSandbox()
    }

    private func installSandbox() throws {
        let sandbox = try loadTrusted(
            String(decoding: PackageResources.sandbox_lua, as: UTF8.self), name: "sandbox")
        mlb_push_ref(main, sandbox.reference)
        mlb_push_libraries(main)
        mlb_push_host_function(main, register("load") { [unowned self] in try compile($0) })
        lua_pushinteger(main, Int64(Self.sourceLimit))
        try check(mlb_call(main, 8, 2, limits(.load), 0), .load)
        wordTable = mlb_ref(main)
        environment = mlb_ref(main)
        mlb_install_missing_values(main)
    }

    deinit {
        // Objects that Lua gives back now may hold references, which go with the state.
        registry.close()
        mlb_close(main)
        for cursor in cursors { cursor.deallocate() }
        for set in relations { mlb_free_relations(set) }
        for overlay in overlays { overlay.deallocate() }
        context.deallocate()
        limitTable.deallocate()
    }

    // MARK: Words

    /// Adds a word to the environment of scripts.
    public func define(_ word: String, _ value: LuaValue) {
        mlb_push_ref(main, wordTable)
        push(.text(word), on: main)
        push(value, on: main)
        lua_rawset(main, -3)
        mlb_pop(main, 1)
    }

    /// A Lua function that runs `body`; `word` is its name in errors. Make each once: it lives as long as
    /// the state.
    public func makeFunction(_ word: String, _ body: @escaping HostFunction) -> LuaFunction {
        mlb_push_host_function(stack, register(word, body))
        return registry.keepFunction(from: stack)
    }

    /// The names that scripts find, sorted.
    public var words: [String] { names(inTable: wordTable) }

    /// What one of Lua's libraries has, sorted; empty where there is no such library.
    public func names(inLibrary name: String) -> [String] {
        lua_checkstack(stack, 16)
        let top = lua_gettop(stack)
        defer { lua_settop(stack, top) }
        mlb_push_ref(stack, wordTable)
        push(.text(name), on: stack)
        lua_rawget(stack, -2)
        // A library stands behind an empty table.
        guard lua_type(stack, -1) == LUA_TTABLE, lua_getmetatable(stack, -1) != 0 else { return [] }
        push(.text("__index"), on: stack)
        lua_rawget(stack, -2)
        guard lua_type(stack, -1) == LUA_TTABLE else { return [] }
        return names(in: registry.keep(from: stack))
    }

    /// The globals of scripts.
    public var globals: LuaReference {
        mlb_push_ref(stack, environment)
        return registry.keep(from: stack)
    }

    /// The text keys of a table that stayed in Lua, sorted.
    public func names(in table: LuaReference) -> [String] { names(inTable: table.reference) }

    private func names(inTable reference: Int32) -> [String] {
        mlb_push_ref(stack, reference)
        defer { mlb_pop(stack, 1) }
        var names: [String] = []
        lua_pushnil(stack)
        while lua_next(stack, -2) != 0 {
            mlb_pop(stack, 1)
            if lua_type(stack, -1) == LUA_TSTRING { names.append(string(at: -1, on: stack)) }
        }
        return names.sorted()
    }

    /// The value of a text key of a table that stayed in Lua, read raw; nil where it has none.
    public func field(_ name: String, of table: LuaReference) -> LuaReference? {
        mlb_push_ref(stack, table.reference)
        push(.text(name), on: stack)
        lua_rawget(stack, -2)
        defer { mlb_pop(stack, 1) }
        guard lua_type(stack, -1) != LUA_TNIL else {
            mlb_pop(stack, 1)
            return nil
        }
        return registry.keep(from: stack)
    }

    /// Sets the value of a text key of a table that stayed in Lua, raw.
    public func setField(_ name: String, of table: LuaReference, _ value: LuaReference) {
        mlb_push_ref(stack, table.reference)
        push(.text(name), on: stack)
        mlb_push_ref(stack, value.reference)
        lua_rawset(stack, -3)
        mlb_pop(stack, 1)
    }

    /// Closes the environment: reading another name and writing any name is what `unknown` and `written` say.
    public func seal(unknown: @escaping HostFunction, written: @escaping HostFunction) {
        // Reading falls through the empty environment to the words and, where they lack the name, to `unknown`.
        mlb_push_ref(main, wordTable)
        mlb_new_table(main)
        setMetamethod("__index", unknown)
        lua_setmetatable(main, -2)
        mlb_pop(main, 1)
        mlb_push_ref(main, environment)
        lua_getmetatable(main, -1)
        setMetamethod("__newindex", written)
        mlb_pop(main, 2)
    }

    /// Sets an entry of the metatable on top of the stack.
    private func setMetamethod(_ name: String, _ body: @escaping HostFunction) {
        push(.text(name), on: main)
        mlb_push_host_function(main, register(name, body))
        lua_rawset(main, -3)
    }

    /// A kind of objects with the given metamethods (`__index`, `__call`, `__sub`, …).
    public func makeKind(_ name: String, _ metamethods: [(String, HostFunction)]) -> LuaObjectKind {
        mlb_new_object_metatable(stack)
        for (metamethod, body) in metamethods {
            lua_pushstring(stack, metamethod)
            mlb_push_host_function(stack, register(name, body))
            lua_rawset(stack, -3)
        }
        lua_pushstring(stack, "__name")
        lua_pushstring(stack, name)
        lua_rawset(stack, -3)
        return LuaObjectKind(reference: mlb_ref(stack))
    }

    func register(_ word: String, _ body: @escaping HostFunction) -> Int32 {
        functions.append((word, body))
        return Int32(functions.count - 1)
    }

    private func dispatch(_ id: Int32, _ caller: OpaquePointer) -> Int32 {
        // Room for results, for nested tables and for calls back into Lua; the limit does not bind here, so only
        // a recursion that has used up Lua's stack has none.
        guard lua_checkstack(caller, 256) != 0 else {
            lua_pushstring(caller, "stack overflow")
            return Int32(MLB_RAISE)
        }
        let outer = stack
        stack = caller
        defer { stack = outer }
        let (word, body) = functions[Int(id)]
        let call = HostCall(state: self, word: word, count: Int(lua_gettop(caller)), stack: caller)
        do {
            return try body(call)
        } catch {
            let (text, isPlaced) = message(of: error)
            push(.text(text), on: caller)
            return Int32(isPlaced ? MLB_RAISE_AS_IS : MLB_RAISE)
        }
    }

    // MARK: The end

    /// Ends the Lua code that runs now in any thread, and all that is called afterwards in this process, with the
    /// error "interrupted". May be called from a signal handler.
    public static func interrupt() {
        mlb_interrupt()
    }

    /// Lets Lua code run again after ``interrupt()``.
    public static func clearInterrupt() {
        mlb_clear_interrupt()
    }

    /// Whether ``interrupt()`` is in force.
    public static var isInterrupted: Bool { mlb_is_interrupted() }

    /// Whether a call was ended by force, so that the state runs nothing more.
    public var isStopped: Bool { context.pointee.stopped != Int32(MLB_RUNNING.rawValue) }

    /// Lets a state run again that was ended by force. What its scripts were about to do stays undone.
    public func revive() {
        lastStop = nil
        mlb_revive(main)
    }

    /// Makes the nth allocation of Lua from now on fail, and all that follow; 0 ends that.
    package func failAllocations(from nth: Int) {
        mlb_fail_allocations(context, UInt64(nth))
    }

    /// Whether the chosen allocation has come.
    package var hasFailedAllocation: Bool {
        context.pointee.fails_allocations && context.pointee.allocations_to_failure == 0
    }

    // MARK: What rows need

    func release(_ reference: Int32) {
        mlb_unref(main, reference)
    }

    func makeCursor() -> UnsafeMutablePointer<mlb_Cursor> {
        let cursor = UnsafeMutablePointer<mlb_Cursor>.allocate(capacity: 1)
        cursor.initialize(to: mlb_Cursor())
        cursors.append(cursor)
        return cursor
    }

    func makeOverlay() -> UnsafeMutablePointer<mlb_Overlay> {
        let overlay = UnsafeMutablePointer<mlb_Overlay>.allocate(capacity: 1)
        overlay.initialize(to: mlb_Overlay())
        mlb_begin_overlay(main, overlay)
        overlays.append(overlay)
        return overlay
    }

    func makeRelations(_ count: Int) -> UnsafeMutablePointer<mlb_Relations> {
        guard let set = mlb_new_relations(main, Int32(count)) else {
            preconditionFailure("the system has no memory left")
        }
        relations.append(set)
        return set
    }
}
