-- source: type confusion through userdata metamethods (class: lua-users wiki SandBoxes; LuaSwift/mlua guard it)
-- what: Takes the metatable of the customer, calls its __index with things that are no customer, and gives it to a plain table
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  local m = getmetatable(c)
  if type(m) == "table" then
    for k, f in next, m do
      if type(f) == "function" then
        pcall(f); pcall(f, {}, "age"); pcall(f, "x", "age"); pcall(f, c, {}); pcall(f, c); pcall(f, 1 << 40, "age")
      end
    end
    pcall(setmetatable, {}, m)
    local fake = pcall(setmetatable, {}, m) and setmetatable({}, m)
    local ok, v = pcall(function() return fake.age end)
    error("the customer's metatable is open")
  end
  return true
end
