-- entry: 14
-- what: memory that runs out
-- as: load, predicate, journey, template, line
-- budget: memory=16777216 seconds=1 steps=20000000
-- expect: memory
-- case: in pcall, again and again => while true do pcall(fill) end
-- case: in xpcall, whose handler goes on => while true do xpcall(fill, fill) end
-- case: in pcall of pcall => while true do pcall(pcall, fill) end
-- case: in a metamethod => local t = setmetatable({}, { __index = fill }) while true do pcall(function() return t.x end) end
-- case: in a sort => while true do pcall(table.sort, { 1, 2 }, fill) end
-- case: in gsub => while true do pcall(string.gsub, "x", "x", fill) end
-- case: in load => while true do pcall(load, fill) end
-- case: and then the stack => pcall(fill) local function f() return 1 + f() end xpcall(f, f)
-- case: and then an error whose __tostring recurses => pcall(fill) local m = {} m.__tostring = function(t) return tostring(t) .. "x" end error(setmetatable({}, m))
-- case: to the last byte => pcall(fill) while true do held[#held + 1] = "x" .. #held end
-- case: and a weak table is refused => fill(setmetatable({}, { __mode = "k" }))
-- expect: refused "a script's metatable cannot have __mode"
local held = {}
local function fill() while true do held[#held + 1] = { #held } end end --!

return function(c)
    do @@ end --!
    return true
end
