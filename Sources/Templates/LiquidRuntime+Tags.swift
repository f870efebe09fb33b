/// The tags that keep something while a template is rendered: loops, counters and cycles.
let liquidRuntimeTags = #"""
    -- What `forloop` answers; items 1 to 4 are the index, the length, the name and the outer loop.
    local FORLOOP = { liquid = "forloop" }
    local forloop_fields = {
      index = function(f) return f[1] end,
      index0 = function(f) return f[1] - 1 end,
      rindex = function(f) return f[2] - f[1] + 1 end,
      rindex0 = function(f) return f[2] - f[1] end,
      first = function(f) return f[1] == 1 end,
      last = function(f) return f[1] == f[2] end,
      length = function(f) return f[2] end,
      name = function(f) return f[3] end,
      parentloop = function(f) return f[4] end,
    }
    FORLOOP.__index = function(f, key)
      local field = forloop_fields[key]
      return field and field(f)
    end

    local CONTINUE = {}
    rt.CONTINUE = CONTINUE

    -- The numbers, each as the item of its place.
    local numbers = setmetatable({}, { __index = function(_, place) return place end })

    -- What a loop goes over: a table, the place before the first item, and how many items follow. Text is one item,
    -- whatever the limit and the offset are.
    local function segment(v, from, to)
      local items, n = array_of(v)
      local base = 0
      if not items then
        local k = kind(v)
        if k == "range" then
          items, base, n = numbers, v[1] - 1, v[2] - v[1] + 1
        elseif k == "hash" then
          items = {}
          for i, key in ipairs(keys_of(v)) do items[i] = pair_of(v, key) end
          n = #items
        elseif k == "string" and v ~= "" then
          return { v }, 0, 1
        else
          items, n = numbers, 0
        end
      end
      local first, last = from > 0 and from or 0, n
      if to and to < n then last = to end
      return items, base + first, last > first and last - first or 0
    end

    -- How many items a `for` tag goes over. They are told in three registers: a table, the place before its first item,
    -- and the number; the position of the loop's name tells where `offset: continue` goes on.
    function rt.bounds(registers, slot, positions, v, limit, offset, name)
      local from, to = 0, nil
      if offset == CONTINUE then
        from = positions[name] or 0
      elseif offset ~= nil then
        from = integer(offset)
      end
      if limit ~= nil then to = integer(limit) + from end
      local items, base, count = segment(v, from, to)
      positions[name] = from + count
      registers[slot], registers[slot + 1], registers[slot + 2] = items, base, count
      return count
    end

    -- What a template sees of a `for` loop.
    function rt.forloop(count, name, parent)
      return setmetatable({ 0, count, name, parent }, FORLOOP)
    end

    local function counter(counters, scope, name)
      local v = counters[name]
      if v == nil then v = scope[name] end
      return math_type(v) == "integer" and v or 0
    end

    function rt.increment(counters, scope, name)
      local v = counter(counters, scope, name)
      counters[name] = v + 1
      return number_text(v)
    end

    function rt.decrement(counters, scope, name)
      local v = counter(counters, scope, name) - 1
      counters[name] = v
      return number_text(v)
    end

    -- Ends the message; the host knows that it is no error, and why.
    function rt.abort(reason)
      if host.abort then host.abort(str(reason)) end
      error("the message was aborted", 2)
    end

    -- A branch runs, which is asked for where messages are looked at.
    function rt.branch(number)
      host.branch(number)
    end

    -- The next of the values; cycles of one group, which is any value, share their place.
    function rt.cycle(cycles, group, ...)
      local values = table.pack(...)
      if group == nil then group = NIL end
      local i = cycles[group] or 0
      cycles[group] = i + 1 < values.n and i + 1 or 0
      local v = values[i + 1]
      return v == nil and "" or v
    end

    -- Takes the text of an `ifchanged` out of the output, where it is that of the last one.
    function rt.changed(positions, start)
      local text = cut(start)
      -- No loop is named by a number.
      if text == positions[1] then return end
      positions[1] = text
      add(text)
    end

    """#
