/// The filters and tags that the host adds.
let liquidRuntimeAdditions = #"""
    -- A value as the host's functions take it: arrays and hashes without what tells them apart from other tables.
    local function plain(v)
      local tag = type(v) == "table" and tag_of(v)
      if not tag then return v end
      if tag == "array" then
        local items, n = items_of(v)
        local list = {}
        for i = 1, n do list[i] = plain(items[i]) end
        return list
      elseif tag == "hash" then
        local fields = {}
        for key, item in pairs(v) do fields[key] = plain(item) end
        return fields
      elseif tag ~= "literal" then
        return str(v)
      end
    end

    local function added(call)
      return function(...)
        local values = table.pack(...)
        for i = 1, values.n do values[i] = plain(values[i]) end
        local result, problem = call(table.unpack(values, 1, values.n))
        if problem then error(problem, 2) end
        return result
      end
    end

    rt.tags = {}
    for name, call in pairs(host.filters or {}) do F[name] = added(call) end
    for name, call in pairs(host.tags or {}) do rt.tags[name] = added(call) end

    """#
