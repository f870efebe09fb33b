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

    -- What a loop goes over: the items from 1, or nil and what stands before the first number of a range; then
    -- how many are passed over and how many are left. Text is one item, whatever the limit and the offset are.
    local function segment(v, from, to)
      local items, n, base = nil, 0, 0
      local k = kind(v)
      if k == "array" then
        items, n = items_of(v)
      elseif k == "range" then
        base, n = v[1] - 1, v[2] - v[1] + 1
      elseif k == "hash" then
        items = {}
        for i, key in ipairs(keys_of(v)) do items[i] = pair_of(v, key) end
        n = #items
      elseif k == "string" and v ~= "" then
        return { v }, 0, 0, 1
      end
      local first, last = from > 0 and from or 0, n
      if to and to < n then last = to end
      return items, base, first, last > first and last - first or 0
    end

    -- What a `for` tag goes over. Slot `slot` tells afterwards how many items there were, for `else`; the position
    -- of the loop's name tells where `offset: continue` goes on. Level 4 is the template's line.
    local function bounds(registers, slot, positions, v, limit, offset, name)
      local from, to = 0, nil
      if offset == CONTINUE then
        from = positions[name] or 0
      elseif offset ~= nil then
        from = integer(offset, 4)
      end
      if limit ~= nil then to = integer(limit, 4) + from end
      local items, base, first, count = segment(v, from, to)
      positions[name], registers[slot] = from + count, count
      return items, base, first, count
    end

    -- The iterator of a `for` tag: gives the loop's state and an item.
    function rt.each(registers, slot, positions, v, limit, offset, reversed, name, parent)
      local items, base, first, count = bounds(registers, slot, positions, v, limit, offset, name)
      local last = first + count
      local loop = setmetatable({ 0, count, name, parent }, FORLOOP)
      local i = 0
      return function()
        if i >= count then return nil end
        i = i + 1
        loop[1] = i
        local place = reversed and last - i + 1 or first + i
        if items then return loop, items[place] end
        return loop, base + place
      end
    end

    -- The same for a loop that nobody asks for its state: gives a number and an item.
    function rt.step(registers, slot, positions, v, limit, offset, reversed, name)
      local items, base, first, count = bounds(registers, slot, positions, v, limit, offset, name)
      local last = first + count
      return function(_, i)
        if i >= count then return nil end
        i = i + 1
        local place = reversed and last - i + 1 or first + i
        if items then return i, items[place] end
        return i, base + place
      end, nil, 0
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
