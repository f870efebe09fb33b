-- entry: 9
-- source: own find: what the host keeps for a script is not counted by the memory of Lua
-- what: memory of the host that grows:
-- as: predicate
-- budget: seconds=1 steps=20000000
-- expect: time or steps or memory or refused
-- case: by a question that grows => local q = c.orders while true do q = q:where { status = "paid" } end
-- case: by questions that are kept => local t, q = {}, c.orders while true do q = q:where { status = "paid" } t[#t + 1] = q end
-- case: by a question with states => local q = c.messages while true do q = q:opened() end
-- case: by questions of every length => local q = c.orders while true do q = q:where { status = "paid" } pcall(q.count, q) end
-- case: by a list of huge texts => local s, t = ("x"):rep(1 << 23), {} for i = 1, 1000 do t[i] = s end pcall(c.orders.where, c.orders, t)
-- case: by names of huge texts => local s, t = ("x"):rep(1 << 23), {} for i = 1, 100 do t["k" .. i] = s end pcall(c.orders.where, c.orders, t)
-- case: by lists that are kept => local t = {} while true do t[#t + 1] = c.events:list() end
-- case: by relations that are kept => local t = {} while true do t[#t + 1] = c.orders end
-- case: by segments that are kept => local t = {} while true do t[#t + 1] = segment.good & segment.good end
-- case: by names of segments => while true do local x = segment[("x"):rep(1 << 20)] end
return function(c)
    do @@ end
    while true do end
end
