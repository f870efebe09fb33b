-- entry: 17
-- what: nothing tells where or when a script runs:
-- as: load, predicate, journey, template, line
-- expect: harmless
-- case: %p is refused => assert(not pcall(string.format, "%p", {}))
-- case: tostring of a table => assert(tostring({}) == "table")
-- case: tostring of a function => assert(tostring(next) == "function" and tostring(function() end) == "function")
-- case: tostring of a table with a name => assert(not tostring(setmetatable({}, { __name = "x" })):find("0x"))
-- case: format of a table => assert(("%s"):format({}) == "table")
-- case: concatenation of a table => assert(not select(2, pcall(function() return "" .. {} end)):find("0x"))
-- case: errors about tables => for _, f in ipairs { function() return {} < {} end, function() return #nil end, function() return ({}).x.y.z() end, function() ({})() end } do assert(not tostring(select(2, pcall(f))):find("0x")) end
-- case: keys that are tables have no order => assert(not pcall(pairs, { [{}] = 1, [{}] = 2 }))
-- case: keys that are functions have no order => assert(not pcall(next, { [next] = 1, [pairs] = 2 }))
-- case: randomseed tells nothing => assert(math.randomseed == nil or select("#", pcall(math.randomseed)) <= 2 and type(select(2, pcall(math.randomseed))) ~= "number")
-- case: there is no clock => assert(pcall(load, "x") and load("return nil")() == nil)
-- case: no hash of texts shows in the order => local t = { b = 1, a = 2, c = 3 } local s = "" for k in pairs(t) do s = s .. k end assert(s == "abc")
-- case: the sign of what is no number => assert(tostring(0 / 0):gsub("-", "") == "nan")
-- case: iterators show no address => assert(not tostring(("x"):gmatch("x")):find("0x") and not tostring(pairs({})):find("0x"))
return function(c)
    do @@ end
    return true
end
