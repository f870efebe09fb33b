// The table library of scripts. Lua's own trusts `#` and goes on in C for as long as that says; here every element
// counts as a step.
#include "context.h"

#include <limits.h>
#include <string.h>

static bool has_metamethod(lua_State *L, int argument, const char *name) {
    if (luaL_getmetafield(L, argument, name) == LUA_TNIL) return false;
    lua_pop(L, 1);
    return true;
}

// What is not a table must at least act like one; missing values and texts have an `__index`, but no length.
static void check_table(lua_State *L, int argument) {
    if (lua_type(L, argument) == LUA_TTABLE) return;
    if (!has_metamethod(L, argument, "__index") || !has_metamethod(L, argument, "__len"))
        luaL_checktype(L, argument, LUA_TTABLE);
}

static lua_Integer length_of(lua_State *L, int argument) {
    check_table(L, argument);
    return luaL_len(L, argument);
}

// --- concat -------------------------------------------------------------------------------------------

// Copies an element to `to` where that is not NULL; returns its length.
static size_t copy_element(lua_State *L, lua_Integer position, char *to, size_t room) {
    int type = lua_geti(L, 1, position);
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", luaL_typename(L, -1),
                   (LUAI_UACINT)position);
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    if (to != NULL) {
        // Its metamethods may give another text the second time.
        if (length > room) luaL_error(L, "the table changed while it was concatenated");
        memcpy(to, text, length);
    }
    lua_pop(L, 1);
    return length;
}

static int table_concat(lua_State *L) {
    lua_Integer last = length_of(L, 1);
    size_t separator_length;
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    lua_Integer first = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    lua_settop(L, 2);
    size_t total = 0;
    for (lua_Integer i = first; i <= last; i++) {
        size_t length = copy_element(L, i, NULL, 0) + (i < last ? separator_length : 0);
        total += length;
        if (total > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
        mlb_charge(L, 1 + length / 64);
        if (i == LUA_MAXINTEGER) break;
    }
    char *text = lua_newuserdatauv(L, total, 0);
    size_t written = 0;
    for (lua_Integer i = first; i <= last; i++) {
        written += copy_element(L, i, text + written, total - written);
        if (i < last) {
            if (separator_length > total - written) return luaL_error(L, "the table changed while it was concatenated");
            memcpy(text + written, separator, separator_length);
            written += separator_length;
        }
        mlb_charge(L, 1);
        if (i == LUA_MAXINTEGER) break;
    }
    lua_pushlstring(L, text, written);
    return 1;
}

// --- insert, remove, move ------------------------------------------------------------------------------

static int table_insert(lua_State *L) {
    int count = lua_gettop(L);
    lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1) + 1);
    lua_Integer position = end;
    switch (count) {
    case 2: break;
    case 3:
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > position; i--) {
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
            mlb_charge(L, 1);
        }
        break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_pushvalue(L, count);
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    lua_Integer size = length_of(L, 1);
    lua_Integer position = luaL_optinteger(L, 2, size);
    lua_settop(L, 2);
    if (position != size)
        luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < size; position++) {
        lua_geti(L, 1, position + 1);
        lua_seti(L, 1, position);
        mlb_charge(L, 1);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int table_move(lua_State *L) {
    lua_Integer first = luaL_checkinteger(L, 2);
    lua_Integer last = luaL_checkinteger(L, 3);
    lua_Integer to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, target, LUA_TTABLE);
    lua_settop(L, 5);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool overlaps = to > first && to <= last && (target == 1 || lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer offset = overlaps ? count - 1 - i : i;
            lua_geti(L, 1, first + offset);
            lua_seti(L, target, to + offset);
            mlb_charge(L, 1);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

// --- pack, unpack -------------------------------------------------------------------------------------

static int table_pack(lua_State *L) {
    int count = lua_gettop(L);
    // One more than needed: some sizes look to the allocator like a table with too many keys.
    lua_createtable(L, count | 1, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--) lua_rawseti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = luaL_opt(L, luaL_checkinteger, 3, luaL_len(L, 1));
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;
    if (count >= INT_MAX || !lua_checkstack(L, (int)count + 1)) return luaL_error(L, "too many results to unpack");
    for (lua_Unsigned i = 0; i <= count; i++) {
        lua_geti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
        mlb_charge(L, 1);
    }
    return (int)count + 1;
}

// --- sort ---------------------------------------------------------------------------------------------

// Whether element `b` of the list at stack index `list` belongs before element `a`.
static bool belongs_before(lua_State *L, int list, lua_Integer b, lua_Integer a) {
    bool result;
    mlb_charge(L, 1);
    if (lua_isnil(L, 2)) {
        lua_rawgeti(L, list, b);
        lua_rawgeti(L, list, a);
        result = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    } else {
        lua_pushvalue(L, 2);
        lua_rawgeti(L, list, b);
        lua_rawgeti(L, list, a);
        lua_call(L, 2, 1);
        result = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return result;
}

static void merge(lua_State *L, int from, int to, lua_Integer left, lua_Integer middle, lua_Integer right) {
    lua_Integer a = left, b = middle;
    for (lua_Integer i = left; i < right; i++) {
        bool take_first = a < middle && (b >= right || !belongs_before(L, from, b, a));
        lua_rawgeti(L, from, take_first ? a++ : b++);
        lua_rawseti(L, to, i);
    }
}

// Lua's own sort takes pivots from the clock and the addresses, so equal elements come out in another order each
// time. This one leaves them in theirs, and ends whatever the comparison says.
static int table_sort(lua_State *L) {
    lua_Integer size = length_of(L, 1);
    luaL_argcheck(L, size < INT_MAX, 1, "array too big");
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    if (size < 2) return 0;
    // The comparison may change the table; the sorted elements are those of now. A lying `__len` costs steps first.
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; i <= size; i++) {
        lua_geti(L, 1, i);
        lua_rawseti(L, 3, i);
        mlb_charge(L, 1);
    }
    int from = 3, to = 4;
    for (lua_Integer width = 1; width < size; width *= 2) {
        for (lua_Integer left = 1; left <= size; left += 2 * width) {
            lua_Integer middle = left + width <= size ? left + width : size + 1;
            lua_Integer right = left + 2 * width <= size ? left + 2 * width : size + 1;
            merge(L, from, to, left, middle, right);
            mlb_charge(L, 1 + (size_t)(right - left));
        }
        from = 7 - from;
        to = 7 - to;
    }
    for (lua_Integer i = 1; i <= size; i++) {
        lua_rawgeti(L, from, i);
        lua_seti(L, 1, i);
        mlb_charge(L, 1);
    }
    return 0;
}

// --- The library --------------------------------------------------------------------------------------

void mlb_push_table_library(lua_State *L) {
    static const luaL_Reg functions[] = {{"concat", table_concat}, {"insert", table_insert}, {"move", table_move},
                                         {"pack", table_pack},     {"remove", table_remove}, {"sort", table_sort},
                                         {"unpack", table_unpack}, {NULL, NULL}};
    luaL_newlib(L, functions);
}
