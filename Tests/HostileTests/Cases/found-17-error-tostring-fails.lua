-- source: as error-values
-- what: The error that leaves the predicate has a __tostring that raises an error whose __tostring raises one
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "an error value that is a table"
local mt = {}
mt.__tostring = function() error(setmetatable({}, mt)) end
mt.__name = "customer"
return function(c) error(setmetatable({}, mt)) end
