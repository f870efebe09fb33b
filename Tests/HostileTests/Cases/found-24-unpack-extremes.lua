-- source: luanti-org/luanti PR 9350 and Redis CVE-2025-46817 (unpack overflow); luau issue 2970 (table.move overflow)
-- what: Ranges at both ends of the integers
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local I, J = math.mininteger, math.maxinteger
  local t = {}
  pcall(table.unpack, t, I, J); pcall(table.unpack, t, 0, J); pcall(table.unpack, t, -(1 << 31), 1 << 31)
  pcall(table.unpack, t, J, I); pcall(table.unpack, t, J - 1, J)
  pcall(table.move, t, 1, J, 2); pcall(table.move, t, I, J, 1); pcall(table.move, t, J - 1, J, J - 1)
  pcall(table.concat, t, "", J - 1, J); pcall(table.concat, t, "", J, J); pcall(table.concat, t, "", I, I + 1)
  pcall(table.insert, t, J, 1); pcall(table.remove, t, I); pcall(select, I); pcall(select, J)
  pcall(string.byte, "abc", I, J); pcall(string.sub, "abc", I, J); pcall(string.rep, "abc", J, "d")
  pcall(utf8.offset, "abc", I, 4); pcall(utf8.codepoint, "abc", I, J); pcall(utf8.char, J)
  pcall(math.random, I, J); pcall(math.fmod, I, -1)
  return I // -1 == I and I % -1 == 0 and (1 >> I) == 0 and (1 << J) == 0
end
