-- source: ldo/lobject.c luaO_chunkid; reports that blame other files
-- what: Chunk names that name another rule file, and one that carries terminal escapes
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "load at scripts/hostile.lua"
return function(c)
  local _, a = load("x x", "=rules/other.lua")
  local _, b = load("x x", "@/etc/passwd")
  local _, d = load("x x", "=\27]0;owned\7\27[2J\r")
  error(table.concat({a, b, d}, "\n"), 0)
end
