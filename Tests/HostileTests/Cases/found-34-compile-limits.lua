-- source: llimits.h, lparser.c
-- what: Too many locals, upvalues, arguments, constants, levels, labels and gotos
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local function many(a, n, z) return load(a:rep(n) .. (z or "")) end
  local t = {} for i = 1, 300 do t[i] = "local a" .. i end
  load(table.concat(t, " "))
  load("return f(" .. ("1,"):rep(300) .. "1)")
  many("goto a ", 7000, "::a::"); many("do ", 250); many("return function() ", 250); many("not ", 9000, "1")
  many("a = a .. ", 5000, "a"); many("{", 9000); many("if a then ", 300); load("local a return a" .. ("()"):rep(20000))
  local f = load("goto x; local a ::x:: print(a)")
  load("break"); load("::x:: ::x::"); load("local x <close>, y <close> = 1, 2"); load("local x <const> = 1; x = 2")
  load("return '" .. ("\\z \n"):rep(9000) .. "'"); load("return [" .. ("="):rep(60000) .. "["); load("return '\\u{" .. ("f"):rep(30000) .. "}'")
  load("return 0x" .. ("f"):rep(60000) .. "p-99999999999"); load("return 1e" .. ("9"):rep(60000))
  return true
end
