-- Compares functions of the sandbox with Lua's own. Called with a seed and the name of the suite's
-- subject; returns a table that collects what differs.
local seed = ...
local H = { calls = 0, results = 0, errors = 0, kinds = {}, differences = {} }
local random = math.random

function H.pick(list) return list[random(#list)] end

-- A value in full, tables with their contents, without addresses.
local function show(value, depth)
    local kind = math.type(value) or type(value)
    if kind == "string" then return string.format("%q", value) end
    if kind == "integer" then return string.format("%d", value) end
    if kind == "float" then return value ~= value and "nan" or string.format("%.17g float", value) end
    if kind == "boolean" or kind == "nil" then return tostring(value) end
    if kind ~= "table" or depth > 3 then return kind end
    local parts = {}
    for key, entry in next, value do
        -- The sandbox's own entries in metatables, which scripts do not see.
        if type(key) ~= "userdata" then
            parts[#parts + 1] = show(key, depth + 1) .. "=" .. show(entry, depth + 1)
        end
    end
    table.sort(parts)
    return "{" .. table.concat(parts, " ") .. "}"
end

function H.show(value) return show(value, 0) end

-- What pcall gave, as text.
local function outcome(ok, ...)
    if not ok then
        local text = H.show((...))
        H.errors = H.errors + 1
        H.kinds[string.gsub(string.gsub(text, "^\"[^:]*:%d+: ", ""), "%d+", "N")] = true
        return "error " .. text
    end
    local out = {}
    for i = 1, select("#", ...) do out[i] = H.show((select(i, ...))) end
    if #out > 0 and (...) ~= nil then H.results = H.results + 1 end
    return table.concat(out, ", ")
end

function H.outcome(f, ...) return outcome(pcall(f, ...)) end

function H.note(what, lua, ours)
    H.calls = H.calls + 1
    if lua == ours then return end
    if #H.differences < 20 then
        local text = what .. "\n  Lua:  " .. lua .. "\n  ours: " .. ours
        H.differences[#H.differences + 1] = string.gsub(text, "[^\n -~]", "?")
    end
end

-- Runs `attempt(library)` with both libraries and the same random numbers; it returns a text that says all.
function H.round(number, libraries, attempt)
    math.randomseed(seed, math.tointeger(number) or 0)
    local lua = attempt(libraries[1])
    math.randomseed(seed, math.tointeger(number) or 0)
    local ours = attempt(libraries[2])
    H.note("round " .. number, lua, ours)
end

-- Functions that call `library.name(...)` by name, so that messages quote the same name and place.
function H.callers(library, names)
    local calls = {}
    for _, name in ipairs(names) do
        local text = "local library = ... return function(...) return library." .. name .. "(...) end"
        calls[name] = load(text, "=call")(library)
    end
    return calls
end

H.strings = { "find", "match", "gmatch", "gsub", "rep", "reverse", "lower", "upper", "format", "byte", "char",
    "len", "sub", "pack", "packsize", "unpack" }

-- All that the first 40 steps of an iterator give.
local gather = [[local library = ... return function(...)
    local all, n = {}, 0
    local step = library.gmatch(...)
    for _ = 1, 40 do
        local one = table.pack(step())
        for i = 1, one.n do all[n + i] = one[i] end
        n = n + one.n + 1
        all[n] = "/"
        if one.n == 0 then break end
    end
    return table.unpack(all, 1, n)
end]]

local function described(name, ...)
    local out = {}
    for i = 1, select("#", ...) do
        local text = H.show((select(i, ...)))
        out[i] = #text > 200 and string.sub(text, 1, 200) .. "..." or text
    end
    return name .. "(" .. table.concat(out, ", ") .. ")"
end

-- A function that calls the named function of both string libraries with the same arguments.
function H.comparer(lua, ours)
    local of_lua, of_ours = H.callers(lua, H.strings), H.callers(ours, H.strings)
    of_lua.gmatch, of_ours.gmatch = load(gather, "=call")(lua), load(gather, "=call")(ours)
    return function(name, ...)
        local a, b = H.outcome(of_lua[name], ...), H.outcome(of_ours[name], ...)
        H.note(a == b and "" or described(name, ...), a, b)
    end
end

function H.report()
    local kinds = 0
    for _ in next, H.kinds do kinds = kinds + 1 end
    return { differences = table.concat(H.differences, "\n"), calls = H.calls, results = H.results,
        errors = H.errors, kinds = kinds }
end

math.randomseed(seed)
return H
