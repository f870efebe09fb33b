-- source: lua/lua c764ca71 (bitwise on constants, fixed 5.4.5), 782ef85b (index by comparison, fixed 5.4.8), 1f3c6f45 (const _ENV, CVE-2022-28805, patched by Debian)
-- what: Texts that 5.4.4 compiles wrongly: results differ from the language, one reads a register that was never set
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local t = {} for i = 1, 257 do t[i] = i .. ".1" end
  local pre = "local x = {" .. table.concat(t, ",") .. "} "
  local r = load(pre .. "return 1 ~ (2 or 3)")()
  local ok1, v = pcall(load("local a, b = ... return _ENV[a < b]"), 1, 2)
  if ok1 and v ~= nil and type(v) ~= "table" then error("foreign value " .. type(v)) end
  local ok2 = pcall(load("local _ENV <const> = 11; X = 'hi'"))
  return true
end
