-- entry: 16
-- what: no way leads to foreign code:
-- as: load, predicate, journey, template, line
-- expect: harmless
-- case: bytecode => assert(load("\27Lua") == nil)
-- case: bytecode that is asked for => assert(load("\27Lua", "x", "b") == nil and load("return 1", "x", "b") == nil)
-- case: bytecode in pieces => local t, i = { "\27", "Lua", "T\0\25\147\r\n\26\n" }, 0 assert(load(function() i = i + 1 return t[i] end) == nil)
-- case: bytecode after a first line => assert(load("#!x\n\27LuaT") == nil)
-- case: string.dump => assert(string.dump == nil and ("x").dump == nil)
-- case: the real globals from load => local e = load("return _ENV")() assert(e.string.dump == nil and rawget(e, "_G") == nil)
-- case: the real globals with no environment => local ok, g = pcall(load("return _G", "x", "t", nil)) assert(not ok or g == nil)
-- case: the name of another script => local _, e = load("x x", "=scripts/good.lua") assert(not e:find("good.lua"))
-- case: the stack by its levels => assert(not pcall(error, "x", 3))
-- case: a wrong mode => assert(not pcall(load, "return 1", "x", {}))
return function(c)
    do @@ end
    return true
end
