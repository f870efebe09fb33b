/// Case and searching in text.
let liquidRuntimeText = #"""
    -- ASCII is the same in all languages but those that have an i without a dot.
    local function is_simple(s)
      if find(s, "[\128-\255]") then return not utf8.len(s) end
      return not (find(s, "[iI]") and host.has_dotless_i())
    end

    local function upper(s) return is_simple(s) and string.upper(s) or host.upper(s) end
    local function lower(s) return is_simple(s) and string.lower(s) or host.lower(s) end

    -- Every `old` in `s` becomes `new`; an empty `old` stands before, between and after all characters.
    local function replace_all(s, old, new)
      if old == "" then
        return new .. concat(character_list(s), new) .. (s == "" and "" or new)
      end
      local parts, from = {}, 1
      while true do
        local first, last = find(s, old, from, true)
        if not first then break end
        parts[#parts + 1] = sub(s, from, first - 1)
        from = last + 1
      end
      parts[#parts + 1] = sub(s, from)
      return concat(parts, new)
    end

    local function replace_one(s, old, new)
      local first, last = find(s, old, 1, true)
      if not first then return s end
      return sub(s, 1, first - 1) .. new .. sub(s, last + 1)
    end

    local function replace_end(s, old, new)
      local first, last
      if old == "" then first, last = #s + 1, #s end
      local from = 1
      while old ~= "" do
        local a, b = find(s, old, from, true)
        if not a then break end
        first, last, from = a, b, a + 1
      end
      if not first then return s end
      return sub(s, 1, first - 1) .. new .. sub(s, last + 1)
    end

    -- As Ruby splits: a blank means any white space, nothing means characters; empty parts at the end are
    -- dropped.
    local function split(s, by)
      local parts, n = {}, 0
      if by == " " then
        for word in gmatch(s, "[^%s\0]+") do
          n = n + 1
          parts[n] = word
        end
      elseif by == "" then
        return character_list(s)
      else
        local from = 1
        while true do
          local first, last = find(s, by, from, true)
          n = n + 1
          parts[n] = sub(s, from, first and first - 1)
          if not first then break end
          from = last + 1
        end
        while n > 0 and parts[n] == "" do
          parts[n] = nil
          n = n - 1
        end
      end
      return parts, n
    end

    """#
