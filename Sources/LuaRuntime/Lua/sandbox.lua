-- What scripts find in Lua before the host adds its words: an allow-list, pinned by a test.
-- Called once with the libraries of the bridge and the host's compiler; returns the environment that all scripts of
-- a state share and none can change, and the table behind it, to which the host adds its words.

local words, strings, tables, utf8s, random, outputs, compile, source_limit = ...

local function copy(library)
    local result = {}
    for name, value in next, library do result[name] = value end
    return result
end

-- An empty table before the library: what one script writes, no other may find.
local function locked(library, name)
    return setmetatable({}, {
        __index = library,
        __newindex = function(_, key)
            error(name .. "." .. words.tostring(key) .. " cannot be changed; keep your own in a local", 2)
        end,
        __metatable = false,
    })
end

local maths = copy(math)
maths.random, maths.randomseed = random.random, random.randomseed

words.string = locked(strings, "string")
words.table = locked(tables, "table")
words.math = locked(maths, "math")
words.utf8 = locked(utf8s, "utf8")

-- The host's own Lua code works with what scripts gave it, so it takes the same steps, under the same budgets.
libraries = {
    string = strings, table = tables, utf8 = utf8s, pairs = words.pairs, next = words.next, tostring = words.tostring,
    outputs = outputs,
}

-- ("x"):upper() finds the same functions, so that nothing a script could reach leads to the real library.
getmetatable("").__index = strings

local environment = setmetatable({}, { __index = words, __metatable = false })

-- Pieces until one is empty or missing, as Lua's own reader takes them.
local function gathered(reader)
    local pieces, n, length = {}, 0, 0
    while true do
        local piece = reader()
        if piece == nil or piece == "" then return tables.concat(pieces) end
        if type(piece) ~= "string" then return nil end
        n = n + 1
        pieces[n] = piece
        length = length + #piece
        -- The compiler says what is too long.
        if length > source_limit then return tables.concat(pieces) end
    end
end

-- Text only, never bytecode, and the script's own globals unless it gives others. The name of the chunk is the line
-- that loads it: a script cannot speak in the name of another.
function words.load(chunk, _, mode, ...)
    if type(chunk) == "function" then
        chunk = gathered(chunk)
        if chunk == nil then return nil, "reader function must return a string" end
    end
    if type(chunk) ~= "string" then
        error("load takes a text, or a function that gives pieces of one, got " .. type(chunk), 2)
    end
    if mode ~= nil and not strings.find(mode, "t", 1, true) then
        return nil, "only text can be loaded (mode is '" .. words.tostring(mode) .. "')"
    end
    if select("#", ...) == 0 then return compile(chunk, environment) end
    return compile(chunk, (...))
end

return environment, words
