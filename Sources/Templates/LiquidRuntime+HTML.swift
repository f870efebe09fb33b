/// How values are escaped where they stand in HTML.
let liquidRuntimeHTML = #"""
    local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\""] = "&quot;", ["'"] = "&#39;" }

    local function escape_text(text)
      if find(text, "[&<>\"']") then text = gsub(text, "[&<>\"']", entities) end
      return text
    end

    function rt.esc(v)
      if type(v) == "string" then
        -- Most texts have nothing to escape.
        if find(v, "[&<>\"']") then return (gsub(v, "[&<>\"']", entities)) end
        return v
      end
      local text = out(v)
      if text == nil then return nil end
      return escape_text(text)
    end

    function rt.put_escaped(text, v, name) return rt.put_by(rt.esc, text, v, name) end

    -- Escapes unless the value is known to be HTML already.
    function rt.escunless(safe, v)
      local text = out(v)
      if text == nil or safe then return text end
      return escape_text(text)
    end

    -- In an attribute, what is HTML keeps its entities.
    function rt.escattribute(safe, v)
      local text = out(v)
      if text == nil then return nil end
      if safe then return (gsub(text, "[<>\"']", entities)) end
      return escape_text(text)
    end

    local signs = { amp = "&", lt = "<", gt = ">", quot = "\"", ["#39"] = "'" }

    -- The text that becomes part of a URL; what is HTML has entities, which no URL has.
    local function url_text(safe, v)
      local text = out(v)
      if text and safe == true then text = gsub(text, "&(#?%w+);", signs) end
      return text
    end

    local function percent(c) return format("%%%02X", byte(c)) end

    local function percent_sign(digits) return #digits < 2 and "%25" .. digits or nil end

    -- What no URL holds becomes codes; what has a meaning in URLs stays.
    local function url_codes(text)
      if not find(text, "[^%w_.~/:?=#-]") then return text end
      text = gsub(gsub(text, "[^%w_.~!*();:@&=+$,/?#%%%[%]-]", percent), "%%(%x?%x?)", percent_sign)
      return (gsub(text, "&", "&amp;"))
    end

    local schemes = { http = true, https = true, mailto = true, tel = true, sms = true, cid = true }

    local function url_start(text)
      text = match(text, "^%s*(.-)%s*$")
      local scheme = match(text, "^([^/?#]-):")
      if scheme and not schemes[string.lower(scheme)] then return "#unsafe-link" end
      return url_codes(text)
    end

    function rt.url_path(safe, v)
      local text = url_text(safe, v)
      return text and url_codes(text)
    end

    -- The value of a parameter: only codes that stand in it already stay.
    function rt.url_query(safe, v)
      if safe == "url" then return rt.url_path(safe, v) end
      local text = url_text(safe, v)
      if text == nil or not find(text, "[^%w_.~-]") then return text end
      return (gsub(gsub(text, "[^%w_.~%%-]", percent), "%%(%x?%x?)", percent_sign))
    end

    -- Where a URL may begin, no value brings a scheme that could run a program.
    function rt.url_begin(safe, v)
      local text = url_text(safe, v)
      if text == nil then return nil end
      return url_start(text)
    end

    for _, part in ipairs({ "path", "query", "begin" }) do
      local function printed(v) return rt["url_" .. part](nil, v) end
      rt["put_url_" .. part] = function(text, v, name) return rt.put_by(printed, text, v, name) end
    end

    -- The same in C, where the host has it.
    if host.outputs then
      local outputs = host.outputs(out, rt.array_of, ARRAY)
      url_codes, url_start = outputs.url_codes, outputs.url_start
      for name, output in pairs(outputs) do rt[name] = output end
    end
    local add, cut, array_of = rt.add, rt.cut, rt.array_of

    """#
