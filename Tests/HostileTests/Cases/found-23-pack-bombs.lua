-- source: lstrlib.c str_pack; Redis CVE-2020-14147 (struct.pack sizes)
-- what: Sizes in format strings: padding by a huge 'c', a length prefix that lies, alignment tricks, negative positions
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "resulting string too large"
return function(c)
  pcall(string.unpack, "s8", "\255\255\255\255\255\255\255\127x")
  pcall(string.unpack, "i4", "abcdefgh", math.mininteger)
  pcall(string.unpack, "z", "abc", math.maxinteger)
  pcall(string.packsize, "c2147483640c2147483640")
  pcall(string.pack, "!16 Xi16 i16 !8 Xd", 1)
  pcall(string.unpack, ("B"):rep(300000), ("x"):rep(300000))
  return #string.pack("c2000000000", "")
end
