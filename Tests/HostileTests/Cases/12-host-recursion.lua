-- entry: 12
-- what: recursion through the host
-- as: predicate, journey, template
-- expect: refused
-- where: anywhere
-- case: by a segment that asks for itself => return segment.hostile:includes(c)
-- as: predicate
-- expect: refused "segment 'hostile' asks for itself"
-- case: by a host word in gsub => local function f() return (("x"):gsub("x", function() return now() .. f() end)) end f()
-- case: by a list in sort => local function f() table.sort(c.orders:list(), function() return f() end) end f()
return function(c)
    do @@ end --!
    return true
end
