internal import CLua
internal import CLuaBridge

extension LuaState {
    /// Tables deeper than this are refused: they are most likely cycles.
    private static var depthLimit: Int { 16 }

    /// Tables with more values than this are refused: a few lines of Lua can make one that contains the same
    /// small tables over and over, and is endless to read.
    private static var sizeLimit: Int { 1_000_000 }

    /// So many bytes of text count as a value.
    private static var bytesPerValue: Int { 64 }

    func value(at index: Int32, on stack: OpaquePointer) throws -> LuaValue {
        var room = Self.sizeLimit
        return try value(at: index, on: stack, depth: 0, room: &room)
    }

    private func value(at index: Int32, on stack: OpaquePointer, depth: Int, room: inout Int) throws
        -> LuaValue
    {
        room -= 1
        guard room >= 0 else { throw LuaError("a table of more than \(Self.sizeLimit) values") }
        switch lua_type(stack, index) {
        case LUA_TNIL, LUA_TNONE: return .missing
        case LUA_TBOOLEAN: return .boolean(lua_toboolean(stack, index) != 0)
        case LUA_TNUMBER:
            if lua_isinteger(stack, index) != 0 { return .integer(lua_tointegerx(stack, index, nil)) }
            return .number(lua_tonumberx(stack, index, nil))
        case LUA_TSTRING:
            // Lua holds a text once, however often a table has it.
            room -= Int(lua_rawlen(stack, index)) / Self.bytesPerValue
            guard room >= 0 else { throw LuaError("a table with too much text") }
            return .text(string(at: index, on: stack))
        case LUA_TFUNCTION:
            lua_pushvalue(stack, index)
            return .function(registry.keepFunction(from: stack))
        case LUA_TUSERDATA:
            if let object = mlb_to_object(stack, index) {
                return .object(Unmanaged<LuaObject>.fromOpaque(object).takeUnretainedValue())
            }
            if isRow(index, on: stack) { return .other("a customer") }
            return .other(mlb_is_of_relation(stack, index) ? "an object" : "a value of the host")
        case LUA_TTABLE: return .table(try table(at: index, on: stack, depth: depth + 1, room: &room))
        default: return .other("a \(String(cString: lua_typename(stack, lua_type(stack, index))))")
        }
    }

    private func table(at index: Int32, on stack: OpaquePointer, depth: Int, room: inout Int) throws
        -> LuaTable
    {
        guard depth <= Self.depthLimit else {
            throw LuaError("a table that is nested more than \(Self.depthLimit) deep, or contains itself")
        }
        guard lua_checkstack(stack, 8) != 0 else { throw LuaError("stack overflow") }
        let table = mlb_absolute(stack, index)
        var result = LuaTable()
        let length = Int64(lua_rawlen(stack, table))
        for position in 0..<length {
            lua_rawgeti(stack, table, position + 1)
            defer { mlb_pop(stack, 1) }
            result.array.append(try value(at: -1, on: stack, depth: depth, room: &room))
        }
        lua_pushnil(stack)
        while lua_next(stack, table) != 0 {
            // Converting a number key in place would confuse lua_next, so only texts are read.
            guard lua_type(stack, -2) == LUA_TSTRING else {
                mlb_pop(stack, 1)
                continue
            }
            let name = string(at: -2, on: stack)
            do {
                result.fields.append((name, try value(at: -1, on: stack, depth: depth, room: &room)))
            } catch {
                mlb_pop(stack, 2)
                throw error
            }
            mlb_pop(stack, 1)
        }
        // Swift's own order takes differently composed texts for equal, and would leave Lua's random order.
        result.fields.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return result
    }

    private func isRow(_ index: Int32, on stack: OpaquePointer) -> Bool {
        var id: Int64 = 0
        return mlb_to_row(stack, index, &id)
    }

    /// What a value is called in errors: quoted where that tells nothing but what a script says itself.
    public func described(_ value: LuaValue) -> String {
        switch value {
        case .text(let text): mayQuote(text) ? value.described : "a text"
        case .integer, .number:
            mayQuote(value.described.split(separator: " ").last.map(String.init) ?? "")
                ? value.described : "a number"
        default: value.described
        }
    }

    func string(at index: Int32, on stack: OpaquePointer) -> String {
        var length = 0
        guard let bytes = lua_tolstring(stack, index, &length) else { return "" }
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self)
    }

    func push(_ value: LuaValue, on stack: OpaquePointer) {
        lua_checkstack(stack, 8)
        switch value {
        case .missing, .other: lua_pushnil(stack)
        case .object(let object):
            // Lua's collector gives this reference back through the bridge's release.
            mlb_push_object(stack, Unmanaged.passRetained(object).toOpaque(), object.kind.reference)
        case .boolean(let value): lua_pushboolean(stack, value ? 1 : 0)
        case .integer(let value): lua_pushinteger(stack, value)
        case .number(let value): lua_pushnumber(stack, value)
        case .text(let text): push(text, on: stack)
        case .function(let function): mlb_push_ref(stack, function.reference)
        case .table(let table):
            lua_createtable(stack, Int32(table.array.count), Int32(table.fields.count))
            // In place: messages are given many small values, and to copy one counts its references.
            table.array.withUnsafeBufferPointer { values in
                for position in values.indices {
                    push(values[position], on: stack)
                    lua_rawseti(stack, -2, Int64(position + 1))
                }
            }
            table.fields.withUnsafeBufferPointer { fields in
                for position in fields.indices {
                    push(fields[position].name, on: stack)
                    push(fields[position].value, on: stack)
                    lua_rawset(stack, -3)
                }
            }
        }
    }

    private func push(_ text: String, on stack: OpaquePointer) {
        let isPushed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.withMemoryRebound(to: CChar.self) { _ = lua_pushlstring(stack, $0.baseAddress, $0.count) }
        }
        guard isPushed == nil else { return }
        var copy = text
        copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { _ = lua_pushlstring(stack, $0.baseAddress, $0.count) }
        }
    }
}
