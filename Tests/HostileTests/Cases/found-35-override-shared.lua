-- source: luanti-org/luanti issue 3132
-- what: The script replaces the basic functions that host code written in Lua might call
-- as: load
-- expect: refused "'pcall' is global"
local stolen
local function evil(...) stolen = {...} return ... end
pcall = evil; error = evil; type = evil; tostring = evil; assert = evil; select = evil; next = evil; pairs = evil; ipairs = evil
setmetatable = evil; getmetatable = evil; rawget = evil; rawset = evil; load = evil; require = evil
string.format = evil; table.concat = evil; table.sort = evil; table.unpack = evil; math.floor = evil
return function(c) return true end
