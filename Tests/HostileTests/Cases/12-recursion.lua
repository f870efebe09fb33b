-- entry: 12
-- what: recursion without end
-- as: load, predicate, journey, template, line
-- budget: seconds=1 steps=20000000
-- expect: refused "stack overflow"
-- case: of a function => local function f() return 1 + f() end f()
-- case: with many locals => local function f(a, b, d) local x, y, z = f(a, b, d) return x end f()
-- case: with all its arguments => local function f(...) return 1 + f(1, ...) end f()
-- case: in gsub => local function f() return (("x"):gsub("x", f)) end f()
-- case: in sort => local function f() table.sort({ 1, 2 }, f) end f()
-- case: in tostring => local t t = setmetatable({}, { __tostring = function() return tostring(t) end }) tostring(t)
-- case: in format => local t t = setmetatable({}, { __tostring = function() return ("%s"):format(t) end }) tostring(t)
-- case: in __index => local t t = setmetatable({}, { __index = function(_, k) return t[k .. "x"] .. "" end }) local x = t.x
-- case: in __newindex => local t t = setmetatable({}, { __newindex = function(_, k, v) t[k] = v return 1 end }) t.x = 1
-- case: in __len => local t t = setmetatable({}, { __len = function() return #t + 1 end }) local x = #t
-- case: in __eq => local t, u t = setmetatable({}, { __eq = function() return t == u and 1 end }) u = setmetatable({}, getmetatable(t)) local x = t == u
-- case: in __lt => local t t = setmetatable({}, { __lt = function() return t < t and 1 end }) local x = t < t
-- case: in __call => local t t = setmetatable({}, { __call = function() return t() + 1 end }) t()
-- case: in __pairs => local t t = setmetatable({}, { __pairs = function() for k in pairs(t) do end end }) for k in pairs(t) do end
-- case: in an iterator => local function f() for x in f do end return 1 end f()
-- case: in table.concat => local t t = setmetatable({}, { __index = function() return table.concat(t, "", 1, 1) end }) table.concat(t, "", 1, 1)
-- case: in table.unpack => local t t = setmetatable({}, { __index = function() return (table.unpack(t, 1, 1)) end }) local x = table.unpack(t, 1, 1)
-- case: in load => local function f() return load(f) and 1 end local _, e = load(f) error(e, 0)
-- where: anywhere
-- expect: refused "overflow"
-- case: in texts that load => local f f = function() return (load("return (...)() .. 1")(f)) end f()
-- where: anywhere
-- expect: refused or time or steps
return function(c)
    do @@ end --!
    return true
end
