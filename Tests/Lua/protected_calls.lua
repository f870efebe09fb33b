--- pcall gives all results, or false and the value that was raised
out(pcall(function() end))
out(pcall(function(...) return select("#", ...), ... end, nil, 1, nil))
out(pcall(error, "a"))
out(pcall(error))
out(pcall(error, nil))
local t = {}
out(select(2, pcall(error, t)) == t, type(select(2, pcall(error, out))), select(2, pcall(error, 12)))
out(pcall(pcall, error, "x"))
out(pcall(pcall))
out(select("#", pcall(error)))

--- error puts the place of its level before a text
local function raise(level) error("here", level) end
out(pcall(raise))
out(pcall(raise, 0))
out(pcall(raise, 1))
out(pcall(function()
    raise(2)
end))
out(pcall(function() error("three", 3) end))
out(type(select(2, pcall(function() error({}, 2) end))))
out(pcall(function() error(12, 1) end))

--- errors of Lua's own name the variable and the place
out(pcall(function() local x return x() end))
out(pcall(function() local t = {} t.a.b() end))
out(pcall(function() local t = {} t:method() end))
out(pcall(function() return 1 .. {} end))
out(pcall(function() local x = "a" return x + 1 end))
out(pcall(function() return #5 end))
out(pcall(function() return {} .. "x" end))
out(pcall(function() for i = 1, 10, 0 do end end))
out(pcall(function() for i = "a", 2 do end end))
out(pcall(function() return 1 < "2" end))
out(pcall(function() return 2^63 | 1 end))
out(pcall(function() string.rep() end))
out(pcall(function() ("x"):rep({}) end))
out(pcall(function() ("x").rep() end))
out(pcall(function() setmetatable(1, {}) end))
out(pcall(function() setmetatable({}, 1) end))
out(pcall(function() rawset({}, nil, 1) end))
out(pcall(function() rawlen(5) end))
out(pcall(function() select(0) end))
out(pcall(function() tostring() end))
out(pcall(function() tonumber("1", 99) end))
out(pcall(function() ipairs() end))

--- nested calls are caught by the innermost
out(pcall(function()
    local ok, first = pcall(error, "inner", 0)
    error("outer after " .. first, 0)
end))
local depth = 0
local function dig() depth = depth + 1 if depth < 50 then return pcall(dig) end error("bottom", 0) end
out(select("#", dig()))

--- what was changed before an error stays changed
local t = { 1 }
pcall(function() t[2] = 2 error() end)
out(#t)
local log = {}
pcall(table.sort, { 3, 2, 1 }, function(a, b) log[1] = true error("mine") end)
out(log[1])

--- xpcall gives the handler's results, with arguments before
out(xpcall(function(...) return ... end, error, 1, nil, 3))
out(xpcall(error, function(message) return "handled " .. tostring(message), "second" end, "text", 0))
out(xpcall(error, function(message) return type(message) end))
out(xpcall(function() local x = {} .. 1 end, function(message) return (message:gsub("^.-:", "")) end))
out(xpcall(function() return pcall(error, "inner") end, function() return "outer" end))
out(pcall(xpcall))
out(pcall(xpcall, error))
out(pcall(xpcall, error, 1))
out(xpcall(error, function(...) return select("#", ...) end, "x"))

--- a handler that raises gives an error, and not for ever
local ok, value = xpcall(error, function(message) if message == "first" then error("second",
    0) end return message end, "first", 0)
out(ok, value)
local ok, value = xpcall(function() local function f() return 1 + f() end return f() end,
    function(m) return "caught" end)
out(ok, value)

--- a handler sees the value as it was raised
local t = {}
out(xpcall(error, function(value) return value == t end, t))
out(xpcall(error, function(value) return value == nil end))
out(xpcall(assert, function(value) return value end, false))
out(xpcall(assert, function(value) return value end, nil, "words"))

--- assert gives its arguments, or raises its message as it is
out(assert(1, "no", nil))
out(pcall(assert, false))
out(pcall(assert, nil, "text"))
local t = {}
out(select(2, pcall(assert, false, t)) == t)
out(pcall(assert))

--- a stack overflow is an error that can be caught
local function f() return 1 + f() end
local ok, message = pcall(f)
out(ok, message:find("stack overflow", 1, true) ~= nil)
local function g() return 1 + select(2, pcall(g)) end
out(type(pcall(g)))
local ok, message = pcall(function() return setmetatable({}, { __index = function(t,
    k) return t[k] end }).x end)
out(ok, message:find("overflow", 1, true) ~= nil)
local ok, message = pcall(string.gsub, "x", "x", function() return (string.gsub("x", "x", f)) end)
out(ok, message:find("overflow", 1, true) ~= nil)

--- to-be-closed variables are not needed, but goto, integer division and attributes compile
local x <const> = 5
local n = 0
::again:: n = n + 1
if n < 3 then goto again end
out(x, n, 7 // 2)
out((load("local x <const> = 1 x = 2")))
