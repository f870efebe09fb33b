-- entry: 18
-- what: a library that is confused:
-- as: load, predicate, journey, template, line
-- budget: seconds=1 steps=20000000
-- expect: harmless
-- case: a comparison that always holds => table.sort(list(), function() return true end)
-- case: a comparison that never holds => table.sort(list(), function() end)
-- case: a comparison by chance => table.sort(list(), function() return math.random() < 0.5 end)
-- case: a comparison that empties the list => local t = list() table.sort(t, function(a, b) for i = 1, #t do t[i] = nil end return false end)
-- case: a comparison that lengthens the list => local t = list() table.sort(t, function(a, b) t[#t + 1] = 0 return false end)
-- case: a comparison that sorts => local t = list() pcall(table.sort, t, function(a, b) table.sort(t) return a > b end)
-- case: a comparison that raises => assert(not pcall(table.sort, list(), function() error("x") end))
-- case: values that do not compare => assert(not pcall(table.sort, { {}, {} }) and not pcall(table.sort, { 1, "x" }))
-- case: missing values => pcall(table.sort, { 3, nil, 1, nil, 2 })
-- case: what is no number => table.sort({ 0 / 0, 1, 0 / 0, 2 })
-- case: next while assigning => local t, n = { a = 1, b = 2 }, 0 local k = next(t) while k and n < 1000 do t[k .. "x"] = 1 n = n + 1 local ok, f = pcall(next, t, k) k = ok and f or nil end
-- case: next with a key that is gone => local t = { a = 1, b = 2 } local k = next(t) t[k] = nil pcall(next, t, k)
-- case: next with a wrong key => assert(next({}, "x") == nil and not pcall(next, {}, 0 / 0))
-- case: pairs while clearing => local t = list() for k in pairs(t) do t[k] = nil end assert(next(t) == nil)
-- case: pairs while adding => local t, n = { 1 }, 0 for k in pairs(t) do n = n + 1 t["x" .. n] = n end assert(n < 10)
-- case: a missing key => assert(not pcall(rawset, {}, nil, 1) and not pcall(rawset, {}, 0 / 0, 1))
-- case: ranges at the ends of the integers => local I, J = math.mininteger, math.maxinteger for _, f in ipairs { table.unpack, table.concat, table.move, string.byte, string.sub, utf8.codepoint, utf8.offset, math.random, select, table.insert, table.remove } do pcall(f, "abc", I, J) pcall(f, {}, I, J) pcall(f, {}, J, J, J) pcall(f, J, I) end
local function list()
    local t = {}
    for i = 1, 200 do t[i] = i * 7919 % 211 end
    return t
end

return function(c)
    do @@ end
    return true
end
