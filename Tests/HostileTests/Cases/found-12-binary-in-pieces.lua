-- source: corsix/6575486 (Lua 5.2 bytecode escapes); Wesnoth CVE-2018-1999023; AION client 2025
-- what: A binary chunk in pieces, so that a test of the first four bytes of one string misses it; and one with mode 'b' asked for
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local parts, i = {"\27", "Lua", "T\0\25\147\r\n\26\n", "\4\8\8"}, 0
  assert(load(function() i = i + 1 return parts[i] end, "x", "b") == nil)
  i = 0
  assert(load(function() i = i + 1 return parts[i] end) == nil)
  assert(load("\27Lua", "x", "bt") == nil)
  local ok, f = pcall(load, "#!x\n\27LuaT", "x", nil)
  assert(not ok or f == nil)
  return true
end
