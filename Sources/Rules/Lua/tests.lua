-- The words expect and simulate; trusted, called once.
local matchers, start_expecting, unknown, start_simulation = ...
local next, rawget, type, setmetatable = libraries.next, rawget, type, setmetatable

-- Tables are the same where they hold the same; one that holds itself is the same as no other.
local function same(a, b, depth)
    if a == b then return true end
    if type(a) ~= "table" or type(b) ~= "table" or depth > 50 then return false end
    for key, value in next, a do
        if not same(value, rawget(b, key), depth + 1) then return false end
    end
    for key in next, b do
        if rawget(a, key) == nil then return false end
    end
    return true
end

-- Behind the point stands a function that knows the value; the host compares all but tables.
local function expect(value)
    start_expecting()
    return setmetatable({}, {
        __index = function(_, name)
            local matcher = matchers[name] or unknown(name)
            return function(...) return matcher(value, same(value, (...), 0), ...) end
        end,
    })
end

-- A customer cannot be read from a table, only handed over.
local function simulate(settings, ...)
    local customer
    if type(settings) == "table" then customer = rawget(settings, "customer") end
    return start_simulation(customer, settings, ...)
end

return expect, simulate
