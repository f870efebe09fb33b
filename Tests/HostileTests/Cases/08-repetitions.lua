-- entry: 8
-- what: a repetition
-- as: load, predicate, journey, template, line
-- expect: refused "resulting string too large"
-- case: to the largest integer => return ("x"):rep(math.maxinteger)
-- case: of two to the sixtieth => return ("x"):rep(1 << 60)
-- case: of a long text => return ("x"):rep(1 << 20):rep(1 << 20)
-- case: with a separator => return ("x"):rep(1 << 40, "y")
-- case: of nothing with a separator => return (""):rep(1 << 60, "y")
-- case: with a long separator => return ("x"):rep(1 << 10, ("y"):rep(1 << 20))
-- case: whose size overflows => return ("xxxx"):rep(1 << 62)
-- case: whose size overflows to little => return ("x"):rep(math.maxinteger, "x")
-- case: by the function itself => return string.rep("x", 1 << 60)
-- case: of a number => return string.rep(12345, 1 << 50)
-- case: that fills one string too many => return ("x"):rep((1 << 24) + 1)
-- case: of nothing two to the sixtieth times => assert((""):rep(1 << 60) == "" and (""):rep(1 << 60, "") == "")
-- expect: harmless
-- case: less than once => assert(("x"):rep(-1) == "" and ("x"):rep(math.mininteger, "y") == "")
-- expect: harmless
-- case: without end => while true do ("x"):rep(1 << 20) end
-- expect: steps or time
-- case: without end, of what is too large => while true do pcall(string.rep, "x", 1 << 60) end
-- expect: steps or time
-- case: that is kept => local t = {} for i = 1, 1e6 do t[i] = ("x"):rep((1 << 20) + i) end
-- expect: memory
-- budget: seconds=1 steps=20000000
return function(c)
    do @@ end --!
    return true
end
