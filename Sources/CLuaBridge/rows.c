#include "bridge.h"

#include <sqlite3.h>

// A row in Lua: which turn of which cursor it stands for. The values stay in SQLite until they are read.
typedef struct Row {
    mlb_Cursor *cursor;
    uint64_t serial;
} Row;

static const char row_mark;

void mlb_cursor_start(mlb_Cursor *cursor, sqlite3_stmt *statement, const mlb_Column *columns, int64_t after) {
    cursor->statement = statement;
    cursor->columns = columns;
    cursor->serial++;
    cursor->id = 0;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, after);
}

int mlb_cursor_step(mlb_Cursor *cursor) {
    cursor->serial++;
    int code = sqlite3_step(cursor->statement);
    if (code == SQLITE_ROW) {
        cursor->id = sqlite3_column_int64(cursor->statement, 0);
        return 1;
    }
    cursor->id = 0;
    return code == SQLITE_DONE ? 0 : -code;
}

void mlb_cursor_stop(mlb_Cursor *cursor) {
    cursor->serial++;
    cursor->id = 0;
    cursor->statement = NULL;
    cursor->columns = NULL;
}

static void push_column(lua_State *L, const mlb_Cursor *cursor, int number) {
    sqlite3_stmt *statement = cursor->statement;
    const mlb_Column *column = &cursor->columns[number - 1];
    switch (sqlite3_column_type(statement, number)) {
    case SQLITE_INTEGER: {
        sqlite3_int64 value = sqlite3_column_int64(statement, number);
        if (column->kind == MLB_BOOLEAN)
            lua_pushboolean(L, value != 0);
        else if (column->kind == MLB_SCALED)
            lua_pushnumber(L, (double)value / column->divisor);
        else
            lua_pushinteger(L, value);
        break;
    }
    case SQLITE_FLOAT: lua_pushnumber(L, sqlite3_column_double(statement, number)); break;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, number);
        lua_pushlstring(L, text, (size_t)sqlite3_column_bytes(statement, number));
        break;
    }
    default: lua_pushnil(L);
    }
}

// upvalues: the table of names, the fallback host function
static int index_row(lua_State *L) {
    const Row *row = lua_touserdata(L, 1);
    if (row->serial != row->cursor->serial)
        return luaL_error(L, "this customer was kept past its turn; keep the values you need instead");
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    switch (lua_rawget(L, lua_upvalueindex(1))) {
    case LUA_TNUMBER: push_column(L, row->cursor, (int)lua_tointeger(L, 3)); return 1;
    case LUA_TFUNCTION: return 1;
    default:
        lua_settop(L, 2);
        lua_pushvalue(L, lua_upvalueindex(2));
        lua_insert(L, 1);
        lua_call(L, 2, 1);
        return 1;
    }
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

void mlb_push_row(lua_State *L, mlb_Cursor *cursor, int metatable) {
    Row *row = lua_newuserdatauv(L, sizeof *row, 0);
    row->cursor = cursor;
    row->serial = cursor->serial;
    mlb_push_ref(L, metatable);
    lua_setmetatable(L, -2);
}

int64_t mlb_row_id(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return 0;
    bool marked = lua_rawgetp(L, -1, &row_mark) != LUA_TNIL;
    lua_pop(L, 2);
    if (!marked) return 0;
    const Row *row = lua_touserdata(L, index);
    return row->serial == row->cursor->serial ? row->cursor->id : 0;
}
