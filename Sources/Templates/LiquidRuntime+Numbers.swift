/// Numbers as Ruby reads and writes them.
let liquidRuntimeNumbers = #"""
    -- The sign, the shortest digits that read back as `x`, and the exponent of the first digit.
    local function digits_of(x)
      local text
      for precision = 14, 16 do
        text = format("%." .. precision .. "e", x)
        if tonumber(text) == x then break end
      end
      local sign, head, tail, exponent = match(text, "^(-?)(%d)%.(%d+)e([-+]%d+)$")
      return sign, head .. gsub(tail, "0+$", ""), tonumber(exponent)
    end

    local function float_text(x)
      if x ~= x then return "NaN" end
      if x == math.huge then return "Infinity" end
      if x == -math.huge then return "-Infinity" end
      if x == floor(x) and x < 1e15 and x > -1e15 then return format("%.1f", x) end
      local sign, digits, exponent = digits_of(x)
      if exponent < -4 or exponent >= 16 then
        local tail = sub(digits, 2)
        return sign .. sub(digits, 1, 1) .. "." .. (tail == "" and "0" or tail) .. format("e%+03d", exponent)
      elseif exponent < 0 then
        return sign .. "0." .. rep("0", -exponent - 1) .. digits
      end
      local whole = sub(digits, 1, exponent + 1)
      local tail = sub(digits, exponent + 2)
      return sign .. whole .. rep("0", exponent + 1 - #whole) .. "." .. (tail == "" and "0" or tail)
    end

    local function number_text(x)
      if math_type(x) == "integer" then return format("%d", x) end
      return float_text(x)
    end

    -- What arithmetic reads: text that is not a number counts as its leading digits, anything else as 0.
    local function number(v)
      if type(v) == "number" then return v end
      if type(v) ~= "string" then return 0 end
      local decimal = match(v, "^%s*(-?%d+%.%d+)%s*$")
      if decimal then return tonumber(decimal) + 0.0 end
      local whole = match(v, "^%s*([-+]?%d[%d_]*)")
      return whole and tonumber((gsub(gsub(whole, "_", ""), "^%+", ""))) or 0
    end

    -- Where a whole number must stand. Called by filters and tags directly: level 3 is the template's line.
    local function integer(v, level)
      if math_type(v) == "integer" then return v end
      local whole
      if type(v) == "string" then
        local text = match(v, "^%s*([-+]?%d+)%s*$")
        whole = text and math.tointeger(tonumber((gsub(text, "^%+", ""))))
      elseif math_type(v) == "float" then
        whole = math.tointeger(v)
      end
      if whole then return whole end
      error("invalid integer" .. (type(v) == "number" and " " .. number_text(v) or ""), level or 3)
    end

    """#
