-- entry: 5
-- what: metatables that lie
-- as: load, predicate, journey, template, line
-- expect: harmless
-- case: a __close that is added later has no effect => local m = {} local t = setmetatable({}, m) m.__close = error assert(not pcall(function() local x <close> = t end))
-- case: a __concat that is added later has no effect => local m = {} local t = setmetatable({}, m) m.__concat = error assert(not pcall(function() return t .. "" end))
-- case: a __gc that is added later is refused the next time => local m = {} setmetatable({}, m) rawset(m, "__gc", error) assert(not pcall(setmetatable, {}, m))
-- case: a __gc behind an __index is none => local m = setmetatable({}, { __index = function() return error end }) setmetatable({}, m)
-- case: a __call that is a table is refused => assert(not pcall(setmetatable, {}, { __call = {} }))
-- case: a __call that becomes a table later has no effect => local m = { __call = function() return 1 end } local t = setmetatable({}, m) m.__call = t assert(t() == 1)
-- case: a __metatable is kept => local t = setmetatable({}, { __metatable = 7 }) assert(getmetatable(t) == 7 and not pcall(setmetatable, t, {}))
-- case: the metatable of texts cannot be had => assert(getmetatable("x") == false)
-- case: the metatable of nil cannot be had => assert(getmetatable(nil) == false)
-- case: the globals have no open metatable => assert(getmetatable(_ENV) == false and not pcall(setmetatable, _ENV, {}))
-- case: a ladder of __index ends => local t = {} for i = 1, 1999 do t = setmetatable({}, { __index = t }) end assert(t.x == nil)
-- case: a longer ladder of __index is an error => local t = {} for i = 1, 2100 do t = setmetatable({}, { __index = t }) end assert(not pcall(function() return t.x end))
-- case: a circle of __index is an error => local t = {} setmetatable(t, { __index = t }) assert(not pcall(function() return t.x end))
-- case: a circle of __newindex is an error => local t = {} setmetatable(t, { __newindex = t }) assert(not pcall(function() t.x = 1 end))
return function(c)
    @@
    return true
end
