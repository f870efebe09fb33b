-- Patterns, subjects, places and replacements at random; see harness.lua.
local H, lua, ours, rounds = ...
local random, pick = math.random, H.pick
local compare = H.comparer(lua, ours)

local letters = {"a", "b", "c", "A", "1", " ", "\0", "\xe4", "]", "-", "%", "(", ")", "^", "$", "x", ".",
    "\n", "~"}
local few = {"a", "b", "(", ")", "1"}
local function text(most, alphabet)
    local out = {}
    for i = 1, random(0, most) do out[i] = pick(alphabet) end
    return table.concat(out)
end
local classes = {}
for c in ("acdglpsuwxzACDGLPSUWXZqQ.%-]^$[(\0\xe4"):gmatch(".") do classes[#classes + 1] = "%" .. c end
local function set()
    local out = {"[", pick {"", "", "^"}}
    for _ = 1, random(0, 3) do
        out[#out + 1] = pick {pick(letters), pick(letters), pick(classes), "a-c", "0-9", "A-", "-", "]",
            "%]", "\0-\x7f",
                              "\x80-\xff", "a-%", "%a-z", "[:alpha:]", "c-a"}
    end
    out[#out + 1] = random(20) == 1 and "" or "]"
    return table.concat(out)
end
local function single()
    local n = random(10)
    if n <= 4 then return pick(few) == "a" and "a" or pick {"a", "b", "c", "1"} end
    if n <= 5 then return "." end
    if n <= 7 then return pick(classes) end
    if n <= 8 then return pick(letters) end
    return set()
end
local function suffixed() return single() .. pick {"", "", "", "*", "+", "-", "?"} end
local pattern
local function piece(depth)
    local n = random(24)
    if n <= 16 then return suffixed() end
    if n <= 19 and depth < 3 then return "(" .. pattern(depth + 1) .. ")" end
    if n == 20 then return "()" end
    if n == 21 then return pick {"%b()", "%bab", "%baa", "%b\0a", "%b", "%bx", "%b()*"} end
    if n == 22 then return pick {"%f" .. set(), "%f[%a]", "%f[%A]", "%f[\0]", "%f", "%fa", "%f[^\0]"} end
    if n == 23 then return pick {"%1", "%1", "%2", "%0", "%3", "%1*"} end
    return pick {"(", ")", "$", "^", "%", "[", "*", "+", "?", "-"}
end
function pattern(depth)
    local out = {}
    for i = 1, random(0, 5) do out[i] = piece(depth) end
    return table.concat(out)
end
local function any_pattern()
    local n = random(30)
    if n == 1 then return text(8, letters) end
    if n == 2 then return text(6, {"%", "[", "]", "(", ")", "a", "-", "*", "^", "$", "1", "f", "b"}) end
    return pick {"", "", "", "^"} .. pattern(0) .. pick {"", "", "", "$"}
end
local function subject()
    local n = random(4)
    if n == 1 then return text(14, letters) end
    if n == 2 then return text(10, {"a", "b"}) end
    if n == 3 then return text(12, {"a", "(", ")", "b", " "}) end
    return text(12, {"a", "b", "c", "1", " ", "\0", "\xe4", "A"})
end
local function init() return pick {nil, 1, 0, -1, -3, random(-15, 15), math.mininteger, math.maxinteger,
    2.0, 2.5, "3", "x", {}} end
local function inits() if random(3) > 1 then return nil end return init() end

local replacements = {
    function() return text(4, {"a", "%0", "%1", "%%", "x", "\0", "%2", "b"}) end,
    function() return pick {"%1", "%2", "%3", "%9", "%", "%x", "a%", "%0%0", "%%", "", 12, 1.5, 2^63,
        "%\0"} end,
    function() return setmetatable({a = "X", b = false, [1] = "one", [2] = 2, c = 1.5, ab = {}, aa = true},
        pick {nil, {__index = function(_, k) return pick {false} or k end}, {__index = function(_,
            k) return k end}}) end,
    function() return function(...) return select("#", ...) .. table.concat({...}, ";") end end,
    function() return function(a) return a end end,
    function() return function() end end,
    function() return function(a) if a == "a" then return "Z" end end end,
    function() return function() error("mine") end end,
    function() return function() return pick {true} end end,
    function() return function() return next end end,
    function() return pick {nil, true, false, next, {}} end,
}

for _ = 1, rounds do
    local s, p = subject(), any_pattern()
    local n = random(5)
    if n == 1 then compare("find", s, p, inits(), pick {nil, nil, true, false})
    elseif n == 2 then compare("match", s, p, inits())
    elseif n == 3 then compare("gmatch", s, p, inits())
    else compare("gsub", s, p, pick(replacements)(), pick {nil, nil, nil, nil, random(-1, 4), 2.5, "1", {}})
    end
end
