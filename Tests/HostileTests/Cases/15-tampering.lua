-- entry: 15
-- what: tampering
-- as: load, predicate, journey, template, line
-- expect: refused "cannot be changed; keep your own in a local"
-- case: with string.format => string.format = evil
-- case: with string.rep => string.rep = nil
-- case: with table.sort => table.sort = evil
-- case: with math.random => math.random = evil
-- case: with utf8.char => utf8.char = evil
-- case: with a new name in string => string.owned = evil
-- case: with string by rawset => rawset(string, "format", evil)
-- case: with table by rawset => rawset(table, "sort", evil)
-- case: with math by rawset => rawset(math, "random", evil)
-- case: with utf8 by rawset => rawset(utf8, "char", evil)
-- case: with the globals by rawset => rawset(_ENV, "pcall", evil)
-- case: with string by insert => table.insert(string, evil)
-- case: with string by move => table.move({ evil }, 1, 1, 1, string)
-- case: with the metatable of texts => getmetatable("").__index = evil
-- expect: refused "index a boolean value"
-- case: with the metatable of string => setmetatable(string, {})
-- expect: refused "cannot change a protected metatable"
-- case: with the metatable of the globals => setmetatable(_ENV, {})
-- expect: refused "cannot change a protected metatable"
-- case: with a global => owned = evil
-- expect: refused
-- as: load, predicate, journey, template
-- case: with pcall => pcall = evil
-- expect: refused
-- as: load, predicate, journey, template
-- case: with _G => _G.owned = evil
-- expect: refused
-- case: with _ENV of a function => local function f() local _ENV = {} x = 1 return x end assert(f() == 1)
-- expect: harmless
-- case: with an _ENV that lies => local _ENV = setmetatable({}, { __index = function() return evil end }) owned = 1 return true
-- expect: harmless
-- case: with a const _ENV => assert(not pcall(load("local _ENV <const> = 11; X = 'hi'")))
-- expect: harmless
-- case: with what next finds in string => assert(next(string) == nil and rawlen(string) == 0 and rawget(string, "format") == nil)
-- expect: harmless
-- case: with what next finds in the globals => assert(next(_ENV) == nil and rawget(_ENV, "pcall") == nil)
-- expect: harmless
-- case: with the order that pairs gives => local t = {} for i = 1, 100 do t["k" .. i % 50] = i end local a, b = {}, {} for k in pairs(t) do a[#a + 1] = k end for k in pairs(t) do b[#b + 1] = k end assert(table.concat(a) == table.concat(b))
-- expect: harmless
local function evil() return "owned" end

return function(c)
    do @@ end --!
    return true
end
