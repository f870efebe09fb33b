// What Swift cannot do safely itself: everything in Lua that may jump.
//
// A Lua error is a longjmp and must never cross a Swift frame. So Swift functions that Lua calls return a
// count or -1, and the trampoline here raises after they have returned; Lua code runs only inside
// mlb_pcall; and while Swift runs, the allocator lets allocations overdraw the limit, which the
// trampoline settles when it regains control.
#ifndef MOONLETTER_BRIDGE_H
#define MOONLETTER_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

struct sqlite3_stmt;

// What `dispatch` returns instead of a count, with the error on top of the stack.
enum {
    MLB_RAISE = -1,      // the place of the calling script is put before a text
    MLB_RAISE_AS_IS = -2 // the text has its place already
};

typedef struct mlb_Context {
    size_t used;    // bytes that Lua holds
    size_t limit;   // bytes that Lua code may hold
    int host_depth; // above 0 while Swift runs
    void *host;     // given back to the two callbacks
    // Runs host function `id`; returns the number of results on the stack, or one of the above.
    int (*dispatch)(void *host, int32_t id, lua_State *L);
    // Lua has collected an object that was pushed with mlb_push_object; the limit does not bind meanwhile.
    void (*release)(void *object);
} mlb_Context;

// A state whose allocations count against `context`, with Lua's libraries open; NULL without memory.
// The context must live longer than the state.
lua_State *mlb_open(mlb_Context *context);

// Loads text (never bytecode); pushes the function, or the error message, and returns Lua's status.
int mlb_load(lua_State *L, const char *text, size_t size, const char *name);

// Calls the function below its `nargs` arguments with the memory limit in force; returns Lua's status.
int mlb_pcall(lua_State *L, int nargs, int nresults);

// Makes the Lua code that runs now, and all that is called afterwards in this process, end with the error
// "interrupted". May be called from a signal handler.
void mlb_interrupt(void);

// Pushes a Lua function that runs host function `id`.
void mlb_push_host_function(lua_State *L, int32_t id);

// The level of the nearest script line that the running host function was called from; C functions such as
// pcall and the metamethods of rows may stand between.
int mlb_calling_level(lua_State *L);

// Makes missing values behave as rules need: an ordered comparison is false, arithmetic and indexing are
// missing. `==`, truthiness, `..`, calls and assignment keep Lua's meaning.
void mlb_install_missing_values(lua_State *L);

// Pushes `tostring` and `string.format` for scripts: the same without addresses, which differ from run to run.
void mlb_push_text_functions(lua_State *L);

// Pushes a new metatable for objects of one kind.
void mlb_new_object_metatable(lua_State *L);

// Pushes a userdata that owns one reference to `object`; `metatable` is its reference in the registry.
void mlb_push_object(lua_State *L, void *object, int metatable);

// The object of a userdata made by mlb_push_object, or NULL.
void *mlb_to_object(lua_State *L, int index);

// --- Rows ---------------------------------------------------------------------------------------------

enum mlb_ColumnKind { MLB_PLAIN, MLB_BOOLEAN, MLB_SCALED };

typedef struct mlb_Column {
    int kind;       // enum mlb_ColumnKind
    double divisor; // of MLB_SCALED: minor units in a major unit
} mlb_Column;

// The customer whose turn it is. `serial` grows with each turn, so that a row that a script kept can tell
// that its turn is over.
typedef struct mlb_Cursor {
    struct sqlite3_stmt *statement; // column 0 is the id
    const mlb_Column *columns;      // of the columns from 1 on
    uint64_t serial;
    int64_t id;
} mlb_Cursor;

// Goes before the first row with an id above `after`.
void mlb_cursor_start(mlb_Cursor *cursor, struct sqlite3_stmt *statement, const mlb_Column *columns, int64_t after);

// Goes to the next row: 1 for a row, 0 at the end, else minus SQLite's error code.
int mlb_cursor_step(mlb_Cursor *cursor);

// Ends the turn of the row, if there is one: scripts that kept it get an error from now on.
void mlb_cursor_stop(mlb_Cursor *cursor);

// Pops a table (field name -> column number, or a method) and pushes the metatable of rows.
// Names that the table lacks are answered by host function `fallback`, called with the row and the name.
void mlb_new_row_metatable(lua_State *L, int32_t fallback);

// Pushes the row whose turn it is; `metatable` is its reference in the registry.
void mlb_push_row(lua_State *L, mlb_Cursor *cursor, int metatable);

// The id of a row whose turn it is; 0 for anything else.
int64_t mlb_row_id(lua_State *L, int index);

// --- Macros that Swift does not see -------------------------------------------------------------------

static inline int mlb_registry_index(void) { return LUA_REGISTRYINDEX; }
static inline void mlb_pop(lua_State *L, int n) { lua_pop(L, n); }
static inline int mlb_ref(lua_State *L) { return luaL_ref(L, LUA_REGISTRYINDEX); }
static inline void mlb_unref(lua_State *L, int ref) { luaL_unref(L, LUA_REGISTRYINDEX, ref); }
static inline int mlb_push_ref(lua_State *L, int ref) { return lua_rawgeti(L, LUA_REGISTRYINDEX, ref); }
static inline void mlb_collect(lua_State *L) { lua_gc(L, LUA_GCCOLLECT, 0); }
static inline void mlb_new_table(lua_State *L) { lua_newtable(L); }
static inline int mlb_absolute(lua_State *L, int index) { return lua_absindex(L, index); }
static inline const char *mlb_release(void) { return LUA_RELEASE; }

#endif
