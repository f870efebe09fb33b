// What relations.c, records.c and streams.c share.
#ifndef MOONLETTER_RELATIONS_H
#define MOONLETTER_RELATIONS_H

#include "context.h"

// A text that Lua would see otherwise than SQL and Swift do: the host reads it.
enum { MLB_ODD_TEXT = 99 };

typedef struct mlb_BlockRow {
    int64_t time;
    int64_t id;
    mlb_Cell cells[]; // of the columns that were fetched
} mlb_BlockRow;

// The rows of one customer, by time and id; a userdata. Its user value is the block with all columns that takes its
// place where a column is read that it lacks.
typedef struct mlb_Block {
    mlb_Relation *relation;
    uint64_t epoch;     // of the data that it was read from
    int64_t customer;
    uint64_t columns;   // that were fetched, a bit each
    uint32_t row_count;
    uint32_t row_size;
    bool is_unfit;      // too large, or with a text that Lua would see otherwise than SQL: the host answers
    int8_t slots[MLB_MOST_COLUMNS]; // of a row's cells, by column; -1 where it was not fetched
    _Alignas(8) char bytes[];       // the rows, then the texts
} mlb_Block;

static inline const mlb_BlockRow *mlb_block_row(const mlb_Block *block, uint32_t number) {
    return (const mlb_BlockRow *)(block->bytes + (size_t)number * block->row_size);
}

// The cell of a column that was fetched.
static inline const mlb_Cell *mlb_cell(const mlb_Block *block, const mlb_BlockRow *row, int column) {
    return &row->cells[block->slots[column]];
}

static inline size_t mlb_row_size(int column_count) {
    return sizeof(mlb_BlockRow) + (size_t)column_count * sizeof(mlb_Cell);
}

// Pushes a block with room for rows and texts, whose bytes the caller fills.
mlb_Block *mlb_new_block(lua_State *L, mlb_Relation *relation, int64_t customer, uint64_t columns, uint32_t row_count,
                         size_t text_bytes);

static inline uint64_t mlb_all_columns(const mlb_Relation *relation) {
    return ((uint64_t)1 << relation->column_count) - 1;
}

// Pushes the rows that are simulated of a customer, with all columns, and returns them; NULL, with nothing pushed, where
// there are none.
const mlb_Block *mlb_push_simulated_block(lua_State *L, const mlb_Relation *relation, int64_t customer);

// Pushes the stored rows of a customer with at least these columns and returns them; NULL, with nothing pushed, where the
// host has to answer instead. May raise.
const mlb_Block *mlb_push_block(lua_State *L, mlb_Relation *relation, int64_t customer, uint64_t columns);

// Pushes the block with all columns that stands for the one at `index`, and returns it; NULL, with nothing pushed, where
// the host has to answer instead. May raise.
const mlb_Block *mlb_push_whole_block(lua_State *L, int index);

// Pushes a row of the block at `index`; the metatable of records is at `metatable`.
void mlb_push_record(lua_State *L, int index, const mlb_Block *block, uint32_t number, int metatable);

// Whether these bytes are UTF-8 without a NUL, so that SQL, Swift and Lua take them for the same text.
bool mlb_is_plain_text(const char *bytes, size_t size);

#endif
