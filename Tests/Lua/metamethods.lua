--- every operator calls its metamethod, with the operands in their order
local function named(name) return { name = name } end
local function told(value) return type(value) == "table" and value.name or tostring(value) end
local meta = {}
for _, name in ipairs { "add", "sub", "mul", "div", "idiv", "mod", "pow", "band", "bor", "bxor", "shl",
    "shr" } do
    meta["__" .. name] = function(a, b) return name .. " " .. told(a) .. " " .. told(b) end
end
meta.__unm = function(a, b) return "unm " .. told(a) .. " " .. told(b) end
meta.__bnot = function(a, b) return "bnot " .. told(a) .. " " .. told(b) end
local a, b = setmetatable(named "a", meta), setmetatable(named "b", meta)
out(a + b, a - 1, 2 * a, a / "x", a // b, 7 % a, a ^ 2)
out(a & 1, 1 | a, a ~ b, a << 2, "3" >> a, -a, ~b)

--- a comparison calls the metamethod of either operand and gives a boolean
local calls = {}
local meta = {
    __lt = function(a, b) calls[#calls + 1] = "lt" return 1 end,
    __le = function(a, b) calls[#calls + 1] = "le" return nil end,
    __eq = function(a, b) calls[#calls + 1] = "eq" return "yes" end,
}
local a, b = setmetatable({}, meta), setmetatable({}, meta)
out(a < b, a <= b, a > b, a >= b, a == b, a ~= b, a == a)
out(a < 1, 1 < a, a <= "x", a == 1, rawequal(a, b))
out(a == setmetatable({}, {}), setmetatable({}, {}) == a, {} == a)
out(table.concat(calls, " "))

--- indexing follows functions and tables
local base = { x = 1 }
local middle = setmetatable({ y = 2 }, { __index = base })
local top = setmetatable({}, { __index = middle })
out(top.x, top.y, top.z, rawget(top, "x"))
local asked = {}
local lazy = setmetatable({}, { __index = function(t, key)
    asked[#asked + 1] = key
    rawset(t, key, key .. "!")
    return t[key]
end })
out(lazy.a, lazy.a, lazy.b, #asked)
local upper = setmetatable({}, { __index = function(_, key) return key end })
out(setmetatable({}, { __index = upper }).deep, upper[1], upper[true], upper[2.5])

--- writing follows functions and tables, and leaves what is there
local log, store = {}, {}
local t = setmetatable({ own = 1 }, { __newindex = function(t, key, value)
    log[#log + 1] = key
    rawset(t, key, value)
end })
t.own, t.new, t.new = 2, 3, 4
out(t.own, t.new, #log)
local s = setmetatable({}, { __newindex = store })
s.a = 1
out(rawget(s, "a"), store.a, s.a)
rawset(s, "a", 5)
s.a = 6
out(rawget(s, "a"), store.a)
s[1.0], s[2^53] = "one", "big"
out(store[1], store[2^53])

--- calls pass the table first, and give all results
local t = setmetatable({ n = 2 }, { __call = function(self, ...) return self.n, select("#", ...), ... end })
out(t(), t(nil), t(1, nil))
out(pcall(t, "a"))
out(select(2, t("x", "y")))
for a, b in setmetatable({}, { __call = function(_, _, n) if (n or 0) < 3 then return (n or 0) + 1,
    "v" end end }) do out(a, b) end

--- lengths, texts and names
local t = setmetatable({ 1, 2, 3 }, { __len = function() return "many" end,
    __tostring = function() return "told" end })
out(#t, rawlen(t), tostring(t), string.format("%s|%10s", t, t))
out(pcall(tostring, setmetatable({}, { __tostring = function() return 1 end })))
out(pcall(tostring, setmetatable({}, { __tostring = function() error("mine", 0) end })))
out(#setmetatable({}, { __len = function() return 2.5 end }))
out(pcall(table.unpack, setmetatable({}, { __len = function() return 2.5 end })))

--- a class with inheritance
local Animal = {} Animal.__index = Animal
function Animal.new(name) return setmetatable({ name = name }, Animal) end
function Animal:speak() return self.name .. " makes a noise" end
local Dog = setmetatable({}, { __index = Animal }) Dog.__index = Dog
function Dog.new(name) local self = Animal.new(name) return setmetatable(self, Dog) end
function Dog:speak() return Animal.speak(self) .. ": woof" end
out(Dog.new("Rex"):speak())
out(Animal.new("Cat"):speak(), getmetatable(Dog.new("x")) == Dog, rawget(Dog, "new") ~= Animal.new)

--- setmetatable gives its table, replaces and removes
local t = {}
local first, second = { __index = { v = 1 } }, { __index = { v = 2 } }
out(setmetatable(t, first) == t, t.v, setmetatable(t, second) == t, t.v, getmetatable(t) == second)
out(setmetatable(t, nil) == t, t.v, getmetatable(t))
local shared = { __index = function(_, key) return key end }
out(setmetatable({}, shared).a, setmetatable({}, shared).b, getmetatable(setmetatable({}, shared)) == shared)

--- a protected metatable is told and kept
local t = setmetatable({}, { __metatable = "private" })
out(getmetatable(t), pcall(setmetatable, t, {}))
out(pcall(setmetatable, t, nil))
local f = setmetatable({}, { __metatable = false })
out(getmetatable(f), (pcall(setmetatable, f, nil)))

--- rawset, rawget and rawlen see no metamethods
local t = setmetatable({}, { __index = error, __newindex = error, __len = error })
out(rawset(t, 1, "a") == t, rawget(t, 1), rawlen(t), rawget(t, 2), rawlen("abc"))
out(pcall(rawset, t, nil, 1))
out(pcall(rawset, t, 0/0, 1))
out(rawset(t, 1.0, "b")[1], rawlen(t))

--- metamethods that raise name the line of the operation
local t = setmetatable({}, { __add = function() error("no sums") end,
    __index = function() error("no fields", 2) end })
out(pcall(function() return t + 1 end))
out(pcall(function()
    return t.x
end))
out(pcall(function() return t < 1 end))
out(pcall(function() return {} < {} end))
out(pcall(function() return t.x.y end))

--- a chain of __index that contains itself ends
local a, b = {}, {}
setmetatable(a, { __index = b }) setmetatable(b, { __index = a })
local ok, message = pcall(function() return a.x end)
out(ok, (message:gsub("^.-:%d+: ", "")))
local w = {}
setmetatable(w, { __newindex = w })
local ok, message = pcall(function() w.x = 1 end)
out(ok, (message:gsub("^.-:%d+: ", "")))

--- __pairs replaces the traversal
local function once(_, k) if not k then return 1, "only" end end
local t = setmetatable({}, { __pairs = function(t) return once, t, nil end })
for k, v in pairs(t) do out(k, v) end
out(next(t))

--- ipairs follows __index and ends at the first missing value
local t = setmetatable({ 1, 2 }, { __index = function(_, i) if i < 5 then return "i" .. i end end })
for i, v in ipairs(t) do out(i, v) end
for i, v in ipairs({ 1, nil, 3 }) do out(i, v) end

--- the table functions use metamethods
local held = { "c", "a", "b" }
local t = setmetatable({}, { __index = held, __newindex = held, __len = function() return #held end })
table.insert(t, "d")
table.sort(t)
out(table.concat(t, ","), #t, rawlen(t), table.unpack(t))
out(table.remove(t), table.remove(t, 1), table.concat(held, ","))
out(table.concat(table.move(t, 1, 2, 2, {"x"}), ","))

--- numbers keep their kinds
out(1 // 0.0, -1 // 0.0, 1 % math.huge, -1 % math.huge, 7 // 2, 7.0 // 2, -7 // 2, -7 % 3, 7 % -3)
out(pcall(function() return 1 // 0 end))
out(pcall(function() return 1 % 0 end))
out(math.maxinteger + 1 == math.mininteger, math.maxinteger + 1.0, 1e15, 2^53, 10 / 2, "10" + 5, "0x10" * 2,
    "1e1" // 1)
out(1 == 1.0, math.type(1), math.type(1.0), 1 < 1.5, math.maxinteger < math.huge, "a" < "b", "Z" < "a",
    "" < "a")
out(pcall(function() return 1 & 1.5 end))
out(pcall(function() return "a" | 1 end))
