/// How a path is followed. A name that is not there is nil; what the host raises for it passes through.
let liquidRuntimeLookups = #"""
    function rt.get(v, key)
      local t = type(v)
      if t == "table" or t == "userdata" then return v[key] end
      return nil
    end

    -- `.size`, `.first` and `.last` mean the items only where the value has no field of that name.
    local function command(v, key)
      local t = type(v)
      if t == "table" or (t == "userdata" and not host_list(v)) then
        local field = v[key]
        if field ~= nil or t == "userdata" then return field end
      end
      if key == "size" then return size_of(v) end
      local k = kind(v)
      if k == "array" then
        local items, n = items_of(v)
        if n > 0 then return items[key == "first" and 1 or n] end
      elseif k == "range" then
        return v[key == "first" and 1 or 2]
      elseif k == "hash" then
        local keys = keys_of(v)
        if key == "first" and #keys > 0 then return pair_of(v, keys[1]) end
      elseif k == "string" then
        return character_at(v, key == "first" and 0 or -1) or ""
      end
    end
    rt.command = command

    -- `v[key]` with a key that is known only now; indices count from 0, negative ones from the end.
    function rt.at(v, key)
      local t = type(v)
      if t ~= "table" and t ~= "userdata" or key == nil then return nil end
      if type(key) == "number" then
        local k = kind(v)
        if k == "array" then
          if math_type(key) ~= "integer" then return nil end
          local items, n = items_of(v)
          if key < 0 then key = n + key end
          if key < 0 or key >= n then return nil end
          return items[key + 1]
        elseif k == "range" or k == "forloop" then
          return nil
        end
      end
      return v[key]
    end

    -- Follows many steps, each a function and its key, without nesting the calls.
    function rt.walk(v, ...)
      local steps = table.pack(...)
      for i = 1, steps.n, 2 do v = steps[i](v, steps[i + 1]) end
      return v
    end

    -- A name that the template assigns somewhere: assigned, then counted, then of the scope.
    local function var(assigned, counters, scope, name)
      local v = assigned[name]
      if v == nil then
        v = counters[name]
        if v == nil then return scope[name] end
        return v
      end
      if v == NIL then return nil end
      return v
    end
    rt.var = var

    -- A root whose name is a value, as in `{{ [name] }}`.
    function rt.dynamic(name, loops, assigned, counters, scope)
      if type(name) ~= "string" then return nil end
      local v = loops[name]
      if v == NIL then return nil end
      if v ~= nil then return v end
      return var(assigned, counters, scope, name)
    end

    function rt.keep(v)
      if v == nil then return NIL end
      return v
    end

    """#
