-- source: Redis CVE-2022-24735 and CVE-2025-46818 (metatables of basic types shared)
-- what: Writes to the metatables of nil, numbers, strings, booleans, functions
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  for _, v in ipairs({"x", 1, true, next}) do
    local m = getmetatable(v)
    if type(m) == "table" then m.__index = function() return "owned" end m.__call = function() return true end end
  end
  local m = getmetatable(nil)
  if type(m) == "table" then m.__index = function() return "owned" end m.__call = function() return true end end
  return (nil).anything ~= "owned"
end
