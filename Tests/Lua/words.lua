-- Arguments at random for the words that are neither traversals nor protected calls.
local H, lua, ours, rounds = ...
local random, pick = math.random, H.pick
local names = { "assert", "rawequal", "rawget", "rawlen", "rawset", "select", "setmetatable", "getmetatable",
    "tonumber", "tostring", "type", "ipairs" }
local calls = { [lua] = H.callers(lua, names), [ours] = H.callers(ours, names) }

local function thing(library)
    local n = random(16)
    if n <= 2 then return { 1, 2, a = "b" } end
    if n == 3 then
        local meta = pick {
            { __index = { a = 5 }, __len = function() return 7 end }, { __metatable = "private" },
            { __metatable = false }, { __tostring = function() return "told" end },
            { __tostring = function() return {} end }, { __tostring = false }, { __name = 12 },
            { __newindex = error }, { __eq = function() return true end },
        }
        return calls[library].setmetatable({}, meta)
    end
    if n == 4 then return next end
    return pick { nil, true, false, 0, 1, -1, 2, 2.5, 2 ^ 53, math.maxinteger, math.mininteger, "a", "",
        "10", "0x1p4",
        "1e1", " 7 ", "7 x", "zz", "#", 16, 36, 0 / 0, -0.0 }
end

local function same_metatable(library, name, ...)
    -- Lua's gives the string metatable and that of missing values, ours neither.
    local t = ...
    return name ~= "getmetatable" or type(t) == "table"
end

local function attempt(library, name, ...)
    if not same_metatable(library, name, ...) then return "" end
    local told = H.outcome(calls[library][name], ...)
    -- Without a metamethod, tables and functions are told apart from their addresses.
    if name == "tostring" or name == "tonumber" then told = string.gsub(told, ": 0x%x+", "") end
    return name .. " " .. told .. " | " .. H.show((...))
end

for i = 1, rounds do
    H.round(i, { lua, ours }, function(library)
        local count = random(0, 4)
        return attempt(library, pick(names),
            table.unpack({ thing(library), thing(library), thing(library), thing(library) }, 1, count))
    end)
end
for _, name in ipairs(names) do
    H.round(name, { lua, ours }, function(library) return H.outcome(calls[library][name]) end)
end
