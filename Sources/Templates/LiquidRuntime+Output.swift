/// How values become text, and what is noted when one is missing.
let liquidRuntimeOutput = #"""
    local escapes = { ["\n"] = "\\n", ["\t"] = "\\t", ["\r"] = "\\r", ["\""] = "\\\"", ["\\"] = "\\\\" }

    local function inspect(v, depth)
      local k = kind(v)
      if k == "nil" then return "nil" end
      if k == "string" then return "\"" .. gsub(v, "[\n\t\r\"\\]", escapes) .. "\"" end
      if k == "number" then return number_text(v) end
      if k == "array" or k == "hash" then
        -- A table that holds itself must not run forever.
        if depth > 20 then return "..." end
        local parts = {}
        if k == "array" then
          local items, n = items_of(v)
          for i = 1, n do parts[i] = inspect(items[i], depth + 1) end
          return "[" .. concat(parts, ", ") .. "]"
        end
        for i, key in ipairs(keys_of(v)) do
          parts[i] = inspect(key, depth + 1) .. "=>" .. inspect(v[key], depth + 1)
        end
        return "{" .. concat(parts, ", ") .. "}"
      end
      if k == "range" then return number_text(v[1]) .. ".." .. number_text(v[2]) end
      if k == "forloop" then return "Liquid::ForloopDrop" end
      if k == "literal" then return "" end
      return tostring(v)
    end

    -- The text that filters read: nil is empty, arrays and hashes are written as Ruby inspects them.
    local function str(v)
      local t = type(v)
      if t == "string" then return v end
      if t == "nil" then return "" end
      if t == "number" then return number_text(v) end
      return inspect(v, 0)
    end

    local function append_text(parts, v, depth)
      if kind(v) == "array" and depth < 20 then
        local items, n = items_of(v)
        for i = 1, n do append_text(parts, items[i], depth + 1) end
      else
        parts[#parts + 1] = str(v)
      end
    end

    -- The text that an output prints: the items of an array one after the other; nil stays nil.
    local function out(v)
      local t = type(v)
      if t == "string" then return v end
      if t == "nil" then return nil end
      if t == "number" then return number_text(v) end
      if t == "boolean" then return tostring(v) end
      local parts = {}
      append_text(parts, v, 0)
      return concat(parts)
    end
    rt.out = out

    -- What the renders under way have printed, one inside the other: each begins at the mark that it took, and cuts
    -- off what is behind it.
    local pieces, count = {}, 0

    function rt.add(text)
      count = count + 1
      pieces[count] = text
    end

    function rt.mark() return count end

    function rt.cut(mark)
      local text = concat(pieces, "", mark + 1, count)
      count = mark
      return text
    end

    -- Prints a text, and behind it the value or its field of that name, of which `printed` makes text: true where that
    -- is nil, false where its text is empty.
    local function put(printed, text, v, name)
      if name ~= nil then v = rt.get(v, name) end
      v = printed(v)
      rt.add(text)
      if v == nil then return true end
      rt.add(v)
      if v == "" then return false end
    end
    rt.put_by = put

    function rt.put(text, v, name) return put(out, text, v, name) end

    function rt.miss(missing, line, column, path)
      missing[#missing + 1] = { line = line, column = column, path = path }
    end

    function rt.contains(a, b)
      if not a or not b then return false end
      local k = kind(a)
      if k == "string" then return find(a, str(b), 1, true) ~= nil end
      if k == "array" then
        local items, n = items_of(a)
        for i = 1, n do
          if eq(items[i], b) then return true end
        end
      elseif k == "hash" then
        for _, key in ipairs(keys_of(a)) do
          if key == b then return true end
        end
      elseif k == "range" then
        return type(b) == "number" and b >= a[1] and b <= a[2]
      end
      return false
    end

    """#
