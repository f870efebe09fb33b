-- source: Debian lua5.4 5.4.4-3 patch 0005-cve-2022-33099 (lua/lua 42d40581 without its repair 603b2c64)
-- what: A __concat that makes the stack grow leaves the VM with a pointer into freed memory; no upstream release has this, Debian's has
-- as: load
-- expect: refused "a script's metatable cannot have __concat"
local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end
local o = setmetatable({}, {__concat = function() deep(5000) return "z" end})
return function(c)
  local s = "a" .. "b" .. o .. c.country .. "d"
  return s == "abz"
end
