-- entry: 4
-- what: an error handler
-- as: load, predicate, journey, template, line
-- budget: seconds=1 steps=20000000
-- expect: harmless
-- case: that raises => assert(select("#", xpcall(error, function() error("again") end)) == 2)
-- case: that raises itself => assert(not xpcall(error, error))
-- case: that recurses without end => local function h(e) return h(e) .. "" end assert(not xpcall(error, h))
-- case: on a stack that has overflown => local function f() return 1 + f() end assert(not xpcall(f, f))
-- expect: harmless or time
-- case: that is called for every level of an overflow => local function f() return 1 + f() end assert(not xpcall(f, function() return pcall(f) end))
-- expect: harmless or time
-- case: that is a table => assert(not pcall(xpcall, error, setmetatable({}, { __call = error })))
-- case: that is missing => assert(not pcall(xpcall, error))
-- case: on a recursion that protects each level => local function f() return pcall(f) end f()
return function(c)
    @@
    return true
end
