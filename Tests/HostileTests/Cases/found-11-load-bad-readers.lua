-- source: lbaselib.c generic_reader; lua/lua commit 3228a97c (stack not kept across the reader, fixed 5.5)
-- what: Readers that return themselves, a number, a table with __tostring, that error, that load, that nest
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local r, n = nil, 0
  r = function() return r end
  assert(load(r) == nil)
  assert(load(function() return setmetatable({}, {__tostring = function() return "return 1" end}) end) == nil)
  pcall(load, function() error({}) end)
  pcall(load, function() return load(r) and "x" end)
  local function deep() n = n + 1 if n > 300 then return nil end load(deep) return " " end
  pcall(load, deep)
  return true
end
