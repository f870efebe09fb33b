/// Characters, case and searching in text. Positions count Unicode code points; in text that is no UTF-8,
/// bytes.
let liquidRuntimeText = #"""
    local function length_of(s)
      return find(s, "[\128-\255]") and utf8.len(s) or #s
    end

    -- `count` characters from the character `first`, which counts from 0.
    local function characters(s, first, count)
      if not (find(s, "[\128-\255]") and utf8.len(s)) then return sub(s, first + 1, first + count) end
      local from = utf8.offset(s, first + 1)
      local to = from and utf8.offset(s, count + 1, from)
      return from and sub(s, from, (to or #s + 1) - 1) or ""
    end

    -- The character at an index from 0, negative ones from the end; nil beyond the text.
    local function character_at(s, index)
      local n = length_of(s)
      if index < 0 then index = n + index end
      if index < 0 or index >= n then return nil end
      return characters(s, index, 1)
    end

    local upper_case, lower_case

    local function read_case_pairs()
      upper_case, lower_case = {}, {}
      for from, to, way in gmatch(case_pairs, "(%S+) (%S+) ([ul])") do
        (way == "u" and upper_case or lower_case)[from] = to
      end
    end

    local function upper(s)
      if not find(s, "[\128-\255]") then return string.upper(s) end
      if not upper_case then read_case_pairs() end
      return (gsub(gsub(s, "[a-z]+", string.upper), "[\194-\244][\128-\191]+", upper_case))
    end

    local function lower(s)
      if not find(s, "[\128-\255]") then return string.lower(s) end
      if not lower_case then read_case_pairs() end
      return (gsub(gsub(s, "[A-Z]+", string.lower), "[\194-\244][\128-\191]+", lower_case))
    end

    -- Every `old` in `s` becomes `new`; an empty `old` stands before, between and after all characters.
    local function replace_all(s, old, new)
      if old == "" then
        local one = utf8.len(s) and utf8.charpattern or "."
        return new .. gsub(s, one, function(c) return c .. new end)
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
        for c in gmatch(s, utf8.len(s) and utf8.charpattern or ".") do
          n = n + 1
          parts[n] = c
        end
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
