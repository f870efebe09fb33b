// What the files of the bridge share and Swift does not see.
#ifndef MOONLETTER_CONTEXT_H
#define MOONLETTER_CONTEXT_H

#include "bridge.h"
#include "library.h"

// The context of a state or of one of its coroutines.
static inline mlb_Context *mlb_context(lua_State *L) { return *(mlb_Context **)lua_getextraspace(L); }

// Runs host function `id` with the arguments on the stack, as if it had been called.
int mlb_call_host(lua_State *L, int32_t id);

// Marks the metatable on top as one of ours, which scripts can neither see nor change.
void mlb_set_mark(lua_State *L, const void *mark);

// Whether the value is a userdata whose metatable has this mark.
bool mlb_has_mark(lua_State *L, int index, const void *mark);

// --- Memory (memory.c) --------------------------------------------------------------------------------

void *mlb_allocate(void *context, void *block, size_t old_size, size_t new_size);

// Gives all pooled memory back; after lua_close.
void mlb_free_pools(mlb_Context *context);

// --- Budgets (budget.c) -------------------------------------------------------------------------------

// Makes the watchdog look after the context, from now on and no longer.
void mlb_watch(mlb_Context *context);
void mlb_unwatch(mlb_Context *context);

// Begins and ends a call from outside. Nested ones change nothing: the budget of the outermost holds.
void mlb_begin(lua_State *L, const mlb_Limits *limits);
void mlb_end(lua_State *L);

// Begins the next call of a series within one mlb_begin, with a fresh budget.
void mlb_renew(mlb_Context *context);

// From now on, `L` is the thread of Lua that runs; returns the one that ran before.
lua_State *mlb_switch_to(lua_State *L);

// Raises what ended the running call, if something did; pcall and the like ask it before they go on.
void mlb_raise_if_stopped(lua_State *L);

// Ends the running call if its budget is used up, or on an interrupt.
void mlb_look(lua_State *L);

// Ends the running call for lack of memory.
int mlb_raise_out_of_memory(lua_State *L);

// After a protected call that failed with `status`: notes the end where it was one that nothing may swallow.
void mlb_note_status(lua_State *L, int status);

// Whether the value is the error by which a stopped call unwinds.
bool mlb_is_stop(lua_State *L, int index);

// --- What is simulated (overlay.c) --------------------------------------------------------------------

enum mlb_Reading { MLB_READ_STORED, MLB_READ_SIMULATED, MLB_READ_BY_HOST };

// Where the value of a customer's field comes from, whose name is at `index`; a simulated one is pushed.
enum mlb_Reading mlb_read_simulated(lua_State *L, const mlb_Overlay *overlay, int64_t customer, int index);

// --- Errors (errors.c) --------------------------------------------------------------------------------

// Notes where the scripts are, innermost first, for the error that is about to unwind them.
void mlb_note_trace(lua_State *L);

// Makes a text of an error object that can tell one.
int mlb_tell_error(lua_State *L);

// The message handler of calls from outside: notes the trace, and makes a text of the error.
int mlb_handle_error(lua_State *L);

// --- Output (outputs.c) -------------------------------------------------------------------------------

// Gives the buffer of the output back.
void mlb_free_output(mlb_Context *context);

// --- Words (words.c, tables.c, utf8.c, random.c, outputs.c) -------------------------------------------

void mlb_push_base_library(lua_State *L);
void mlb_push_table_library(lua_State *L);
void mlb_push_utf8_library(lua_State *L);
void mlb_push_random_functions(lua_State *L);
void mlb_push_output_functions(lua_State *L);

#endif
