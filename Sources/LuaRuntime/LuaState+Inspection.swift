internal import CLua
internal import CLuaBridge

/// A Lua value as it is, looked at without running anything.
public enum LuaInspected {
    /// nil
    case missing
    /// true or false
    case boolean(Bool)
    /// An integer.
    case integer(Int64)
    /// A float.
    case number(Double)
    /// A string: bytes.
    case text([UInt8])
    /// A function of a script or of the host.
    case function(LuaFunction)
    /// A host object.
    case object(LuaObject)
    /// A table without a metatable, all of whose keys and values are plain: no tables, no functions.
    case table([(key: LuaInspected, value: LuaInspected)])
    /// Anything else.
    case other
}

/// What Lua knows of a function.
public struct LuaFunctionInfo {
    /// The script that defines it, as it is now; nil for functions of the host, of Lua's libraries, and of a text that the
    /// script had before.
    public let file: String?
    /// The line of its `function`.
    public let line: Int
    /// The line of its `end`.
    public let lastLine: Int
    /// The names of its parameters, in their order.
    public let parameters: [String]
    /// The same for two values exactly where they are the same function.
    public let identity: UInt
}

extension LuaState {
    /// Tables with more entries are not looked at.
    private static var entryLimit: Int { 2000 }

    /// What Lua knows of a function.
    public func info(of function: LuaFunction) -> LuaFunctionInfo {
        lua_checkstack(stack, 8)
        mlb_push_ref(stack, function.reference)
        let identity = UInt(bitPattern: lua_topointer(stack, -1))
        var parameters: [String] = []
        while let name = lua_getlocal(stack, nil, Int32(parameters.count + 1)) {
            parameters.append(String(cString: name))
        }
        var activation = lua_Debug()
        guard lua_getinfo(stack, ">S", &activation) == 1 else {
            return LuaFunctionInfo(file: nil, line: 0, lastLine: 0, parameters: [], identity: identity)
        }
        let chunk = withUnsafeBytes(of: activation.short_src) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let isLua = activation.what.map { $0.pointee == CChar(UInt8(ascii: "L")) } ?? false
        return LuaFunctionInfo(
            file: isLua && !retired.contains(chunk) ? sources[chunk] : nil, line: Int(activation.linedefined),
            lastLine: Int(activation.lastlinedefined), parameters: parameters, identity: identity)
    }

    /// What a variable around a function holds; nil where it uses none of that name.
    public func variable(_ name: String, around function: LuaFunction) -> LuaInspected? {
        lua_checkstack(stack, 16)
        mlb_push_ref(stack, function.reference)
        defer { mlb_pop(stack, 1) }
        guard let index = upvalue(name, of: -1) else { return nil }
        lua_getupvalue(stack, -1, index)
        defer { mlb_pop(stack, 1) }
        return inspect(-1, depth: 0)
    }

    /// Looks at the value of a text key of a table that stayed in Lua.
    public func inspect(_ name: String, of table: LuaReference) -> LuaInspected {
        lua_checkstack(stack, 16)
        let top = lua_gettop(stack)
        defer { lua_settop(stack, top) }
        mlb_push_ref(stack, table.reference)
        push(.text(name), on: stack)
        lua_rawget(stack, -2)
        return inspect(-1, depth: 0)
    }

    /// Looks at a word among the globals, or in one of the libraries there: `string.lower`.
    public func word(_ name: String) -> LuaInspected {
        lua_checkstack(stack, 16)
        let top = lua_gettop(stack)
        defer { lua_settop(stack, top) }
        mlb_push_ref(stack, wordTable)
        for part in name.split(separator: ".") {
            push(.text(String(part)), on: stack)
            guard lua_type(stack, -2) == LUA_TTABLE else { return .missing }
            lua_rawget(stack, -2)
            // A library stands behind an empty table.
            if lua_type(stack, -1) == LUA_TTABLE, lua_getmetatable(stack, -1) != 0 {
                push(.text("__index"), on: stack)
                lua_rawget(stack, -2)
            }
        }
        return inspect(-1, depth: 0)
    }

    private func upvalue(_ name: String, of index: Int32) -> Int32? {
        var number: Int32 = 1
        while let found = lua_getupvalue(stack, index, number) {
            mlb_pop(stack, 1)
            if String(cString: found) == name { return number }
            number += 1
        }
        return nil
    }

    private func inspect(_ index: Int32, depth: Int) -> LuaInspected {
        switch lua_type(stack, index) {
        case LUA_TNIL: return .missing
        case LUA_TBOOLEAN: return .boolean(lua_toboolean(stack, index) != 0)
        case LUA_TNUMBER:
            return lua_isinteger(stack, index) != 0
                ? .integer(lua_tointegerx(stack, index, nil)) : .number(lua_tonumberx(stack, index, nil))
        case LUA_TSTRING:
            var length = 0
            guard let bytes = lua_tolstring(stack, index, &length) else { return .other }
            return .text(Array(UnsafeRawBufferPointer(start: bytes, count: length)))
        case LUA_TFUNCTION where depth == 0:
            lua_pushvalue(stack, index)
            return .function(registry.keepFunction(from: stack))
        case LUA_TUSERDATA where depth == 0:
            guard let object = mlb_to_object(stack, index) else { return .other }
            return .object(Unmanaged<LuaObject>.fromOpaque(object).takeUnretainedValue())
        case LUA_TTABLE where depth == 0: return table(index)
        default: return .other
        }
    }

    private func table(_ index: Int32) -> LuaInspected {
        let table = mlb_absolute(stack, index)
        guard lua_getmetatable(stack, table) == 0 else {
            mlb_pop(stack, 1)
            return .other
        }
        var entries: [(key: LuaInspected, value: LuaInspected)] = []
        lua_pushnil(stack)
        while lua_next(stack, table) != 0 {
            // A copy: reading a number as text would change the key under lua_next.
            let key = inspect(-2, depth: 1)
            let value = inspect(-1, depth: 1)
            mlb_pop(stack, 1)
            if case .other = key { return refused() }
            if case .other = value { return refused() }
            guard entries.count < Self.entryLimit else { return refused() }
            entries.append((key, value))
        }
        func refused() -> LuaInspected {
            mlb_pop(stack, 1)
            return .other
        }
        return .table(entries)
    }

    // MARK: Functions from text

    /// What an expression gives that the host took from a script, with the values of its variables.
    ///
    /// - Throws: ``LuaError`` where it does not compile, or raises.
    public func evaluate(
        _ expression: String, names: [String], values: [LuaInspected]
    ) throws -> LuaInspected {
        let text =
            names.isEmpty
            ? "return \(expression)" : "local \(names.joined(separator: ", ")) = ... return \(expression)"
        let function = try load(text, chunk: "=(constant)", globals: environment)
        lua_checkstack(stack, Int32(values.count + 16))
        mlb_push_ref(stack, function.reference)
        for value in values { push(value) }
        try check(mlb_call(stack, Int32(values.count), 1, limits(.load), 0), .load)
        defer { mlb_pop(stack, 1) }
        return inspect(-1, depth: 1)
    }

    private func push(_ value: LuaInspected) {
        switch value {
        case .boolean(let flag): push(.boolean(flag), on: stack)
        case .integer(let number): push(.integer(number), on: stack)
        case .number(let number): push(.number(number), on: stack)
        case .text(let bytes):
            bytes.withUnsafeBytes { raw in
                _ = lua_pushlstring(stack, raw.bindMemory(to: CChar.self).baseAddress, raw.count)
            }
        default: lua_pushnil(stack)
        }
    }

    /// A function that `text` returns, in the place of another of the same script: it shares the variables around
    /// that one, its name in traces, and its random numbers.
    ///
    /// - Throws: ``LuaError`` where the text does not compile, or uses a variable that the other does not.
    public func remade(_ function: LuaFunction, as text: String) throws -> LuaFunction {
        let maker = try load(text, chunk: "@\(function.definition.chunk)", globals: environment)
        lua_checkstack(stack, 16)
        let top = lua_gettop(stack)
        defer { lua_settop(stack, top) }
        mlb_push_ref(stack, maker.reference)
        try check(mlb_call(stack, 0, 1, limits(.load), 0), .load)
        guard lua_type(stack, -1) == LUA_TFUNCTION else { throw LuaError("the text gives no function") }
        mlb_push_ref(stack, function.reference)
        var number: Int32 = 1
        while let name = lua_getupvalue(stack, -2, number) {
            mlb_pop(stack, 1)
            guard let original = upvalue(String(cString: name), of: -1) else {
                throw LuaError("the text uses a variable that the function does not")
            }
            lua_upvaluejoin(stack, -2, number, -1, original)
            number += 1
        }
        mlb_pop(stack, 1)
        lua_pushvalue(stack, -1)
        let remade = registry.keepFunction(from: stack)
        remade.place = function.place
        return remade
    }
}
