// math.random for scripts: the same numbers for the same seed, rule and customer, in whatever order and on whatever
// thread rules are asked.
//
// The generator is xoshiro256** by Blackman and Vigna (https://prng.di.unimi.it), seeded with SplitMix64.
#include "context.h"

#include <string.h>

static uint64_t rotate(uint64_t value, int bits) { return (value << bits) | (value >> (64 - bits)); }

static uint64_t split_mix(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void seed(mlb_Context *context, uint64_t a, uint64_t b, uint64_t c) {
    uint64_t state = a;
    state = split_mix(&state) ^ b;
    state = split_mix(&state) ^ c;
    for (int i = 0; i < 4; i++) context->dice.state[i] = split_mix(&state);
    context->dice.is_seeded = true;
}

static uint64_t next_random(mlb_Context *context) {
    if (!context->dice.is_seeded) seed(context, context->seed, context->dice.place, (uint64_t)context->customer);
    uint64_t *s = context->dice.state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

// A number from 0 to `last`, all equally likely: those above the last whole multiple are drawn again.
static uint64_t below(mlb_Context *context, uint64_t last) {
    uint64_t mask = last;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    uint64_t value;
    do value = next_random(context) & mask;
    while (value > last);
    return value;
}

static int math_random(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0: lua_pushnumber(L, (lua_Number)(next_random(context) >> 11) * 0x1p-53); return 1;
    case 1:
        high = luaL_checkinteger(L, 1);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)next_random(context));
            return 1;
        }
        break;
    case 2:
        low = luaL_checkinteger(L, 1);
        high = luaL_checkinteger(L, 2);
        break;
    default: return luaL_error(L, "wrong number of arguments");
    }
    luaL_argcheck(L, low <= high, lua_gettop(L), "interval is empty");
    lua_pushinteger(L, (lua_Integer)(below(context, (uint64_t)high - (uint64_t)low) + (uint64_t)low));
    return 1;
}

static int math_randomseed(lua_State *L) {
    luaL_argcheck(L, !lua_isnoneornil(L, 1), 1, "a number is needed; the clock is no seed");
    lua_Number number = luaL_checknumber(L, 1);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    if (lua_isinteger(L, 1)) bits = (uint64_t)lua_tointeger(L, 1);
    seed(mlb_context(L), (uint64_t)luaL_optinteger(L, 2, 0), bits, 0);
    return 0;
}

void mlb_push_random_functions(lua_State *L) {
    static const luaL_Reg functions[] = {{"random", math_random}, {"randomseed", math_randomseed}, {NULL, NULL}};
    luaL_newlib(L, functions);
}
