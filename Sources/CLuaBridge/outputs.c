// What a compiled template does for every output, in C: values become text, text is escaped as HTML, and the pieces are
// joined.
#include "context.h"

#include <string.h>

// What stands for the five characters of HTML; the others stand for themselves.
static const struct {
    const char *text;
    size_t length;
} entities[256] = {
    ['&'] = {"&amp;", 5}, ['<'] = {"&lt;", 4}, ['>'] = {"&gt;", 4}, ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
};

// Makes the value at 1 a text, or nil; upvalue 1 knows what to do with tables, floats and the like. A number or a text
// costs no call of Lua.
static int to_text(lua_State *L) {
    lua_settop(L, 1);
    int type = lua_type(L, 1);
    if (type == LUA_TSTRING || type == LUA_TNIL) return type;
    if (lua_isinteger(L, 1)) {
        lua_tolstring(L, 1, NULL);
        return LUA_TSTRING;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return lua_type(L, 1);
}

// text(value): its text as an output prints it, or nil
static int output_text(lua_State *L) {
    mlb_charge(L, 1);
    to_text(L);
    return 1;
}

// escaped(value): its text as an output prints it in HTML, or nil
static int output_escaped(lua_State *L) {
    if (to_text(L) != LUA_TSTRING) return 1;
    size_t length;
    const unsigned char *text = (const unsigned char *)lua_tolstring(L, 1, &length);
    mlb_charge(L, 1 + length / 16);
    size_t grown = length;
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[text[i]].length;
        if (__builtin_expect(entity > 0, 0)) grown += entity - 1;
    }
    if (grown == length) return 1;
    if (grown > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *to = luaL_buffinitsize(L, &buffer, grown);
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[text[i]].length;
        if (entity > 0) {
            memcpy(to, entities[text[i]].text, entity);
            to += entity;
        } else {
            *to++ = (char)text[i];
        }
    }
    luaL_pushresultsize(&buffer, grown);
    return 1;
}

// joined(pieces, first, last): texts of a table without metatable, one after the other
static int output_joined(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
    size_t total = 0, count = 0;
    for (lua_Integer i = first; i <= last; i++) {
        if (lua_rawgeti(L, 1, i) != LUA_TSTRING) return luaL_error(L, "a piece of the output is no text");
        total += lua_rawlen(L, -1);
        count++;
        lua_pop(L, 1);
    }
    mlb_charge(L, 1 + count + total / 64);
    if (total > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *to = luaL_buffinitsize(L, &buffer, total);
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, 1, i);
        size_t length;
        const char *piece = lua_tolstring(L, -1, &length);
        memcpy(to, piece, length);
        to += length;
        lua_pop(L, 1);
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

// outputs(rest): the three functions; rest(value) makes texts of all that is neither a text nor an integer.
static int new_outputs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, output_text, 1);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, output_escaped, 1);
    lua_pushcfunction(L, output_joined);
    return 3;
}

void mlb_push_output_functions(lua_State *L) { lua_pushcfunction(L, new_outputs); }
