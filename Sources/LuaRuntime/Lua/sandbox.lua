-- What scripts find in Lua before the host adds its words: an allow-list, pinned by a test.
-- Called once with the host's tostring and string.format; returns the environment that all scripts of a
-- state share and none can change, and the table behind it, to which the host adds its words.

local plain_tostring, plain_format = ...

local function copy(library, leave_out)
    local result = {}
    for name, value in next, library do
        if not leave_out[name] then result[name] = value end
    end
    return result
end

-- An empty table before the library: what one script writes, no other may find.
local function locked(library, name)
    return setmetatable({}, {
        __index = library,
        __newindex = function(_, key)
            error(name .. "." .. plain_tostring(key) .. " cannot be changed; keep your own in a local", 2)
        end,
        __metatable = false,
    })
end

-- dump gives bytecode.
local strings = copy(string, { dump = true })
strings.format = plain_format

local words = {
    assert = assert, error = error, ipairs = ipairs, pcall = pcall, select = select,
    tonumber = tonumber, tostring = plain_tostring, type = type,
    string = locked(strings, "string"),
    table = locked(copy(table, {}), "table"),
    -- A rule that rolls dice would not give the same run twice.
    math = locked(copy(math, { random = true, randomseed = true }), "math"),
    utf8 = locked(copy(utf8, {}), "utf8"),
}

local type, next, sort = type, next, table.sort

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
getmetatable("").__index = strings

return setmetatable({}, { __index = words, __metatable = false }), words
