#include "bridge.h"

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

int mlb_pcall(lua_State *L, int nargs, int nresults) {
    mlb_Context *context = context_of(L);
    int depth = context->host_depth;
    context->host_depth = 0;
    int status = lua_pcall(L, nargs, nresults, 0);
    context->host_depth = depth;
    return status;
}

// Raises the error value on top, with the place of the calling script where it is a text.
static int raise(lua_State *L) {
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
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
    if (results < 0) return raise(L);
    if (context->used > context->limit) {
        lua_gc(L, LUA_GCCOLLECT, 0);
        if (context->used > context->limit) return luaL_error(L, "not enough memory");
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
        context_of(L)->release(*box);
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
