// The allocator: counts what Lua holds against the limit, and serves small blocks from pools.
//
// Rules make and drop many blocks of the same few sizes, a row for each customer above all. A free list gives them
// out and takes them back in a few instructions, where malloc needs many times that.
#include "context.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// AddressSanitizer and valgrind see through malloc only.
#if defined(__SANITIZE_ADDRESS__)
#define POOLED 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOLED 0
#endif
#endif
#ifndef POOLED
#define POOLED 1
#endif

enum { GRAIN = 16, SLAB = 16 * 1024 };

typedef struct Slab {
    struct Slab *next;
    _Alignas(16) char blocks[];
} Slab;

static inline size_t class_of(size_t size) { return (size + GRAIN - 1) / GRAIN; }

static inline bool is_small(size_t size) { return POOLED && size <= MLB_POOL_CLASSES * GRAIN; }

static void *refill(mlb_Context *context, size_t class) {
    Slab *slab = malloc(SLAB);
    if (slab == NULL) return NULL;
    slab->next = context->slabs;
    context->slabs = slab;
    size_t size = class * GRAIN;
    char *end = (char *)slab + SLAB - size;
    void *free_list = NULL;
    for (char *block = slab->blocks; block <= end; block += size) {
        *(void **)block = free_list;
        free_list = block;
    }
    context->pools[class - 1] = *(void **)free_list;
    return free_list;
}

static inline void *take(mlb_Context *context, size_t size) {
    if (!is_small(size)) return malloc(size);
    size_t class = class_of(size);
    void *block = context->pools[class - 1];
    if (block == NULL) return refill(context, class);
    context->pools[class - 1] = *(void **)block;
    return block;
}

static inline void give(mlb_Context *context, void *block, size_t size) {
    if (!is_small(size)) {
        free(block);
        return;
    }
    void **pool = &context->pools[class_of(size) - 1];
    *(void **)block = *pool;
    *pool = block;
}

static void *resize(mlb_Context *context, void *block, size_t old_size, size_t new_size) {
    if (block == NULL) return take(context, new_size);
    if (is_small(old_size)) {
        if (is_small(new_size) && class_of(old_size) == class_of(new_size)) return block;
    } else if (!is_small(new_size)) {
        return realloc(block, new_size);
    }
    void *result = take(context, new_size);
    if (result == NULL) return NULL;
    memcpy(result, block, old_size < new_size ? old_size : new_size);
    give(context, block, old_size);
    return result;
}

// Whether a test makes this allocation fail. Lua collects garbage and tries again after a failure, so all fail
// from the chosen one on, until the call has ended.
static bool fails_by_choice(mlb_Context *context) {
    if (context->allocations_to_failure == 0) return true;
    return --context->allocations_to_failure == 0;
}

// Lua 5.4 puts whole numbers as keys into places that their remainder gives, so a script can make them all collide, and
// the time to grow such a table by one key is quadratic and cannot be interrupted. A table may have this many keys
// beside those of its sequence.
enum { NODE_SIZE = 24, MOST_NODES = 1 << 15 };

// A new block without a kind whose size is that of so many nodes is the hash part of a table, or a buffer of a
// function in C, which seldom has just that size.
static bool is_huge_hash_part(size_t kind, size_t size) {
    size_t nodes = size / NODE_SIZE;
    return kind == 0 && nodes > MOST_NODES && size % NODE_SIZE == 0 && (nodes & (nodes - 1)) == 0;
}

void *mlb_allocate(void *data, void *block, size_t old_size, size_t new_size) {
    mlb_Context *context = data;
    // For a new block Lua passes the kind of object instead of a size.
    bool is_huge = block == NULL && __builtin_expect(new_size > NODE_SIZE * MOST_NODES, 0) &&
                   is_huge_hash_part(old_size, new_size);
    if (block == NULL) old_size = 0;
    if (new_size == 0) {
        if (block != NULL) give(context, block, old_size);
        context->used -= old_size;
        return NULL;
    }
    if (new_size > old_size) {
        bool refused = context->used + (new_size - old_size) > context->limit;
        if (is_huge && context->host_depth == 0) {
            context->has_huge_table = true;
            refused = true;
        }
        if (__builtin_expect(context->fails_allocations, 0) && fails_by_choice(context)) refused = true;
        if (__builtin_expect(refused, 0)) {
            // While Swift runs, nothing may jump: the limit is settled when the trampoline regains control.
            if (context->host_depth == 0) {
                context->was_refused = true;
                // The error that follows has no place of its own.
                if (context->running != NULL && context->stopped == MLB_RUNNING) mlb_note_trace(context->running);
                return NULL;
            }
            context->is_overdrawn = true;
        }
    }
    void *result = resize(context, block, old_size, new_size);
    if (result == NULL && context->host_depth > 0) {
        // The system has no memory left, and Lua would jump through Swift frames.
        fputs("moonletter: out of memory\n", stderr);
        abort();
    }
    if (result == NULL) {
        context->was_refused = true;
        if (context->running != NULL && context->stopped == MLB_RUNNING) mlb_note_trace(context->running);
        return NULL;
    }
    context->used = context->used - old_size + new_size;
    return result;
}

void mlb_free_pools(mlb_Context *context) {
    while (context->slabs != NULL) {
        Slab *slab = context->slabs;
        context->slabs = slab->next;
        free(slab);
    }
}

void mlb_fail_allocations(mlb_Context *context, uint64_t nth) {
    context->fails_allocations = nth > 0;
    context->allocations_to_failure = nth;
}
