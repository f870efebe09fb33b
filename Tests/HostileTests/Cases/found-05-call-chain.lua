-- source: lua/lua 5.4 ldo.c tryfuncTM (all 5.4; 5.5 bounds it, commit b117bdb3)
-- what: A table that is its own __call: each step moves the whole argument list one slot, a quadratic C loop up to a million slots inside one instruction, with no hook
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "attempt to call a table value"
local mt = {}
local t = setmetatable({}, mt)
mt.__call = t
return function(c) return t(c) end
