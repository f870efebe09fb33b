#include "patterns.h"

#include <string.h>

// --- Steps --------------------------------------------------------------------------------------------

void mlb_settle(mlb_Meter *meter, size_t steps) {
    steps += MLB_STEP_BATCH - meter->left;
    meter->left = MLB_STEP_BATCH;
    if (steps > 0) mlb_charge(meter->L, steps);
}

// --- Sets ---------------------------------------------------------------------------------------------

static const mlb_Set full_set = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

// Bytes 0 to 63 and 64 to 127 of each class in the C locale, by letter; no class has a byte above.
static const uint64_t classes[26][2] = {
    ['a' - 'a'] = {0, 0x07FFFFFE07FFFFFE},
    ['c' - 'a'] = {0x00000000FFFFFFFF, 0x8000000000000000},
    ['d' - 'a'] = {0x03FF000000000000, 0},
    ['g' - 'a'] = {0xFFFFFFFE00000000, 0x7FFFFFFFFFFFFFFF},
    ['l' - 'a'] = {0, 0x07FFFFFE00000000},
    ['p' - 'a'] = {0xFC00FFFE00000000, 0x78000001F8000001},
    ['s' - 'a'] = {0x0000000100003E00, 0},
    ['u' - 'a'] = {0, 0x0000000007FFFFFE},
    ['w' - 'a'] = {0x03FF000000000000, 0x07FFFFFE07FFFFFE},
    ['x' - 'a'] = {0x03FF000000000000, 0x0000007E0000007E},
    // Not in the manual, but Lua still has it: the zero byte.
    ['z' - 'a'] = {1, 0},
};

static bool add_class(mlb_Set *set, char letter) {
    bool is_upper = letter >= 'A' && letter <= 'Z';
    int number = is_upper ? letter - 'A' : letter - 'a';
    if (number < 0 || number > 25) return false;
    const uint64_t *bits = classes[number];
    if ((bits[0] | bits[1]) == 0) return false;
    uint64_t flip = is_upper ? UINT64_MAX : 0;
    set->bits[0] |= bits[0] ^ flip;
    set->bits[1] |= bits[1] ^ flip;
    set->bits[2] |= flip;
    set->bits[3] |= flip;
    return true;
}

static void add_byte(mlb_Set *set, unsigned byte) { set->bits[byte >> 6] |= (uint64_t)1 << (byte & 63); }

static void add_range(mlb_Set *set, char first, char last) {
    for (unsigned byte = (unsigned char)first; byte <= (unsigned char)last; byte++) add_byte(set, byte);
}

static bool is_disjoint(const mlb_Set *a, const mlb_Set *b) {
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1]) | (a->bits[2] & b->bits[2]) |
            (a->bits[3] & b->bits[3])) == 0;
}

// --- Compiling ----------------------------------------------------------------------------------------

typedef enum CaptureState { OPEN, CLOSED, IS_PLACE } CaptureState;

typedef struct Compiler {
    mlb_Meter *meter;
    const char *at, *end;
    mlb_Item *storage;
    size_t capacity, count;
    mlb_Item spare; // takes the items beyond the capacity, which are only counted
    mlb_Item *last;
    bool faulty;
    int level;
    CaptureState states[MLB_MAX_CAPTURES];
} Compiler;

static mlb_Item *add_item(Compiler *c, mlb_Op op) {
    mlb_Item *item = c->count < c->capacity ? &c->storage[c->count] : &c->spare;
    c->count++;
    c->last = item;
    item->op = (uint8_t)op;
    item->capture = 0;
    item->any = false;
    item->final = false;
    return item;
}

static void add_fault(Compiler *c, const char *message, int quoted) {
    mlb_Item *item = add_item(c, MLB_FAULT);
    item->message = message;
    item->capture = (uint8_t)quoted;
    c->faulty = true;
}

static void add_text(Compiler *c, const char *byte) {
    mlb_Item *last = c->last;
    if (last != NULL && last->op == MLB_TEXT && last->text + last->length == byte) {
        last->length++;
        return;
    }
    mlb_Item *item = add_item(c, MLB_TEXT);
    item->text = byte;
    item->length = 1;
}

// The bracket that ends the set whose first byte is at `at`, or NULL.
static const char *find_set_end(Compiler *c, const char *at) {
    // A bracket that comes first stands for itself.
    for (bool first = true; at < c->end; first = false) {
        mlb_spend(c->meter, 1);
        if (*at == ']' && !first) return at;
        at += *at == '%' ? 2 : 1;
    }
    return NULL;
}

// Reads a set from its opening bracket on.
static bool read_set(Compiler *c, mlb_Set *set) {
    const char *at = c->at + 1;
    bool complement = at < c->end && *at == '^';
    if (complement) at++;
    const char *close = find_set_end(c, at);
    if (close == NULL) return false;
    *set = (mlb_Set){{0}};
    while (at < close) {
        mlb_spend(c->meter, 1);
        if (*at == '%') {
            if (!add_class(set, at[1])) add_byte(set, (unsigned char)at[1]);
            at += 2;
        } else if (at[1] == '-' && at + 2 < close) {
            add_range(set, at[0], at[2]);
            at += 3;
        } else {
            add_byte(set, (unsigned char)*at++);
        }
    }
    for (int i = 0; complement && i < 4; i++) set->bits[i] = ~set->bits[i];
    c->at = close + 1;
    return true;
}

static mlb_Op read_suffix(Compiler *c) {
    if (c->at == c->end) return MLB_ONE;
    mlb_Op op;
    switch (*c->at) {
    case '?': op = MLB_OPTIONAL; break;
    case '*': op = MLB_MANY; break;
    case '+': op = MLB_SOME; break;
    case '-': op = MLB_FEW; break;
    default: return MLB_ONE;
    }
    c->at++;
    return op;
}

// The byte at `byte` with its suffix, which is next.
static void finish_byte(Compiler *c, const char *byte) {
    mlb_Op op = read_suffix(c);
    if (op == MLB_ONE) {
        add_text(c, byte);
        return;
    }
    mlb_Item *item = add_item(c, op);
    item->set = (mlb_Set){{0}};
    add_byte(&item->set, (unsigned char)*byte);
}

// A byte of `set` with its suffix, which is next.
static void finish_set(Compiler *c, const mlb_Set *set) {
    mlb_Item *item = add_item(c, read_suffix(c));
    item->set = *set;
    item->any = memcmp(set, &full_set, sizeof *set) == 0;
}

static void compile_byte(Compiler *c) {
    const char *byte = c->at++;
    finish_byte(c, byte);
}

static void compile_set(Compiler *c) {
    mlb_Set set;
    if (read_set(c, &set))
        finish_set(c, &set);
    else
        add_fault(c, "malformed pattern (missing ']')", 0);
}

static void compile_any(Compiler *c) {
    c->at++;
    finish_set(c, &full_set);
}

static void compile_class(Compiler *c) {
    if (c->at + 1 == c->end) {
        add_fault(c, "malformed pattern (ends with '%%')", 0);
        return;
    }
    const char *letter = c->at + 1;
    c->at += 2;
    mlb_Set set = {{0}};
    if (add_class(&set, *letter))
        finish_set(c, &set);
    else
        finish_byte(c, letter);
}

static void compile_open(Compiler *c) {
    c->at++;
    if (c->level == MLB_MAX_CAPTURES) {
        add_fault(c, "too many captures", 0);
        return;
    }
    bool is_place = c->at < c->end && *c->at == ')';
    if (is_place) c->at++;
    add_item(c, is_place ? MLB_PLACE : MLB_OPEN)->capture = (uint8_t)c->level;
    c->states[c->level++] = is_place ? IS_PLACE : OPEN;
}

static void compile_close(Compiler *c) {
    c->at++;
    int level = c->level - 1;
    while (level >= 0 && c->states[level] != OPEN) level--;
    if (level < 0) {
        add_fault(c, "invalid pattern capture", 0);
        return;
    }
    c->states[level] = CLOSED;
    add_item(c, MLB_CLOSE)->capture = (uint8_t)level;
}

static void compile_same(Compiler *c) {
    int number = c->at[1] - '0';
    c->at += 2;
    if (number == 0 || number > c->level || c->states[number - 1] == OPEN)
        add_fault(c, "invalid capture index %%%d", number);
    else if (c->states[number - 1] == IS_PLACE)
        add_item(c, MLB_NEVER);
    else
        add_item(c, MLB_SAME)->capture = (uint8_t)(number - 1);
}

static void compile_balance(Compiler *c) {
    if (c->end - c->at < 4) {
        add_fault(c, "malformed pattern (missing arguments to '%%b')", 0);
        return;
    }
    add_item(c, MLB_BALANCE)->text = c->at + 2;
    c->at += 4;
}

static void compile_frontier(Compiler *c) {
    c->at += 2;
    mlb_Set set;
    if (c->at == c->end || *c->at != '[')
        add_fault(c, "missing '[' after '%%f' in pattern", 0);
    else if (!read_set(c, &set))
        add_fault(c, "malformed pattern (missing ']')", 0);
    else
        add_item(c, MLB_FRONTIER)->set = set;
}

static void compile_escape(Compiler *c) {
    char next = '\0';
    if (c->end - c->at > 1) next = c->at[1];
    if (next == 'b')
        compile_balance(c);
    else if (next == 'f')
        compile_frontier(c);
    else if (next >= '0' && next <= '9')
        compile_same(c);
    else
        compile_class(c);
}

static void compile_end(Compiler *c) {
    if (c->at + 1 < c->end) {
        compile_byte(c);
        return;
    }
    c->at++;
    add_item(c, MLB_END);
}

static void compile_item(Compiler *c) {
    switch (*c->at) {
    case '(': compile_open(c); break;
    case ')': compile_close(c); break;
    case '%': compile_escape(c); break;
    case '[': compile_set(c); break;
    case '.': compile_any(c); break;
    case '$': compile_end(c); break;
    default: compile_byte(c);
    }
}

// Returns the number of items, of which only the first `capacity` are in `storage`.
static size_t compile_all(
    mlb_Meter *meter, mlb_Text text, mlb_Item *storage, size_t capacity, int *captures) {
    Compiler c;
    c.meter = meter;
    c.at = text.start;
    c.end = text.start + text.length;
    c.storage = storage;
    c.capacity = capacity;
    c.count = 0;
    c.last = NULL;
    c.faulty = false;
    c.level = 0;
    while (c.at < c.end && !c.faulty) {
        mlb_spend(meter, 1);
        compile_item(&c);
    }
    add_item(&c, MLB_DONE);
    *captures = c.level;
    return c.count;
}

static const mlb_Item *skip_captures(const mlb_Item *item) {
    while (item->op == MLB_OPEN || item->op == MLB_CLOSE || item->op == MLB_PLACE) item++;
    return item;
}

// Whether a match of what follows a run of `set` cannot start inside the run.
static bool is_final_before(const mlb_Item *next, const mlb_Set *set) {
    next = skip_captures(next);
    switch (next->op) {
    case MLB_DONE:
    case MLB_END: return true;
    case MLB_TEXT: return !mlb_set_has(set, *next->text);
    case MLB_ONE:
    case MLB_SOME: return is_disjoint(set, &next->set);
    default: return false;
    }
}

static void mark_final_runs(mlb_Item *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mlb_Item *item = &items[i];
        if (item->op == MLB_MANY || item->op == MLB_SOME) item->final = is_final_before(item + 1, &item->set);
    }
}

static void find_lead(mlb_Pattern *pattern) {
    const mlb_Item *item = skip_captures(pattern->items);
    bool leads = item->op == MLB_TEXT || item->op == MLB_ONE || item->op == MLB_SOME;
    pattern->lead = leads && !item->any ? item : NULL;
}

void mlb_compile(
    mlb_Meter *meter, mlb_Pattern *pattern, mlb_Text text, bool anchors, mlb_Item *storage, size_t capacity) {
    pattern->anchored = anchors && text.length > 0 && *text.start == '^';
    if (pattern->anchored) text = (mlb_Text){text.start + 1, text.length - 1};
    pattern->count = compile_all(meter, text, storage, capacity, &pattern->captures);
    if (pattern->count > capacity) {
        storage = lua_newuserdatauv(meter->L, pattern->count * sizeof *storage, 0);
        compile_all(meter, text, storage, pattern->count, &pattern->captures);
    } else {
        lua_pushnil(meter->L);
    }
    mark_final_runs(storage, pattern->count);
    pattern->items = storage;
    find_lead(pattern);
}

void mlb_move_pattern(mlb_Pattern *pattern, mlb_Item *storage) {
    memcpy(storage, pattern->items, pattern->count * sizeof *storage);
    pattern->items = storage;
    find_lead(pattern);
}

// --- Matching -----------------------------------------------------------------------------------------

// How many captures and repetitions a match may be inside of.
enum { MAX_DEPTH = 200 };

// The `length` of a capture that is not a text.
enum { NOT_CLOSED = -1, PLACE = -2 };

// Where the match can go on in another way: with the item at a run that is shorter, or longer for MLB_FEW.
typedef struct Choice {
    const mlb_Item *item;
    const char *at;  // the end of the run that was tried
    const char *low; // where its shortest run ends
    int depth;
} Choice;

static int fail(mlb_Search *search, const char *message, int quoted) {
    mlb_settle(&search->meter, 0);
    return luaL_error(search->meter.L, message, quoted);
}

static inline int deeper(mlb_Search *search, int depth) {
    if (depth == MAX_DEPTH) fail(search, "pattern too complex", 0);
    return depth + 1;
}

static inline bool has_text(mlb_Search *search, const mlb_Item *item, const char *at) {
    if (at == search->end || *at != *item->text) return false;
    size_t length = item->length;
    if (length == 1) return true;
    if ((size_t)(search->end - at) < length) return false;
    mlb_spend(&search->meter, length / 64);
    return memcmp(at, item->text, length) == 0;
}

// The first byte from `at` on that is in the set, or is not.
static inline const char *skip_while(mlb_Search *search, const mlb_Set *set, bool is_in, const char *at) {
    const mlb_Set local = *set;
    for (;;) {
        const char *start = at, *stop = search->end;
        if (stop - at > MLB_STEP_BATCH) stop = at + MLB_STEP_BATCH;
        while (at < stop && mlb_set_has(&local, *at) == is_in) at++;
        mlb_spend(&search->meter, (size_t)(at - start));
        if (at < stop || at == search->end) return at;
    }
}

static const char *run_end(mlb_Search *search, const mlb_Item *item, const char *at) {
    return item->any ? search->end : skip_while(search, &item->set, true, at);
}

// The end of the text from `at` on that is balanced in the two bytes, or NULL.
static const char *balance_end(mlb_Search *search, const char *bytes, const char *at) {
    if (at == search->end || *at != bytes[0]) return NULL;
    size_t open = 1;
    while (++at < search->end) {
        mlb_spend(&search->meter, 1);
        if (*at == bytes[1]) {
            if (--open == 0) return at + 1;
        } else if (*at == bytes[0]) {
            open++;
        }
    }
    return NULL;
}

static bool is_frontier(const mlb_Search *search, const mlb_Set *set, const char *at) {
    char before = at == search->subject ? '\0' : at[-1];
    char after = at == search->end ? '\0' : *at;
    return !mlb_set_has(set, before) && mlb_set_has(set, after);
}

// The end of the text from `at` on that equals a capture, or NULL.
static const char *same_end(mlb_Search *search, const mlb_Capture *capture, const char *at) {
    if (search->end - at < capture->length) return NULL;
    size_t length = (size_t)capture->length;
    mlb_spend(&search->meter, length / 64);
    return memcmp(at, capture->start, length) == 0 ? at + length : NULL;
}

static inline void pass_capture(mlb_Capture *capture, uint8_t op, const char *at) {
    if (op == MLB_CLOSE)
        capture->length = at - capture->start;
    else
        *capture = (mlb_Capture){at, op == MLB_OPEN ? NOT_CLOSED : PLACE};
}

// Items that match in one way at most: the end of that match, or NULL.
static const char *match_rare(mlb_Search *search, const mlb_Item *item, const char *at) {
    switch (item->op) {
    case MLB_BALANCE: return balance_end(search, item->text, at);
    case MLB_FRONTIER: return is_frontier(search, &item->set, at) ? at : NULL;
    case MLB_SAME: return same_end(search, &search->captures[item->capture], at);
    case MLB_FAULT: fail(search, item->message, item->capture); return NULL;
    default: return NULL;
    }
}

// Goes on at the last choice; false if there is none left.
static inline bool go_back(
    mlb_Search *search, Choice *choices, int *count, const mlb_Item **item, const char **at, int *depth) {
    while (*count > 0) {
        Choice *choice = &choices[*count - 1];
        mlb_spend(&search->meter, 1);
        if (choice->item->op != MLB_FEW) {
            choice->at--;
            if (choice->at == choice->low) --*count;
        } else if (choice->at < search->end && mlb_set_has(&choice->item->set, *choice->at)) {
            choice->at++;
        } else {
            --*count;
            continue;
        }
        *item = choice->item + 1;
        *at = choice->at;
        *depth = choice->depth;
        return true;
    }
    return false;
}

// The end of the match that starts at `at`, or NULL.
//
// The items stand in a row, so whatever has been passed on the way to one of them has set its captures: going
// back need not undo any.
static const char *match_at(mlb_Search *search, const char *at) {
    Choice choices[MAX_DEPTH];
    int count = 0, depth = 1;
    const char *end = search->end;
    for (const mlb_Item *item = search->pattern->items;;) {
        mlb_spend(&search->meter, 1);
        const char *next = NULL; // after the item, or NULL if it does not match
        switch (item->op) {
        case MLB_DONE: return at;
        case MLB_TEXT:
            if (has_text(search, item, at)) next = at + item->length;
            break;
        case MLB_ONE:
            if (at < end && mlb_set_has(&item->set, *at)) next = at + 1;
            break;
        case MLB_OPTIONAL:
            next = at;
            if (at == end || !mlb_set_has(&item->set, *at)) break;
            next++;
            choices[count++] = (Choice){item, next, at, depth};
            depth = deeper(search, depth);
            break;
        case MLB_MANY:
        case MLB_SOME:
            if (at == end || !mlb_set_has(&item->set, *at)) {
                if (item->op == MLB_MANY) next = at;
                break;
            }
            depth = deeper(search, depth);
            next = run_end(search, item, at + 1);
            if (item->op == MLB_SOME) at++;
            if (next > at && !item->final) choices[count++] = (Choice){item, next, at, depth};
            break;
        case MLB_FEW:
            next = at;
            if (at == end || !mlb_set_has(&item->set, *at)) break;
            depth = deeper(search, depth);
            choices[count++] = (Choice){item, at, at, depth};
            break;
        case MLB_OPEN:
        case MLB_CLOSE:
        case MLB_PLACE:
            depth = deeper(search, depth);
            pass_capture(&search->captures[item->capture], item->op, at);
            next = at;
            break;
        case MLB_END:
            if (at == end) next = at;
            break;
        default: next = match_rare(search, item, at);
        }
        if (next != NULL) {
            at = next;
            item++;
        } else if (!go_back(search, choices, &count, &item, &at, &depth)) {
            return NULL;
        }
    }
}

void mlb_start_search(mlb_Search *search, const mlb_Pattern *pattern, mlb_Text subject, size_t start) {
    search->pattern = pattern;
    search->subject = subject.start;
    search->end = subject.start + subject.length;
    search->from = subject.start + start;
    search->last = NULL;
}

// The first place from `at` on where the pattern's lead matches, or NULL.
static const char *find_lead_match(mlb_Search *search, const mlb_Item *lead, const char *at) {
    if (lead->op == MLB_TEXT) {
        const char *found = memchr(at, *lead->text, (size_t)(search->end - at));
        mlb_spend(&search->meter, mlb_bulk_steps((size_t)((found == NULL ? search->end : found) - at)));
        return found;
    }
    const char *found = skip_while(search, &lead->set, false, at);
    return found == search->end ? NULL : found;
}

bool mlb_next_match(mlb_Search *search) {
    const mlb_Pattern *pattern = search->pattern;
    for (const char *at = search->from; at <= search->end; at++) {
        if (pattern->lead != NULL && !pattern->anchored) {
            at = find_lead_match(search, pattern->lead, at);
            if (at == NULL) return false;
        }
        const char *end = match_at(search, at);
        if (end != NULL && end != search->last) {
            search->match_start = at;
            search->match_end = search->from = search->last = end;
            return true;
        }
        if (pattern->anchored) return false;
    }
    return false;
}

// --- Captures -----------------------------------------------------------------------------------------

bool mlb_get_capture(mlb_Search *search, int number, mlb_Text *text) {
    if (number >= search->pattern->captures) {
        if (number > 0) fail(search, "invalid capture index %%%d", number + 1);
        *text = (mlb_Text){search->match_start, (size_t)(search->match_end - search->match_start)};
        return true;
    }
    const mlb_Capture *capture = &search->captures[number];
    if (capture->length == NOT_CLOSED) fail(search, "unfinished capture", 0);
    bool is_place = capture->length == PLACE;
    *text = (mlb_Text){capture->start, is_place ? 0 : (size_t)capture->length};
    return !is_place;
}

void mlb_push_capture(mlb_Search *search, int number) {
    mlb_Text text;
    if (mlb_get_capture(search, number, &text)) {
        mlb_spend(&search->meter, mlb_bulk_steps(text.length));
        lua_pushlstring(search->meter.L, text.start, text.length);
    } else {
        lua_pushinteger(search->meter.L, text.start - search->subject + 1);
    }
}

int mlb_push_captures(mlb_Search *search) {
    int count = search->pattern->captures;
    if (count == 0) count = 1;
    luaL_checkstack(search->meter.L, count, "too many captures");
    for (int i = 0; i < count; i++) mlb_push_capture(search, i);
    return count;
}
