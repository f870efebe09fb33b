// One row of a relation, as scripts hold it: an order, an event, a message.
#include "relations.h"

#include <sqlite3.h>

// Its user value is the block, which stays as long as the record does.
typedef struct Record {
    const mlb_Block *block;
    uint32_t number;
} Record;

static const char record_mark;

void mlb_push_record(lua_State *L, int index, const mlb_Block *block, uint32_t number, int metatable) {
    Record *record = lua_newuserdatauv(L, sizeof *record, 1);
    record->block = block;
    record->number = number;
    lua_pushvalue(L, index);
    lua_setiuservalue(L, -2, 1);
    lua_pushvalue(L, metatable);
    lua_setmetatable(L, -2);
}

// Pushes a value; false where the host has to read it.
static bool push_cell(lua_State *L, const mlb_Block *block, const mlb_Cell *cell, const mlb_RelationColumn *column) {
    switch (cell->type) {
    case SQLITE_INTEGER:
        if (column->kind == MLB_SCALED)
            lua_pushnumber(L, (double)cell->integer / column->divisor);
        else if (column->kind == MLB_BOOLEAN)
            lua_pushboolean(L, cell->integer != 0);
        else
            lua_pushinteger(L, cell->integer);
        return true;
    case SQLITE_FLOAT:
        lua_pushnumber(L, column->kind == MLB_SCALED ? cell->number / column->divisor : cell->number);
        return true;
    case SQLITE_TEXT: lua_pushlstring(L, (const char *)block + cell->text, cell->size); return true;
    case SQLITE_NULL: lua_pushnil(L); return true;
    default: return false;
    }
}

// Pushes a value of a record at index 1; false where the host has to read it.
static bool push_column(lua_State *L, const Record *record, int number) {
    const mlb_Block *block = record->block;
    if (block->slots[number] < 0) {
        // From the next customer on it comes with the rows.
        block->relation->wanted |= (uint64_t)1 << number;
        lua_getiuservalue(L, 1, 1);
        block = mlb_push_whole_block(L, -1);
        if (block == NULL) return false;
    }
    const mlb_Cell *cell = mlb_cell(block, mlb_block_row(block, record->number), number);
    return push_cell(L, block, cell, &block->relation->columns[number]);
}

// upvalues: the table of names, the host function for other names
static int index_record(lua_State *L) {
    const Record *record = lua_touserdata(L, 1);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNUMBER &&
        push_column(L, record, (int)lua_tointeger(L, -1) - 1))
        return 1;
    lua_settop(L, 2);
    return mlb_call_host(L, (int32_t)lua_tointeger(L, lua_upvalueindex(2)));
}

void mlb_set_record_metatable(lua_State *L, mlb_Relation *relation, int32_t unknown, int32_t written) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, relation->names);
    lua_pushinteger(L, unknown);
    lua_pushcclosure(L, index_record, 2);
    lua_createtable(L, 0, 5);
    mlb_set_mark(L, &record_mark);
    mlb_push_host_function(L, written);
    lua_setfield(L, -2, "__newindex");
    lua_pushliteral(L, "row");
    lua_setfield(L, -2, "__name");
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
    relation->record_metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

bool mlb_to_record(lua_State *L, int index, mlb_RecordPlace *place) {
    if (!mlb_has_mark(L, index, &record_mark)) return false;
    const Record *record = lua_touserdata(L, index);
    const mlb_Block *block = record->block;
    *place = (mlb_RecordPlace){.relation = block->relation, .customer = block->customer,
                               .id = mlb_block_row(block, record->number)->id};
    return true;
}
