// What Swift cannot do safely itself: everything in Lua that may jump.
//
// A Lua error is a longjmp and must never cross a Swift frame. So Swift functions that Lua calls return a
// count or a code, and the trampoline here raises after they have returned; Lua code runs only inside mlb_call,
// mlb_load, mlb_resume and mlb_scan; and while Swift runs, the allocator lets allocations overdraw the limit, which
// the trampoline settles when it regains control.
#ifndef MOONLETTER_BRIDGE_H
#define MOONLETTER_BRIDGE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

struct sqlite3_stmt;

// What `dispatch` returns instead of a count.
enum {
    MLB_RAISE = -1,       // the error is on top of the stack; the place of the calling script is put before a text
    MLB_RAISE_AS_IS = -2, // the same, but the text has its place already
    MLB_YIELD = -3        // the value on top goes to who resumed the coroutine
};

// Why a call was ended by force.
enum mlb_Stop { MLB_RUNNING, MLB_OUT_OF_MEMORY, MLB_OUT_OF_TIME, MLB_OUT_OF_STEPS, MLB_INTERRUPTED };

// What one call from outside may use.
typedef struct mlb_Limits {
    size_t memory;        // bytes more than were held when it began
    uint64_t steps;       // instructions, and steps of library functions
    uint64_t nanoseconds; // of its thread's processor time
} mlb_Limits;

// Where a script was when an error was raised: one of the functions that called each other.
typedef struct mlb_Frame {
    char source[LUA_IDSIZE]; // the chunk, as Lua shortens it
    int line;
    int defined_at;          // the line where the function begins; 0 for a whole chunk
    char name[48];           // as the caller named it; empty where it had no name
} mlb_Frame;

// The state of math.random within one call.
typedef struct mlb_Dice {
    uint64_t place; // of the rule that is called
    bool is_seeded;
    uint64_t state[4];
} mlb_Dice;

enum { MLB_POOL_CLASSES = 16, MLB_TRACE_LENGTH = 12 };

typedef struct mlb_Context {
    // Set by the host before mlb_open.
    size_t total_limit; // bytes that Lua code may hold
    uint64_t seed;      // of math.random, together with place and customer
    bool is_limited;    // whether steps and time are limited; memory always is
    void *host;         // given back to the callbacks
    // Runs host function `id`; returns the number of results on the stack, or one of the codes above.
    int (*dispatch)(void *host, int32_t id, lua_State *L);
    // Lua has collected an object that was pushed with mlb_push_object; the limit does not bind meanwhile.
    void (*release)(void *object);

    // Read by the host after a call.
    int stopped;             // enum mlb_Stop
    bool is_limit_total;     // the call may hold no more because of total_limit
    bool has_huge_table;     // it was a table with too many keys that memory was refused to
    int trace_count;
    mlb_Frame trace[MLB_TRACE_LENGTH]; // innermost first

    // The bridge's own.
    size_t used;             // bytes that Lua holds
    uint64_t steps;          // steps that the call has used, counted in batches
    size_t limit;            // bytes that the running call may hold
    int host_depth;          // above 0 while Swift runs
    int call_depth;          // calls from outside that are under way
    int pcall_depth;         // protected calls of scripts that are under way
    bool is_overdrawn;       // an allocation passed the limit while Swift ran
    bool was_refused;        // an allocation of Lua's own
    bool fails_allocations;
    uint64_t allocations_to_failure;
    void *pools[MLB_POOL_CLASSES];
    void *slabs;
    mlb_Limits limits;
    int64_t fuel, batch;     // steps left until the next look, of so many
    uint64_t looked_at;
    char *output;            // what templates have written so far (outputs.c)
    size_t output_length, output_room;
    mlb_Dice dice;
    int64_t customer;
    int next_position;       // of the traversal that `next` goes on with
    lua_State *volatile running;
    volatile bool is_watched; // the hook is set
    bool is_running, is_signalled; // these three are read and written atomically
    uint64_t turn;
    uint64_t turn_seen;      // the watchdog's
    pthread_t thread;
    struct mlb_Context *outer; // whose call this one's call is part of, on the same thread
    struct mlb_Context *next;
} mlb_Context;

// A state whose allocations count against `context`, with Lua's libraries open; NULL where they do not open. Where the
// system has no memory left, the program ends.
// The context must live longer than the state.
lua_State *mlb_open(mlb_Context *context);

// Closes the state and gives its memory back.
void mlb_close(lua_State *L);

// Loads text (never bytecode) within `limits`; pushes the function, or the error, and returns Lua's status.
int mlb_load(lua_State *L, const char *text, size_t size, const char *name, const mlb_Limits *limits);

// Calls the function below its `nargs` arguments within `limits`, or within those of the call that is under
// way; pushes `nresults` results, or the error, and returns Lua's status. `place` seeds math.random.
int mlb_call(lua_State *L, int nargs, int nresults, const mlb_Limits *limits, uint64_t place);

// The same for a coroutine, which is begun or resumed with `nargs` arguments; LUA_YIELD where it waits again,
// with `*nresults` values on its stack. `from` is the state that resumes it; `*pcall_depth` is 0 at first, and
// kept by the caller from then on.
int mlb_resume(lua_State *coroutine, lua_State *from, int nargs, int *nresults, const mlb_Limits *limits,
               uint64_t place, int *pcall_depth);

// Ends the Lua code that runs now in any thread, and all that is called afterwards, until mlb_clear_interrupt. May
// be called from a signal handler.
void mlb_interrupt(void);
void mlb_clear_interrupt(void);
bool mlb_is_interrupted(void);

// Lets a state run again after a call was ended by force. What the script was about to do stays undone.
void mlb_revive(lua_State *L);

// Makes the nth allocation from now on fail, and all that follow until `nth` is 0 again; for tests.
void mlb_fail_allocations(mlb_Context *context, uint64_t nth);

// Pushes a Lua function that runs host function `id`.
void mlb_push_host_function(lua_State *L, int32_t id);

// The level of the nearest script line that the running host function was called from; C functions such as
// pcall and the metamethods of rows may stand between.
int mlb_calling_level(lua_State *L);

// Makes missing values behave as rules need: an ordered comparison is false, arithmetic and indexing are
// missing. `==`, truthiness, `..`, calls and assignment keep Lua's meaning.
void mlb_install_missing_values(lua_State *L);

// Pushes the words of Lua that scripts may have, as tables: base, string, table, utf8, math's random functions.
void mlb_push_libraries(lua_State *L);

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

// The customer whose turn it is. `serial` tells turns apart, so that a row that a script kept can tell
// that its turn is over.
typedef struct mlb_Cursor {
    struct sqlite3_stmt *statement; // column 0 is the id
    const mlb_Column *columns;      // of the columns from 1 on
    uint64_t turns;     // how many there have been
    uint64_t serial;    // of the turn
    bool has_row;       // whether a row has its turn
    int64_t id;
    bool is_over;       // there was no next row
    int failure;        // SQLite's error code of the last step, or 0; there is no way on
    bool wants_columns; // set by the host: a rule has read a column that the statement lacks
    const struct mlb_Overlay *overlay; // set by the host: what is simulated of customers; NULL where nothing ever is
} mlb_Cursor;

// Goes before the first row with an id above `after` and at most `last`.
void mlb_cursor_start(mlb_Cursor *cursor, struct sqlite3_stmt *statement, const mlb_Column *columns, int64_t after,
                      int64_t last);

// Goes to the next row: 1 for a row, 0 at the end, else minus SQLite's error code.
int mlb_cursor_step(mlb_Cursor *cursor);

// Leaves the statement, which must still be there, so that it keeps no place in the database.
void mlb_cursor_leave(mlb_Cursor *cursor);

// Ends the turn of the row, if there is one: scripts that kept it get an error from now on.
void mlb_cursor_stop(mlb_Cursor *cursor);

// Pops a table (field name -> column number, or a method) and pushes the metatable of rows.
// Names that the table lacks are answered by host function `fallback`, called with the row and the name.
void mlb_new_row_metatable(lua_State *L, int32_t fallback);

// Pushes the row whose turn it is; `metatable` is its reference in the registry.
void mlb_push_row(lua_State *L, mlb_Cursor *cursor, int metatable);

// Whether the value is the row whose turn it is; gives its id.
bool mlb_to_row(lua_State *L, int index, int64_t *id);

enum mlb_FilterKind { MLB_PREDICATE, MLB_BOTH, MLB_EITHER, MLB_WITHOUT, MLB_NOT, MLB_COLUMN, MLB_EVERY_ROW };

// A part of an audience; the whole is an array of parts, the last of which is the root. Several may refer to one.
typedef struct mlb_Filter {
    int kind;       // enum mlb_FilterKind
    int first;      // of MLB_PREDICATE its reference in the registry, of MLB_COLUMN the column of the statement that
                    // holds 1 or 0, else the index of a part
    int second;     // of MLB_BOTH, MLB_EITHER and MLB_WITHOUT the index of another part
    uint64_t place; // of MLB_PREDICATE, for math.random
} mlb_Filter;

typedef struct mlb_Scan {
    mlb_Cursor *cursor;
    int metatable;            // of rows, its reference in the registry
    const mlb_Filter *filter;
    int part_count;
    bool stays;               // ask about the row whose turn it is, and step no further
    int64_t *ids;             // takes the ids of the rows that the filter holds for
    int capacity;             // the scan pauses when so many are found; their last one is the row whose turn it is
    int found;
    int asked;                // the part that was asked last
    int answer_type;          // Lua's type of its answer, where that was neither true, false nor nothing
    bool answers_row;         // and whether that was a customer
    int code;                 // SQLite's, where a step failed
    uint64_t *passed;         // counts for each part the rows that it held for; NULL where nobody wants to know
} mlb_Scan;

enum { MLB_SCAN_DONE = -1, MLB_SCAN_PAUSED = -2, MLB_SCAN_NO_BOOLEAN = -3, MLB_SCAN_FAILED = -4 };

// Steps over rows and asks the filter about each, each with a budget of its own. Returns one of the codes
// above, or Lua's status where a predicate raised; the error is then on the stack.
// Cost: one call of Lua a predicate, and no more than a few allocations of 32 bytes a row.
int mlb_scan(lua_State *L, mlb_Scan *scan, const mlb_Limits *limits);

// --- Relations ----------------------------------------------------------------------------------------

enum { MLB_MOST_COLUMNS = 24, MLB_MOST_CONDITIONS = 50 };

// What a column of a relation can be compared with.
enum mlb_Comparison { MLB_AS_TEXT, MLB_AS_NUMBER, MLB_AS_MONEY, MLB_AS_NOTHING };

typedef struct mlb_RelationColumn {
    int kind;         // enum mlb_ColumnKind
    double divisor;   // of MLB_SCALED
    int comparison;   // enum mlb_Comparison
    bool is_summable;
} mlb_RelationColumn;

enum mlb_StateKind { MLB_NO_STATE, MLB_STATE_OF_ROW, MLB_STATE_OF_EVENT };

// What a method such as `opened` means for a relation.
typedef struct mlb_RelationState {
    int kind;      // enum mlb_StateKind
    int64_t value; // the column that tells, or the number of the event
} mlb_RelationState;

struct mlb_Relations;

// A relation: what the host says of it, and the stream of its rows in the order of customers.
typedef struct mlb_Relation {
    // Set by the host.
    struct mlb_Relations *set;
    int number;
    int column_count;
    mlb_RelationColumn *columns;
    mlb_RelationState *states;       // by the number of the method
    int events;                      // the relation of what happened to its rows; -1
    int metatable, record_metatable; // references in the registry
    int names;                       // and of a table: field name -> column number, from 1

    // Set by the host whenever `prepare` asks: customer, time, id, then the columns of a set; of customers above ?1 and
    // up to ?2.
    struct sqlite3_stmt *statement, *whole;
    uint64_t fetched;                // the columns of `statement`; `whole` has all

    // The bridge's own.
    uint64_t wanted;                 // columns that rules have read
    bool is_started, is_over;
    bool is_single;                  // the stream ends behind the customer that it was sent to
    int sought_in_row;               // times that the index was asked, since it was not
    int64_t next;                    // the customer of the row that the stream stands at
    int64_t passed;                  // rows of customers up to this one are gone by
    bool has_block;                  // of the customer that was asked about last
    int64_t block_customer;
    uint64_t block_columns;
    char *rows, *texts;              // where a block grows
    size_t row_room, text_room;
} mlb_Relation;

// The relations of a state. It lives as long as the state, for scripts may keep what they got of it.
typedef struct mlb_Relations {
    int count;
    mlb_Relation *relations;
    int32_t prepare;  // host function: makes a statement for a relation, by number, with a set of columns; 0 for `whole`
    int blocks;       // reference in the registry: a table with the latest block of each relation
    uint64_t epoch;   // grows with each new data
    bool is_on;       // otherwise the host answers every question
    struct mlb_Overlay *overlay; // what is simulated of customers
    uint64_t asked;   // how many times rows were wanted, sought and stepped over; for tests and measurements
    uint64_t sought, stepped;
} mlb_Relations;

enum mlb_ConditionKind { MLB_IN_STATE, MLB_EQUALS_INTEGER, MLB_EQUALS_NUMBER, MLB_EQUALS_TEXT };

typedef struct mlb_Condition {
    int kind;   // enum mlb_ConditionKind
    int column; // or the number of the state's method
    union {
        struct { int64_t since, before; }; // of a state with an event
        int64_t integer;
        double number;
        struct { size_t text, size; };     // the text begins so many bytes from the begin of the question
    };
} mlb_Condition;

// A question about the rows of a customer, as `c.orders:since(t)` makes it; a userdata.
typedef struct mlb_Question {
    mlb_Relation *relation;
    int64_t customer;
    int64_t since, before; // INT64_MIN and INT64_MAX where nothing is asked
    int condition_count;
    size_t text_size;      // of all texts, which follow the conditions
    mlb_Condition conditions[];
} mlb_Question;

enum mlb_RelationWord {
    MLB_WORD_SINCE, MLB_WORD_BEFORE, MLB_WORD_WHERE, MLB_WORD_COUNT, MLB_WORD_ANY, MLB_WORD_SUM, MLB_WORD_FIRST,
    MLB_WORD_LAST, MLB_WORD_LIST, MLB_WORD_STATE
};

// Makes room for `count` relations, all of whose fields are zero but `set`, `number` and `events`; NULL where the system
// has no memory.
mlb_Relations *mlb_new_relations(lua_State *L, int count);

// Says what columns and states a relation has; they are copied.
void mlb_describe_relation(mlb_Relation *relation, const mlb_RelationColumn *columns, int column_count,
                           const mlb_RelationState *states, int state_count);

// Gives the memory back; after the state is closed.
void mlb_free_relations(mlb_Relations *relations);

// Forgets statements and rows, for the data has changed; the statements may be gone already.
void mlb_forget_rows(lua_State *L, mlb_Relations *relations);

// Reads rows anew from now on, for later ones have come: behind those that scripts have kept, which stay valid.
void mlb_renew_rows(lua_State *L, mlb_Relations *relations);

// Pushes a method of relations, which host function `id` runs where C does not know the answer; `state` is the number
// of a method such as `opened`. Cost: no call of the host where the rows come with the stream.
void mlb_push_relation_word(lua_State *L, int word, int32_t id, int state);

// Pops a table (method name -> function) and sets the metatable of a relation's questions; names that the table
// lacks are answered by host function `unknown`, called with anything and the name.
void mlb_set_question_metatable(lua_State *L, mlb_Relation *relation, int32_t unknown);

// Sets the metatable of a relation's records, after its `names`; other names are answered by host function `unknown`,
// called with the record and the name, and writes by `written`.
void mlb_set_record_metatable(lua_State *L, mlb_Relation *relation, int32_t unknown, int32_t written);

// Pushes a question about all rows of a customer.
void mlb_push_question(lua_State *L, mlb_Relation *relation, int64_t customer);

// The question at an index, or NULL.
const mlb_Question *mlb_to_question(lua_State *L, int index);

// A record as the host finds it again.
typedef struct mlb_RecordPlace {
    const mlb_Relation *relation;
    int64_t customer, id;
} mlb_RecordPlace;

// Whether the value is a record, and which.
bool mlb_to_record(lua_State *L, int index, mlb_RecordPlace *place);

// Whether the value is a question or a record.
bool mlb_is_of_relation(lua_State *L, int index);

// --- What is simulated (overlay.c) --------------------------------------------------------------------

// What a simulation says of customers, laid over what is stored of them. A customer of whom it says nothing costs one
// comparison, and where it speaks of others a look-up of the id.
typedef struct mlb_Overlay {
    int table;     // reference in the registry: customer -> (field name -> value, number of a relation from 1 -> block)
    int customers; // of whom something is simulated
} mlb_Overlay;

// The types of values in rows, which are SQLite's.
enum mlb_CellType { MLB_CELL_INTEGER = 1, MLB_CELL_NUMBER = 2, MLB_CELL_TEXT = 3, MLB_CELL_MISSING = 5 };

// A value of a row, as SQLite gave it.
typedef struct mlb_Cell {
    union {
        int64_t integer;
        double number;
        size_t text; // where it begins, from the begin of the block
    };
    uint32_t size;
    uint8_t type; // enum mlb_CellType, or MLB_ODD_TEXT
} mlb_Cell;

// A column of the row whose turn it is, as it is stored; of a text only its type.
mlb_Cell mlb_cursor_number(const mlb_Cursor *cursor, int column);

// Makes the overlay of a state empty.
void mlb_begin_overlay(lua_State *L, mlb_Overlay *overlay);

// Pops the name of a field and a value, and has it read in place of the stored one.
void mlb_set_simulated(lua_State *L, mlb_Overlay *overlay, int64_t customer);

// Pops the name of a field, which the host answers until a value is set.
void mlb_leave_to_host(lua_State *L, mlb_Overlay *overlay, int64_t customer);

// Adds a row to those of a customer, at its place by time and id. Texts of `cells`, one for each column, begin so many
// bytes from the begin of `texts`, and are plain (mlb_is_plain_text). What scripts hold of the rows stays as it was.
// Cost: a copy of the customer's simulated rows.
void mlb_add_simulated_row(lua_State *L, mlb_Relation *relation, int64_t customer, int64_t time, int64_t id,
                           const mlb_Cell *cells, const char *texts, size_t text_size);

// --- Amounts (outputs.c) ------------------------------------------------------------------------------

// Pieces of a format have at most so many bytes.
#define MLB_PIECE_LIMIT 32

// Where a piece stands among the texts of its format.
typedef struct mlb_Piece {
    int32_t start, length;
} mlb_Piece;

// How amounts are written; of prefixes and suffixes, the second is for those below zero.
typedef struct mlb_AmountFormat {
    int32_t places, first_group, next_groups, grouped_from;
    mlb_Piece prefix[2], suffix[2], group, point;
} mlb_AmountFormat;

// Pushes a function that writes a number so, or gives nothing where its digits need more care: far from zero, near half
// of the last place, and what is no number.
void mlb_push_amount_writer(lua_State *L, const mlb_AmountFormat *format, const char *texts, size_t length);

// --- Macros that Swift does not see -------------------------------------------------------------------

static inline void mlb_pop(lua_State *L, int n) { lua_pop(L, n); }
static inline int mlb_ref(lua_State *L) { return luaL_ref(L, LUA_REGISTRYINDEX); }
static inline void mlb_unref(lua_State *L, int ref) { luaL_unref(L, LUA_REGISTRYINDEX, ref); }
static inline int mlb_push_ref(lua_State *L, int ref) { return lua_rawgeti(L, LUA_REGISTRYINDEX, ref); }
static inline void mlb_new_table(lua_State *L) { lua_newtable(L); }
static inline int mlb_absolute(lua_State *L, int index) { return lua_absindex(L, index); }
static inline const char *mlb_release(void) { return LUA_RELEASE; }

#endif
