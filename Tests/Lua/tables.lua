-- Tables and arguments at random for the table library; both libraries get equal tables, which are told whole
-- afterwards.
local H, lua, ours, rounds = ...
local random, pick = math.random, H.pick
local max, min = math.maxinteger, math.mininteger
local names = { "concat", "insert", "move", "pack", "remove", "sort", "unpack" }
local calls = { [lua] = H.callers(lua, names), [ours] = H.callers(ours, names) }

local function value() return pick { 1, 2, 3, nil, -1, 2.5, -0.0, "a", "b", "10", "", true, 1e300, max } end
local function small() return random(-3, 12) end
local function place()
    return pick { small(), small(), small(), small(), nil, max, min, max - 1, min + 1, 2.0, 2.5, "3", "x",
        {} }
end

local function full()
    local t = {}
    for i = 1, random(0, 8) do t[i] = pick { i, "v" .. i, i + 0.5 } end
    return t
end
local function with_holes()
    local t = {}
    for i = 1, random(0, 8) do t[i] = value() end
    return t
end
local function with_extremes()
    local t = full()
    for _ = 1, random(3) do t[pick { max, max - 1, min, min + 1, 0, -1 }] = value() end
    return t
end

-- A table that notes what is read and written, and has enough after some accesses.
local function proxy(log, patience)
    local held, length = full(), pick { 0, -1, 3, 10, max, min, 3.0, 3.5, "3", "x", false, {} }
    local lies = random(3) == 1
    local function note(what, key)
        patience = patience - 1
        log[#log + 1] = what .. tostring(key)
        if patience < 0 then error("enough", 0) end
    end
    return setmetatable({}, {
        held = held,
        __index = function(_, key) note("r", key) return held[key] end,
        __newindex = function(_, key, new) note("w", key) held[key] = new end,
        __len = function() if lies then return length end return #held end,
        __eq = function() return true end,
    })
end

local function list(log)
    local n = random(12)
    if n == 1 then return pick { 1, nil, "abc", true, next } end
    if n <= 4 then return proxy(log, 60) end
    if n <= 6 then return with_holes() end
    if n <= 8 then return with_extremes() end
    return full()
end

-- Two ends between which even a plain table has little to offer, or with which Lua has nothing to do.
local function ends()
    local n = random(8)
    if n == 1 then return max - random(0, 3), max - random(0, 1) end
    if n == 2 then return min, min + random(0, 3) end
    if n == 3 then return min + random(0, 1), max end
    if n == 4 then return max, min end
    return small(), small()
end

local arguments = {}
function arguments.concat(log)
    local n, t = random(10), list(log)
    -- It ends at the first thing that is no text.
    if debug.getmetatable(t) and debug.getmetatable(t).held then t = proxy({}, 1e9) end
    if n <= 3 then return t end
    if n <= 5 then return t, pick { ",", "", 1, {}, "--" } end
    if n <= 6 then return t, ",", place(), place() end
    return t, pick { ", ", nil, 7 }, ends()
end
function arguments.insert(log)
    local n = random(10)
    if n == 1 then return list(log) end
    if n <= 4 then return list(log), value() end
    if n == 5 then return list(log), small(), value(), value() end
    return list(log), place(), value()
end
function arguments.remove(log)
    if random(3) == 1 then return list(log) end
    return list(log), place()
end
function arguments.move(log)
    local n = random(10)
    local source = n <= 3 and proxy(log, 60) or pick { full(), with_holes(), with_extremes() }
    local target = pick { false, false, source, pick { full(), {}, proxy(log, 60) }, "x" } or nil
    if n == 1 then return source, pick { 1, max, min, 0 }, pick { max, min, 5 }, small(), target end
    if n == 4 then return source, pick { "x", 2.5, 1.0 }, 3, 1 end
    if n == 5 then return source, 1, 3 end
    local first, last = ends()
    local to = pick { small(), small(), small(), max, min, max - 1, first + 1, first - 1, 2.5 }
    return source, first, last, to, target
end
function arguments.pack() return table.unpack({ value(), value(), value() }, 1, random(0, 3)) end
function arguments.unpack(log)
    local n, t = random(6), list(log)
    if n == 1 then return t end
    if n == 2 then return t, place() end
    if n == 3 then return t, place(), small() end
    return t, ends()
end

-- Orders in which two elements that are told apart are never equal.
local function sortable()
    local kind, t = random(4), {}
    local count = pick { 0, 1, 2, 3, random(20), random(150) }
    for i = 1, count do
        if kind == 1 then t[i] = random(-count, count)
        elseif kind == 2 then t[i] = pick { random(), i + 0.25, 1 / 0, -1 / 0 }
        elseif kind == 3 then t[i] = string.char(random(0, 255), random(0, 255)) .. pick { "", "\0", "a" }
        else t[i] = { random(1000) } end
    end
    local before = pick { nil, function(a, b) return a < b end, function(a, b) return a > b end }
    if kind == 4 then before = function(a, b) return a[1] < b[1] end end
    return t, before
end
function arguments.sort()
    local n = random(20)
    if n == 1 then return pick { nil, 1, "abc", {} }, pick { nil, next } end
    if n == 2 then return { 3, 1, 2 }, pick { 1, "x", {}, function() error("mine") end,
        function() error {} end } end
    if n == 3 then return setmetatable({ 1, 2 }, { __len = function() return pick { max, 2 ^ 31, "x",
        2.5 } end }) end
    local t, before = sortable()
    if n <= 5 then
        local held = t
        t = setmetatable({}, {
            held = held, __index = held, __newindex = held, __len = function() return #held end })
    end
    return t, before
end

local function contents(...)
    local out = {}
    for i = 1, select("#", ...) do
        local t = select(i, ...)
        local meta = type(t) == "table" and getmetatable(t)
        out[i] = H.show(t) .. (meta and meta.held and H.show(meta.held) or "")
    end
    return table.concat(out, "; ")
end

local function attempt(library, name, log, ...)
    local result = H.outcome(calls[library][name], ...)
    -- Lua 5.4.4 counts wrongly here.
    result = string.gsub(result, "#%d (to 'remove' %(position)", "#2 %1")
    return name .. " " .. result .. " | " .. contents(...) .. " | " .. table.concat(log, " ")
end

for i = 1, rounds do
    H.round(i, { lua, ours }, function(library)
        local name, log = pick(names), {}
        return attempt(library, name, log, arguments[name](log))
    end)
end

-- Without arguments, Lua's other functions take what they push themselves for an argument, as missing
-- values have a
-- metatable.
for _, name in ipairs { "move", "pack", "unpack" } do
    H.round(name, { lua, ours }, function(library) return H.outcome(calls[library][name]) end)
end
