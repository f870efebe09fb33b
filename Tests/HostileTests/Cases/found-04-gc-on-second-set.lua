-- source: lua.org/manual/5.4 2.5.3 (object is marked when the metatable is set); Lua CVE-2021-44964 class
-- what: __gc is absent at the first setmetatable, written into the table, and the same metatable is set again; finalizers run without hooks
-- as: load
-- expect: refused "a script's metatable cannot have __gc"
local ran = 0
local mt = setmetatable({}, {__index = function() return nil end})
local o = setmetatable({}, mt)
rawset(mt, "__gc", function() ran = ran + 1; while true do end end)
setmetatable(o, mt)
o = nil
return function(c)
  for i = 1, 200000 do local x = {} end
  return ran == 0
end
