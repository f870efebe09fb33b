-- source: lua/lua commit efddc230 (iterator inconsistent after an error, fixed after 5.5.0); own matcher
-- what: An iterator that is used again after an error, inside itself, and after its turn; and wrong patterns
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
local kept
return function(c)
  for _, p in ipairs({"%", "[", "[^", "[]", "[a-", "%b", "%bx", "%f", "%fa", "(", ")", "%1", "(%1)", "(()", "[%", "[a-%", "%g+[", "^*", "a**", "%z", ("("):rep(40)}) do
    pcall(string.find, "aaaa", p); pcall(string.gsub, "aaaa", p, "%1%0%9"); pcall(string.gsub, "aaaa", p, "%")
    local ok, g = pcall(string.gmatch, "aaaa", p)
    if ok then pcall(g); pcall(g); pcall(g) end
  end
  local g = ("a"):rep(300):gmatch(("a?"):rep(250) .. "b?")
  pcall(g); pcall(g)
  kept = kept or ("abc"):gmatch("."); kept()
  local it; it = ("abcdef"):gmatch("."); for w in it do it() end
  ("abc"):gsub(".", function(x) return ("abc"):gsub(".", function() return kept() end) end)
  pcall(string.find, "abc", "b", math.mininteger); pcall(string.find, "abc", "", 5, true)
  return true
end
