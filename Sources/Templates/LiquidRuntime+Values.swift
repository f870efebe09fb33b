/// The words of the host, and the values that stand for something.
let liquidRuntimeWords = #"""
    local host = ...
    local string, table, math, utf8 = host.string, host.table, host.math, host.utf8
    local type, tostring, tonumber, raise = host.type, host.tostring, host.tonumber, host.error
    local pairs, ipairs = host.pairs, host.ipairs
    local setmetatable, getmetatable, rawget = host.setmetatable, host.getmetatable, host.rawget
    local find, sub, gsub, match, gmatch = string.find, string.sub, string.gsub, string.match, string.gmatch
    local byte, char, format, rep = string.byte, string.char, string.format, string.rep
    local concat = table.concat
    local floor, math_type = math.floor, math.type

    local rt, F = {}, {}

    -- The place of the tag or output that runs, as templates note it, goes with each error.
    local place = {}
    rt.place = place

    local function error(message, level)
      raise(place[1] and message .. "\3" .. place[1] or message, level + 1)
    end

    rt.filters = F
    rt.concat = concat

    -- Stands for a nil that was assigned, which hides a value of the same name in the scope.
    local NIL = {}
    local ARRAY, RANGE = { liquid = "array" }, { liquid = "range" }
    local BLANK, EMPTY = setmetatable({}, { liquid = "literal" }), setmetatable({}, { liquid = "literal" })
    rt.NIL, rt.BLANK, rt.EMPTY = NIL, BLANK, EMPTY

    """#

/// What values are: their kind, their items and how two of them compare.
///
/// An array keeps its length in item 0, so that no name a template can write reaches it.
let liquidRuntimeValues = #"""
    local function array(items, n)
      items[0] = n or #items
      return setmetatable(items, ARRAY)
    end
    rt.array = array

    function rt.hash(keys, values)
      return setmetatable(values, { liquid = "hash", keys = keys })
    end

    local function range_end(v)
      local t = type(v)
      if t == "number" then return v >= 0 and floor(v) or -floor(-v) end
      if t == "string" then return tonumber(match(v, "^%s*([-+]?%d+)")) or 0 end
      return 0
    end

    function rt.range(first, last)
      return setmetatable({ range_end(first), range_end(last) }, RANGE)
    end

    local function tag_of(v)
      local m = getmetatable(v)
      return type(m) == "table" and rawget(m, "liquid") or nil
    end

    -- The items of a list that the host holds; nil for any other object.
    local function host_list(v)
      return host.list and host.list(v) or nil
    end

    local function kind(v)
      local t = type(v)
      if t == "table" then
        local tag = tag_of(v)
        if tag then return tag end
        if v[1] ~= nil then return "array" end
        local step, state, first = pairs(v)
        return step(state, first) == nil and "array" or "hash"
      elseif t == "userdata" and host_list(v) then
        return "array"
      end
      return t
    end

    -- The items of an array, from 1, and their number.
    local function items_of(v)
      if type(v) == "userdata" then v = host_list(v) end
      if getmetatable(v) == ARRAY then return v, v[0] end
      return v, #v
    end

    -- The items of an array, from 1, and their number; nil for anything else.
    function rt.array_of(v)
      if kind(v) == "array" then return items_of(v) end
    end

    -- The keys of a hash in their order; sorted where it has none, so that a render can be repeated.
    local function keys_of(v)
      local m = getmetatable(v)
      if type(m) == "table" and rawget(m, "keys") then return m.keys end
      local keys = {}
      for k in pairs(v) do keys[#keys + 1] = k end
      table.sort(keys, function(a, b)
        local x, y = type(a), type(b)
        if x ~= y then return x < y end
        if x == "number" or x == "string" then return a < b end
        return tostring(a) < tostring(b)
      end)
      return keys
    end

    local function pair_of(hash, key)
      return array({ key, hash[key] }, 2)
    end

    local function flatten(items, n, into, count)
      for i = 1, n do
        local v = items[i]
        if kind(v) == "array" then
          local inner, m = items_of(v)
          count = flatten(inner, m, into, count)
        else
          count = count + 1
          into[count] = v
        end
      end
      return count
    end

    -- What the array filters go over: an array without its nesting, the numbers of a range, or the value
    -- alone.
    local function sequence(v)
      local k = kind(v)
      if k == "nil" then return {}, 0 end
      local into = {}
      if k == "array" then
        local items, n = items_of(v)
        return into, flatten(items, n, into, 0)
      elseif k == "range" then
        local count = 0
        for i = v[1], v[2] do
          count = count + 1
          into[count] = i
        end
        return into, count
      end
      return { v }, 1
    end

    local function size_of(v)
      local k = kind(v)
      if k == "array" then
        local _, n = items_of(v)
        return n
      end
      if k == "hash" then return #keys_of(v) end
      if k == "range" then return v[2] >= v[1] and v[2] - v[1] + 1 or 0 end
      if k == "string" then return length_of(v) end
      -- As Ruby answers for an integer: the bytes of a machine word.
      if math_type(v) == "integer" then return 8 end
    end

    local function is_empty(v)
      local k = kind(v)
      if k == "string" then return v == "" end
      return (k == "array" or k == "hash") and size_of(v) == 0
    end

    local function is_blank(v)
      if not v then return true end
      if type(v) == "string" then
        if find(v, "[\194\227]") then v = gsub(gsub(v, "\u{A0}", ""), "\u{3000}", "") end
        return not find(v, "%S")
      end
      return is_empty(v)
    end

    local function eq(a, b)
      if a == BLANK or a == EMPTY then a, b = b, a end
      if b == BLANK or b == EMPTY then
        if a == BLANK or a == EMPTY then return false end
        if b == BLANK then return is_blank(a) end
        return is_empty(a)
      end
      if a == b then return true end
      if type(a) ~= "table" or type(b) ~= "table" then return false end
      local k = kind(a)
      if k ~= kind(b) then return false end
      if k == "array" then
        local x, n = items_of(a)
        local y, m = items_of(b)
        if n ~= m then return false end
        for i = 1, n do
          if not eq(x[i], y[i]) then return false end
        end
        return true
      elseif k == "hash" then
        local keys = keys_of(a)
        if #keys ~= #keys_of(b) then return false end
        for i = 1, #keys do
          if not eq(a[keys[i]], b[keys[i]]) then return false end
        end
        return true
      end
      return k == "range" and a[1] == b[1] and a[2] == b[2]
    end
    rt.eq = eq

    """#
