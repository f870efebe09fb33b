// What is told of an error besides its text.
#include "context.h"

#include <string.h>

// lua_getstack counts levels from the innermost one, so that all levels of a deep recursion take its square.
enum { MOST_LEVELS = 64 };

static bool is_same(const mlb_Frame *a, const mlb_Frame *b) {
    return a->line == b->line && a->defined_at == b->defined_at && strcmp(a->source, b->source) == 0;
}

void mlb_note_trace(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    lua_Debug activation;
    // Unwound already: Lua asks for memory on its way out too, and is refused again.
    if (!lua_getstack(L, 0, &activation)) return;
    context->trace_count = 0;
    for (int level = 0; level < MOST_LEVELS && lua_getstack(L, level, &activation); level++) {
        lua_getinfo(L, "Sln", &activation);
        if (activation.currentline <= 0) continue;
        if (context->trace_count == MLB_TRACE_LENGTH) return;
        mlb_Frame *frame = &context->trace[context->trace_count];
        memcpy(frame->source, activation.short_src, sizeof frame->source);
        frame->line = activation.currentline;
        frame->defined_at = *activation.what == 'm' ? 0 : activation.linedefined;
        frame->name[0] = '\0';
        // What is on its way out by `return f()` has no name.
        if (activation.name != NULL) strncat(frame->name, activation.name, sizeof frame->name - 1);
        // A function that calls itself is told once.
        if (context->trace_count == 0 || !is_same(frame, frame - 1)) context->trace_count++;
    }
}

int mlb_tell_error(lua_State *L) {
    if (lua_type(L, 1) != LUA_TTABLE || luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) return 1;
    // It is its script's code, which may raise, and then has said nothing.
    lua_pushvalue(L, 1);
    int status = lua_pcall(L, 1, 1, 0);
    mlb_note_status(L, status);
    mlb_raise_if_stopped(L);
    if (status != LUA_OK || lua_type(L, -1) != LUA_TSTRING) lua_settop(L, 1);
    return 1;
}

int mlb_handle_error(lua_State *L) {
    if (mlb_is_stop(L, 1)) return 1;
    mlb_note_trace(L);
    return mlb_tell_error(L);
}
