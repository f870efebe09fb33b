/// The filters that read or write HTML and URLs.
let liquidRuntimeMarkupFilters = #"""
    function F.raw(v) return v end

    function F.escape(v)
      if v == nil then return nil end
      return escape_text(str(v))
    end

    function F.escape_once(v)
      local s = gsub(str(v), "[<>\"']", entities)
      return (gsub(s, "&()", function(after)
        if find(s, "^%a+;", after) or find(s, "^#%d+;", after) then return "&" end
        return "&amp;"
      end))
    end

    function F.newline_to_br(v) return (gsub(str(v), "\r?\n", "<br />\n")) end

    local blocks = { { "<script", "</script>" }, { "<!--", "-->" }, { "<style", "</style>" } }

    function F.strip_html(v)
      local s, from, parts = str(v), 1, {}
      if not find(s, "<", 1, true) then return s end
      while true do
        -- The block that begins first, of those that end.
        local start, stop
        for i = 1, 3 do
          local first, last = find(s, blocks[i][1], from, true)
          if first and (not start or first < start) then
            local _, close = find(s, blocks[i][2], last + 1, true)
            if close then start, stop = first, close end
          end
        end
        parts[#parts + 1] = sub(s, from, start and start - 1)
        if not start then break end
        from = stop + 1
      end
      return (gsub(concat(parts), "<.->", ""))
    end

    function F.url_encode(v)
      if v == nil then return nil end
      local s = gsub(str(v), "[^%w_.~ -]", function(c) return format("%%%02X", byte(c)) end)
      return (gsub(s, " ", "+"))
    end

    function F.url_decode(v)
      if v == nil then return nil end
      local s = gsub(str(v), "%+", " ")
      s = gsub(s, "%%(%x%x)", function(hex) return char(tonumber(hex, 16)) end)
      if not utf8.len(s) then error("invalid byte sequence in UTF-8", 2) end
      return s
    end

    -- What no URL holds becomes percent codes; what has a meaning in URLs stays.
    function F.url_escape(v)
      if v == nil then return nil end
      return (gsub(str(v), "[^%w_.~!*'();:@&=+$,/?#%%%[%]-]", percent))
    end

    -- The same for the value of a parameter, in which `&` must not end it.
    function F.url_param_escape(v)
      if v == nil then return nil end
      return (gsub(F.url_escape(v), "&", "%%26"))
    end

    """#
