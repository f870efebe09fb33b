import CLua
import ScriptSyntax

/// Lua itself, which says whether a text is a script, and what literals mean.
final class LuaReference {
    private let state: OpaquePointer

    init() throws {
        guard let state = luaL_newstate() else { throw Failure(text: "no memory for Lua") }
        self.state = state
    }

    deinit { lua_close(state) }

    struct Failure: Error {
        let text: String
    }

    /// What Lua says against a text; nil where it takes it. It is asked in one protected call, as scripts are loaded.
    func refusal(of text: String) -> String? {
        lua_settop(state, 0)
        lua_pushcclosure(
            state,
            { state in
                var size = 0
                let text = lua_tolstring(state, 1, &size)
                let status = luaL_loadbufferx(state, text, size, "=s", "t")
                if status == LUA_OK { return 0 }
                return 1
            }, 0)
        var text = text
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) { lua_pushlstring(state, $0.baseAddress, $0.count) }
        }
        guard lua_pcallk(state, 1, 1, 0, 0, nil) == LUA_OK else { return "no verdict" }
        guard lua_type(state, -1) == LUA_TSTRING else { return nil }
        return string(at: -1)
    }

    /// What an expression of literals yields, as Lua writes it down.
    func value(of expression: String) throws -> String {
        lua_settop(state, 0)
        let text = "local v = \(expression) return v"
        guard luaL_loadbufferx(state, text, text.utf8.count, "=s", "t") == LUA_OK,
            lua_pcallk(state, 0, 1, 0, 0, nil) == LUA_OK
        else { throw Failure(text: string(at: -1)) }
        switch lua_type(state, -1) {
        case LUA_TNIL: return "nil"
        case LUA_TBOOLEAN: return lua_toboolean(state, -1) != 0 ? "true" : "false"
        case LUA_TNUMBER:
            if lua_isinteger(state, -1) != 0 { return "\(lua_tointegerx(state, -1, nil))" }
            return "float \(lua_tonumberx(state, -1, nil).bitPattern)"
        default:
            var size = 0
            let bytes = lua_tolstring(state, -1, &size)
            return "text \(UnsafeRawBufferPointer(start: bytes, count: size).map { Int($0) })"
        }
    }

    private func string(at index: Int32) -> String {
        lua_tolstring(state, index, nil).map { String(cString: $0) } ?? "?"
    }
}
