// The base words of Lua as scripts get them: what ends a call goes through every pcall, tables are gone over in the
// order of their keys, and no metatable brings finalizers or weak references.
#include "context.h"

#include <string.h>

// --- Protected calls ----------------------------------------------------------------------------------

// In a coroutine Lua goes back to its first level of C at every error, so that protected calls could nest a hundred
// thousand deep; and to unwind each takes Lua a time by that depth. Elsewhere the stack of C allows about as many.
enum { MOST_PCALLS = 190 };

static void begin_pcall(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    if (context->pcall_depth >= MOST_PCALLS) luaL_error(L, "C stack overflow");
    context->pcall_depth++;
}

static int finish_pcall(lua_State *L, int status, lua_KContext skipped) {
    mlb_Context *context = mlb_context(L);
    // A coroutine may have begun it in a call that is over.
    if (context->pcall_depth > 0) context->pcall_depth--;
    mlb_note_status(L, status);
    mlb_raise_if_stopped(L);
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)skipped;
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    return 2;
}

static int word_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    begin_pcall(L);
    return finish_pcall(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall), 0);
}

// upvalue: the script's own handler
static int handle_unless_stopped(lua_State *L) {
    if (mlb_is_stop(L, 1) || mlb_context(L)->stopped != MLB_RUNNING) return 1;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int word_xpcall(lua_State *L) {
    int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, handle_unless_stopped, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    begin_pcall(L);
    return finish_pcall(L, lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, finish_pcall), 2);
}

// --- Metatables ---------------------------------------------------------------------------------------

// A script's metatable holds under this key the one that Lua gets: a copy of its metamethods.
static const char copy_key;
// And the copy holds the script's metatable under this one.
static const char original_key;

static const char *const metamethods[] = {"__index", "__newindex", "__call", "__tostring", "__name", "__len",
                                          "__eq",    "__lt",       "__le",   "__unm",      "__add",  "__sub",
                                          "__mul",   "__div",      "__idiv", "__mod",      "__pow",  "__band",
                                          "__bor",   "__bxor",     "__shl",  "__shr",      "__bnot", "__pairs"};

// Refused where a script names them, and never in the copy, whatever it names later: finalizers run where no budget
// holds, and the other three can crash Lua 5.4.4 (docs/security.md).
static const char *const refused[] = {"__gc", "__mode", "__close", "__concat"};

// Pushes the script's own metatable of the table, or nil; false where it has one that is not a script's.
static bool push_own_metatable(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) {
        lua_pushnil(L);
        return true;
    }
    bool own = lua_rawgetp(L, -1, &original_key) != LUA_TNIL;
    lua_remove(L, -2);
    return own;
}

static void check_metamethods(lua_State *L, int metatable) {
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        lua_pushstring(L, refused[i]);
        if (lua_rawget(L, metatable) != LUA_TNIL)
            luaL_error(L, "a script's metatable cannot have %s", refused[i]);
        lua_pop(L, 1);
    }
    // A table with a `__call` of its own could make a chain that Lua follows without counting.
    lua_pushliteral(L, "__call");
    int type = lua_rawget(L, metatable);
    if (type != LUA_TNIL && type != LUA_TFUNCTION)
        luaL_error(L, "__call takes a function, got %s", lua_typename(L, type));
    lua_pop(L, 1);
}

static int word_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    lua_settop(L, 2);
    bool own = push_own_metatable(L, 1);
    if (own && lua_type(L, 3) == LUA_TTABLE) {
        lua_pushliteral(L, "__metatable");
        own = lua_rawget(L, 3) == LUA_TNIL;
    }
    if (!own) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE) {
        check_metamethods(L, 2);
        if (lua_rawgetp(L, 2, &copy_key) != LUA_TTABLE) {
            lua_pop(L, 1);
            lua_createtable(L, 0, 4);
            lua_pushvalue(L, 2);
            lua_rawsetp(L, 3, &original_key);
            lua_pushvalue(L, 3);
            lua_rawsetp(L, 2, &copy_key);
        }
        for (size_t i = 0; i < sizeof metamethods / sizeof *metamethods; i++) {
            lua_pushstring(L, metamethods[i]);
            lua_pushvalue(L, -1);
            lua_rawget(L, 2);
            lua_rawset(L, 3);
        }
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int word_getmetatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (!push_own_metatable(L, 1)) {
        lua_pushboolean(L, 0);
        return 1;
    }
    if (lua_type(L, -1) == LUA_TTABLE) {
        lua_pushliteral(L, "__metatable");
        if (lua_rawget(L, -2) == LUA_TNIL) lua_pop(L, 1);
    }
    return 1;
}

// --- Raw access ---------------------------------------------------------------------------------------

static int word_rawequal(lua_State *L) {
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_pushboolean(L, lua_rawequal(L, 1, 2));
    return 1;
}

static int word_rawlen(lua_State *L) {
    int type = lua_type(L, 1);
    luaL_argexpected(L, type == LUA_TTABLE || type == LUA_TSTRING, 1, "table or string");
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

static int word_rawget(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    lua_rawget(L, 1);
    return 1;
}

static int word_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (!push_own_metatable(L, 1)) return luaL_error(L, "this table cannot be changed; keep your own in a local");
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 1;
}

// --- Texts --------------------------------------------------------------------------------------------

void mlb_push_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    const char *text = luaL_tolstring(L, index, NULL);
    int type = lua_type(L, index);
    bool may_be_address = type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN && type != LUA_TNIL;
    if (!may_be_address || strstr(text, ": 0x") == NULL) return;
    if (luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    lua_pop(L, 1);
    lua_pushstring(L, lua_typename(L, type));
}

static int word_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    mlb_push_text(L, 1);
    return 1;
}

// --- Going over tables --------------------------------------------------------------------------------

typedef struct Key {
    int type;
    bool is_integer;
    lua_Integer integer;
    lua_Number number;
    const char *text;
    size_t length;
    int position; // in the list of keys as Lua gave them
} Key;

static int rank(int type) {
    switch (type) {
    case LUA_TNUMBER: return 1;
    case LUA_TSTRING: return 2;
    case LUA_TBOOLEAN: return 3;
    default: return 4;
    }
}

static int compare_numbers(const Key *a, const Key *b) {
    if (a->is_integer && b->is_integer) return (a->integer > b->integer) - (a->integer < b->integer);
    // Keys that are whole numbers are integers, so a float that equals one is 2^63, which no integer reaches.
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return (int)b->is_integer - (int)a->is_integer;
}

// Numbers, then texts by bytes, then false and true, then the rest.
static int compare_keys(const Key *a, const Key *b) {
    int difference = rank(a->type) - rank(b->type);
    if (difference != 0) return difference;
    switch (a->type) {
    case LUA_TNUMBER: return compare_numbers(a, b);
    case LUA_TSTRING: {
        int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
        if (order != 0) return order;
        return (a->length > b->length) - (a->length < b->length);
    }
    default: return (int)a->integer - (int)b->integer;
    }
}

static void read_key(lua_State *L, int index, Key *key) {
    key->type = lua_type(L, index);
    switch (key->type) {
    case LUA_TNUMBER: {
        int is_integer;
        key->integer = lua_tointegerx(L, index, &is_integer);
        key->is_integer = is_integer != 0;
        key->number = lua_tonumber(L, index);
        break;
    }
    case LUA_TSTRING: key->text = lua_tolstring(L, index, &key->length); break;
    case LUA_TBOOLEAN: key->integer = lua_toboolean(L, index); break;
    default: break;
    }
}

static void merge(const Key *from, Key *to, int left, int middle, int right) {
    int a = left, b = middle;
    for (int i = left; i < right; i++)
        to[i] = a < middle && (b >= right || compare_keys(&from[b], &from[a]) >= 0) ? from[a++] : from[b++];
}

// Sorts and returns which of the two arrays holds the result.
static Key *sort_keys(lua_State *L, Key *keys, Key *scratch, int count) {
    for (int width = 1; width < count; width *= 2) {
        mlb_charge(L, (size_t)count);
        for (int left = 0; left < count; left += 2 * width) {
            int middle = left + width < count ? left + width : count;
            int right = left + 2 * width < count ? left + 2 * width : count;
            merge(keys, scratch, left, middle, right);
        }
        Key *sorted = scratch;
        scratch = keys;
        keys = sorted;
    }
    return keys;
}

// Pushes a list of the keys of the table at `index` as Lua gives them; says whether they are in order already.
static bool push_unsorted_keys(lua_State *L, int index, int *count) {
    lua_newtable(L);
    int list = lua_gettop(L);
    int objects = 0;
    bool in_order = true;
    Key last = {0}, key = {0};
    *count = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        // The bridge's own entries.
        if (lua_type(L, -1) == LUA_TLIGHTUSERDATA) continue;
        read_key(L, -1, &key);
        if (rank(key.type) == 4 && ++objects > 1)
            luaL_error(L, "keys that are tables or functions have no order; keep them in a list");
        if (*count > 0 && compare_keys(&last, &key) >= 0) in_order = false;
        last = key;
        if (++*count % 64 == 0) mlb_charge(L, 64);
        lua_pushvalue(L, -1);
        lua_rawseti(L, list, *count);
    }
    return in_order;
}

// Pushes a list of the keys of the table at `index`, in their order.
static void push_keys(lua_State *L, int index) {
    int count = 0;
    if (push_unsorted_keys(L, index, &count)) return;
    int list = lua_gettop(L);
    Key *keys = lua_newuserdatauv(L, 2 * (size_t)count * sizeof *keys, 0);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, list, i + 1);
        keys[i] = (Key){.position = i + 1};
        read_key(L, -1, &keys[i]);
        lua_pop(L, 1);
    }
    const Key *sorted = sort_keys(L, keys, keys + count, count);
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_rawgeti(L, list, sorted[i].position);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, list);
    lua_settop(L, list);
}

// Pushes the first key from `position` on that still has a value, and that; returns its position, or 0 with nil.
static int push_entry(lua_State *L, int table, int keys, int position) {
    for (;; position++) {
        if (lua_rawgeti(L, keys, position) == LUA_TNIL) return 0;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, table) != LUA_TNIL) return position;
        lua_pop(L, 2);
        mlb_charge(L, 1);
    }
}

// upvalues: the table, its keys, the last position
static int go_on(lua_State *L) {
    lua_settop(L, 0);
    int position = (int)lua_tointeger(L, lua_upvalueindex(3));
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, lua_upvalueindex(2));
    position = push_entry(L, 1, 2, position + 1);
    if (position == 0) return 1;
    lua_pushinteger(L, position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static void check_table(lua_State *L, const char *word) {
    if (lua_type(L, 1) == LUA_TTABLE) return;
    const char *got = lua_isnoneornil(L, 1) ? "a missing value" : luaL_typename(L, 1);
    luaL_error(L, "%s goes over a table, got %s", word, got);
}

static int word_pairs(lua_State *L) {
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    check_table(L, "pairs");
    lua_pushvalue(L, 1);
    push_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, go_on, 3);
    return 1;
}

static int refuse_key(lua_State *L) { return luaL_error(L, "next takes a key that the table has, or nothing"); }

// The position of the key at stack index 2 in the list `keys`; of the last one before it where it has been cleared.
static int position_of_key(lua_State *L, int keys) {
    Key wanted = {0}, key = {0};
    read_key(L, 2, &wanted);
    if (wanted.number != wanted.number) return refuse_key(L);
    for (int position = 1; lua_rawgeti(L, keys, position) != LUA_TNIL; position++) {
        if (lua_rawequal(L, 2, -1)) return position;
        read_key(L, -1, &key);
        if (rank(wanted.type) == 4 && rank(key.type) == 4) return refuse_key(L);
        if (compare_keys(&key, &wanted) > 0) return position - 1;
        lua_pop(L, 1);
        mlb_charge(L, 1);
    }
    return (int)lua_rawlen(L, keys);
}

// upvalue: a list of the table that was asked last and its keys
static int word_next(lua_State *L) {
    lua_settop(L, 2);
    check_table(L, "next");
    mlb_Context *context = mlb_context(L);
    bool goes_on = false;
    lua_rawgeti(L, lua_upvalueindex(1), 1);
    if (!lua_isnil(L, 2) && lua_rawequal(L, 1, 3)) {
        lua_rawgeti(L, lua_upvalueindex(1), 2);
        lua_rawgeti(L, 4, context->next_position);
        goes_on = lua_rawequal(L, 2, 5);
    }
    if (!goes_on) {
        lua_settop(L, 2);
        lua_pushvalue(L, 1);
        lua_rawseti(L, lua_upvalueindex(1), 1);
        lua_pushnil(L);
        push_keys(L, 1);
        lua_pushvalue(L, 4);
        lua_rawseti(L, lua_upvalueindex(1), 2);
        context->next_position = lua_isnil(L, 2) ? 0 : position_of_key(L, 4);
    }
    lua_settop(L, 4);
    int position = push_entry(L, 1, 4, context->next_position + 1);
    if (position == 0) return 1;
    context->next_position = position;
    return 2;
}

// --- The library --------------------------------------------------------------------------------------

void mlb_push_base_library(lua_State *L) {
    static const luaL_Reg own[] = {{"getmetatable", word_getmetatable},
                                   {"pairs", word_pairs},
                                   {"pcall", word_pcall},
                                   {"rawequal", word_rawequal},
                                   {"rawget", word_rawget},
                                   {"rawlen", word_rawlen},
                                   {"rawset", word_rawset},
                                   {"setmetatable", word_setmetatable},
                                   {"tostring", word_tostring},
                                   {"xpcall", word_xpcall},
                                   {NULL, NULL}};
    luaL_newlib(L, own);
    lua_createtable(L, 2, 0);
    lua_pushcclosure(L, word_next, 1);
    lua_setfield(L, -2, "next");
    static const char *const plain[] = {"assert", "error", "ipairs", "select", "tonumber", "type"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        lua_getglobal(L, plain[i]);
        lua_setfield(L, -2, plain[i]);
    }
    // The host's own Lua code catches no more than a script does.
    lua_pushcfunction(L, word_pcall);
    lua_setglobal(L, "pcall");
    lua_pushcfunction(L, word_xpcall);
    lua_setglobal(L, "xpcall");
}
