-- source: lua/lua commit 997f11f5 (bug of 5.4.4, fixed 5.4.5)
-- what: A break out of a generic for with a closing value, past a captured loop variable, leaves the closing list wrong; the next <close> writes outside the stack
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
local mt = {__close = function() end}
local function test()
  do local p, q, r, s
    for k in next, {1}, nil, setmetatable({}, mt) do
      local function f() return k end
      break
    end
  end
  local x <close> = setmetatable({}, mt)
end
return function(c) pcall(test); return true end
