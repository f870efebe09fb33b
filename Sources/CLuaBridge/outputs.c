// What a compiled template does for every output, in C: values become text, text is escaped as HTML or as part of a URL,
// amounts are written, and the pieces are joined.
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

// Makes the value at 1 a text, or nil; upvalue 1 knows what to do with tables, floats and the like. A number or a text
// costs no call of Lua.
static int to_text(lua_State *L) {
    lua_settop(L, 1);
    int type = lua_type(L, 1);
    if (type == LUA_TSTRING || type == LUA_TNIL) return type;
    if (lua_isinteger(L, 1)) {
        lua_tolstring(L, 1, NULL);
        return LUA_TSTRING;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return lua_type(L, 1);
}

// text(value): its text as an output prints it, or nil
static int output_text(lua_State *L) {
    mlb_charge(L, 1);
    to_text(L);
    return 1;
}

// escaped(value): its text as an output prints it in HTML, or nil
static int output_escaped(lua_State *L) {
    if (to_text(L) != LUA_TSTRING) return 1;
    size_t length;
    const unsigned char *text = (const unsigned char *)lua_tolstring(L, 1, &length);
    mlb_charge(L, 1 + length / 16);
    size_t grown = length;
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[text[i]].length;
        if (__builtin_expect(entity > 0, 0)) grown += entity - 1;
    }
    if (grown == length) return 1;
    if (grown > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *to = luaL_buffinitsize(L, &buffer, grown);
    for (size_t i = 0; i < length; i++) {
        size_t entity = entities[text[i]].length;
        if (entity > 0) {
            memcpy(to, entities[text[i]].text, entity);
            to += entity;
        } else {
            *to++ = (char)text[i];
        }
    }
    luaL_pushresultsize(&buffer, grown);
    return 1;
}

// joined(pieces, first, last): texts of a table without metatable, one after the other
static int output_joined(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
    size_t total = 0, count = 0;
    for (lua_Integer i = first; i <= last; i++) {
        if (lua_rawgeti(L, 1, i) != LUA_TSTRING) return luaL_error(L, "a piece of the output is no text");
        total += lua_rawlen(L, -1);
        count++;
        lua_pop(L, 1);
    }
    mlb_charge(L, 1 + count + total / 64);
    if (total > MLB_STRING_LIMIT) return luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *to = luaL_buffinitsize(L, &buffer, total);
    for (lua_Integer i = first; i <= last; i++) {
        lua_rawgeti(L, 1, i);
        size_t length;
        const char *piece = lua_tolstring(L, -1, &length);
        memcpy(to, piece, length);
        to += length;
        lua_pop(L, 1);
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

// --- URLs ---------------------------------------------------------------------------------------------

// Bytes that stand for themselves in a URL (RFC 3986, section 2), `%` and `&` among them.
static bool stays_in_url(unsigned char byte) {
    if (byte >= 0x80) return false;
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           (byte != 0 && strchr("_.~!*();:@&=+$,/?#%[]-", byte) != NULL);
}

static bool is_hexadecimal(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

// Pushes a text as part of a URL in an attribute: what no URL holds becomes codes, a lone `%` too, and `&` its entity.
static void push_url(lua_State *L, const unsigned char *text, size_t length) {
    static const char digits[] = "0123456789ABCDEF";
    mlb_charge(L, 1 + length / 16);
    size_t plain = 0;
    while (plain < length && stays_in_url(text[plain]) && text[plain] != '%' && text[plain] != '&') plain++;
    if (plain == length) {
        lua_pushlstring(L, (const char *)text, length);
        return;
    }
    if (length > MLB_STRING_LIMIT / 5) luaL_error(L, "resulting string too large");
    luaL_Buffer buffer;
    char *start = luaL_buffinitsize(L, &buffer, length * 5), *to = start;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = text[i];
        if (byte == '&') {
            memcpy(to, "&amp;", 5);
            to += 5;
        } else if (stays_in_url(byte) &&
                   (byte != '%' || (i + 2 < length && is_hexadecimal(text[i + 1]) && is_hexadecimal(text[i + 2])))) {
            *to++ = (char)byte;
        } else {
            *to++ = '%';
            *to++ = digits[byte >> 4];
            *to++ = digits[byte & 15];
        }
    }
    luaL_pushresultsize(&buffer, (size_t)(to - start));
}

// url_codes(text): the text as part of a URL
static int output_url_codes(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    push_url(L, (const unsigned char *)text, length);
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

// url_begin(text): the text where a URL may begin, without blanks around it
static int output_url_begin(lua_State *L) {
    size_t length;
    const char *text = luaL_checklstring(L, 1, &length);
    while (length > 0 && is_space((unsigned char)*text)) text++, length--;
    while (length > 0 && is_space((unsigned char)text[length - 1])) length--;
    size_t end = 0;
    while (end < length && !ends_scheme(text[end])) end++;
    if (end < length && text[end] == ':' && !is_harmless(text, end)) {
        lua_pushliteral(L, "#unsafe-link");
        return 1;
    }
    push_url(L, (const unsigned char *)text, length);
    return 1;
}

// --- Amounts ------------------------------------------------------------------------------------------

// Pushes bytes of the format that stand at a place of it.
static char *put(char *to, const mlb_Piece *piece, const char *texts) {
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
    to = put(to, &format->prefix[is_negative], texts);
    int wholes = count - format->places;
    for (int place = wholes - 1; place >= 0; place--) {
        *to++ = digits[place + format->places];
        if (wholes >= format->grouped_from && place >= format->first_group &&
            (place - format->first_group) % format->next_groups == 0)
            to = put(to, &format->group, texts);
    }
    if (format->places > 0) {
        to = put(to, &format->point, texts);
        for (int place = format->places - 1; place >= 0; place--) *to++ = digits[place];
    }
    to = put(to, &format->suffix[is_negative], texts);
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

// outputs(rest): the functions of a template; rest(value) makes texts of all that is neither a text nor an integer.
static int new_outputs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, output_text, 1);
    lua_pushvalue(L, 1);
    lua_pushcclosure(L, output_escaped, 1);
    lua_pushcfunction(L, output_joined);
    lua_pushcfunction(L, output_url_codes);
    lua_pushcfunction(L, output_url_begin);
    return 5;
}

void mlb_push_output_functions(lua_State *L) { lua_pushcfunction(L, new_outputs); }
