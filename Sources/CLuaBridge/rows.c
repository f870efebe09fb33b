// Customers as rules see them: rows whose values stay in SQLite until they are read.
#include "context.h"

#include <sqlite3.h>

// Which turn of which cursor a row stands for.
typedef struct Row {
    mlb_Cursor *cursor;
    uint64_t serial;
} Row;

static const char row_mark;

// --- The cursor ---------------------------------------------------------------------------------------

void mlb_cursor_start(mlb_Cursor *cursor, sqlite3_stmt *statement, const mlb_Column *columns, int64_t after,
                      int64_t last) {
    cursor->statement = statement;
    cursor->columns = columns;
    cursor->serial = ++cursor->turns;
    cursor->has_row = false;
    cursor->wants_columns = false;
    cursor->is_over = false;
    cursor->failure = 0;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, last);
}

int mlb_cursor_step(mlb_Cursor *cursor) {
    cursor->serial = ++cursor->turns;
    // SQLite would begin again, after the end as after an error.
    if (cursor->failure) return -cursor->failure;
    int code = cursor->is_over ? SQLITE_DONE : sqlite3_step(cursor->statement);
    cursor->has_row = code == SQLITE_ROW;
    if (cursor->has_row) {
        cursor->id = sqlite3_column_int64(cursor->statement, 0);
        return 1;
    }
    cursor->is_over = true;
    cursor->failure = code == SQLITE_DONE ? 0 : code;
    return -cursor->failure;
}

void mlb_cursor_leave(mlb_Cursor *cursor) {
    if (cursor->statement != NULL) sqlite3_reset(cursor->statement);
    mlb_cursor_stop(cursor);
}

void mlb_cursor_stop(mlb_Cursor *cursor) {
    cursor->serial = ++cursor->turns;
    cursor->has_row = false;
    cursor->statement = NULL;
    cursor->columns = NULL;
}

// --- Values -------------------------------------------------------------------------------------------

static void push_column(lua_State *L, const mlb_Cursor *cursor, int number) {
    const mlb_Column *column = &cursor->columns[number - 1];
    // The connection belongs to this thread, so that the value cannot change under our hands.
    sqlite3_value *value = sqlite3_column_value(cursor->statement, number);
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: {
        sqlite3_int64 integer = sqlite3_value_int64(value);
        if (column->kind == MLB_BOOLEAN)
            lua_pushboolean(L, integer != 0);
        else if (column->kind == MLB_SCALED)
            lua_pushnumber(L, (double)integer / column->divisor);
        else
            lua_pushinteger(L, integer);
        break;
    }
    case SQLITE_FLOAT: lua_pushnumber(L, sqlite3_value_double(value)); break;
    case SQLITE_TEXT: {
        // As a blob it need not end with a NUL, and is not copied for one.
        const void *text = sqlite3_value_blob(value);
        lua_pushlstring(L, text, (size_t)sqlite3_value_bytes(value));
        break;
    }
    default: lua_pushnil(L);
    }
}

mlb_Cell mlb_cursor_number(const mlb_Cursor *cursor, int column) {
    sqlite3_value *value = sqlite3_column_value(cursor->statement, column);
    mlb_Cell cell = {.type = (uint8_t)sqlite3_value_type(value)};
    if (cell.type == MLB_CELL_INTEGER)
        cell.integer = sqlite3_value_int64(value);
    else if (cell.type == MLB_CELL_NUMBER)
        cell.number = sqlite3_value_double(value);
    return cell;
}

// upvalues: the table of names, the fallback host function
static int index_row(lua_State *L) {
    const Row *row = lua_touserdata(L, 1);
    if (row->serial != row->cursor->serial)
        return luaL_error(L, "this customer was kept past its turn; keep the values you need instead");
    const mlb_Cursor *cursor = row->cursor;
    lua_pushvalue(L, 2);
    int type = lua_rawget(L, lua_upvalueindex(1)), column = 0;
    switch (type) {
    case LUA_TNUMBER: column = (int)lua_tointeger(L, -1); break;
    case LUA_TFUNCTION: return 1;
    // A value that the host has put in place of the stored one.
    case LUA_TTABLE: lua_rawgeti(L, -1, 1); return 1;
    case LUA_TLIGHTUSERDATA: {
        mlb_Relation *relation = lua_touserdata(L, -1);
        if (relation->set->is_on) {
            mlb_push_question(L, relation, cursor->id);
            return 1;
        }
        break;
    }
    default: break;
    }
    enum mlb_Reading reading = MLB_READ_STORED;
    if (cursor->overlay != NULL && cursor->overlay->customers > 0)
        reading = mlb_read_simulated(L, cursor->overlay, cursor->id, 2);
    if (reading == MLB_READ_SIMULATED) return 1;
    if (reading == MLB_READ_STORED && type == LUA_TNUMBER) {
        push_column(L, cursor, column);
        return 1;
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, 2, 1);
    return 1;
}

static int refuse_write(lua_State *L) {
    return luaL_error(L, "a customer's fields cannot be written; rules only read");
}

void mlb_new_row_metatable(lua_State *L, int32_t fallback) {
    mlb_push_host_function(L, fallback);
    lua_pushcclosure(L, index_row, 2);
    lua_createtable(L, 0, 4);
    lua_pushboolean(L, 1);
    lua_rawsetp(L, -2, &row_mark);
    lua_pushliteral(L, "locked");
    lua_setfield(L, -2, "__metatable");
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, -2, "__newindex");
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
}

// Pushes the row whose turn it is; its metatable is at `metatable`. A new one for each turn: a script may have kept
// the last one, and must not see another customer through it.
static void push_row(lua_State *L, mlb_Cursor *cursor, int metatable) {
    Row *row = lua_newuserdatauv(L, sizeof *row, 0);
    row->cursor = cursor;
    row->serial = cursor->serial;
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
}

void mlb_push_row(lua_State *L, mlb_Cursor *cursor, int metatable) {
    mlb_push_ref(L, metatable);
    push_row(L, cursor, lua_gettop(L));
    lua_remove(L, -2);
    mlb_context(L)->customer = cursor->id;
}

bool mlb_to_row(lua_State *L, int index, int64_t *id) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return false;
    bool marked = lua_rawgetp(L, -1, &row_mark) != LUA_TNIL;
    lua_pop(L, 2);
    if (!marked) return false;
    const Row *row = lua_touserdata(L, index);
    if (row->serial != row->cursor->serial || !row->cursor->has_row) return false;
    *id = row->cursor->id;
    return true;
}

// --- The scan -----------------------------------------------------------------------------------------

// The stack of a scan: its description, the metatable of rows, the row, then one predicate for each part of the
// filter, or nil.
enum { METATABLE = 2, ROW, PARTS };

enum { NO, YES, NEITHER };

static int ask(lua_State *L, mlb_Scan *scan, int part) {
    mlb_Context *context = mlb_context(L);
    scan->asked = part;
    context->dice.place = scan->filter[part].place;
    context->dice.is_seeded = false;
    lua_pushvalue(L, PARTS + part);
    // Parts share the row; where there is but one, it goes to its function at once.
    if (scan->part_count == 1)
        push_row(L, scan->cursor, METATABLE);
    else
        lua_pushvalue(L, ROW);
    lua_call(L, 1, 1);
    int type = lua_type(L, -1);
    int answer = type == LUA_TBOOLEAN ? lua_toboolean(L, -1) : type == LUA_TNIL ? NO : NEITHER;
    if (answer == NEITHER) {
        scan->answer_type = type;
        int64_t id;
        scan->answers_row = mlb_to_row(L, -1, &id);
    }
    lua_settop(L, -2);
    return answer;
}

static int holds(lua_State *L, mlb_Scan *scan, int index);

static int part_holds(lua_State *L, mlb_Scan *scan, int index) {
    const mlb_Filter *part = &scan->filter[index];
    switch (part->kind) {
    case MLB_PREDICATE: return ask(L, scan, index);
    case MLB_COLUMN: return sqlite3_column_int(scan->cursor->statement, part->first) ? YES : NO;
    case MLB_EVERY_ROW: return YES;
    default: break;
    }
    int first = holds(L, scan, part->first);
    if (first == NEITHER) return NEITHER;
    switch (part->kind) {
    case MLB_NOT: return !first;
    case MLB_EITHER: return first ? YES : holds(L, scan, part->second);
    case MLB_BOTH: return first ? holds(L, scan, part->second) : NO;
    default: {
        if (!first) return NO;
        int second = holds(L, scan, part->second);
        return second == NEITHER ? NEITHER : !second;
    }
    }
}

static int holds(lua_State *L, mlb_Scan *scan, int index) {
    // Parts may be shared, so that few of them can make many ways.
    mlb_charge(L, 1);
    int answer = part_holds(L, scan, index);
    if (scan->passed && answer == YES) scan->passed[index]++;
    return answer;
}

// Whether the filter holds for every row there is, so that nothing is left to ask.
static bool is_decided(const mlb_Scan *scan) {
    return scan->part_count == 1 && scan->filter[0].kind == MLB_EVERY_ROW;
}

static int ask_about_row(lua_State *L, mlb_Scan *scan) {
    mlb_Cursor *cursor = scan->cursor;
    mlb_context(L)->customer = cursor->id;
    if (scan->part_count > 1) {
        push_row(L, cursor, METATABLE);
        lua_replace(L, ROW);
    }
    int answer = holds(L, scan, scan->part_count - 1);
    if (answer == NEITHER) return MLB_SCAN_NO_BOOLEAN;
    if (answer == YES) scan->ids[scan->found++] = cursor->id;
    return MLB_SCAN_DONE;
}

static int scan_rows(lua_State *L, mlb_Scan *scan) {
    mlb_Context *context = mlb_context(L);
    mlb_Cursor *cursor = scan->cursor;
    bool decided = is_decided(scan);
    for (;;) {
        if (scan->found == scan->capacity || cursor->wants_columns) return MLB_SCAN_PAUSED;
        int code = mlb_cursor_step(cursor);
        if (code == 0) return MLB_SCAN_DONE;
        if (code < 0) {
            // What was found so far is told first; the next scan fails.
            if (scan->found) return MLB_SCAN_PAUSED;
            scan->code = -code;
            return MLB_SCAN_FAILED;
        }
        if (decided) {
            if (scan->passed) scan->passed[0]++;
            scan->ids[scan->found++] = cursor->id;
            continue;
        }
        mlb_renew(context);
        code = ask_about_row(L, scan);
        if (code != MLB_SCAN_DONE) return code;
    }
}

static int run_scan(lua_State *L) {
    mlb_Scan *scan = lua_touserdata(L, 1);
    luaL_checkstack(L, scan->part_count + 16, "the filter has too many parts");
    mlb_push_ref(L, scan->metatable);
    lua_pushnil(L);
    for (int i = 0; i < scan->part_count; i++) {
        const mlb_Filter *part = &scan->filter[i];
        if (part->kind == MLB_PREDICATE)
            mlb_push_ref(L, part->first);
        else
            lua_pushnil(L);
    }
    lua_pushinteger(L, scan->stays ? ask_about_row(L, scan) : scan_rows(L, scan));
    return 1;
}

int mlb_scan(lua_State *L, mlb_Scan *scan, const mlb_Limits *limits) {
    scan->found = 0;
    lua_pushcfunction(L, run_scan);
    lua_pushlightuserdata(L, scan);
    int status = mlb_call(L, 1, 1, limits, 0);
    if (status != LUA_OK) return status;
    int code = (int)lua_tointeger(L, -1);
    lua_pop(L, 1);
    return code;
}
