-- source: lmathlib.c setseed: math.randomseed() returns time and the address of the state (5.4.4 on)
-- what: math.randomseed() without arguments returns its two seeds, the second being a heap address, and makes later draws differ from run to run
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "the clock is no seed"
return function(c)
  local a, b = (math.randomseed or function() end)()
  if b then error(string.format("the state lives at %x", b)) end
  return true
end
