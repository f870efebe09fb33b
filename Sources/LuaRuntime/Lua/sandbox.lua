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

-- Lua's own sort takes pivots from the clock, so equal elements come out in another order each time. This one
-- leaves them in theirs.
local function stable_sort(t, less)
    if type(t) ~= "table" then
        error("table.sort takes a table, got " .. (t == nil and "a missing value" or type(t)), 2)
    end
    less = less or function(a, b) return a < b end
    local n = #t
    local from, to = table.move(t, 1, n, 1, {}), {}
    local width = 1
    while width < n do
        for left = 1, n, 2 * width do
            local middle, right = math.min(left + width, n + 1), math.min(left + 2 * width, n + 1)
            local a, b = left, middle
            for i = left, right - 1 do
                if a < middle and (b >= right or not less(from[b], from[a])) then
                    to[i] = from[a]
                    a = a + 1
                else
                    to[i] = from[b]
                    b = b + 1
                end
            end
        end
        from, to = to, from
        width = 2 * width
    end
    table.move(from, 1, n, 1, t)
end

local tables = copy(table, {})
tables.sort = stable_sort

local words = {
    assert = assert, error = error, ipairs = ipairs, pcall = pcall, select = select,
    tonumber = tonumber, tostring = plain_tostring, type = type,
    string = locked(strings, "string"),
    table = locked(tables, "table"),
    -- A rule that rolls dice would not give the same run twice.
    math = locked(copy(math, { random = true, randomseed = true }), "math"),
    utf8 = locked(copy(utf8, {}), "utf8"),
}

local type, next = type, next

local rank = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
    local x, y = rank[type(a)] or 4, rank[type(b)] or 4
    if x ~= y then return x < y end
    if x <= 2 then return a < b end
    return x == 3 and not a and b
end

-- In the order of keys: numbers, then texts by bytes, then false and true. Lua's own order differs from run to
-- run; so does that of tables and functions as keys, which have no order of their own.
function words.pairs(t)
    if type(t) ~= "table" then
        error("pairs goes over a table, got " .. (t == nil and "a missing value" or type(t)), 2)
    end
    local keys, n = {}, 0
    for key in next, t do
        n = n + 1
        keys[n] = key
    end
    stable_sort(keys, before)
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
