-- source: lua.org/manual/5.4 3.3.5; lvm.c forprep
-- what: Loops at the ends of the integers, with NaN and infinite bounds: they must end by themselves, as the language says
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local n = 0
  for i = math.maxinteger - 1, math.maxinteger do n = n + 1 end
  for i = math.mininteger + 1, math.mininteger, -1 do n = n + 1 end
  for i = 1, 0/0 do n = n + 100 end
  for i = math.mininteger, math.mininteger, math.mininteger do n = n + 1 end
  assert(not pcall(load("for i = 1, 2, 0 do end")))
  assert(n == 5, n)
  return true
end
