// Userdata that own an object of the host.
#include "context.h"

// What an object is taken to hold outside of Lua, so that a script cannot hoard what the allocator does not see.
enum { OBJECT_COST = 256 };

// Its address marks the metatables of objects; scripts cannot forge a light userdata.
static const char object_mark;

bool mlb_has_mark(lua_State *L, int index, const void *mark) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return false;
    bool marked = lua_rawgetp(L, -1, mark) != LUA_TNIL;
    lua_pop(L, 2);
    return marked;
}

void mlb_set_mark(lua_State *L, const void *mark) {
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, mark);
    lua_pushliteral(L, "locked");
    lua_setfield(L, -2, "__metatable");
}

static int collect_object(lua_State *L) {
    void **box = lua_touserdata(L, 1);
    if (box != NULL && *box != NULL) {
        // The object's deinit is Swift code like any other: nothing may jump out of it.
        mlb_Context *context = mlb_context(L);
        context->host_depth++;
        context->release(*box);
        context->host_depth--;
        context->used -= OBJECT_COST;
        *box = NULL;
    }
    return 0;
}

void mlb_new_object_metatable(lua_State *L) {
    lua_createtable(L, 0, 8);
    mlb_set_mark(L, &object_mark);
    lua_pushcfunction(L, collect_object);
    lua_setfield(L, -2, "__gc");
}

void mlb_push_object(lua_State *L, void *object, int metatable) {
    void **box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = object;
    mlb_push_ref(L, metatable);
    lua_setmetatable(L, -2);
    mlb_Context *context = mlb_context(L);
    context->used += OBJECT_COST;
    if (context->used > context->limit) context->is_overdrawn = true;
}

void *mlb_to_object(lua_State *L, int index) {
    return mlb_has_mark(L, index, &object_mark) ? *(void **)lua_touserdata(L, index) : NULL;
}
