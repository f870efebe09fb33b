-- Binds Liquid's helpers to the host; trusted, called once.
-- What goes over values of scripts is theirs, which counts its steps and shows neither addresses nor what the bridge
-- keeps in tables.
local load_runtime, words, load_partial, guards, edge = ...
local next = libraries.next
local host = {
    string = libraries.string, table = libraries.table, math = math, utf8 = libraries.utf8, type = type,
    tostring = libraries.tostring, tonumber = tonumber, pairs = libraries.pairs, ipairs = ipairs, error = error,
    setmetatable = setmetatable, getmetatable = getmetatable, select = select, rawget = rawget, next = next,
    outputs = libraries.outputs,
}

-- Whom the message is for, and its language where its template has one. The host is told of the language and the time
-- zone when a message first needs them, and they are not those of the last one.
local recipient, own_language
local is_settled = true
local told_language, told_zone = {}, nil
local has_dotless_i, write_amount

local function settle()
    is_settled = true
    local language, zone
    if type(recipient) == "userdata" or type(recipient) == "table" then
        language, zone = recipient.language, recipient.time_zone
    end
    -- The values of a script may be anything.
    if type(language) ~= "string" then language = nil end
    if type(zone) ~= "string" then zone = nil end
    language = own_language or language
    if language == told_language and zone == told_zone then return end
    has_dotless_i, write_amount = words.settle(language, zone)
    told_language, told_zone = language, zone
end

-- Among them the filters and tags of plugins, in tables.
for name, word in next, words do host[name] = word end
for _, name in ipairs({ "date", "money", "number", "t", "upper", "lower", "capitalize" }) do
    local word = words[name]
    host[name] = function(...)
        if not is_settled then settle() end
        return word(...)
    end
end

-- Most amounts are the workspace's, and written in C.
function host.amount(amount)
    if not is_settled then settle() end
    return write_amount and write_amount(amount)
end

function host.has_dotless_i()
    if not is_settled then settle() end
    return has_dotless_i
end

-- The helpers of the template that is being rendered, which its partials share; those of Markdown are further down.
local helpers, markdown

function host.partial(name, form)
    return load_partial(name, form, helpers == markdown)
end

local rt = load_runtime(host)

-- In Markdown, what outputs print is no Markdown: characters that could be are guarded until it is HTML, and HTML's own
-- with them. Filters that would have written HTML do so around guarded text.
local gsub = libraries.string.gsub
local noncharacters = "\xEF\xB7[\x90-\xAF]"

local function guarded(v)
    local text = rt.out(v)
    if text == nil or text == "" then return text end
    -- Nobody else's noncharacters are taken for guards.
    return (gsub(gsub(text, noncharacters, "\u{FFFD}"), "[%p%s]", guards))
end

local function guarded_output(v)
    local text = guarded(v)
    if text == nil or text == "" then return text end
    return edge .. text .. edge
end

local filters = setmetatable({
    escape = guarded,
    escape_once = function(v)
        local text = gsub(guarded(v) or "", guards["&"] .. "(%a+);", "&%1;")
        return (gsub(text, guards["&"] .. guards["#"] .. "(%d+);", "&#%1;"))
    end,
    newline_to_br = function(v)
        local text = gsub(rt.out(v) or "", guards["\r"] .. guards["\n"], guards["\n"])
        return (gsub(text, guards["\n"], "<br />\n"))
    end,
}, { __index = rt.filters })

markdown = setmetatable({
    filters = filters,
    esc = guarded_output,
    put_escaped = function(text, v, name) return rt.put_by(guarded_output, text, v, name) end,
    escunless = function(safe, v)
        if safe then return rt.out(v) end
        return guarded_output(v)
    end,
}, { __index = rt })

-- What a compiled template becomes: its render function, or what the tags of a partial call.
local function bind(chunk, is_markdown, is_partial)
    local own = is_markdown and markdown or rt
    local render = chunk(own)
    if is_partial then return render end
    return function(values)
        helpers = own
        return render(values)
    end
end

-- Values that keep their order and their gaps: lists as items with their number, objects as names with their values.
local function revived(value)
    if type(value) ~= "table" then return value end
    if value.items then
        local items = {}
        for i = 1, value.count do items[i] = revived(value.items[i]) end
        return rt.array(items, value.count)
    end
    local values = {}
    for _, name in ipairs(value.names) do values[name] = revived(value.values[name]) end
    return rt.hash(value.names, values)
end

-- What a template sees: the values of the campaign's content, the customer and the campaign's name. Values that Swift
-- made for this message need no copy: `form` is "plain", or "ordered" for those that are to be revived.
local function scope(language, customer, content, campaign, more, form)
    local values
    if form == "ordered" then
        values = revived(content)
    elseif form == "plain" then
        values = content
    else
        values = {}
        if content then
            for name, value in next, content do values[name] = value end
        end
    end
    values.customer = customer or values.customer
    values.campaign = campaign or values.campaign
    -- What a layout sees besides.
    if more then
        for name, value in next, more do values[name] = value end
    end
    recipient, own_language, is_settled = values.customer, language, false
    return values
end

return bind, scope
