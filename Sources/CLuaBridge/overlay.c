// What a simulation says of customers, laid over what is stored: values of fields, and blocks of rows beside those of the
// streams. The simulated rows of a customer are one block with all columns, made anew with each row that is added, so that
// records and questions read it as they read a stored one.
#include "relations.h"

#include <sqlite3.h>
#include <string.h>

_Static_assert(MLB_CELL_INTEGER == SQLITE_INTEGER && MLB_CELL_NUMBER == SQLITE_FLOAT && MLB_CELL_TEXT == SQLITE_TEXT &&
                   MLB_CELL_MISSING == SQLITE_NULL,
               "cells have the types of SQLite");

// What stands for a missing value, and for one that the host has to say; their addresses are light userdata.
static char missing, left_to_host;

void mlb_begin_overlay(lua_State *L, mlb_Overlay *overlay) {
    bool is_new = overlay->table == 0;
    if (!is_new && overlay->customers == 0) return;
    lua_newtable(L);
    if (is_new)
        overlay->table = luaL_ref(L, LUA_REGISTRYINDEX);
    else
        lua_rawseti(L, LUA_REGISTRYINDEX, overlay->table);
    overlay->customers = 0;
}

// Pushes what is simulated of a customer; false, with nothing pushed, where nothing is.
static bool push_customer(lua_State *L, const mlb_Overlay *overlay, int64_t customer) {
    if (overlay == NULL || overlay->customers == 0) return false;
    luaL_checkstack(L, 4, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, overlay->table);
    bool is_simulated = lua_rawgeti(L, -1, customer) == LUA_TTABLE;
    lua_remove(L, -2);
    if (!is_simulated) lua_pop(L, 1);
    return is_simulated;
}

static void push_new_customer(lua_State *L, mlb_Overlay *overlay, int64_t customer) {
    if (push_customer(L, overlay, customer)) return;
    lua_rawgeti(L, LUA_REGISTRYINDEX, overlay->table);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, customer);
    lua_remove(L, -2);
    overlay->customers++;
}

// --- Fields -------------------------------------------------------------------------------------------

void mlb_set_simulated(lua_State *L, mlb_Overlay *overlay, int64_t customer) {
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushlightuserdata(L, &missing);
    }
    push_new_customer(L, overlay, customer);
    lua_insert(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void mlb_leave_to_host(lua_State *L, mlb_Overlay *overlay, int64_t customer) {
    lua_pushlightuserdata(L, &left_to_host);
    mlb_set_simulated(L, overlay, customer);
}

enum mlb_Reading mlb_read_simulated(lua_State *L, const mlb_Overlay *overlay, int64_t customer, int index) {
    // Under numbers there are blocks, which are not for scripts.
    if (lua_type(L, index) != LUA_TSTRING || !push_customer(L, overlay, customer)) return MLB_READ_STORED;
    lua_pushvalue(L, index);
    switch (lua_rawget(L, -2)) {
    case LUA_TNIL: return MLB_READ_STORED;
    case LUA_TLIGHTUSERDATA:
        if (lua_touserdata(L, -1) == &left_to_host) return MLB_READ_BY_HOST;
        lua_pushnil(L);
        return MLB_READ_SIMULATED;
    default: return MLB_READ_SIMULATED;
    }
}

// --- Rows ---------------------------------------------------------------------------------------------

const mlb_Block *mlb_push_simulated_block(lua_State *L, const mlb_Relation *relation, int64_t customer) {
    if (!push_customer(L, relation->set->overlay, customer)) return NULL;
    lua_rawgeti(L, -1, relation->number + 1);
    lua_remove(L, -2);
    const mlb_Block *block = lua_touserdata(L, -1);
    if (block == NULL) lua_pop(L, 1);
    return block;
}

static void move_texts(mlb_BlockRow *row, int column_count, size_t distance) {
    for (int i = 0; i < column_count; i++)
        if (row->cells[i].type == MLB_CELL_TEXT) row->cells[i].text += distance;
}

void mlb_add_simulated_row(lua_State *L, mlb_Relation *relation, int64_t customer, int64_t time, int64_t id,
                           const mlb_Cell *cells, const char *texts, size_t text_size) {
    int top = lua_gettop(L);
    push_new_customer(L, relation->set->overlay, customer);
    lua_rawgeti(L, -1, relation->number + 1);
    const mlb_Block *old = lua_touserdata(L, -1);
    uint32_t count = old == NULL ? 0 : old->row_count, place = count;
    for (; place > 0; place--) {
        const mlb_BlockRow *row = mlb_block_row(old, place - 1);
        if (row->time < time || (row->time == time && row->id < id)) break;
    }
    size_t row_size = mlb_row_size(relation->column_count), old_rows = count * row_size;
    size_t old_texts = old == NULL ? 0 : lua_rawlen(L, -1) - sizeof *old - old_rows;
    mlb_Block *block =
        mlb_new_block(L, relation, customer, mlb_all_columns(relation), count + 1, old_texts + text_size);
    char *added = block->bytes + place * row_size, *end = block->bytes + old_rows + row_size;
    if (old != NULL) {
        memcpy(block->bytes, old->bytes, place * row_size);
        memcpy(added + row_size, old->bytes + place * row_size, old_rows - place * row_size);
        memcpy(end, old->bytes + old_rows, old_texts);
        for (uint32_t i = 0; i <= count; i++)
            if (i != place) move_texts((mlb_BlockRow *)(block->bytes + i * row_size), relation->column_count, row_size);
    }
    mlb_BlockRow *row = (mlb_BlockRow *)added;
    row->time = time;
    row->id = id;
    memcpy(row->cells, cells, (size_t)relation->column_count * sizeof *cells);
    move_texts(row, relation->column_count, offsetof(mlb_Block, bytes) + old_rows + row_size + old_texts);
    if (text_size > 0) memcpy(end + old_texts, texts, text_size);
    lua_rawseti(L, top + 1, relation->number + 1);
    lua_settop(L, top);
}
