-- What scripts find in Lua before the host adds its words: an allow-list, pinned by a test.
-- Called once with nothing; returns the environment that all scripts of a state share and none can change.

local function copy(library, leave_out)
    local result = {}
    for name, value in next, library do
        if not leave_out[name] then result[name] = value end
    end
    return result
end

local words = {
    assert = assert, error = error, ipairs = ipairs, pcall = pcall, select = select,
    tonumber = tonumber, type = type,
    -- dump gives bytecode.
    string = copy(string, { dump = true }),
    table = copy(table, {}),
    -- A rule that rolls dice would not give the same run twice.
    math = copy(math, { random = true, randomseed = true }),
    utf8 = copy(utf8, {}),
}

local type, tostring, next, sort = type, tostring, next, table.sort

-- Without addresses: they differ from run to run.
function words.tostring(value)
    local kind = type(value)
    if kind == "table" or kind == "function" or kind == "userdata" then
        local text = tostring(value)
        return text:find(": 0x", 1, true) and kind or text
    end
    return tostring(value)
end

local rank = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
    local x, y = rank[type(a)] or 4, rank[type(b)] or 4
    if x ~= y then return x < y end
    if x <= 2 then return a < b end
    return x == 3 and not a and b
end

-- In the order of keys: numbers, then texts by bytes. Lua's own order differs from run to run.
function words.pairs(t)
    if type(t) ~= "table" then
        error("pairs goes over a table, got " .. (t == nil and "a missing value" or type(t)), 2)
    end
    local keys, n = {}, 0
    for key in next, t do
        n = n + 1
        keys[n] = key
    end
    sort(keys, before)
    local i = 0
    return function()
        i = i + 1
        local key = keys[i]
        if key ~= nil then return key, t[key] end
    end
end

-- ("x"):upper() finds the copies too, so that nothing a script could reach leads to the real library.
getmetatable("").__index = words.string

return words
