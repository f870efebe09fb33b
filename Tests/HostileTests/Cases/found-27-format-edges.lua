-- source: lstrlib.c str_format; os-dependent printf
-- what: Formats whose output depends on the machine or that are wrong: -nan, %a, %c of 0, %q, widths, zero bytes with a width
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless or refused
return function(c)
  local nan = 0/0
  pcall(string.format, "%10s", "a\0b"); pcall(string.format, "%100d", 1); pcall(string.format, "%.100f", 1)
  pcall(string.format, "%q", {}); pcall(string.format, "%y"); pcall(string.format, "%"); pcall(string.format, "%d", 1.5)
  assert(#string.format("%c", 0) == 1 and string.format("%q", math.mininteger) == "0x8000000000000000")
  local a = string.format("%a", 0.1)
  local s = string.format("%q", ("\0\n\r\\\""):rep(100000))
  if tostring(nan) ~= tostring(-nan) then error("the sign of nan shows: " .. tostring(nan) .. tostring(-nan)) end
  return true
end
