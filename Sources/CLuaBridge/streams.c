// The rows of a relation, read once in the order of customers and merged with them.
//
// A rule may ask about every customer, about a few or, through what it kept, about one of before. The stream stands at
// the first row that nobody has read, and that is the customer's, most often. Where it is not, the stream is sent to the
// customer by the index, which takes as long as stepping over two rows. Where that happens again and again, it ends
// behind each customer, so that no row is read in vain: a query per customer, without preparing or leaving C.
#include "relations.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum {
    TIME = 1,          // columns of the statement before those of the relation; the customer is column 0
    ID,
    FIRST_COLUMN,
    MOST_STEPS = 2,    // rows of other customers that are stepped over before the index is asked
    LONELY = 4,        // so often in a row the index is asked before the stream ends behind each customer
    RETRY = 16,        // every so many of these it goes on, for the customers may be neighbours again
    MOST_BYTES = 4 << 20,        // of one customer's rows, and again of their texts; who has more is left to SQL
    MOST_WHOLE_BYTES = 64 << 20, // the same with all columns, of rows that were not too many with the columns of before
    USUAL_ROOM = 2 * MOST_BYTES  // what a buffer keeps for the next block
};

// --- Life ---------------------------------------------------------------------------------------------

mlb_Relations *mlb_new_relations(lua_State *L, int count) {
    mlb_Relations *set = calloc(1, sizeof *set);
    mlb_Relation *relations = calloc((size_t)count, sizeof *relations);
    if (set == NULL || relations == NULL) {
        free(set);
        free(relations);
        return NULL;
    }
    set->relations = relations;
    set->count = count;
    for (int i = 0; i < count; i++) {
        relations[i].set = set;
        relations[i].number = i;
        relations[i].events = -1;
    }
    lua_createtable(L, count, 0);
    set->blocks = luaL_ref(L, LUA_REGISTRYINDEX);
    return set;
}

static void *copy_of(const void *bytes, size_t size) {
    void *copy = malloc(size + 1);
    if (copy == NULL) abort();
    if (size > 0) memcpy(copy, bytes, size);
    return copy;
}

void mlb_describe_relation(mlb_Relation *relation, const mlb_RelationColumn *columns, int column_count,
                           const mlb_RelationState *states, int state_count) {
    relation->column_count = column_count;
    relation->columns = copy_of(columns, (size_t)column_count * sizeof *columns);
    relation->states = copy_of(states, (size_t)state_count * sizeof *states);
}

void mlb_free_relations(mlb_Relations *set) {
    for (int i = 0; i < set->count; i++) {
        mlb_Relation *relation = &set->relations[i];
        free(relation->rows);
        free(relation->texts);
        free(relation->columns);
        free(relation->states);
    }
    free(set->relations);
    free(set);
}

// Gives back what a buffer has grown beyond the usual: it is no memory that Lua's budget knows.
static void shrink(mlb_Relation *relation) {
    if (relation->row_room > USUAL_ROOM) {
        free(relation->rows);
        relation->rows = NULL;
        relation->row_room = 0;
    }
    if (relation->text_room > USUAL_ROOM) {
        free(relation->texts);
        relation->texts = NULL;
        relation->text_room = 0;
    }
}

void mlb_forget_rows(lua_State *L, mlb_Relations *set) {
    set->epoch++;
    lua_rawgeti(L, LUA_REGISTRYINDEX, set->blocks);
    for (int i = 0; i < set->count; i++) {
        mlb_Relation *relation = &set->relations[i];
        relation->statement = relation->whole = NULL;
        relation->is_started = relation->has_block = false;
        shrink(relation);
        lua_pushboolean(L, 0);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pop(L, 1);
}

void mlb_renew_rows(lua_State *L, mlb_Relations *set) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, set->blocks);
    for (int i = 0; i < set->count; i++) {
        mlb_Relation *relation = &set->relations[i];
        if (relation->statement != NULL) sqlite3_reset(relation->statement);
        relation->is_started = relation->has_block = false;
        lua_pushboolean(L, 0);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pop(L, 1);
}

// --- Texts --------------------------------------------------------------------------------------------

// Bytes of the UTF-8 character that begins here (Unicode 15, table 3-7); 0 where none does.
static size_t character_size(const unsigned char *bytes, size_t size) {
    unsigned char lead = bytes[0];
    size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || length > size) return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    return length;
}

bool mlb_is_plain_text(const char *text, size_t size) {
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < size;) {
        if (bytes[i] - 1u < 0x7F) {
            i++;
            continue;
        }
        size_t length = character_size(bytes + i, size - i);
        if (length == 0) return false;
        i += length;
    }
    return true;
}

// --- The stream ---------------------------------------------------------------------------------------

// Goes to the next row: SQLITE_ROW, SQLITE_DONE or an error.
static int step(mlb_Relation *relation) {
    int code = sqlite3_step(relation->statement);
    relation->is_over = code != SQLITE_ROW;
    if (code == SQLITE_ROW) relation->next = sqlite3_column_int64(relation->statement, 0);
    return code;
}

// Goes to the first row of a customer by the index.
static int seek(mlb_Relation *relation, int64_t customer) {
    relation->set->sought++;
    relation->sought_in_row++;
    relation->is_single = relation->sought_in_row > LONELY && relation->sought_in_row % RETRY != 0;
    sqlite3_reset(relation->statement);
    sqlite3_bind_int64(relation->statement, 1, customer - 1);
    sqlite3_bind_int64(relation->statement, 2, relation->is_single ? customer : INT64_MAX);
    relation->is_started = true;
    return step(relation);
}

// Goes to the first row of a customer, if there is one; SQLITE_ROW and SQLITE_DONE are both well.
static int go_to(mlb_Relation *relation, int64_t customer) {
    if (!relation->is_started || relation->is_single || customer <= relation->passed) return seek(relation, customer);
    for (int i = 0; !relation->is_over && relation->next < customer; i++) {
        if (i == MOST_STEPS) return seek(relation, customer);
        relation->set->stepped++;
        int code = step(relation);
        if (code != SQLITE_ROW && code != SQLITE_DONE) return code;
    }
    relation->sought_in_row = 0;
    return SQLITE_DONE;
}

// --- Blocks -------------------------------------------------------------------------------------------

// Where a block grows before its size is known.
typedef struct Growth {
    mlb_Relation *relation;
    sqlite3_stmt *statement;
    int column_count;
    size_t row_size, row_bytes, text_bytes;
    uint32_t row_count;
    bool is_unfit;
    bool is_whole; // its rows were good enough once, so that odd texts are marked, and leave it as it is
} Growth;

static bool grow(char **bytes, size_t *room, size_t wanted) {
    if (wanted <= *room) return true;
    size_t size = *room * 2 > wanted ? *room * 2 : wanted * 2;
    char *grown = realloc(*bytes, size);
    if (grown == NULL) return false;
    *bytes = grown;
    *room = size;
    return true;
}

static size_t most_bytes(const Growth *growth) { return growth->is_whole ? MOST_WHOLE_BYTES : MOST_BYTES; }

static bool add_text(Growth *growth, mlb_Cell *cell, sqlite3_value *value) {
    const char *text = sqlite3_value_blob(value);
    size_t size = (size_t)sqlite3_value_bytes(value);
    mlb_Relation *relation = growth->relation;
    if (!mlb_is_plain_text(text, size)) {
        cell->type = MLB_ODD_TEXT;
        return growth->is_whole;
    }
    if (growth->text_bytes + size > most_bytes(growth)) return false;
    if (!grow(&relation->texts, &relation->text_room, growth->text_bytes + size)) return false;
    if (size > 0) memcpy(relation->texts + growth->text_bytes, text, size);
    cell->text = growth->text_bytes;
    cell->size = (uint32_t)size;
    growth->text_bytes += size;
    return true;
}

// Adds the row that the statement stands at; false where the block is left to the host.
static bool add_row(Growth *growth) {
    mlb_Relation *relation = growth->relation;
    if (growth->row_bytes + growth->row_size > most_bytes(growth)) return false;
    if (!grow(&relation->rows, &relation->row_room, growth->row_bytes + growth->row_size)) return false;
    mlb_BlockRow *row = (mlb_BlockRow *)(relation->rows + growth->row_bytes);
    sqlite3_stmt *statement = growth->statement;
    row->time = sqlite3_column_int64(statement, TIME);
    row->id = sqlite3_column_int64(statement, ID);
    for (int i = 0; i < growth->column_count; i++) {
        // The connection belongs to this thread, so that the value cannot change under our hands.
        sqlite3_value *value = sqlite3_column_value(statement, FIRST_COLUMN + i);
        mlb_Cell *cell = &row->cells[i];
        cell->type = (uint8_t)sqlite3_value_type(value);
        switch (cell->type) {
        case SQLITE_INTEGER: cell->integer = sqlite3_value_int64(value); break;
        case SQLITE_FLOAT: cell->number = sqlite3_value_double(value); break;
        case SQLITE_NULL: break;
        case SQLITE_TEXT:
            if (add_text(growth, cell, value)) break;
            return false;
        default: return false;
        }
    }
    growth->row_bytes += growth->row_size;
    growth->row_count++;
    return true;
}

static Growth begin(mlb_Relation *relation, sqlite3_stmt *statement, uint64_t columns) {
    int count = __builtin_popcountll(columns);
    return (Growth){
        .relation = relation, .statement = statement, .column_count = count, .row_size = mlb_row_size(count)};
}

mlb_Block *mlb_new_block(lua_State *L, mlb_Relation *relation, int64_t customer, uint64_t columns, uint32_t row_count,
                         size_t text_bytes) {
    size_t row_size = mlb_row_size(__builtin_popcountll(columns));
    mlb_Block *block = lua_newuserdatauv(L, sizeof *block + row_count * row_size + text_bytes, 1);
    block->relation = relation;
    block->epoch = relation->set->epoch;
    block->customer = customer;
    block->columns = columns;
    block->row_count = row_count;
    block->row_size = (uint32_t)row_size;
    block->is_unfit = false;
    int8_t slot = 0;
    for (int i = 0; i < relation->column_count; i++) block->slots[i] = columns >> i & 1 ? slot++ : -1;
    return block;
}

// Pushes what has grown as a block.
static mlb_Block *push_grown(lua_State *L, const Growth *growth, int64_t customer, uint64_t columns) {
    mlb_Relation *relation = growth->relation;
    size_t row_bytes = growth->is_unfit ? 0 : growth->row_bytes, text_bytes = growth->is_unfit ? 0 : growth->text_bytes;
    uint32_t row_count = growth->is_unfit ? 0 : growth->row_count;
    mlb_Block *block = mlb_new_block(L, relation, customer, columns, row_count, text_bytes);
    block->is_unfit = growth->is_unfit;
    if (row_bytes > 0) memcpy(block->bytes, relation->rows, row_bytes);
    if (text_bytes > 0) memcpy(block->bytes + row_bytes, relation->texts, text_bytes);
    size_t texts = offsetof(mlb_Block, bytes) + row_bytes;
    for (uint32_t i = 0; i < block->row_count && text_bytes > 0; i++) {
        mlb_BlockRow *row = (mlb_BlockRow *)(block->bytes + (size_t)i * block->row_size);
        for (int j = 0; j < growth->column_count; j++)
            if (row->cells[j].type == SQLITE_TEXT) row->cells[j].text += texts;
    }
    return block;
}

// Asks the host for a statement with the columns that rules have read; with 0, for the one with all columns.
static void prepare(lua_State *L, mlb_Relation *relation, uint64_t columns) {
    if (columns != 0) {
        relation->is_started = false;
        if (relation->statement != NULL) sqlite3_reset(relation->statement);
    }
    mlb_push_host_function(L, relation->set->prepare);
    lua_pushinteger(L, relation->number);
    lua_pushinteger(L, (lua_Integer)columns);
    lua_call(L, 2, 0);
}

// Reads the rows of the customer that the stream has been sent to. Returns SQLite's code.
static int gather(lua_State *L, mlb_Relation *relation, int64_t customer, Growth *growth) {
    relation->passed = customer;
    while (!relation->is_over && relation->next == customer) {
        // It may raise: the stream then stands at a row of a customer that has gone by, and is sent anew.
        mlb_charge(L, 2 + (size_t)growth->column_count);
        if (!add_row(growth)) {
            growth->is_unfit = true;
            return SQLITE_DONE;
        }
        int code = step(relation);
        if (code != SQLITE_ROW) return code;
    }
    return SQLITE_DONE;
}

const mlb_Block *mlb_push_block(lua_State *L, mlb_Relation *relation, int64_t customer, uint64_t columns) {
    mlb_Relations *set = relation->set;
    if (!set->is_on || customer == INT64_MIN) return NULL;
    luaL_checkstack(L, 8, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, set->blocks);
    if (relation->has_block && relation->block_customer == customer && (columns & ~relation->block_columns) == 0) {
        lua_rawgeti(L, -1, relation->number + 1);
        lua_remove(L, -2);
        const mlb_Block *block = lua_touserdata(L, -1);
        if (!block->is_unfit) return block;
        lua_pop(L, 1);
        return NULL;
    }
    set->asked++;
    relation->wanted |= columns;
    if (relation->statement == NULL || (relation->wanted & ~relation->fetched) != 0) {
        // The lowest bit that no column has keeps the set from being 0, which means all.
        prepare(L, relation, relation->wanted | (uint64_t)1 << relation->column_count);
    }
    relation->has_block = false;
    int code = go_to(relation, customer);
    Growth growth = begin(relation, relation->statement, relation->fetched);
    if (code == SQLITE_ROW || code == SQLITE_DONE) code = gather(L, relation, customer, &growth);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        // What is wrong, the host finds out when it asks.
        sqlite3_reset(relation->statement);
        relation->is_started = false;
        lua_pop(L, 1);
        return NULL;
    }
    mlb_Block *block = push_grown(L, &growth, customer, relation->fetched);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, relation->number + 1);
    lua_remove(L, -2);
    relation->has_block = true;
    relation->block_customer = customer;
    relation->block_columns = relation->fetched;
    if (!block->is_unfit) return block;
    lua_pop(L, 1);
    return NULL;
}

const mlb_Block *mlb_push_whole_block(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    int type = lua_getiuservalue(L, index, 1);
    if (type == LUA_TUSERDATA) return lua_touserdata(L, -1);
    lua_pop(L, 1);
    if (type == LUA_TBOOLEAN) return NULL; // it did not fit before
    const mlb_Block *narrow = lua_touserdata(L, index);
    mlb_Relation *relation = narrow->relation;
    if (narrow->epoch != relation->set->epoch) {
        luaL_error(L, "this row was kept past its run; keep the values you need instead");
        return NULL;
    }
    if (relation->whole == NULL) prepare(L, relation, 0);
    mlb_charge(L, (size_t)narrow->row_count * (2 + (size_t)relation->column_count));
    Growth growth = begin(relation, relation->whole, mlb_all_columns(relation));
    growth.is_whole = true;
    sqlite3_reset(relation->whole);
    sqlite3_bind_int64(relation->whole, 1, narrow->customer - 1);
    sqlite3_bind_int64(relation->whole, 2, narrow->customer);
    while (growth.row_count < narrow->row_count && sqlite3_step(relation->whole) == SQLITE_ROW)
        if (!add_row(&growth)) break;
    sqlite3_reset(relation->whole);
    if (growth.row_count != narrow->row_count) {
        shrink(relation);
        lua_pushboolean(L, 0);
        lua_setiuservalue(L, index, 1);
        return NULL;
    }
    // Where Lua has no memory for it, the buffers wait for the next block, or the end of the run.
    mlb_Block *block = push_grown(L, &growth, narrow->customer, mlb_all_columns(relation));
    shrink(relation);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, 1);
    return block;
}
