// What relations.c, records.c and streams.c share.
#ifndef MOONLETTER_RELATIONS_H
#define MOONLETTER_RELATIONS_H

#include "context.h"

// A value of a row, as SQLite gave it.
typedef struct mlb_Cell {
    union {
        int64_t integer;
        double number;
        size_t text; // where it begins, from the begin of the block
    };
    uint32_t size;
    uint8_t type; // SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_TEXT, SQLITE_NULL or MLB_ODD_TEXT
} mlb_Cell;

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

// Pushes the rows of a customer with at least these columns and returns them; NULL, with nothing pushed, where the
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
