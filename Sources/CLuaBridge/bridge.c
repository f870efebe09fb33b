#include "bridge.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static mlb_Context *context_of(lua_State *L) { return *(mlb_Context **)lua_getextraspace(L); }

static void *allocate(void *data, void *block, size_t old_size, size_t new_size) {
    mlb_Context *context = data;
    // For a new block Lua passes the kind of object instead of a size.
    if (block == NULL) old_size = 0;
    if (new_size == 0) {
        free(block);
        context->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && context->host_depth == 0 && context->used + (new_size - old_size) > context->limit)
        return NULL;
    void *result = realloc(block, new_size);
    if (result != NULL) context->used = context->used - old_size + new_size;
    return result;
}

lua_State *mlb_open(mlb_Context *context) {
    context->host_depth = 1;
    lua_State *L = lua_newstate(allocate, context);
    if (L == NULL) return NULL;
    *(mlb_Context **)lua_getextraspace(L) = context;
    luaL_openlibs(L);
    return L;
}

int mlb_load(lua_State *L, const char *text, size_t size, const char *name) {
    return luaL_loadbufferx(L, text, size, name, "t");
}

// The state whose Lua code runs, and whether it is to end, for the signal handler.
static lua_State *volatile running;
static volatile sig_atomic_t interrupted;

static void raise_interrupt(lua_State *L, lua_Debug *activation) {
    (void)activation;
    // The hook stays, so that a pcall in the script only meets the next instruction.
    luaL_error(L, "interrupted");
}

void mlb_interrupt(void) {
    interrupted = 1;
    lua_State *L = running;
    if (L != NULL) lua_sethook(L, raise_interrupt, LUA_MASKCOUNT | LUA_MASKCALL | LUA_MASKRET, 1);
}

int mlb_pcall(lua_State *L, int nargs, int nresults) {
    mlb_Context *context = context_of(L);
    int depth = context->host_depth;
    lua_State *outer = running;
    context->host_depth = 0;
    running = L;
    // A request that came before there was a state to interrupt.
    if (interrupted) lua_sethook(L, raise_interrupt, LUA_MASKCOUNT | LUA_MASKCALL | LUA_MASKRET, 1);
    int status = lua_pcall(L, nargs, nresults, 0);
    running = outer;
    context->host_depth = depth;
    return status;
}

int mlb_calling_level(lua_State *L) {
    lua_Debug activation;
    for (int level = 1; lua_getstack(L, level, &activation); level++) {
        lua_getinfo(L, "l", &activation);
        if (activation.currentline > 0) return level;
    }
    return 1;
}

// Raises the error value on top, with the place of the calling script where it is a text.
static int raise_error(lua_State *L) {
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, mlb_calling_level(L));
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int call_host(lua_State *L, int32_t id) {
    mlb_Context *context = context_of(L);
    context->host_depth++;
    int results = context->dispatch(context->host, id, L);
    context->host_depth--;
    if (results == MLB_RAISE_AS_IS) return lua_error(L);
    if (results < 0) return raise_error(L);
    if (context->used > context->limit) {
        lua_gc(L, LUA_GCCOLLECT, 0);
        if (context->used > context->limit) {
            // Without the results, so that there is room for the error.
            lua_settop(L, 0);
            lua_gc(L, LUA_GCCOLLECT, 0);
            return luaL_error(L, "not enough memory");
        }
    }
    return results;
}

static int host_function(lua_State *L) { return call_host(L, (int32_t)lua_tointeger(L, lua_upvalueindex(1))); }

void mlb_push_host_function(lua_State *L, int32_t id) {
    lua_pushinteger(L, id);
    lua_pushcclosure(L, host_function, 1);
}

static int give_false(lua_State *L) {
    lua_pushboolean(L, 0);
    return 1;
}

static int give_nil(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

void mlb_install_missing_values(lua_State *L) {
    static const char *const missing[] = {"__add", "__sub", "__mul",  "__div", "__mod",
                                          "__pow", "__unm", "__idiv", "__index"};
    lua_pushnil(L);
    lua_createtable(L, 0, 12);
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        lua_pushcfunction(L, give_nil);
        lua_setfield(L, -2, missing[i]);
    }
    lua_pushcfunction(L, give_false);
    lua_setfield(L, -2, "__lt");
    lua_pushcfunction(L, give_false);
    lua_setfield(L, -2, "__le");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

// --- Texts without addresses --------------------------------------------------------------------------

// Pushes what `tostring` says about the value, but only its type where that is an address.
static void push_text(lua_State *L, int index) {
    const char *text = luaL_tolstring(L, index, NULL);
    int type = lua_type(L, index);
    bool may_be_address = type != LUA_TSTRING && type != LUA_TNUMBER && type != LUA_TBOOLEAN && type != LUA_TNIL;
    if (may_be_address && strstr(text, ": 0x") != NULL) {
        lua_pop(L, 1);
        lua_pushstring(L, lua_typename(L, type));
    }
}

static int plain_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

static bool asks_for_address(const char *format) {
    while ((format = strchr(format, '%')) != NULL) {
        format += 1 + strspn(format + 1, "-+ #0123456789.");
        if (*format == 'p') return true;
        if (*format != '\0') format++;
    }
    return false;
}

// upvalue: Lua's own string.format, which runs in this call, so that its errors name the script's line.
static int plain_format(lua_State *L) {
    size_t length = 0;
    const char *format = luaL_checklstring(L, 1, &length);
    // A format with a NUL byte may hide the rest of itself from strchr; Lua does not need such formats.
    if (strlen(format) != length) return luaL_argerror(L, 1, "a format cannot contain a zero byte");
    if (asks_for_address(format)) return luaL_argerror(L, 1, "%p gives an address, which differs from run to run");
    int count = lua_gettop(L);
    for (int i = 2; i <= count; i++) {
        int type = lua_type(L, i);
        if (type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA || type == LUA_TLIGHTUSERDATA) {
            push_text(L, i);
            lua_replace(L, i);
        }
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void mlb_push_text_functions(lua_State *L) {
    lua_pushcfunction(L, plain_tostring);
    lua_getglobal(L, LUA_STRLIBNAME);
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, plain_format, 1);
    lua_remove(L, -2);
}

// --- Objects ------------------------------------------------------------------------------------------

// Its address marks the metatables of objects; scripts cannot forge a light userdata.
static const char object_mark;

static bool has_mark(lua_State *L, int index, const char *mark) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return false;
    bool marked = lua_rawgetp(L, -1, mark) != LUA_TNIL;
    lua_pop(L, 2);
    return marked;
}

static void set_mark(lua_State *L, const char *mark) {
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, mark);
    lua_pushliteral(L, "locked");
    lua_setfield(L, -2, "__metatable");
}

static int collect_object(lua_State *L) {
    void **box = lua_touserdata(L, 1);
    if (box != NULL && *box != NULL) {
        // The object's deinit is Swift code like any other: nothing may jump out of it.
        mlb_Context *context = context_of(L);
        context->host_depth++;
        context->release(*box);
        context->host_depth--;
        *box = NULL;
    }
    return 0;
}

void mlb_new_object_metatable(lua_State *L) {
    lua_createtable(L, 0, 8);
    set_mark(L, &object_mark);
    lua_pushcfunction(L, collect_object);
    lua_setfield(L, -2, "__gc");
}

void mlb_push_object(lua_State *L, void *object, int metatable) {
    void **box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = object;
    mlb_push_ref(L, metatable);
    lua_setmetatable(L, -2);
}

void *mlb_to_object(lua_State *L, int index) {
    return has_mark(L, index, &object_mark) ? *(void **)lua_touserdata(L, index) : NULL;
}
