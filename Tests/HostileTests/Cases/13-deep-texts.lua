-- entry: 13
-- what: a text that nests
-- as: load, predicate, journey, template, line
-- expect: harmless
-- case: a million round brackets => refused(("("):rep(1000000))
-- case: a million curly brackets => refused(("{"):rep(1000000))
-- case: sixty thousand round brackets => refused(("("):rep(60000))
-- case: sixty thousand curly brackets => refused("return " .. ("{"):rep(60000))
-- case: sixty thousand square brackets => refused("return a" .. ("[a"):rep(30000))
-- case: functions => refused(("return function() "):rep(3000))
-- case: blocks => refused(("do "):rep(20000))
-- case: conditions => refused(("if a then "):rep(6000))
-- case: loops => refused(("while a do "):rep(5000))
-- case: operators that wait => refused("return " .. ("not "):rep(15000) .. "1")
-- case: minus signs => refused("return " .. ("- "):rep(30000) .. "1")
-- case: concatenations => refused("return " .. ("a .. "):rep(12000) .. "a")
-- case: powers => refused("return " .. ("a ^ "):rep(15000) .. "a")
-- case: calls => pcall(load, "local a return a" .. ("()"):rep(30000))
-- case: conjunctions => assert(load("local a return " .. ("a and "):rep(10000) .. "a"))
-- expect: harmless or time
-- case: a chain of 200 KB => refused("return a" .. (".a"):rep(100000))
-- case: ten thousand links => refused("return c" .. (".a"):rep(10000))
-- case: ten thousand links in square brackets => refused("return c" .. ("['a']"):rep(10000))
-- case: ten thousand links with comments between => refused("return c" .. (".a--[[x]]\n"):rep(5000))
-- case: links in round brackets => refused("return " .. ("("):rep(150) .. "c" .. ((".a"):rep(50) .. ")"):rep(150))
-- case: methods => pcall(load("return c" .. (":a()"):rep(10000)))
-- case: long brackets => refused("return [" .. ("="):rep(60000) .. "[")
-- case: a long number => assert(load("return 0x" .. ("f"):rep(60000)))
-- case: a long name => assert(load("local " .. ("a"):rep(60000) .. " = 1"))
-- case: a long escape => refused("return '\\u{" .. ("f"):rep(60000) .. "}'")
-- case: lines without end => assert(load(("\n"):rep(65000)))
-- case: labels => pcall(load, ("::a%d:: "):rep(5000))
-- case: gotos => refused(("goto a "):rep(9000))
-- case: locals => refused(("local a "):rep(250))
-- case: more than 64 KB => refused(("--"):rep(40000))
local function refused(text)
    local f, problem = load(text)
    assert(f == nil and type(problem) == "string" and #problem < 500, "it was compiled")
end

return function(c)
    @@
    return true
end
