-- source: redis/redis PR 11032 (returned table with a raising __index ended the server)
-- what: The predicate returns a table whose every metamethod raises
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused
local function bad() error("inside the host") end
return function(c)
  return setmetatable({}, {__index = bad, __len = bad, __tostring = bad, __eq = bad, __pairs = bad, __name = "x"})
end
