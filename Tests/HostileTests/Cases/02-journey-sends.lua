-- entry: 2
-- what: a journey that asks for messages without end
-- as: journey
-- expect: refused "asks for more than"
-- case: in a loop => while true do send { template = "hello" } end
-- case: in a loop that swallows every error => while true do pcall(send, { template = "hello" }) end
-- case: in a function that calls itself in tail position => local function f() send { template = "hello" } return f() end f()
-- case: in a metamethod => local t = setmetatable({}, { __index = function() send { template = "hello" } end }) while true do local x = t.x end
-- case: in a metamethod in a protected call => local t = setmetatable({}, { __index = function() send { template = "hello" } end }) while true do pcall(function() return t.x end) end
-- case: from protected calls that nest over many steps => local function dive(n) if n % 150 == 0 then send { template = "hello" } end if n == 140000 then while true do end end assert(pcall(dive, n + 1)) end dive(1)
-- expect: refused
-- where: anywhere
return function(c)
    do @@ end --!
    return true
end
