-- Binds Liquid's helpers to the host; trusted, called once.
-- What goes over values of scripts is theirs, which counts its steps and shows neither addresses nor what the bridge
-- keeps in tables.
local load_runtime, words, load_partial = ...
local next = libraries.next
local host = {
    string = libraries.string, table = libraries.table, math = math, utf8 = libraries.utf8, type = type,
    tostring = libraries.tostring, tonumber = tonumber, pairs = libraries.pairs, ipairs = ipairs, error = error,
    setmetatable = setmetatable, getmetatable = getmetatable, select = select, rawget = rawget, next = next,
    outputs = libraries.outputs,
}

-- Whom the message is for. The host is told of the language and the time zone when a message first needs them.
local recipient
local is_settled = true
local has_dotless_i

local function settle()
    is_settled = true
    local language, zone
    if type(recipient) == "userdata" or type(recipient) == "table" then
        language, zone = recipient.language, recipient.time_zone
    end
    -- The values of a script may be anything.
    if type(language) ~= "string" then language = nil end
    if type(zone) ~= "string" then zone = nil end
    has_dotless_i = words.settle(language, zone)
end

for name, word in next, words do host[name] = word end
for _, name in ipairs({ "date", "money", "number", "t", "upper", "lower", "capitalize" }) do
    local word = words[name]
    host[name] = function(...)
        if not is_settled then settle() end
        return word(...)
    end
end

function host.has_dotless_i()
    if not is_settled then settle() end
    return has_dotless_i
end

local rt

-- The partials that were loaded, by form and name.
local partials = {}

function host.partial(name, form)
    local loaded = partials[form]
    if not loaded then
        loaded = {}
        partials[form] = loaded
    end
    local found = loaded[name]
    if found then return found end
    local chunk, known = load_partial(name, form)
    if not chunk then return nil, known end
    found = chunk(rt)
    loaded[name] = found
    return found
end

rt = load_runtime(host)

-- What a compiled template becomes: its render function.
local function bind(chunk)
    return chunk(rt)
end

-- What a template sees: the values of the campaign's content, the customer and the campaign's name.
local function scope(customer, content, campaign)
    local values = {}
    if content then
        for name, value in next, content do values[name] = value end
    end
    if customer then values.customer = customer end
    if campaign then values.campaign = campaign end
    recipient, is_settled = values.customer, false
    return values
end

return bind, scope
