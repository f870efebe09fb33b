/// What the array filters share: properties of items and a stable order.
let liquidRuntimeArrayHelpers = #"""
    -- Float arithmetic as decimals: what lies beyond 15 digits is the binary form's error.
    local function exact(x)
      if math_type(x) == "integer" or x ~= x or x == math.huge or x == -math.huge then return x end
      return tonumber(format("%.15g", x)) + 0.0
    end

    -- A property of an item, as Ruby's `[]` gives it. Called by filters directly: level 3 is the template's line.
    local function property(item, key, level)
      local t = kind(item)
      if t == "hash" or t == "userdata" or t == "forloop" then
        if key == nil then return nil end
        return item[key]
      end
      if t == "string" then
        if type(key) == "string" then return find(item, key, 1, true) and key or nil end
        if math_type(key) == "integer" then return character_at(item, key) end
      end
      if math_type(item) == "integer" and math_type(key) == "integer" then
        return key >= 0 and (key > 63 and (item < 0 and 1 or 0) or item >> key & 1) or 0
      end
      if t == "array" and math_type(key) == "integer" then return rt.at(item, key) end
      if t == "nil" or t == "boolean" or t == "range" or math_type(item) == "float" then return nil end
      error("cannot select the property '" .. str(key) .. "'", level or 3)
    end

    local function merge(items, keys, first, middle, last)
      local merged, merged_keys, i, j = {}, {}, first, middle + 1
      for k = 1, last - first + 1 do
        local a, b = keys[i], keys[j]
        -- The left one stays in front unless it is greater; what has no key comes last.
        local take_left = j > last or i <= middle and (b == nil or (a ~= nil and a <= b))
        if take_left then
          merged[k], merged_keys[k] = items[i], a
          i = i + 1
        else
          merged[k], merged_keys[k] = items[j], b
          j = j + 1
        end
      end
      for k = 1, last - first + 1 do
        items[first + k - 1], keys[first + k - 1] = merged[k], merged_keys[k]
      end
    end

    -- The items in the order of their keys, those of equal keys in the order they came.
    local function sorted(items, keys, n)
      local width = 1
      while width < n do
        for first = 1, n - width, 2 * width do
          local last = first + 2 * width - 1
          merge(items, keys, first, first + width - 1, last < n and last or n)
        end
        width = 2 * width
      end
      return array(items, n)
    end

    """#
