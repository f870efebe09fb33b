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

    -- The pieces from the first to the last, one after the other.
    function rt.join(pieces, first, last)
      return concat(pieces, "", first, last)
    end

    local function miss(missing, line, column, path)
      missing[#missing + 1] = { line = line, column = column, path = path }
      return ""
    end
    rt.miss = miss

    -- A filtered output is missing where it is nil, or empty because its path was nil.
    function rt.note(text, input, missing, line, column, path)
      if text == nil or (input == nil and text == "") then return miss(missing, line, column, path) end
      return text
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
