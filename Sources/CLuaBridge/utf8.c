// The utf8 library of scripts: Lua's own, which goes over a whole string without a break, so its length counts first.
#include "context.h"

// upvalue: Lua's function, which runs in this call, so that its errors name the script's line
static int counted(lua_State *L) {
    size_t length = lua_type(L, 1) == LUA_TSTRING ? lua_rawlen(L, 1) : 0;
    if (length > MLB_STRING_LIMIT) return luaL_error(L, "string too large");
    mlb_charge(L, 1 + length / 16);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void mlb_push_utf8_library(lua_State *L) {
    static const char *const names[] = {"char", "codepoint", "codes", "len", "offset"};
    lua_newtable(L);
    lua_getglobal(L, LUA_UTF8LIBNAME);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lua_getfield(L, -1, names[i]);
        lua_pushcclosure(L, counted, 1);
        lua_setfield(L, -3, names[i]);
    }
    lua_getfield(L, -1, "charpattern");
    lua_setfield(L, -3, "charpattern");
    lua_pop(L, 1);
}
