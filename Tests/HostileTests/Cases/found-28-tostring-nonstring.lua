-- source: lauxlib.c luaL_tolstring
-- what: __tostring that returns a number, a table, nothing, or recurses; __name that imitates a host type
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local function T(f) return setmetatable({}, {__tostring = f, __name = "customer"}) end
  pcall(tostring, T(function() return {} end)); pcall(tostring, T(function() end))
  pcall(string.format, "%s", T(function() return 1 end))
  local r; r = T(function(x) return tostring(x) end)
  pcall(tostring, r); pcall(string.format, "%s %s", r, r)
  pcall(string.rep, T(), 2)
  local ok, e = pcall(string.rep, T(), 2)
  return true
end
