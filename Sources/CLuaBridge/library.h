// What a library that counts its own steps needs.
#ifndef MOONLETTER_LIBRARY_H
#define MOONLETTER_LIBRARY_H

#include <lauxlib.h>
#include <lua.h>
#include <stddef.h>

// Strings longer than this are refused where their length is known beforehand: what goes over one in a single step of
// C takes some 40 ms at most, and cannot be interrupted.
#define MLB_STRING_LIMIT ((size_t)16 << 20)

// Counts steps of the running call; raises where its budget is used up.
void mlb_charge(lua_State *L, size_t steps);

// Pushes what `tostring` says about the value, without the address that Lua gives tables and functions.
void mlb_push_text(lua_State *L, int index);

void mlb_push_string_library(lua_State *L);

#endif
