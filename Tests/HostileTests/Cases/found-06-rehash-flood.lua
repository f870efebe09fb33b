-- source: hash flooding with integers: ltable.c hashint is the key modulo (size-1); Crosby/Wallach; measured: 2^14 keys 0.2 s, 2^16 keys 3.6 s
-- what: Keys that spread well in a table of 2^(k-1) all collide in one of 2^k; the one assignment that doubles the table is a quadratic C loop without a hook
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: hugeTable
return function(c)
  local k = 17
  local m, t = (1 << k) - 1, {}
  for i = 1, 1 << (k - 1) do t[i * m] = true end
  t[((1 << (k - 1)) + 1) * m] = true
  return true
end
