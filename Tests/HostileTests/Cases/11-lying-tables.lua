-- entry: 11
-- what: a table that lies:
-- as: load, predicate, journey, template, line
-- expect: steps or time
-- case: move of two to the sixtieth => table.move({}, 1, 1 << 60, 2)
-- case: move of two to the sixtieth downwards => table.move({}, 2, 1 << 60, 1)
-- case: move to another table => table.move({}, 1, 1 << 60, 1, {})
-- case: insert below a length without end => table.insert(L, 1, 1)
-- case: remove below a length without end => table.remove(L, 1)
-- case: insert and remove at the ends => while true do table.insert(L, 1, 1) table.remove(L, 1) end
-- case: concat of nothing without end => table.concat(L, "")
-- case: sort of what seems shorter than it is => while true do table.sort(M) end
-- case: ipairs without end => for i in ipairs(I) do end
-- case: next on a table that empties => local t = {} for i = 1, 3e4 do t["k" .. i] = 1 end for i = 1, 3e4 do t["k" .. i] = nil end while true do next(t) end
-- case: pairs on a table that empties => local t = {} for i = 1, 3e4 do t["k" .. i] = 1 end while true do for k in pairs(t) do t[k] = nil t[k] = 1 end end
-- case: insert at the front without end => local t = {} while true do table.insert(t, 1, 1) end
-- case: remove at the front without end => local t = {} for i = 1, 1e5 do t[i] = i end while true do table.insert(t, table.remove(t, 1)) end
-- case: sort of many => local t = {} for i = 1, 1e5 do t[i] = i * 7919 % 100003 end while true do table.sort(t) end
-- case: sort with a comparison of its own => local t = {} for i = 1, 1e5 do t[i] = i * 7919 % 100003 end while true do table.sort(t, function(a, b) return a > b end) end
-- case: unpack of many => local t = {} while true do table.unpack(t, 1, 1e5) end
-- case: select of many => while true do select(-1, table.unpack({}, 1, 1e5)) end
-- case: pack of many => while true do table.pack(table.unpack({}, 1, 1e5)) end
-- case: move over itself without end => while true do table.move(M, 1, 1e5, 2) end
-- case: unpack of a length without end => table.unpack(L)
-- expect: refused "too many results to unpack"
-- case: sort of a length without end => table.sort(L)
-- expect: refused "array too big"
-- case: concat of a length that is no number => table.concat(N)
-- expect: refused "object length is not an integer"
-- case: insert into a length that is no number => table.insert(N, 1)
-- expect: refused "object length is not an integer"
-- case: concat of a long range => table.concat({}, "", 1, 1 << 60)
-- expect: refused "invalid value"
-- case: unpack of a long range => table.unpack({}, 1, 1 << 60)
-- expect: refused "too many results to unpack"
-- case: insert at a place without end => table.insert({}, 1 << 60, 1)
-- expect: refused "position out of bounds"
-- case: move over the end of the integers => table.move({}, 1, math.maxinteger, 2)
-- expect: refused "wrap around"
local L = setmetatable({}, {
    __len = function() return math.maxinteger - 1 end, __index = function() return "" end, --!
    __newindex = function() end, --!
})
local M = setmetatable({}, { __len = function() return 1000 end, __index = function() return 1 end, __newindex = function() end }) --!
local I = setmetatable({}, { __index = function() return 1 end }) --!
local N = setmetatable({}, { __len = function() return "x" end })

return function(c)
    do @@ end --!
    return true
end
