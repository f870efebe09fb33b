-- source: lua/lua commit 7923dbbf (getobjname recursion, fixed 5.4.7); own variation
-- what: An index chain of 40,000 links that a naive lexer does not count: brackets, parentheses, comments and line ends between
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local s = "a"
  for i = 1, 150 do s = "(" .. s .. (".a['a']--[[x]]\n.a[\"a\"] [ [[a]] ]"):rep(50) .. ")" end
  local f = load("local a = {} return " .. s .. ".a.a + 1")
  return f == nil
end
