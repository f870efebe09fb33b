-- entry: 4
-- what: recursion through a protected call
-- as: load, predicate, journey, template, line
-- expect: steps or time
-- case: that starts again on every level => local function f() pcall(f) pcall(f) end f()
-- case: that loops on every level => local function f() pcall(f) while true do end end f()
-- case: with xpcall, whose handler starts again => local function f() xpcall(f, f) xpcall(f, f) end f()
-- case: with xpcall, whose handler loops => local function f() xpcall(f, function() while true do end end) end f()
-- case: in a handler that raises in a handler => local function h() error(xpcall(error, h)) end while true do xpcall(error, h) end
-- case: with pcall of pcall => local function f() pcall(pcall, pcall, f) pcall(pcall, pcall, f) end f()
-- case: through a sort => local function f() pcall(table.sort, { 1, 2 }, f) pcall(table.sort, { 1, 2 }, f) end f()
-- case: through load => local function f() pcall(load, f) pcall(load, f) end f()
return function(c)
    do @@ end --!
    return true
end
