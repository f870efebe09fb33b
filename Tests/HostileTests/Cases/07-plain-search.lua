-- entry: 7
-- what: a search that looks at everything again and again:
-- as: load, predicate, journey, template, line
-- expect: steps or time
-- case: plainly => S:find(W, 1, true)
-- case: for a text without special characters => S:find(W)
-- case: from every place => for i = 1, #S do S:find(W, i, true) end
-- case: with a short pattern on a long text => S:find("xy")
-- case: with an anchor => S:gsub("^x", "")
-- case: that replaces every letter => S:gsub("x", "yy")
-- case: that replaces by a function => S:gsub("x", function() end)
-- case: that replaces by a table => S:gsub("x", {})
-- case: that goes over matches => for w in S:gmatch("x") do end
-- case: that goes over empty matches => for w in S:gmatch("y*") do end
-- case: that splits => for a, b in S:gmatch("(x)(x)") do end
local S, W = ("x"):rep(1 << 20), ("x"):rep(1 << 19) .. "y" .. ("x"):rep(1 << 10)

return function(c)
    while true do @@ end --!
end
