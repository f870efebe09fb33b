-- source: ltable.c luaH_next; perf reports on emptied tables
-- what: Half a million keys are cleared; every `next(t)` then walks the empty nodes, some 0.15 ms for each instruction
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: hugeTable
return function(c)
  local t = {}
  for i = 1, 1 << 18 do t["k" .. i] = 1 end
  for i = 1, 1 << 18 do t["k" .. i] = nil end
  while true do if next(t) then break end for k in pairs(t) do end end
end
