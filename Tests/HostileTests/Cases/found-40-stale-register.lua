-- source: lua/lua commit 782ef85b (fixed 5.4.8); own variation
-- what: `_ENV[a < b]` is compiled to an index of a register that was never set, so it reads the key true of whatever an earlier call left on the stack
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless or refused
local function k(a, b) return _ENV[a < b] end
local function leave() local v, w, x, y, z = {[true] = 1}, {[true] = 2}, {[true] = 3}, {[true] = 4}, {[true] = 5} return nil end
return function(c)
  pcall(k, 1, 2)
  leave()
  local v = k(1, 2)
  if v ~= nil then error("read a value that was left on the stack: " .. tostring(v)) end
  return true
end
