// Lua 5.4 as the system's package gives it; pkg-config finds the folder of the headers.
#include <lua.h>
#include <lauxlib.h>
#include <lualib.h>
