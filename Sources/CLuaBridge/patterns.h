// Lua's patterns, compiled into a list of items and matched without recursion, with every step counted.
//
// Lua reads a pattern while it matches, so that a mistake in it is an error only if the match gets there.
// Here the mistake becomes an item that raises when it is reached.
#ifndef MOONLETTER_PATTERNS_H
#define MOONLETTER_PATTERNS_H

#include "library.h"

#include <lauxlib.h>
#include <lua.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MLB_MAX_CAPTURES = 32, MLB_STEP_BATCH = 4096 };

// --- Steps --------------------------------------------------------------------------------------------

// Collects steps, so that mlb_charge is called once for a batch of them.
typedef struct mlb_Meter {
    lua_State *L;
    size_t left; // of the batch
} mlb_Meter;

static inline mlb_Meter mlb_new_meter(lua_State *L) { return (mlb_Meter){L, MLB_STEP_BATCH}; }

// Charges what was spent of the batch and `steps` more, and starts a new batch.
void mlb_settle(mlb_Meter *meter, size_t steps);

static inline void mlb_spend(mlb_Meter *meter, size_t steps) {
    if (steps < meter->left)
        meter->left -= steps;
    else
        mlb_settle(meter, steps);
}

// The steps that copying or scanning so many bytes in one go takes.
static inline size_t mlb_bulk_steps(size_t bytes) { return 1 + bytes / 64; }

// --- Patterns -----------------------------------------------------------------------------------------

typedef struct mlb_Text {
    const char *start;
    size_t length;
} mlb_Text;

// A set of bytes, a bit for each.
typedef struct mlb_Set {
    uint64_t bits[4];
} mlb_Set;

static inline bool mlb_set_has(const mlb_Set *set, char byte) {
    unsigned char number = (unsigned char)byte;
    return set->bits[number >> 6] >> (number & 63) & 1;
}

typedef enum mlb_Op {
    MLB_DONE,     // the end of the pattern
    MLB_TEXT,     // these bytes
    MLB_ONE,      // a byte of the set
    MLB_OPTIONAL, // ?
    MLB_MANY,     // *
    MLB_SOME,     // +
    MLB_FEW,      // -
    MLB_OPEN,     // starts a capture
    MLB_CLOSE,    // ends a capture
    MLB_PLACE,    // ()
    MLB_SAME,     // %1
    MLB_NEVER,    // %1 of a place
    MLB_BALANCE,  // %bxy
    MLB_FRONTIER, // %f[set]
    MLB_END,      // $
    MLB_FAULT     // raises
} mlb_Op;

typedef struct mlb_Item {
    uint8_t op;      // mlb_Op
    uint8_t capture; // which one, from 0; what `message` of a fault quotes
    bool any;        // the set is full
    bool final;      // a run of the set is never shortened: what follows could not match inside it
    union {
        mlb_Set set;
        struct {
            const char *text;
            size_t length;
        };
        const char *message; // a format for luaL_error
    };
} mlb_Item;

typedef struct mlb_Pattern {
    const mlb_Item *items;
    size_t count;
    const mlb_Item *lead; // what every match starts with: a text or a byte of a set; or NULL
    int captures;
    bool anchored;
} mlb_Pattern;

// Compiles into `storage`, or into a userdata where that is too small. Pushes one value, which keeps the
// items alive. The text must outlive them too. With `anchors`, a leading ^ is an anchor.
void mlb_compile(
    mlb_Meter *meter, mlb_Pattern *pattern, mlb_Text text, bool anchors, mlb_Item *storage, size_t capacity);

// Moves the pattern to a copy of its items.
void mlb_move_pattern(mlb_Pattern *pattern, mlb_Item *storage);

// --- Matches ------------------------------------------------------------------------------------------

typedef struct mlb_Capture {
    const char *start;
    ptrdiff_t length; // negative if it is not a text
} mlb_Capture;

typedef struct mlb_Search {
    mlb_Meter meter;
    const mlb_Pattern *pattern;
    const char *subject, *end;
    const char *from; // where the next match may start
    const char *last; // where the last match ended, or NULL
    const char *match_start, *match_end;
    mlb_Capture captures[MLB_MAX_CAPTURES];
} mlb_Search;

// Starts at place `start`, from 0. The meter stays as it is.
void mlb_start_search(mlb_Search *search, const mlb_Pattern *pattern, mlb_Text subject, size_t start);

// Goes to the next match that does not end where the last one did.
bool mlb_next_match(mlb_Search *search);

// Gives the text of a capture, or of the whole match for capture 0 where there are none. Returns false if the
// capture is a place, which is then at `text->start`.
bool mlb_get_capture(mlb_Search *search, int capture, mlb_Text *text);

void mlb_push_capture(mlb_Search *search, int capture);

// Pushes all captures and returns their number.
int mlb_push_captures(mlb_Search *search);

#endif
