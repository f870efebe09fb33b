-- entry: 7
-- what: a pattern
-- as: predicate, line
-- expect: harmless
-- case: with captures that nest deeply => assert(not pcall(string.find, "x", ("("):rep(40)))
-- case: with more brackets than C may nest => assert(not pcall(string.find, "x", ("("):rep(100000)))
-- case: of a hundred thousand letters => ("x"):find(("x?"):rep(100000))
-- case: of a hundred thousand classes => ("x"):find(("[a-z]"):rep(100000))
-- case: with an endless class => assert(not pcall(string.find, "x", "[" .. ("a"):rep(100000)))
-- case: that ends in an escape => assert(not pcall(string.find, "x", "%"))
-- case: that repeats a capture that is open => assert(not pcall(string.find, "x", "(%1)"))
-- case: with a replacement that names no capture => assert(not pcall(string.gsub, "x", "x", "%9"))
return function(c)
    @@
    return true
end
