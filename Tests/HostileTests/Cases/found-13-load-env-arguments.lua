-- source: Wesnoth issue 3413; Luanti mod security
-- what: load with an environment of nil, with too many arguments, and with _ENV passed by name
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "unknown word 'os'"
return function(c)
  local f = load("return _G, print, os, io, debug, coroutine", "x", "t", nil)
  local ok, g = pcall(f)
  if ok and g then error("host globals reached") end
  local e = load("return _ENV", "x", "t")()
  if e.os or e.io or e.debug or e.coroutine or e.collectgarbage or e.dofile or e.loadfile then error("leak") end
  return true
end
