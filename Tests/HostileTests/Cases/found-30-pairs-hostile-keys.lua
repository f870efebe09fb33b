-- source: this project's ordered pairs; ltable.c luaH_next
-- what: Keys of every type, with __lt that raises, floats next to integers, and a loop that adds, clears and iterates itself
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "have no order"
return function(c)
  local bad = {__lt = function() error("compared") end, __eq = function() error("compared") end, __tostring = function() error("shown") end}
  local t = {[1] = 1, [1.5] = 2, [2^53] = 3, [-0.0] = 4, ["1"] = 5, [true] = 6, [false] = 7, [c] = 8, [next] = 9, [math.huge] = 10}
  for i = 1, 20 do t[setmetatable({}, bad)] = i end
  assert(not pcall(rawset, t, 0/0, 1) and not pcall(function() t[0/0] = 1 end) and t[0/0] == nil)
  local seen = 0
  for k in pairs(t) do seen = seen + 1 t[k] = nil if seen > 100 then error("endless") end end
  pcall(function() local n = 0 for k in pairs({1, 2, 3}) do n = n + 1 t["new" .. n] = n for k2 in pairs(t) do t[k2 .. "x"] = 1 if #k2 > 40 then return end end end end)
  pcall(next, {}, "absent"); pcall(next, t, 0/0)
  pcall(pairs, setmetatable({}, {__pairs = function() return next, nil, nil end}))
  return true
end
