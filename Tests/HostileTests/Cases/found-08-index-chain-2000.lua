-- source: lvm.c MAXTAGLOOP
-- what: A ladder of 1,990 tables joined by __index makes each access 2,000 steps: an amplifier for budgets that count instructions
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: steps or time
local t = setmetatable({}, {__index = {}})
for i = 1, 1990 do t = setmetatable({}, {__index = t}) end
return function(c) while true do local x = t.no_such_field end end
