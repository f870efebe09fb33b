-- source: lua/lua commit a1089b41 (bug to 5.4.4, fixed 5.4.5); 10eb89d1 (shift overflow, fixed after 5.5.0)
-- what: Stray continuation bytes, \xFF leads, surrogates, over-long forms
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "unknown field"
return function(c)
  local n = 0
  pcall(function() for p, k in utf8.codes("in\x80valid") do n = n + 1 end end)
  assert(utf8.len("\x80abc") == nil and utf8.len("\xff\xbf\xbf\xbf\xbf\xbf\xbf\xbf", 1, -1, true) == nil)
  assert(utf8.len("\xed\xa0\x80") == nil and utf8.len("\xc0\x80") == nil)
  utf8.char(0x7FFFFFFF); pcall(utf8.char, -1)
  return c.name == utf8.char(0xD800) or c["\xff\0\x80"] == nil
end
