// A Lua state: its life, calls into it, and calls from it into the host.
#include "context.h"

#include <stdlib.h>
#include <string.h>

// --- Life ---------------------------------------------------------------------------------------------

static int set_up(lua_State *L) {
    luaL_openlibs(L);
    // Lua 5.4.4 makes this text, where it needs it, outside of any protection: it must be there already.
    lua_pushliteral(L, "error in error handling");
    luaL_ref(L, LUA_REGISTRYINDEX);
    // Rules leave much garbage and keep little, so a collection at each doubling is mostly marking in vain.
    lua_gc(L, LUA_GCINC, 1000, 400, 0);
    return 0;
}

lua_State *mlb_open(mlb_Context *context) {
    context->host_depth = 1;
    context->limit = context->total_limit;
    lua_State *L = lua_newstate(mlb_allocate, context);
    if (L == NULL) return NULL;
    *(mlb_Context **)lua_getextraspace(L) = context;
    lua_pushcfunction(L, set_up);
    if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
        mlb_close(L);
        return NULL;
    }
    if (context->is_limited) mlb_watch(context);
    return L;
}

void mlb_close(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    mlb_unwatch(context);
    context->host_depth = 1;
    lua_close(L);
    mlb_free_output(context);
    mlb_free_pools(context);
}

// --- Calls into Lua -----------------------------------------------------------------------------------

// Swift has pushed more than the limit allows since the last call.
static bool is_out_of_memory(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    if (!context->is_overdrawn) return false;
    context->is_overdrawn = false;
    if (!context->fails_allocations) {
        lua_gc(L, LUA_GCCOLLECT, 0);
        if (context->used <= context->limit) return false;
    }
    if (context->stopped == MLB_RUNNING) context->stopped = MLB_OUT_OF_MEMORY;
    return true;
}

// Runs the function below its arguments, with a message handler at `handler`, as scripts run.
static int run(lua_State *L, int nargs, int nresults, int handler) {
    mlb_Context *context = mlb_context(L);
    int depth = context->host_depth;
    context->host_depth = 0;
    int status = lua_pcall(L, nargs, nresults, handler);
    context->host_depth = depth;
    mlb_note_status(L, status);
    return status;
}

int mlb_call(lua_State *L, int nargs, int nresults, const mlb_Limits *limits, uint64_t place) {
    mlb_Context *context = mlb_context(L);
    int base = lua_gettop(L) - nargs;
    if (context->stopped != MLB_RUNNING || is_out_of_memory(L)) {
        lua_settop(L, base - 1);
        lua_pushnil(L);
        return LUA_ERRRUN;
    }
    mlb_Dice outer_dice = context->dice;
    context->dice = (mlb_Dice){.place = place};
    size_t written = context->output_length;
    mlb_begin(L, limits);
    lua_pushcfunction(L, mlb_handle_error);
    lua_insert(L, base);
    int status = run(L, nargs, nresults, base);
    if (status != LUA_OK) context->output_length = written;
    lua_remove(L, base);
    mlb_end(L);
    context->dice = outer_dice;
    return status;
}

typedef struct Source {
    const char *text;
    size_t size;
    const char *name;
} Source;

static int load_source(lua_State *L) {
    const Source *source = lua_touserdata(L, 1);
    if (luaL_loadbufferx(L, source->text, source->size, source->name, "t") != LUA_OK) return lua_error(L);
    return 1;
}

int mlb_load(lua_State *L, const char *text, size_t size, const char *name, const mlb_Limits *limits) {
    Source source = {text, size, name};
    lua_pushcfunction(L, load_source);
    lua_pushlightuserdata(L, &source);
    return mlb_call(L, 1, 1, limits, 0);
}

// Makes a text of the error on top of a coroutine, which itself runs nothing more.
static void tell_error_of(lua_State *coroutine, lua_State *from) {
    mlb_switch_to(from);
    lua_pushcfunction(from, mlb_tell_error);
    lua_xmove(coroutine, from, 1);
    mlb_note_status(from, lua_pcall(from, 1, 1, 0));
    lua_xmove(from, coroutine, 1);
    mlb_switch_to(coroutine);
    // Nothing else would take it from this thread of Lua.
    lua_sethook(from, NULL, 0, 0);
}

int mlb_resume(lua_State *coroutine, lua_State *from, int nargs, int *nresults, const mlb_Limits *limits,
               uint64_t place, int *pcall_depth) {
    mlb_Context *context = mlb_context(coroutine);
    *nresults = 1;
    if (context->stopped != MLB_RUNNING || is_out_of_memory(coroutine)) return LUA_ERRRUN;
    mlb_Dice outer_dice = context->dice;
    context->dice = (mlb_Dice){.place = place};
    mlb_begin(coroutine, limits);
    lua_State *outer = mlb_switch_to(coroutine);
    int depth = context->host_depth, outer_pcalls = context->pcall_depth;
    context->host_depth = 0;
    // The protected calls in which it waited are still under way.
    context->pcall_depth = *pcall_depth;
    int status = lua_resume(coroutine, from, nargs, nresults);
    mlb_note_status(coroutine, status);
    if (status != LUA_OK && status != LUA_YIELD && context->stopped == MLB_RUNNING) {
        // Its stack is as the error left it. It is never closed, for that would run what it has to close.
        mlb_note_trace(coroutine);
        tell_error_of(coroutine, from);
    }
    *pcall_depth = context->pcall_depth;
    context->pcall_depth = outer_pcalls;
    context->host_depth = depth;
    mlb_switch_to(outer);
    mlb_end(coroutine);
    context->dice = outer_dice;
    return status;
}

// --- Calls into the host ------------------------------------------------------------------------------

int mlb_calling_level(lua_State *L) {
    lua_Debug activation;
    for (int level = 1; lua_getstack(L, level, &activation); level++) {
        lua_getinfo(L, "Sl", &activation);
        // The host's own Lua, such as the word load, is no place of a script.
        if (activation.currentline > 0 && *activation.short_src != '(') return level;
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

static void settle_memory(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    context->is_overdrawn = false;
    if (!context->fails_allocations) {
        lua_gc(L, LUA_GCCOLLECT, 0);
        if (context->used <= context->limit) return;
    }
    mlb_raise_out_of_memory(L);
}

int mlb_call_host(lua_State *L, int32_t id) {
    mlb_Context *context = mlb_context(L);
    context->host_depth++;
    int results = context->dispatch(context->host, id, L);
    context->host_depth--;
    // What the host called may have been ended by force, and the host cannot go on from there.
    mlb_raise_if_stopped(L);
    if (__builtin_expect(context->is_overdrawn, 0)) settle_memory(L);
    // Few instructions may ask for much work of the host, so a call that is watched is looked at each time.
    if (__builtin_expect(context->is_watched, 0)) mlb_look(L);
    switch (results) {
    case MLB_RAISE: return raise_error(L);
    case MLB_RAISE_AS_IS: return lua_error(L);
    case MLB_YIELD: return lua_yield(L, 1);
    default: return results;
    }
}

static int host_function(lua_State *L) { return mlb_call_host(L, (int32_t)lua_tointeger(L, lua_upvalueindex(1))); }

void mlb_push_host_function(lua_State *L, int32_t id) {
    lua_pushinteger(L, id);
    lua_pushcclosure(L, host_function, 1);
}

// --- Missing values -----------------------------------------------------------------------------------

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

void mlb_push_libraries(lua_State *L) {
    mlb_push_base_library(L);
    mlb_push_string_library(L);
    mlb_push_table_library(L);
    mlb_push_utf8_library(L);
    mlb_push_random_functions(L);
    mlb_push_output_functions(L);
}
