-- entry: 1
-- what: a loop without end
-- as: load, predicate, journey, template, line
-- expect: steps or time
-- case: with while => while true do end
-- case: with while and an empty condition list => while not false do local x = 1 end
-- case: with repeat => repeat until false
-- case: with goto => ::again:: goto again
-- case: with goto backwards out of a block => ::again:: do local x = 1 goto again end
-- case: counting to infinity => for i = 1, math.huge do end
-- case: counting to the largest integer => for i = 1, math.maxinteger do end
-- case: counting down by the smallest step => for i = 1, 0, -5e-324 do end
-- case: over an iterator that never ends => for _ in function() return 1 end do end
-- case: by a call in tail position => local function f() return f() end f()
-- case: by two functions that call each other in tail position => local f, g f = function() return g() end g = function() return f() end f()
-- case: in text that load compiles => load("while true do end")()
-- case: that loads again and again => while true do load("return 1") end
-- case: that makes closures => while true do local x = function() return x end end
-- case: that makes tables => while true do local x = { {}, {} } end
-- case: that selects => while true do select("#", 1, 2, 3) end
-- case: that calls methods of texts => while true do ("x"):upper() end
-- case: that goes over a table => local t = { 1, 2, 3 } while true do for k, v in pairs(t) do end end
-- case: that goes over a list => local t = { 1, 2, 3 } while true do for i, v in ipairs(t) do end end
-- case: that asks next => local t = { a = 1 } while true do next(t) end
-- case: that throws dice => while true do math.random() end
-- case: that converts => while true do tostring(tonumber("12")) end
-- case: that unpacks => local t = { 1, 2, 3 } while true do table.unpack(t) end
-- case: that sets metatables => local m = {} while true do setmetatable({}, m) end
-- case: that goes over code points => while true do for p, c in utf8.codes("äöü") do end end
return function(c)
    do @@ end --!
    return true
end
