-- source: Bithack/principia issue 4 (error(nil) crashed); Redis PR 11032
-- what: Errors that are nil, false, a table, a function, the customer, a NaN, with a level far away
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: refused "an error without a message"
return function(c)
  pcall(error); pcall(error, nil, 1 << 40); pcall(error, c); pcall(error, 0/0, -1)
  pcall(error, setmetatable({}, {__tostring = function() return {} end, __name = 7}))
  pcall(error, setmetatable({}, {__tostring = error}))
  error(nil)
end
