-- source: minetest-mods/mesecons issue 380
-- what: The guarded function is reached unguarded through the method of a string
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "resulting string too large"
return function(c)
  assert(("x").rep == string.rep and ("x").find == string.find and ("x").format == string.format)
  assert(("x").dump == nil)
  local s = "abcd"
  s = string.rep(s, 1000)
  s = s:rep(1000000)
  return #s
end
