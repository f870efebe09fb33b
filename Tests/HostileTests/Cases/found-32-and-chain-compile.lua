-- source: lcode.c luaK_concat walks jump lists; measured 0.13 s for 64 KB
-- what: Compiling `a and a and …` is quadratic and no hook runs in the parser; repeated, it is time that steps do not see
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: steps or time
return function(c)
  local s = "local a return " .. ("a and "):rep(10600) .. "a"
  while true do load(s) end
end
