/// The filters on arrays.
let liquidRuntimeArrayFilters = #"""
    function F.join(v, glue)
      local items, n = sequence(v)
      local parts = {}
      for i = 1, n do parts[i] = str(items[i]) end
      return concat(parts, str(glue))
    end

    function F.size(v) return size_of(v) or 0 end

    local function end_of(v, name)
      local k = kind(v)
      if k == "array" or k == "range" or k == "string" or k == "hash" then return rt.command(v, name) end
    end

    function F.first(v)
      if kind(v) == "hash" then
        local keys = keys_of(v)
        return #keys > 0 and pair_of(v, keys[1]) or nil
      end
      return end_of(v, "first")
    end

    function F.last(v)
      if kind(v) == "hash" then return nil end
      return end_of(v, "last")
    end

    function F.reverse(v)
      local items, n = sequence(v)
      local result = {}
      for i = 1, n do result[i] = items[n - i + 1] end
      return array(result, n)
    end

    function F.compact(v, key)
      local items, n = sequence(v)
      local result, count = {}, 0
      for i = 1, n do
        local item = items[i]
        if key ~= nil then item = property(item, key) end
        if item ~= nil then
          count = count + 1
          result[count] = items[i]
        end
      end
      return array(result, count)
    end

    function F.concat(v, other)
      if kind(other) ~= "array" then error("the filter 'concat' needs an array as its argument", 2) end
      local result, n = sequence(v)
      local items, m = items_of(other)
      table.move(items, 1, m, n + 1, result)
      return array(result, n + m)
    end

    function F.map(v, key)
      local items, n = sequence(v)
      local result = {}
      for i = 1, n do result[i] = property(items[i], key) end
      return array(result, n)
    end

    -- Whether the item has the property, or has it equal to the target; nil for an item that has no properties,
    -- which makes the whole filter nil. Called by functions that filters call, or end in: level 4 is the
    -- template's line.
    local function matches(item, key, target)
      local t = type(item)
      if t == "nil" or t == "boolean" or math_type(item) == "float" or kind(item) == "range" then return nil end
      if key == nil and t == "string" then return nil end
      local value = property(item, key, 4)
      if target == nil then return value and true or false end
      return eq(value, target)
    end

    local function filtered(v, key, target, wanted)
      local items, n = sequence(v)
      local result, count = {}, 0
      for i = 1, n do
        local is_match = matches(items[i], key, target)
        if is_match == nil then return nil end
        if is_match == wanted then
          count = count + 1
          result[count] = items[i]
        end
      end
      return array(result, count)
    end

    function F.where(v, key, target) return filtered(v, key, target, true) end
    function F.reject(v, key, target) return filtered(v, key, target, false) end

    -- Filters end in this call, so that it stands in their place.
    local function first_match(v, key, target, answer)
      local items, n = sequence(v)
      for i = 1, n do
        local is_match = matches(items[i], key, target)
        if is_match == nil then return nil end
        if is_match then return answer == "item" and items[i] or answer == "index" and i - 1 or true end
      end
      if answer == "truth" then return false end
    end

    function F.find(v, key, target) return first_match(v, key, target, "item") end
    function F.find_index(v, key, target) return first_match(v, key, target, "index") end
    function F.has(v, key, target) return first_match(v, key, target, "truth") end

    function F.uniq(v, key)
      local items, n = sequence(v)
      local seen, result, count = {}, {}, 0
      for i = 1, n do
        local item = items[i]
        if key ~= nil then item = property(item, key) end
        -- Objects of the host are the same only where they are one; anything else by how it is written.
        local mark = type(item) == "userdata" and item or inspect(item, 0)
        if not seen[mark] then
          seen[mark] = true
          count = count + 1
          result[count] = items[i]
        end
      end
      return array(result, count)
    end

    function F.sum(v, key)
      local items, n = sequence(v)
      local total = 0
      for i = 1, n do
        local item = items[i]
        if key ~= nil then item = property(item, key) end
        total = exact(total + number(item))
      end
      return total
    end

    function F.sort(v, key)
      local items, n = sequence(v)
      local keys, first = {}, nil
      for i = 1, n do
        local sort_key = items[i]
        if key ~= nil then sort_key = property(sort_key, key) end
        keys[i] = sort_key
        local t = type(sort_key)
        if sort_key ~= nil then
          first = first or t
          if n > 1 and (t ~= first or t ~= "number" and t ~= "string") then
            error("cannot sort values of incompatible types", 2)
          end
        end
      end
      return sorted(items, keys, n)
    end

    function F.sort_natural(v, key)
      local items, n = sequence(v)
      local keys = {}
      for i = 1, n do
        local sort_key = items[i]
        if key ~= nil then sort_key = property(sort_key, key) end
        if sort_key ~= nil then keys[i] = string.lower(str(sort_key)) end
      end
      return sorted(items, keys, n)
    end

    """#
