// For memmem.
#define _GNU_SOURCE

#include "patterns.h"

#include <stdint.h>
#include <string.h>

// Pattern items that a call keeps in its own frame; longer patterns get a userdata.
enum { ITEMS_IN_FRAME = 24 };

static int too_large(lua_State *L) { return luaL_error(L, "resulting string too large"); }

// The length of an argument that is a string, else 0; never raises.
static size_t text_length(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TSTRING ? (size_t)lua_rawlen(L, index) : 0;
}

// --- Building strings ---------------------------------------------------------------------------------

// Unlike luaL_Buffer, grows by userdata, so that Lua collects garbage before it runs out of memory.
typedef struct Builder {
    mlb_Meter *meter;
    int slot; // in the stack, for the userdata
    char *bytes;
    size_t size, capacity;
    char first[1024];
} Builder;

static void start_building(Builder *builder, mlb_Meter *meter) {
    builder->meter = meter;
    lua_pushnil(meter->L);
    builder->slot = lua_gettop(meter->L);
    builder->bytes = builder->first;
    builder->size = 0;
    builder->capacity = sizeof builder->first;
}

static void grow(Builder *builder, size_t needed) {
    lua_State *L = builder->meter->L;
    size_t capacity = builder->capacity * 2;
    if (capacity > MLB_STRING_LIMIT) capacity = MLB_STRING_LIMIT;
    if (capacity < needed) capacity = needed;
    mlb_spend(builder->meter, mlb_bulk_steps(builder->size));
    char *bytes = lua_newuserdatauv(L, capacity, 0);
    memcpy(bytes, builder->bytes, builder->size);
    lua_replace(L, builder->slot);
    builder->bytes = bytes;
    builder->capacity = capacity;
}

static void append(Builder *builder, const char *text, size_t length) {
    mlb_spend(builder->meter, mlb_bulk_steps(length));
    if (length > builder->capacity - builder->size) {
        if (length > MLB_STRING_LIMIT - builder->size) too_large(builder->meter->L);
        grow(builder, builder->size + length);
    }
    memcpy(builder->bytes + builder->size, text, length);
    builder->size += length;
}

static void push_built(Builder *builder) {
    lua_pushlstring(builder->meter->L, builder->bytes, builder->size);
}

// Room for a result whose size is known.
typedef struct Room {
    char *bytes;
    char small[1024];
} Room;

// May push a value, which keeps the room.
static void make_room(lua_State *L, Room *room, size_t size) {
    mlb_charge(L, mlb_bulk_steps(size));
    if (size > MLB_STRING_LIMIT) too_large(L);
    room->bytes = size <= sizeof room->small ? room->small : lua_newuserdatauv(L, size, 0);
}

// Copies bytes and switches the case of the letters from `first` on: one bit.
static void copy_switched(char *restrict to, const char *restrict from, size_t length, char first) {
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)from[i];
        bool is_letter = (unsigned char)(byte - first) < 26;
        to[i] = (char)(byte ^ (unsigned)is_letter << 5);
    }
}

static int switch_case(lua_State *L, char first) {
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    Room room;
    make_room(L, &room, length);
    copy_switched(room.bytes, text, length, first);
    lua_pushlstring(L, room.bytes, length);
    return 1;
}

static int string_lower(lua_State *L) { return switch_case(L, 'A'); }

static int string_upper(lua_State *L) { return switch_case(L, 'a'); }

static void copy_reversed(char *restrict to, const char *restrict from, size_t length) {
    for (size_t i = 0; i < length; i++) to[i] = from[length - 1 - i];
}

static int string_reverse(lua_State *L) {
    size_t length = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    Room room;
    make_room(L, &room, length);
    copy_reversed(room.bytes, text, length);
    lua_pushlstring(L, room.bytes, length);
    return 1;
}

// Fills `size` bytes with their first `filled` ones, over and over.
static void repeat_start(char *bytes, size_t filled, size_t size) {
    while (filled < size) {
        size_t more = filled < size - filled ? filled : size - filled;
        memcpy(bytes + filled, bytes, more);
        filled += more;
    }
}

static int string_rep(lua_State *L) {
    size_t length = 0, gap = 0;
    const char *text = luaL_checklstring(L, 1, &length);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &gap);
    size_t unit = length + gap;
    if (count <= 0 || unit == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((size_t)count > (MLB_STRING_LIMIT + gap) / unit) return too_large(L);
    size_t size = (size_t)count * unit - gap;
    Room room;
    make_room(L, &room, size);
    memcpy(room.bytes, text, length);
    if (count > 1) {
        memcpy(room.bytes + length, separator, gap);
        repeat_start(room.bytes, unit, size);
    }
    lua_pushlstring(L, room.bytes, size);
    return 1;
}

// --- Finding and matching -----------------------------------------------------------------------------

// The place, from 0, that an `init` argument means; beyond the end if the argument is.
static size_t start_place(lua_Integer init, size_t length) {
    if (init > 0) return (size_t)init - 1;
    if (init == 0 || init < -(lua_Integer)length) return 0;
    return length - (size_t)-init;
}

static bool has_specials(mlb_Text pattern) {
    // ( * + - . and $ % ? [ ^; a closing bracket alone stands for itself.
    static const mlb_Set specials = {{0x80006D3000000000, 0x0000000048000000, 0, 0}};
    for (size_t i = 0; i < pattern.length; i++)
        if (mlb_set_has(&specials, pattern.start[i])) return true;
    return false;
}

// What find, match and gmatch are asked for.
typedef struct Request {
    mlb_Text text, wanted;
    size_t start; // may be beyond the end
} Request;

static void check_request(lua_State *L, Request *request) {
    request->text.start = luaL_checklstring(L, 1, &request->text.length);
    request->wanted.start = luaL_checklstring(L, 2, &request->wanted.length);
    request->start = start_place(luaL_optinteger(L, 3, 1), request->text.length);
}

// memmem, but quicker where the first byte is rare.
static const char *find_bytes(mlb_Text text, mlb_Text wanted) {
    if (wanted.length == 0) return text.start;
    const char *at = text.start, *stop = at + (text.length - wanted.length) + 1;
    for (int attempts = 0; attempts < 32; attempts++) {
        at = memchr(at, *wanted.start, (size_t)(stop - at));
        if (at == NULL || memcmp(at, wanted.start, wanted.length) == 0) return at;
        if (++at == stop) return NULL;
    }
    return memmem(at, text.length - (size_t)(at - text.start), wanted.start, wanted.length);
}

// Searches window by window, so that each can be charged.
static const char *find_text(lua_State *L, mlb_Text text, mlb_Text wanted) {
    size_t size = wanted.length, most = size > 1 << 15 ? size * 2 : 1 << 16;
    while (text.length >= size) {
        mlb_Text window = {text.start, text.length < most ? text.length : most};
        const char *found = find_bytes(window, wanted);
        size_t searched = found == NULL ? window.length : (size_t)(found - text.start);
        mlb_charge(L, 1 + (searched + size) / 16);
        if (found != NULL) return found;
        if (window.length == text.length) return NULL;
        size_t step = window.length - size + 1;
        text = (mlb_Text){text.start + step, text.length - step};
    }
    mlb_charge(L, 1);
    return NULL;
}

static int push_nothing_found(lua_State *L) {
    luaL_pushfail(L);
    return 1;
}

static int find_plainly(lua_State *L, const Request *request) {
    mlb_Text rest = {request->text.start + request->start, request->text.length - request->start};
    const char *found = find_text(L, rest, request->wanted);
    if (found == NULL) return push_nothing_found(L);
    lua_Integer place = found - request->text.start + 1;
    lua_pushinteger(L, place);
    lua_pushinteger(L, place + (lua_Integer)request->wanted.length - 1);
    return 2;
}

static int push_places(mlb_Search *search) {
    lua_State *L = search->meter.L;
    lua_pushinteger(L, search->match_start - search->subject + 1);
    lua_pushinteger(L, search->match_end - search->subject);
    return search->pattern->captures > 0 ? 2 + mlb_push_captures(search) : 2;
}

static int push_first_match(lua_State *L, const Request *request, int (*push_match)(mlb_Search *)) {
    mlb_Item storage[ITEMS_IN_FRAME];
    mlb_Pattern pattern;
    mlb_Search search;
    search.meter = mlb_new_meter(L);
    mlb_compile(&search.meter, &pattern, request->wanted, true, storage, ITEMS_IN_FRAME);
    mlb_start_search(&search, &pattern, request->text, request->start);
    int results = mlb_next_match(&search) ? push_match(&search) : push_nothing_found(L);
    mlb_settle(&search.meter, 0);
    return results;
}

static int string_find(lua_State *L) {
    Request request;
    check_request(L, &request);
    if (request.start > request.text.length) return push_nothing_found(L);
    if (lua_toboolean(L, 4) || !has_specials(request.wanted)) return find_plainly(L, &request);
    return push_first_match(L, &request, push_places);
}

static int string_match(lua_State *L) {
    Request request;
    check_request(L, &request);
    if (request.start > request.text.length) return push_nothing_found(L);
    return push_first_match(L, &request, mlb_push_captures);
}

// --- gmatch -------------------------------------------------------------------------------------------

typedef struct Iteration {
    mlb_Search search;
    mlb_Pattern pattern;
    mlb_Item items[];
} Iteration;

// upvalues: the iteration, the subject, the pattern
static int next_match(lua_State *L) {
    Iteration *iteration = lua_touserdata(L, lua_upvalueindex(1));
    mlb_Search *search = &iteration->search;
    // Another coroutine may have made the last step.
    search->meter = mlb_new_meter(L);
    int results = mlb_next_match(search) ? mlb_push_captures(search) : 0;
    mlb_settle(&search->meter, 0);
    return results;
}

static int string_gmatch(lua_State *L) {
    Request request;
    check_request(L, &request);
    // One place beyond the end is enough to find nothing.
    if (request.start > request.text.length) request.start = request.text.length + 1;
    mlb_Item storage[ITEMS_IN_FRAME];
    mlb_Pattern pattern;
    mlb_Meter meter = mlb_new_meter(L);
    mlb_compile(&meter, &pattern, request.wanted, false, storage, ITEMS_IN_FRAME);
    mlb_settle(&meter, 0);
    Iteration *iteration = lua_newuserdatauv(L, sizeof *iteration + pattern.count * sizeof(mlb_Item), 0);
    iteration->pattern = pattern;
    mlb_move_pattern(&iteration->pattern, iteration->items);
    mlb_start_search(&iteration->search, &iteration->pattern, request.text, request.start);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, next_match, 3);
    return 1;
}

// --- gsub ---------------------------------------------------------------------------------------------

typedef struct Substitution {
    mlb_Search search;
    Builder builder;
    const char *copied; // the subject up to here is in the builder
    mlb_Text template;  // starts with NULL if there is none
} Substitution;

// What the substitution's function has as arguments.
enum { REPLACEMENT = 3, LIMIT = 4 };

static void append_capture(Substitution *s, int number) {
    mlb_Text text;
    if (mlb_get_capture(&s->search, number, &text)) {
        append(&s->builder, text.start, text.length);
        return;
    }
    lua_State *L = s->search.meter.L;
    lua_pushinteger(L, text.start - s->search.subject + 1);
    text.start = lua_tolstring(L, -1, &text.length);
    append(&s->builder, text.start, text.length);
    lua_pop(L, 1);
}

static void refuse_template(Substitution *s) {
    mlb_settle(&s->search.meter, 0);
    luaL_error(s->search.meter.L, "invalid use of '%%' in replacement string");
}

static void append_template(Substitution *s) {
    const char *at = s->template.start, *end = at + s->template.length;
    const char *escape;
    while ((escape = memchr(at, '%', (size_t)(end - at))) != NULL) {
        append(&s->builder, at, (size_t)(escape - at));
        // At the end this is the zero byte after the string.
        char what = escape[1];
        if (what == '%')
            append(&s->builder, "%", 1);
        else if (what == '0')
            append(&s->builder, s->search.match_start, (size_t)(s->search.match_end - s->search.match_start));
        else if (what >= '1' && what <= '9')
            append_capture(s, what - '1');
        else
            refuse_template(s);
        at = escape + 2;
    }
    append(&s->builder, at, (size_t)(end - at));
}

static void append_up_to_match(Substitution *s) {
    append(&s->builder, s->copied, (size_t)(s->search.match_start - s->copied));
    s->copied = s->search.match_end;
}

// Pushes what the table or function has for the match.
static void push_value(Substitution *s, int type) {
    lua_State *L = s->search.meter.L;
    if (type == LUA_TTABLE) {
        mlb_push_capture(&s->search, 0);
        mlb_settle(&s->search.meter, 0);
        lua_gettable(L, REPLACEMENT);
    } else {
        lua_pushvalue(L, REPLACEMENT);
        int count = mlb_push_captures(&s->search);
        mlb_settle(&s->search.meter, 0);
        lua_call(L, count, 1);
    }
}

static void append_value(Substitution *s, int type) {
    lua_State *L = s->search.meter.L;
    push_value(s, type);
    if (lua_toboolean(L, -1)) {
        if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
        size_t length = 0;
        const char *text = lua_tolstring(L, -1, &length);
        append_up_to_match(s);
        append(&s->builder, text, length);
    }
    lua_pop(L, 1);
}

// Returns the number of matches.
static lua_Integer substitute(Substitution *s, int type, lua_Integer limit) {
    lua_Integer count = 0;
    while (count < limit && mlb_next_match(&s->search)) {
        count++;
        if (s->template.start == NULL) {
            append_value(s, type);
        } else {
            append_up_to_match(s);
            append_template(s);
        }
        if (s->search.pattern->anchored) break;
    }
    return count;
}

static int string_gsub(lua_State *L) {
    mlb_Text text, wanted;
    text.start = luaL_checklstring(L, 1, &text.length);
    wanted.start = luaL_checklstring(L, 2, &wanted.length);
    int type = lua_type(L, REPLACEMENT);
    lua_Integer limit = luaL_optinteger(L, LIMIT, (lua_Integer)text.length + 1);
    bool is_text = type == LUA_TSTRING || type == LUA_TNUMBER;
    luaL_argexpected(
        L, is_text || type == LUA_TTABLE || type == LUA_TFUNCTION, REPLACEMENT, "string/function/table");
    mlb_Item storage[ITEMS_IN_FRAME];
    mlb_Pattern pattern;
    Substitution s;
    s.search.meter = mlb_new_meter(L);
    mlb_compile(&s.search.meter, &pattern, wanted, true, storage, ITEMS_IN_FRAME);
    mlb_start_search(&s.search, &pattern, text, 0);
    start_building(&s.builder, &s.search.meter);
    s.copied = text.start;
    s.template = (mlb_Text){NULL, 0};
    if (is_text) s.template.start = lua_tolstring(L, REPLACEMENT, &s.template.length);
    lua_Integer count = substitute(&s, type, limit);
    if (s.copied == text.start && s.builder.size == 0) {
        lua_pushvalue(L, 1);
    } else {
        append(&s.builder, s.copied, (size_t)(s.search.end - s.copied));
        push_built(&s.builder);
    }
    lua_pushinteger(L, count);
    mlb_settle(&s.search.meter, 0);
    return 2;
}

// --- Lua's own functions, counted ---------------------------------------------------------------------

// Each of these has Lua's function as its upvalue and runs it in its own call, so that errors name the
// script's line. Work that the arguments bound is charged before, work that the result shows after.

static int call_original(lua_State *L) { return lua_tocfunction(L, lua_upvalueindex(1))(L); }

static int string_byte(lua_State *L) {
    int results = call_original(L);
    mlb_charge(L, 1 + (size_t)results);
    return results;
}

static int string_char(lua_State *L) {
    mlb_charge(L, 1 + (size_t)lua_gettop(L));
    return call_original(L);
}

static int string_len(lua_State *L) {
    mlb_charge(L, 1);
    return call_original(L);
}

static int string_sub(lua_State *L) {
    int results = call_original(L);
    mlb_charge(L, mlb_bulk_steps(text_length(L, -1)));
    return results;
}

// The bytes that a format for pack names, as in `c20`; may stop counting above MLB_STRING_LIMIT.
static size_t declared_size(const char *format, size_t length) {
    size_t sum = 0;
    for (size_t i = 0; i < length && sum <= MLB_STRING_LIMIT; i++) {
        if (format[i] != 'c') continue;
        size_t size = 0;
        while (i + 1 < length && format[i + 1] >= '0' && format[i + 1] <= '9' && size <= MLB_STRING_LIMIT)
            size = size * 10 + (size_t)(format[++i] - '0');
        sum += size;
    }
    return sum;
}

// No other option of a format takes more, nor is aligned to more.
enum { LARGEST_OPTION = 16 };

static int string_pack(lua_State *L) {
    size_t length = text_length(L, 1), size = 0;
    if (length > 0) size = 2 * LARGEST_OPTION * length + declared_size(lua_tostring(L, 1), length);
    for (int i = lua_gettop(L); i > 1; i--) size += text_length(L, i);
    mlb_charge(L, length + mlb_bulk_steps(size));
    if (size > MLB_STRING_LIMIT) return too_large(L);
    return call_original(L);
}

static int string_packsize(lua_State *L) {
    mlb_charge(L, 1 + text_length(L, 1));
    return call_original(L);
}

static int string_unpack(lua_State *L) {
    size_t length = text_length(L, 1), data = text_length(L, 2), read = 0;
    if (length > 0) {
        const char *format = lua_tostring(L, 1);
        int is_number = 0;
        lua_Integer init = lua_tointegerx(L, 3, &is_number);
        size_t start = is_number ? start_place(init, data) : 0;
        size_t rest = start < data ? data - start : 0;
        // The sizes of s and z stand in the data.
        bool may_read_all = memchr(format, 's', length) != NULL || memchr(format, 'z', length) != NULL;
        read = may_read_all ? rest : declared_size(format, length);
        if (read > rest) read = rest;
    }
    mlb_charge(L, length + mlb_bulk_steps(read));
    return call_original(L);
}

// What a conversion writes at most, besides the text of its argument: 99 characters of width, and for %f 309
// digits and 99 decimals.
static size_t conversion_size(char conversion) { return conversion == 'f' ? 416 : 112; }

// Replaces the argument of a %s by a text without an address, and returns the most that it takes.
static size_t prepare_argument(lua_State *L, int index, char conversion) {
    int type = lua_type(L, index);
    bool may_be_address = type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA ||
                          type == LUA_TLIGHTUSERDATA || type == LUA_TTHREAD;
    if (conversion == 's' && may_be_address) {
        mlb_push_text(L, index);
        lua_replace(L, index);
    }
    size_t length = text_length(L, index);
    // Quoting can write a byte as \255.
    return conversion == 'q' ? length * 4 : length;
}

static int string_format(lua_State *L) {
    size_t length = 0;
    const char *format = luaL_checklstring(L, 1, &length);
    // A format with a zero byte may hide the rest of itself from strchr; Lua does not need such formats.
    if (strlen(format) != length) return luaL_argerror(L, 1, "a format cannot contain a zero byte");
    size_t size = length;
    int argument = 1, count = lua_gettop(L);
    for (const char *at = format; (at = strchr(at, '%')) != NULL; at++) {
        at += 1 + strspn(at + 1, "-+ #0123456789.");
        if (*at == '\0') break;
        if (*at == '%') continue;
        if (*at == 'p')
            return luaL_argerror(L, 1, "%p gives an address, which differs from run to run");
        size += conversion_size(*at);
        if (++argument <= count) size += prepare_argument(L, argument, *at);
    }
    mlb_charge(L, length + mlb_bulk_steps(size));
    if (size > MLB_STRING_LIMIT) return too_large(L);
    return call_original(L);
}

// --- The library --------------------------------------------------------------------------------------

void mlb_push_string_library(lua_State *L) {
    static const luaL_Reg own[] = {
        {"find", string_find},       {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"lower", string_lower},     {"match", string_match},   {"rep", string_rep},
        {"reverse", string_reverse}, {"upper", string_upper},   {NULL, NULL}};
    static const luaL_Reg counted[] = {
        {"byte", string_byte}, {"char", string_char},     {"format", string_format},
        {"len", string_len},   {"pack", string_pack},     {"packsize", string_packsize},
        {"sub", string_sub},   {"unpack", string_unpack}, {NULL, NULL}};
    luaL_newlib(L, own);
    lua_getglobal(L, "string");
    for (const luaL_Reg *entry = counted; entry->name != NULL; entry++) {
        lua_getfield(L, -1, entry->name);
        lua_pushcclosure(L, entry->func, 1);
        lua_setfield(L, -3, entry->name);
    }
    lua_pop(L, 1);
}
