-- entry: 9
-- source: own find: what the host keeps for a script is not counted by the memory of Lua
-- what: memory of the host that grows while scripts load:
-- as: load
-- expect: time or steps or memory or refused
-- case: by segments that are begun => for i = 1, math.huge do segment("s" .. i) end
-- case: by segments => for i = 1, math.huge do segment("s" .. i) { where = function() end } end
-- case: by campaigns => for i = 1, math.huge do campaign("s" .. i) { audience = segment.good, journey = function() end } end
-- case: by a campaign with huge texts => local s, t = ("x"):rep(1 << 23), {} for i = 1, 1000 do t[i] = s end segment "s" { where = t }
-- case: by texts that load => for i = 1, math.huge do load("return " .. i) end
@@
return function() return true end
