internal import CLua
internal import CLuaBridge
internal import Diagnostics
internal import Foundation

/// One Lua state with the sandboxed environment, its memory limit and the host functions it may call.
///
/// Not safe to share between threads. A Lua error never crosses a Swift frame: every call into Lua is
/// protected and throws ``LuaError``; errors of host functions are raised by C after Swift has returned.
public final class LuaState {
    let main: OpaquePointer
    let registry: LuaRegistry
    private let context: UnsafeMutablePointer<mlb_Context>
    /// Cursors live as long as the state: a script may have kept a row of one.
    private var cursors: [UnsafeMutablePointer<mlb_Cursor>] = []
    private var functions: [(word: String, body: HostFunction)] = []
    /// Lua's short form of a chunk's name → the name.
    private var sources: [String: String] = [:]
    /// The table that scripts see as their globals: empty, so that no write goes past ``seal(unknown:written:)``.
    private var environment: Int32 = 0
    /// The table behind it, with the words.
    private var wordTable: Int32 = 0

    /// Version of the Lua library, such as `Lua 5.4.4`.
    public static var version: String { String(cString: mlb_release()) }

    /// A state whose scripts may hold at most `memoryLimit` bytes.
    public init(memoryLimit: Int = 256 << 20) throws {
        context = .allocate(capacity: 1)
        context.initialize(to: mlb_Context())
        context.pointee.limit = memoryLimit
        guard let state = mlb_open(context) else {
            context.deallocate()
            throw LuaError("there is no memory for a Lua state")
        }
        main = state
        registry = LuaRegistry(state)
        // The state never outlives this object, which closes it.
        context.pointee.host = Unmanaged.passUnretained(self).toOpaque()
        context.pointee.dispatch = { host, id, stack in
            guard let host, let stack else { return 0 }
            return Unmanaged<LuaState>.fromOpaque(host).takeUnretainedValue().dispatch(id, stack)
        }
        context.pointee.release = { object in
            if let object { Unmanaged<LuaObject>.fromOpaque(object).release() }
        }
        let sandbox = try load(
            String(decoding: PackageResources.sandbox_lua, as: UTF8.self), name: "sandbox",
            inEnvironment: false)
        mlb_push_ref(main, sandbox.reference)
        mlb_push_text_functions(main)
        try check(mlb_pcall(main, 2, 2))
        wordTable = mlb_ref(main)
        environment = mlb_ref(main)
        mlb_install_missing_values(main)
    }

    deinit {
        // Objects that Lua gives back now may hold references, which go with the state.
        registry.close()
        lua_close(main)
        for cursor in cursors { cursor.deallocate() }
        context.deallocate()
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
        mlb_push_host_function(main, register(word, body))
        return registry.keepFunction()
    }

    /// The names that scripts find, sorted.
    public var words: [String] {
        mlb_push_ref(main, wordTable)
        defer { mlb_pop(main, 1) }
        var names: [String] = []
        lua_pushnil(main)
        while lua_next(main, -2) != 0 {
            mlb_pop(main, 1)
            if lua_type(main, -1) == LUA_TSTRING { names.append(string(at: -1, on: main)) }
        }
        return names.sorted()
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
        mlb_new_object_metatable(main)
        for (metamethod, body) in metamethods {
            lua_pushstring(main, metamethod)
            mlb_push_host_function(main, register(name, body))
            lua_rawset(main, -3)
        }
        lua_pushstring(main, "__name")
        lua_pushstring(main, name)
        lua_rawset(main, -3)
        return LuaObjectKind(reference: mlb_ref(main))
    }

    private func dispatch(_ id: Int32, _ stack: OpaquePointer) -> Int32 {
        // Room for results, for nested tables and for calls back into Lua; the limit does not bind here, so only
        // a recursion that has used up Lua's stack has none.
        guard lua_checkstack(stack, 256) != 0 else {
            lua_pushstring(stack, "stack overflow")
            return Int32(MLB_RAISE)
        }
        let (word, body) = functions[Int(id)]
        let call = HostCall(state: self, word: word, count: Int(lua_gettop(stack)), stack: stack)
        do {
            return try body(call)
        } catch {
            let (text, isPlaced) = message(of: error)
            push(.text(text), on: stack)
            return Int32(isPlaced ? MLB_RAISE_AS_IS : MLB_RAISE)
        }
    }

    /// The text that Lua raises for the error. A place that is known already stands before it, as Lua's own
    /// errors have it.
    private func message(of error: any Error) -> (text: String, isPlaced: Bool) {
        func hinted(_ message: String, _ hint: String?) -> String {
            hint.map { "\(message); \($0)" } ?? message
        }
        if let error = error as? LuaError {
            let text = hinted(error.message, error.hint)
            guard let location = error.location else { return (text, false) }
            return ("\(chunkName(of: location.file)):\(location.line): \(text)", true)
        }
        if let error = error as? any Diagnosable {
            return (hinted(error.diagnostic.message, error.diagnostic.hint), false)
        }
        return ("\(error)", false)
    }

    // MARK: Running

    /// Ends the Lua code that runs now, and all that is called afterwards in this process, with the error
    /// "interrupted". May be called from a signal handler.
    public static func interrupt() {
        mlb_interrupt()
    }

    /// Compiles text; `name` is the file as errors show it.
    public func load(_ text: String, name: String) throws -> LuaFunction {
        try load(text, name: name, inEnvironment: true)
    }

    /// Compiles text of the host itself, which sees all of Lua; `name` only shows in errors.
    public func loadTrusted(_ text: String, name: String) throws -> LuaFunction {
        try load(text, name: name, inEnvironment: false)
    }

    private func load(_ text: String, name: String, inEnvironment: Bool) throws -> LuaFunction {
        try checkIndexChains(in: text, name: name)
        let chunk = chunkName(of: name)
        sources[chunk] = name
        var text = text
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { mlb_load(main, $0.baseAddress, $0.count, "@\(chunk)") }
        }
        try check(status)
        if inEnvironment {
            mlb_push_ref(main, environment)
            // The first upvalue of a chunk is its environment.
            lua_setupvalue(main, -2, 1)
        }
        return registry.keepFunction()
    }

    /// Calls a function and reads its first result.
    @discardableResult
    public func call(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> LuaValue {
        try run(function, arguments)
        defer { mlb_pop(main, 1) }
        return try value(at: -1, on: main)
    }

    /// Calls a function and keeps its first result in Lua.
    public func keep(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> LuaReference {
        try run(function, arguments)
        return registry.keep()
    }

    /// Calls a function and reads its first two results.
    public func callForTwo(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> (
        LuaValue, LuaValue
    ) {
        try run(function, arguments, results: 2)
        defer { mlb_pop(main, 2) }
        return (try value(at: -2, on: main), try value(at: -1, on: main))
    }

    /// Lua's name of the type of a value that stayed in Lua.
    public func type(of reference: LuaReference) -> String {
        let type = mlb_push_ref(main, reference.reference)
        defer { mlb_pop(main, 1) }
        return String(cString: lua_typename(main, type))
    }

    /// Calls a predicate on the row whose turn it is; nil where it answers neither true, false nor nothing.
    ///
    /// Cost: one protected call, no Swift allocation.
    public func test(_ predicate: LuaFunction, _ row: LuaRow) throws -> Bool? {
        mlb_push_ref(main, predicate.reference)
        mlb_push_row(main, row.cursor, row.metatable)
        try check(mlb_pcall(main, 1, 1))
        defer { mlb_pop(main, 1) }
        switch lua_type(main, -1) {
        case LUA_TBOOLEAN: return lua_toboolean(main, -1) != 0
        case LUA_TNIL: return false
        default: return nil
        }
    }

    private func run(_ function: LuaFunction, _ arguments: [LuaArgument], results: Int32 = 1) throws {
        lua_checkstack(main, Int32(arguments.count + 16))
        mlb_push_ref(main, function.reference)
        for argument in arguments {
            switch argument {
            case .value(let value): push(value, on: main)
            case .row(let row): mlb_push_row(main, row.cursor, row.metatable)
            case .reference(let reference): mlb_push_ref(main, reference.reference)
            }
        }
        try check(mlb_pcall(main, Int32(arguments.count), results))
    }

    func release(_ reference: Int32) {
        mlb_unref(main, reference)
    }

    private func check(_ status: Int32) throws {
        guard status != LUA_OK else { return }
        defer { mlb_pop(main, 1) }
        let text: String
        switch lua_type(main, -1) {
        case LUA_TSTRING: text = string(at: -1, on: main)
        case LUA_TNIL: text = "an error without a message"
        case LUA_TTABLE: text = "an error value that is a table"
        case LUA_TFUNCTION: text = "an error value that is a function"
        case LUA_TUSERDATA: text = "an error value that is an object"
        default: text = "an error value that is \(try value(at: -1, on: main).described)"
        }
        if status == LUA_ERRMEM || text.hasSuffix("not enough memory") {
            // Lua's string buffers fail at the limit without collecting garbage first.
            mlb_collect(main)
            let limit = context.pointee.limit >> 20
            throw LuaError(
                text: "\(text): scripts may hold \(limit) MB at a time", sources: sources)
        }
        throw LuaError(text: text, sources: sources)
    }

    /// The name that Lua knows a file by: the file's, or a short one of its own for each file whose name Lua
    /// would cut (LUA_IDSIZE is 60).
    private func chunkName(of file: String) -> String {
        guard file.utf8.count >= 60 else { return file }
        var end = file.unicodeScalars.suffix(48)
        while end.reduce(0, { $0 + UTF8.width($1) }) > 48 { end = end.dropFirst() }
        var name = "…" + String(end)
        var number = 2
        while let other = sources[name], other != file {
            name = "…\(number)…" + String(end)
            number += 1
        }
        return name
    }

    func callerLine(on stack: OpaquePointer) -> (file: String, line: Int)? {
        var activation = lua_Debug()
        guard lua_getstack(stack, mlb_calling_level(stack), &activation) == 1,
            lua_getinfo(stack, "Sl", &activation) == 1,
            activation.currentline > 0
        else { return nil }
        let short = withUnsafeBytes(of: activation.short_src) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return (sources[short] ?? short, Int(activation.currentline))
    }

    func makeCursor() -> UnsafeMutablePointer<mlb_Cursor> {
        let cursor = UnsafeMutablePointer<mlb_Cursor>.allocate(capacity: 1)
        cursor.initialize(to: mlb_Cursor())
        cursors.append(cursor)
        return cursor
    }

    func register(_ word: String, _ body: @escaping HostFunction) -> Int32 {
        functions.append((word, body))
        return Int32(functions.count - 1)
    }
}

/// An argument of a call from Swift to Lua.
public enum LuaArgument {
    /// A value.
    case value(LuaValue)
    /// The customer whose turn it is.
    case row(LuaRow)
    /// A value that stayed in Lua.
    case reference(LuaReference)
}
