--- a text is compiled and run, with its arguments
out(load("return 1 + 1")())
out(load("local a, b = ... return b, a")(1, 2))
out(load("")())
out(type(load("return")), select("#", load("return")()))

--- pieces are put together until one is empty or missing
local function pieces(list) local i = 0 return function() i = i + 1 return list[i] end end
out(load(pieces { "return ", "1", " + ", "2" })())
out(load(pieces { "return 1", "", "+ 2" })())
out(load(pieces {})())
out((load(pieces { "return ", {} })))
out((load(pieces { "x", true })))

--- an environment is the script's globals
local env = { y = 5 }
out(load("x = y return x", "c", "t", env)(), env.x)
out(load("return y", "c", "t", {})())
out((pcall(load("return y.z.w", "c", "t", { y = {} }))))
out((pcall(load("y = 1", "c", "t", nil))))
local f = load("return _ENV", "c", "t", env)
out(f() == env)
out(load("local _ENV = { z = 3 } return z")())
out(load("return x", "c", "t", setmetatable({}, { __index = function(_, name) return name end }))())

--- only text is loaded where the mode asks for more or less
out(type(load("return 1", "c", "t")), type(load("return 1", "c", "bt")), type(load("return 1", "c", "b")))
out((load("\27Lua")))
out((load("\27Lua", "c", "t")))

--- a mistake gives nothing and a message
for _, text in ipairs { "x =", "for", "return return", "x = 'a", "goto nowhere", "break",
    "local x <wrong> = 1", "x = 1 1",
    "::a:: ::a::", "return ...; x", "f(", "x = }", "x = 0x", "x = '\\q'", "x = [[a", "--[[ a", "a.b:c = 1",
    "local function f() return ... end", "x = 1e", "local x <const> = 1; x = 2",
        "if x then else elseif y then end" } do
    local f, message = load(text)
    out(f, type(message), (message:gsub("^.*:%d+: ", "")))
end

--- what is loaded sees its own locals only, and keeps its environment
local secret = 1
out(load("return secret")())
local env = {}
local f = load("n = (n or 0) + 1 return function() n = n + 1 return n end", "c", "t", env)
local g = f()
out(g(), g(), env.n, n)

--- errors of what is loaded can be caught
out((pcall(load("error('x')"))))
out(select(2, pcall(load("error('x', 0)"))))
out(select(2, pcall(load("error({ 1 })")))[1])
