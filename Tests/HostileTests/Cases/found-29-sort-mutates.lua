-- source: ltablib.c sort; notes of many products on "invalid order function"
-- what: Comparators that empty, grow and re-sort the array, that always say true, that raise at the hundredth call; with nil comparing as false
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless or steps or time
return function(c)
  local function fresh() local t = {} for i = 1, 500 do t[i] = (i * 7919) % 501 end return t end
  local t = fresh(); pcall(table.sort, t, function(a, b) for i = 1, #t do t[i] = nil end return a < b end)
  t = fresh(); pcall(table.sort, t, function(a, b) t[#t + 1] = 0 return a < b end)
  t = fresh(); pcall(table.sort, t, function(a, b) return true end)
  t = fresh(); pcall(table.sort, t, function(a, b) table.sort(t) return a > b end)
  t = fresh(); local n = 0; pcall(table.sort, t, function(a, b) n = n + 1 if n == 100 then error(t) end return a < b end)
  pcall(table.sort, {3, nil, 1, nil, 2}); pcall(table.sort, {0/0, 1, 0/0, 2, 0/0}); pcall(table.sort, {1, "a", {}})
  return true
end
