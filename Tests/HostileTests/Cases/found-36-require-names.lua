-- source: cc-tweaked/CC-Tweaked issue 2359 (path of 2^24 segments); neovim issue 38966; Redis/Luanti path escapes
-- what: Names with NUL, dots, absolute, home, URL, case, huge length, non-strings, a module that requires itself
-- as: predicate, journey, template
-- budget: seconds=1 steps=20000000
-- expect: harmless
return function(c)
  for _, n in ipairs({"../x", "..", ".", "", "/etc/passwd", "a\0b", "~/x", "a/../../x", "a..b", "...x", "file:///etc/passwd", "CON", "a\\..\\x", "%2e%2e/x", "a.b.c.d", "\27[2J", "string", "os", "io", "debug", "coroutine", "package", "_G"}) do
    local ok, v = pcall(require, n)
    if ok and (n == "os" or n == "io" or n == "debug" or n == "coroutine" or n == "package") then error("require gave " .. n) end
  end
  pcall(require, ("./../"):rep(1 << 20)); pcall(require, nil); pcall(require, {}); pcall(require, setmetatable({}, {__tostring = function() return "x" end}))
  return true
end
