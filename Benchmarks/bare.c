// The least that a predicate in Lua over every customer can cost: sqlite3_step, one lua_pcall a row, and a userdata
// with a C __index that reads the columns of the row. No sandbox, no limits, nothing that survives a bad script.
//
//     bare DATABASE "SELECT id, column… FROM …" PREDICATE.lua COLUMN…    rows that hold, then seconds of the scan
//     bare --load SCRIPT.lua TIMES                                       seconds to load and run it so often
//
// The file returns the predicate.
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3_stmt *statement;

static void fail(const char *what) {
    fprintf(stderr, "bare: %s\n", what);
    exit(1);
}

static int index_row(lua_State *L) {
    lua_settop(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNUMBER) return luaL_error(L, "unknown column");
    int column = (int)lua_tointeger(L, 2);
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: lua_pushinteger(L, sqlite3_column_int64(statement, column)); break;
    case SQLITE_FLOAT: lua_pushnumber(L, sqlite3_column_double(statement, column)); break;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        lua_pushlstring(L, text, (size_t)sqlite3_column_bytes(statement, column));
        break;
    }
    default: lua_pushnil(L);
    }
    return 1;
}

static int give_false(lua_State *L) {
    lua_pushboolean(L, 0);
    return 1;
}

// Missing values compare as rules need it; otherwise the predicate would raise.
static void compare_missing_values(lua_State *L) {
    lua_pushnil(L);
    lua_newtable(L);
    lua_pushcfunction(L, give_false);
    lua_setfield(L, -2, "__lt");
    lua_pushcfunction(L, give_false);
    lua_setfield(L, -2, "__le");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail("cannot read the script");
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*size);
    if (text == NULL || fread(text, 1, *size, file) != *size) fail("cannot read the script");
    fclose(file);
    return text;
}

static int load(const char *path, int times) {
    size_t size;
    char *text = read_file(path, &size);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    double started = seconds();
    for (int i = 0; i < times; i++) {
        if (luaL_loadbuffer(L, text, size, path) != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK) fail(lua_tostring(L, -1));
    }
    printf("%.6f\n", seconds() - started);
    return 0;
}

int main(int count, char **words) {
    if (count == 4 && strcmp(words[1], "--load") == 0) return load(words[2], atoi(words[3]));
    if (count < 4) fail("usage: bare DATABASE SQL PREDICATE.lua COLUMN…");
    sqlite3 *database;
    if (sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) fail("cannot open");
    if (sqlite3_exec(database, "PRAGMA cache_size = -65536", NULL, NULL, NULL) != SQLITE_OK) fail("cannot set the cache");
    if (sqlite3_prepare_v2(database, words[2], -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(database));

    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    compare_missing_values(L);
    if (luaL_dofile(L, words[3]) != LUA_OK) fail(lua_tostring(L, -1));
    int predicate = lua_gettop(L);
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    lua_newtable(L);
    for (int i = 4; i < count; i++) {
        lua_pushinteger(L, i - 3);
        lua_setfield(L, -2, words[i]);
    }
    lua_pushcclosure(L, index_row, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    int row = lua_gettop(L);

    double started = seconds();
    long found = 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        lua_pushvalue(L, predicate);
        lua_pushvalue(L, row);
        if (lua_pcall(L, 1, 1, 0) != LUA_OK) fail(lua_tostring(L, -1));
        found += lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    if (code != SQLITE_DONE) fail(sqlite3_errmsg(database));
    printf("%ld %.6f\n", found, seconds() - started);
    return 0;
}
