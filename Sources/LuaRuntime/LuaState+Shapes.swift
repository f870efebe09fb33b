internal import CLua
internal import CLuaBridge

/// A Lua value as it is shown to a person: cut where it is deep or long, and read without running anything.
public indirect enum LuaShape {
    /// nil
    case missing
    /// true or false
    case boolean(Bool)
    /// An integer.
    case integer(Int64)
    /// A float.
    case number(Double)
    /// A text; bytes that are not UTF-8 are replaced.
    case text(String)
    /// A table: the values of 1, 2, 3, …, then the others by their keys, and how many of both are left out.
    case table([LuaShape], named: [(key: LuaShape, value: LuaShape)], more: Int)
    /// A table that is too deep to be shown, or that contains itself.
    case folded
    /// A function.
    case function(LuaFunctionInfo)
    /// A host object.
    case object(LuaObject)
    /// A customer whose turn it is, or whose turn is over.
    case customer(Int64?)
    /// What a customer's relation gave: a question about its rows, or one of them.
    case relation(LuaReference)
    /// Anything else, by its name.
    case other(String)
}

/// How much of a value is shown.
public struct LuaShapeLimits: Sendable {
    /// Tables in each other.
    public var depth: Int
    /// Values of one table.
    public var values: Int

    /// Limits of both.
    public init(depth: Int, values: Int) {
        self.depth = depth
        self.values = values
    }
}

extension LuaState {
    /// What a value that stayed in Lua looks like. Cost: what is shown, and for a table with names all its keys.
    public func shape(of reference: LuaReference, _ limits: LuaShapeLimits) -> LuaShape {
        lua_checkstack(stack, 16)
        mlb_push_ref(stack, reference.reference)
        defer { mlb_pop(stack, 1) }
        var path: [UnsafeRawPointer] = []
        return shape(at: lua_gettop(stack), limits, &path)
    }

    private func shape(at index: Int32, _ limits: LuaShapeLimits, _ path: inout [UnsafeRawPointer])
        -> LuaShape
    {
        switch lua_type(stack, index) {
        case LUA_TNIL: return .missing
        case LUA_TBOOLEAN: return .boolean(lua_toboolean(stack, index) != 0)
        case LUA_TNUMBER:
            return lua_isinteger(stack, index) != 0
                ? .integer(lua_tointegerx(stack, index, nil)) : .number(lua_tonumberx(stack, index, nil))
        case LUA_TSTRING: return .text(string(at: index, on: stack))
        case LUA_TFUNCTION:
            lua_pushvalue(stack, index)
            return .function(info(of: registry.keepFunction(from: stack)))
        case LUA_TUSERDATA:
            if let object = mlb_to_object(stack, index) {
                return .object(Unmanaged<LuaObject>.fromOpaque(object).takeUnretainedValue())
            }
            if mlb_is_of_relation(stack, index) {
                lua_pushvalue(stack, index)
                return .relation(registry.keep(from: stack))
            }
            var id: Int64 = 0
            return .customer(mlb_to_row(stack, index, &id) ? id : nil)
        case LUA_TTABLE: return table(at: index, limits, &path)
        default: return .other(String(cString: lua_typename(stack, lua_type(stack, index))))
        }
    }

    private func table(
        at index: Int32, _ limits: LuaShapeLimits, _ path: inout [UnsafeRawPointer]
    ) -> LuaShape {
        guard let identity = lua_topointer(stack, index), path.count < limits.depth,
            !path.contains(identity), lua_checkstack(stack, 16) != 0
        else { return .folded }
        path.append(identity)
        defer { path.removeLast() }
        let length = Int64(lua_rawlen(stack, index))
        var items: [LuaShape] = []
        for position in 0..<min(length, Int64(limits.values)) {
            lua_rawgeti(stack, index, position + 1)
            items.append(shape(at: lua_gettop(stack), limits, &path))
            mlb_pop(stack, 1)
        }
        let (keys, count) = otherKeys(of: index, behind: length, limit: limits.values)
        var named: [(key: LuaShape, value: LuaShape)] = []
        for key in keys.prefix(max(0, limits.values - items.count)) {
            push(key.value, on: stack)
            lua_rawget(stack, index)
            named.append((key.shape, shape(at: lua_gettop(stack), limits, &path)))
            mlb_pop(stack, 1)
        }
        return .table(items, named: named, more: Int(length) - items.count + count - named.count)
    }

    private struct Key {
        let value: LuaValue
        let shape: LuaShape
        let text: String
    }

    /// The keys that are no part of the sequence, numbers and flags first, texts by their bytes; at most so many, and how
    /// many there are.
    private func otherKeys(of index: Int32, behind length: Int64, limit: Int) -> ([Key], Int) {
        var keys: [Key] = []
        var count = 0
        lua_pushnil(stack)
        while lua_next(stack, index) != 0 {
            mlb_pop(stack, 1)
            if lua_isinteger(stack, -1) != 0, (1...max(1, length)).contains(lua_tointegerx(stack, -1, nil)),
                length > 0
            {
                continue
            }
            count += 1
            switch lua_type(stack, -1) {
            case LUA_TSTRING:
                let text = string(at: -1, on: stack)
                keys.append(Key(value: .text(text), shape: .text(text), text: "t" + text))
            case LUA_TNUMBER where lua_isinteger(stack, -1) != 0:
                let number = lua_tointegerx(stack, -1, nil)
                keys.append(Key(value: .integer(number), shape: .integer(number), text: ""))
            case LUA_TNUMBER:
                let number = lua_tonumberx(stack, -1, nil)
                keys.append(Key(value: .number(number), shape: .number(number), text: ""))
            case LUA_TBOOLEAN:
                let flag = lua_toboolean(stack, -1) != 0
                keys.append(Key(value: .boolean(flag), shape: .boolean(flag), text: ""))
            default: break
            }
            // All of a large table are sorted only where they may be shown.
            if keys.count > max(1000, limit * 10) {
                keys.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
                keys.removeLast(keys.count - limit)
            }
        }
        keys.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        return (keys, count)
    }
}
