-- entry: 3
-- what: a loop that swallows every error, also that of its end,
-- as: load, predicate, journey, template, line
-- expect: steps or time
-- case: with pcall around a loop => while true do pcall(function() while true do end end) end
-- case: with pcall around an error => while true do pcall(error, "x") end
-- case: with pcall around pcall around a loop => while true do pcall(pcall, function() while true do end end) end
-- case: with xpcall and a quiet handler => while true do xpcall(function() while true do end end, function() end) end
-- case: with xpcall and pcall as its handler => while true do xpcall(error, pcall) end
-- case: with xpcall in the handler of xpcall => while true do xpcall(error, function() xpcall(error, function() while true do end end) end) end
-- case: with pcall around a sort => while true do pcall(table.sort, { 3, 2, 1 }, function() while true do end end) end
-- case: with pcall around a gsub => while true do pcall(string.gsub, "x", "x", function() while true do end end) end
-- case: with pcall around load => while true do pcall(load, function() while true do end end) end
-- case: with pcall around pairs => while true do pcall(pairs, setmetatable({}, { __pairs = function() while true do end end })) end
-- case: with pcall around tostring => while true do pcall(tostring, setmetatable({}, { __tostring = function() while true do end end })) end
-- case: with pcall in a metamethod => local t t = setmetatable({}, { __index = function() pcall(function() while true do end end) end }) while true do local x = t.x end
-- case: with pcall as an iterator => for _ in pcall, function() while true do end end do end
-- case: with pcall as a metamethod => local t = setmetatable({}, { __call = pcall }) while true do t() end
-- case: with pcall as a comparison => while true do pcall(table.sort, { pcall, pcall }, pcall) end
-- case: with error as the handler => while true do xpcall(error, error) end
-- case: that goes on after its own end => local function f() local ok repeat ok = pcall(f) until false end f()
return function(c)
    do @@ end --!
    return true
end
