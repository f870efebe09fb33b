-- source: ldo.c luaD_seterrorobj (may raise unprotected to 5.4.7; fixed 5.4.8, commit 25da574f)
-- what: Memory is filled to the last bytes, then the stack overflows while an error is handled: the host's outermost pcall must build the text 'error in error handling' with no memory left
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: memory
local hold = {}
local function fill() local h while true do h = {h} hold[1] = h end end
local function fine() local s = "x" while true do hold[#hold + 1] = s .. #hold end end
local function over() return 1 + over() end
local mt = {__tostring = function(x) return tostring(x) .. over() end}
return function(c)
  pcall(fill); pcall(fine)
  xpcall(over, over)
  error(setmetatable({}, mt))
end
