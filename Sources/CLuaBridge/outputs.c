// What a compiled template does for every output, in C: paths are followed, values become text, text is escaped as HTML
// or as part of a URL, amounts are written, and all of it goes into one buffer of the state.
//
// The buffer holds what the renders under way have written, one inside the other: each begins at the mark that it took
// and cuts off what is behind it. What a render that failed has left there goes with its call (state.c).
#include "context.h"

#include <math.h>
#include <string.h>
#include <strings.h>

// What stands for the five characters of HTML; the others stand for themselves.
static const struct {
    const char *text;
    size_t length;
} entities[256] = {
    ['&'] = {"&amp;", 5}, ['<'] = {"&lt;", 4}, ['>'] = {"&gt;", 4}, ['"'] = {"&quot;", 6}, ['\''] = {"&#39;", 5},
};

// The length of a text as HTML.
static size_t escaped_length(const char *text, size_t length) {
    size_t grown = length;
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[(unsigned char)text[i]].length;
        if (__builtin_expect(entity > 0, 0)) grown += entity - 1;
    }
    return grown;
}

// Writes a text as HTML, in so many bytes.
static void escape(char *to, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[(unsigned char)text[i]].length;
        if (entity > 0) {
            memcpy(to, entities[(unsigned char)text[i]].text, entity);
            to += entity;
        } else {
            *to++ = text[i];
        }
    }
}

// Makes the value at an index a text, or nil; upvalue 1 knows what to do with tables, floats and the like. A number or a
// text costs no call of Lua.
static int to_text(lua_State *L, int index) {
    int type = lua_type(L, index);
    if (type == LUA_TSTRING || type == LUA_TNIL) return type;
    if (lua_isinteger(L, index)) {
        lua_tolstring(L, index, NULL);
        return LUA_TSTRING;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
    lua_replace(L, index);
    return lua_type(L, index);
}

// text(value): its text as an output prints it, or nil
static int output_text(lua_State *L) {
    lua_settop(L, 1);
    mlb_charge(L, 1);
    to_text(L, 1);
    return 1;
}

// escaped(value): its text as an output prints it in HTML, or nil
static int output_escaped(lua_State *L) {
    lua_settop(L, 1);
    if (to_text(L, 1) != LUA_TSTRING) return 1;
    size_t length;
    const char *text = lua_tolstring(L, 1, &length);
    mlb_charge(L, 1 + length / 16);
    size_t grown = escaped_length(text, length);
    if (grown == length) return 1;
    if (grown > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    escape(luaL_buffinitsize(L, &buffer, grown), text, length);
    luaL_pushresultsize(&buffer, grown);
    return 1;
}

// --- URLs ---------------------------------------------------------------------------------------------

// Bytes that stand for themselves in the value of a parameter (RFC 3986, section 2.3), and in a URL (section 2); of `%`
// and `&`, which may, the code tells.
#define UNRESERVED                                                                                           \
    ['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true, ['-'] = true, ['_'] = true, ['.'] = true, \
    ['~'] = true
static const bool stays_in_query[256] = {UNRESERVED};
static const bool stays_in_url[256] = {
    UNRESERVED,   ['!'] = true, ['*'] = true, ['('] = true, [')'] = true, [';'] = true, [':'] = true, ['@'] = true,
    ['='] = true, ['+'] = true, ['$'] = true, [','] = true, ['/'] = true, ['?'] = true, ['#'] = true, ['['] = true,
    [']'] = true,
};

// No byte becomes more: `&amp;`.
enum { MOST_OF_URL_BYTE = 5 };

static bool is_hexadecimal(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

// Writes a text as part of a URL in an attribute, or as the value of a parameter of it, and returns how many bytes these
// are: what does not stay becomes codes, a lone `%` too, and an `&` of the URL its entity.
static size_t write_url(char *to, const char *bytes, size_t length, bool is_query) {
    static const char digits[] = "0123456789ABCDEF";
    const bool *stays = is_query ? stays_in_query : stays_in_url;
    const unsigned char *text = (const unsigned char *)bytes;
    char *start = to;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = text[i];
        if (stays[byte]) {
            *to++ = (char)byte;
        } else if (byte == '&' && !is_query) {
            memcpy(to, "&amp;", 5);
            to += 5;
        } else if (byte == '%' && i + 2 < length && is_hexadecimal(text[i + 1]) && is_hexadecimal(text[i + 2])) {
            *to++ = '%';
        } else {
            *to++ = '%';
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
        }
    }
    return (size_t)(to - start);
}

static void push_url(lua_State *L, const char *text, size_t length) {
    mlb_charge(L, 1 + length / 16);
    if (length > MLB_STRING_LIMIT / MOST_OF_URL_BYTE) luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *to = luaL_buffinitsize(L, &buffer, length * MOST_OF_URL_BYTE);
    luaL_pushresultsize(&buffer, write_url(to, text, length, false));
}

// url_codes(text): the text as part of a URL
static int output_url_codes(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    push_url(L, text, length);
    return 1;
}

static bool is_space(unsigned char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// Whether the scheme, of any case, is one that runs no program.
static bool is_harmless(const char *scheme, size_t length) {
    static const char *const schemes[] = {"http", "https", "mailto", "tel", "sms", "cid"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i]) == length && strncasecmp(schemes[i], scheme, length) == 0) return true;
    return false;
}

static bool ends_scheme(char byte) { return byte == ':' || byte == '/' || byte == '?' || byte == '#'; }

// The text where a URL may begin, without blanks around it; another one where its scheme could run a program.
static const char *begin_of_url(const char *text, size_t *length) {
    while (*length > 0 && is_space((unsigned char)*text)) text++, --*length;
    while (*length > 0 && is_space((unsigned char)text[*length - 1])) --*length;
    size_t end = 0;
    while (end < *length && !ends_scheme(text[end])) end++;
    if (end == *length || text[end] != ':' || is_harmless(text, end)) return text;
    static const char unsafe[] = "#unsafe-link";
    *length = sizeof unsafe - 1;
    return unsafe;
}

// url_start(text): the text where a URL may begin
static int output_url_start(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    text = begin_of_url(text, &length);
    push_url(L, text, length);
    return 1;
}

// --- The buffer ---------------------------------------------------------------------------------------

enum {
    FIRST_ROOM = 4096,
    KEPT_ROOM = 1 << 18 // a larger buffer is given back when it is empty
};

static char *grow(lua_State *L, mlb_Context *context, size_t more) {
    if (more > MLB_STRING_LIMIT - context->output_length)
        luaL_error(L, "too large: a message may print %d MB", (int)(MLB_STRING_LIMIT >> 20));
    size_t needed = context->output_length + more, room = context->output_room;
    while (room < needed) room = room == 0 ? FIRST_ROOM : 2 * room;
    // As Lua does it: once more when the garbage is gone.
    for (int tries = 0; tries < 2; tries++) {
        void *block = context->output;
        char *grown = mlb_allocate(context, block, block == NULL ? LUA_TUSERDATA : context->output_room, room);
        if (grown != NULL) {
            context->output = grown;
            context->output_room = room;
            return grown + context->output_length;
        }
        lua_gc(L, LUA_GCCOLLECT, 0);
    }
    mlb_raise_out_of_memory(L);
    return NULL;
}

// Where the next `more` bytes go; they count once the length does.
static inline char *room_for(lua_State *L, mlb_Context *context, size_t more) {
    if (more <= context->output_room - context->output_length) return context->output + context->output_length;
    return grow(L, context, more);
}

void mlb_free_output(mlb_Context *context) {
    if (context->output != NULL) mlb_allocate(context, context->output, context->output_room, 0);
    context->output = NULL;
    context->output_room = context->output_length = 0;
}

// add(text): prints a text as it is
static int output_add(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    mlb_charge(L, 1 + length / 64);
    mlb_Context *context = mlb_context(L);
    memcpy(room_for(L, context, length), text, length);
    context->output_length += length;
    return 0;
}

// mark(): where the output ends
static int output_mark(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)mlb_context(L)->output_length);
    return 1;
}

// cut(mark): takes what is behind the mark out of the output, and gives it back as a text
static int output_cut(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    lua_Integer mark = luaL_checkinteger(L, 1);
    luaL_argcheck(L, mark >= 0 && (size_t)mark <= context->output_length, 1, "no mark of the output");
    size_t length = context->output_length - (size_t)mark;
    mlb_charge(L, 1 + length / 64);
    lua_pushlstring(L, length > 0 ? context->output + mark : "", length);
    context->output_length = (size_t)mark;
    if (mark == 0 && context->output_room > KEPT_ROOM) mlb_free_output(context);
    return 1;
}

// --- Outputs ------------------------------------------------------------------------------------------

// Replaces the name on top by the object's field of that name: nil where the object has no names.
static void follow(lua_State *L, int object) {
    int type = lua_type(L, object);
    if (type == LUA_TTABLE || type == LUA_TUSERDATA) {
        lua_gettable(L, object);
    } else {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
}

// get(value, name): the field of that name, or nil where the value has none
static int output_get(lua_State *L) {
    lua_settop(L, 2);
    follow(L, 1);
    return 1;
}

// Writes the digits of a whole number so that they end at `end`; returns where they begin.
static char *write_integer(lua_Integer number, char *end) {
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do *--end = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (number < 0) *--end = '-';
    return end;
}

// How a value becomes part of the output.
enum Place { AS_IT_IS, IN_HTML, IN_URL, IN_QUERY, AT_BEGIN_OF_URL };

static int put(lua_State *L, enum Place place) {
    // The field takes the name's place.
    int value = lua_gettop(L) > 2 ? 3 : 2;
    lua_settop(L, value);
    if (value == 3) follow(L, 2);
    char digits[24];
    const char *text = "";
    size_t length = 0, before_length;
    int type = lua_type(L, value);
    if (type == LUA_TNUMBER && lua_isinteger(L, value)) {
        char *end = digits + sizeof digits;
        text = write_integer(lua_tointeger(L, value), end);
        length = (size_t)(end - text);
    } else if (type != LUA_TNIL) {
        if (type != LUA_TSTRING) type = to_text(L, value);
        if (type == LUA_TSTRING) text = lua_tolstring(L, value, &length);
    }
    if (place == AT_BEGIN_OF_URL) text = begin_of_url(text, &length);
    const char *before = luaL_checklstring(L, 1, &before_length);
    size_t most = length;
    if (place == IN_HTML) {
        most = escaped_length(text, length);
    } else if (place != AS_IT_IS) {
        most = length * MOST_OF_URL_BYTE;
    }
    mlb_charge(L, 1 + (before_length + most) / 32);
    mlb_Context *context = mlb_context(L);
    char *to = room_for(L, context, before_length + most);
    memcpy(to, before, before_length);
    to += before_length;
    if (most == length) {
        memcpy(to, text, length);
    } else if (place == IN_HTML) {
        escape(to, text, length);
    } else {
        most = write_url(to, text, length, place == IN_QUERY);
    }
    context->output_length += before_length + most;
    if (length > 0) return 0;
    lua_pushboolean(L, type == LUA_TNIL);
    return 1;
}

// put(text, value[, name]): prints the text, and behind it the value or its field of that name; true where that is nil,
// false where its text is empty
static int output_put(lua_State *L) { return put(L, AS_IT_IS); }

// The same where the value stands in HTML, in a URL, as the value of a parameter of it, and where a URL may begin.
static int output_put_escaped(lua_State *L) { return put(L, IN_HTML); }
static int output_put_url_path(lua_State *L) { return put(L, IN_URL); }
static int output_put_url_query(lua_State *L) { return put(L, IN_QUERY); }
static int output_put_url_begin(lua_State *L) { return put(L, AT_BEGIN_OF_URL); }

// --- Amounts ------------------------------------------------------------------------------------------

// Writes bytes of the format that stand at a place of it.
static char *put_piece(char *to, const mlb_Piece *piece, const char *texts) {
    memcpy(to, texts + piece->start, (size_t)piece->length);
    return to + piece->length;
}

// upvalue: the format, and behind it its texts. amount(number): its text, or nothing where it needs more care
static int output_amount(lua_State *L) {
    const mlb_AmountFormat *format = lua_touserdata(L, lua_upvalueindex(1));
    const char *texts = (const char *)(format + 1);
    if (lua_type(L, 1) != LUA_TNUMBER) return 0;
    double value = lua_tonumber(L, 1), scale = 1;
    for (int i = 0; i < format->places; i++) scale *= 10;
    double scaled = fabs(value) * scale, whole = floor(scaled);
    // Beyond, and near a half, the decimal digits of the number decide.
    if (!(scaled < 1e11) || fabs(scaled - whole - 0.5) < 1e-4) return 0;
    uint64_t minor = (uint64_t)whole + (scaled - whole > 0.5);
    char digits[24];
    int count = 0;
    for (uint64_t rest = minor; rest > 0 || count <= format->places; rest /= 10) digits[count++] = (char)('0' + rest % 10);
    bool is_negative = value < 0 && minor > 0;
    // Affixes and separators are a few bytes each; Swift refuses longer ones.
    char text[24 * (MLB_PIECE_LIMIT + 1) + 2 * MLB_PIECE_LIMIT], *to = text;
    to = put_piece(to, &format->prefix[is_negative], texts);
    int wholes = count - format->places;
    for (int place = wholes - 1; place >= 0; place--) {
        *to++ = digits[place + format->places];
        if (wholes >= format->grouped_from && place >= format->first_group &&
            (place - format->first_group) % format->next_groups == 0)
            to = put_piece(to, &format->group, texts);
    }
    if (format->places > 0) {
        to = put_piece(to, &format->point, texts);
        for (int place = format->places - 1; place >= 0; place--) *to++ = digits[place];
    }
    to = put_piece(to, &format->suffix[is_negative], texts);
    mlb_charge(L, 1);
    lua_pushlstring(L, text, (size_t)(to - text));
    return 1;
}

void mlb_push_amount_writer(lua_State *L, const mlb_AmountFormat *format, const char *texts, size_t length) {
    mlb_AmountFormat *copy = lua_newuserdatauv(L, sizeof *copy + length, 0);
    *copy = *format;
    memcpy(copy + 1, texts, length);
    lua_pushcclosure(L, output_amount, 1);
}

// array_of(value): the table with the items of an array and their number; of what is neither tagged nor a plain table
// with items, what upvalue 2 says
static int output_array_of(lua_State *L) {
    lua_settop(L, 1);
    mlb_charge(L, 1);
    if (lua_type(L, 1) == LUA_TTABLE) {
        if (!lua_getmetatable(L, 1)) {
            if (lua_rawgeti(L, 1, 1) != LUA_TNIL) {
                lua_settop(L, 1);
                lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
                return 2;
            }
        } else if (lua_rawequal(L, -1, lua_upvalueindex(3))) {
            lua_settop(L, 1);
            lua_rawgeti(L, 1, 0);
            return 2;
        }
    }
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushvalue(L, 1);
    lua_call(L, 1, 2);
    return 2;
}

// outputs(text_of, array_of, metatable): the functions of a template. text_of(value) makes texts of all that is neither
// a text nor an integer, array_of(value) tells rare arrays, and the metatable marks those that keep their number in
// item 0.
static int new_outputs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    static const luaL_Reg functions[] = {
        {"out", output_text},
        {"esc", output_escaped},
        {"get", output_get},
        {"add", output_add},
        {"put", output_put},
        {"put_escaped", output_put_escaped},
        {"put_url_path", output_put_url_path},
        {"put_url_query", output_put_url_query},
        {"put_url_begin", output_put_url_begin},
        {"mark", output_mark},
        {"cut", output_cut},
        {"array_of", output_array_of},
        {"url_codes", output_url_codes},
        {"url_start", output_url_start},
        {NULL, NULL},
    };
    luaL_newlibtable(L, functions);
    lua_insert(L, 1);
    luaL_setfuncs(L, functions, 3);
    return 1;
}

void mlb_push_output_functions(lua_State *L) { lua_pushcfunction(L, new_outputs); }
