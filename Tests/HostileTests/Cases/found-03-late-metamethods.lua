-- source: own find, after Redis CVE-2022-24735 and CVE-2025-46818
-- what: setmetatable sees a clean table; the forbidden events are added to that table afterwards, under names built at run time
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
local n, mt = 0, {}
local o = setmetatable({}, mt)
mt["__" .. "mode"] = "k"
mt["__" .. "close"] = function() n = n + 1 end
o[{}] = 1
local function use() local x <close> = o end
return function(c)
  local ok = pcall(use)
  for i = 1, 200000 do local x = {} end
  if n ~= 0 or next(o) == nil then error("a forbidden metamethod took effect") end
  return true
end
