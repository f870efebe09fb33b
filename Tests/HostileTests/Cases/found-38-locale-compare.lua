-- source: lua/lua commit f623b969 (read past the end in l_strcmp, fixed 5.4.7)
-- what: Comparing strings with NULs, characters that a locale ignores, and bad UTF-8; only a locale other than C makes 5.4.4 read too far
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local a = "\u{200b}\0" .. ("x"):rep(50)
  local b = "\0" .. ("x"):rep(50)
  assert((a < b) ~= (b < a))
  assert("Z" < "a" and "\x7f" < "\x80" and "a\0b" > "a\0a" and "a" < "a\0")
  local t = {} for i = 1, 2000 do t[i] = ("\u{200b}"):rep(i % 5) .. "\0" .. i end
  table.sort(t)
  return true
end
