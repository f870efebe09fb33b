/// The tags `render` and `include`.
let liquidRuntimePartials = #"""
    -- Partials in each other beyond this are taken for a circle.
    local depth_limit = 30

    -- A partial that the host has. Called by the tags directly: level 3 is the template's line.
    local function partial_of(name, form, depth)
      if type(name) ~= "string" then error("the name of a partial must be text", 3) end
      if not host.partial then error("the partial '" .. name .. "' cannot be read: the host gives no 'partial'", 3) end
      if depth >= depth_limit then
        error("more than " .. depth_limit .. " partials in each other: '" .. name .. "' may lead back to itself", 3)
      end
      local partial, known = host.partial(name, form)
      if partial then return partial end
      error("there is no partial '" .. name .. "'; " .. (known and known ~= "" and "there are " .. known .. "; " or "")
        .. "write it in templates/partials/" .. name .. ".liquid", 3)
    end

    -- What a partial missed is missing in the template, with the partial's file.
    local function add_missing(missing, more)
      if not more then return end
      for i = 1, #more do
        local m = more[i]
        m.file = m.file or more.file
        missing[#missing + 1] = m
      end
    end

    local function base_name(name)
      return match(name, "[^/]*$")
    end

    -- Marks the names of a partial that `render` renders, in which `include` is not allowed.
    local ISOLATED = { [2] = true }

    -- Prints a partial that sees what the host gives and its arguments.
    function rt.render(name, form, scope, depth, missing, values, flags, alias, value, value_flag, repeated)
      local partial = partial_of(name, form, depth)
      alias = alias or base_name(name)
      local function render(item, flag, loop)
        local own, own_flags = {}, {}
        for k, v in pairs(values) do own[k], own_flags[k] = v, flags[k] end
        if loop then own.forloop = loop end
        if item ~= nil then own[alias], own_flags[alias] = item, flag end
        add_missing(missing, (partial(scope, depth + 1, own, {}, own_flags, {}, {}, ISOLATED)))
      end
      local k = repeated and kind(value)
      if k ~= "array" and k ~= "range" and k ~= "hash" then return render(value, value_flag) end
      local items, base, count = segment(value, 0)
      local loop = rt.forloop(count, name)
      for i = 1, count do
        loop[1] = i
        render(items[base + i], nil, loop)
      end
    end

    -- The names that an `include` shows: those of the template around it and its own.
    local function over(names, more, flags)
      local all, all_flags = {}, {}
      for k, v in pairs(names or {}) do all[k] = v end
      if all[1] then
        for k, v in pairs(all[1]) do all_flags[k] = v end
      end
      for k, v in pairs(more) do all[k], all_flags[k] = v, flags and flags[k] end
      all[1] = all_flags
      return all
    end
    rt.over = over

    -- Whether the value of a name is HTML.
    function rt.safe(names, flags, name)
      if names[name] == nil then return flags[name] end
      return names[1] and names[1][name]
    end

    -- Prints a partial that shares the names of the template; gives the interrupt that ended it.
    function rt.include(
      name, form, scope, depth, missing, values, flags, alias, value, value_flag, has_value,
      assigned, counters, html, positions, cycles, names, locals
    )
      if names and names[2] then error("'include' is not allowed in a partial that 'render' renders; use 'render'", 2) end
      local partial = partial_of(name, form, depth)
      alias = alias or base_name(name)
      local around = over(names, locals)
      if not has_value then
        value = rt.dynamic(name, around, assigned, counters, scope)
        value_flag = rt.safe(around, html, name)
      end
      local shown = over(around, values, flags)
      local function include(item, flag)
        shown[alias], shown[1][alias] = rt.keep(item), flag
        local more, interrupt = partial(scope, depth + 1, assigned, counters, html, positions, cycles, shown)
        add_missing(missing, more)
        return interrupt
      end
      if kind(value) ~= "array" then return include(value, value_flag) end
      local items, n = items_of(value)
      for i = 1, n do
        local interrupt = include(items[i])
        if interrupt then return interrupt end
      end
    end

    """#
